"""What the emergency's deeds ask for: the fields of each form, and which of them must be filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.codes import Deed, Urgency, word
from desk.emergency_rows import EmergencyRow
from desk.rows import PickRow
from screens.widgets import Choice, Field, LongText

LONGEST = 2000
NAME = 40
Fields = list[Field | Choice | LongText]


@dataclass(frozen=True, slots=True)
class Form:
    """A deed's form: its title, and the ids that must not be empty."""

    deed: Deed
    title: str
    required: tuple[str, ...]

    def fields(self, row: EmergencyRow, sections: Sequence[PickRow] = ()) -> Fields:
        """The fields for one emergency, new ones each time; `sections` are those of the unit that is called out."""
        match self.deed:
            case Deed.CALL_OUT:
                return _call_out(sections)
            case Deed.CONTAIN:
                return _contain(row)
            case Deed.FINISH:
                return [
                    LongText("处置结果", max_length=LONGEST, placeholder="内部记录，不对外", id="result"),
                    LongText("答复口径", max_length=LONGEST, placeholder="说给诉求人的话", id="public_reply"),
                    LongText(
                        "余下事项",
                        max_length=LONGEST,
                        placeholder="没有就不填；填了另立一件普通工单",
                        id="remainder",
                    ),
                ]
            case Deed.DOWNGRADE:
                lower = [(str(each), word(each)) for each in (Urgency.URGENT, Urgency.NORMAL)]
                return [
                    Choice("降为", lower, id="urgency"),
                    LongText("理由", max_length=LONGEST, id="reason"),
                ]
            case Deed.FALSE_ALARM:
                return [LongText("理由", max_length=LONGEST, id="reason")]
            case _:
                return [LongText("续报内容", max_length=LONGEST, id="text")]


def _call_out(sections: Sequence[PickRow]) -> Fields:
    fields: Fields = [
        Field("接听人", max_length=NAME, id="person"),
        Field("呼出号码", max_length=32, placeholder="值班电话未登记，填所拨的号码", id="number"),
    ]
    if sections:
        words = [("", "不指定"), *((section.key, section.name) for section in sections)]
        fields.append(Choice("科室", words, id="section_id"))
    return [*fields, LongText("任务要求", max_length=LONGEST, id="note")]


def _contain(row: EmergencyRow) -> Fields:
    fields: Fields = [
        Field("确认人", max_length=NAME, id="said_by"),
        LongText("现场情况", max_length=LONGEST, id="note"),
    ]
    if row.next_step in (Deed.DEPART, Deed.ARRIVE):
        fields.append(
            LongText(
                "远程控制",
                max_length=LONGEST,
                placeholder="没有到场就控制住的，写明怎样控制",
                id="remote_reason",
            )
        )
    return fields


FORMS = {
    form.deed: form
    for form in (
        Form(Deed.CALL_OUT, "应急派出", ()),
        Form(Deed.CONTAIN, "险情已控制", ("said_by",)),
        Form(Deed.FINISH, "处置完毕", ("result", "public_reply")),
        Form(Deed.REPORT_ON, "续报", ("text",)),
        Form(Deed.DOWNGRADE, "降级", ("reason",)),
        Form(Deed.FALSE_ALARM, "误报", ("reason",)),
    )
}
