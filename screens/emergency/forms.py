"""What the emergency's deeds ask for: the fields of each form, and which of them must be filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.codes import CallOutcome, Deed, Urgency, word
from desk.emergency_rows import EmergencyRow, RescueChoice
from desk.rows import PickRow
from desk.rules.calling_line import Callee
from screens.dialogs.ask import Answers
from screens.widgets import Choice, Field, LongText

LONGEST = 2000
NAME = 40
Fields = list[Field | Choice | LongText]


@dataclass(frozen=True, slots=True)
class Asked:
    """About what a form asks: the emergency, whom one rings and that unit's sections, what 110 … may be told or asked."""

    row: EmergencyRow
    callee: Callee | None = None
    sections: Sequence[PickRow] = ()
    rescue: Sequence[RescueChoice] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A deed's form: its title, its fields (new ones each time), the ids that must not be empty, what else is amiss."""

    deed: Deed
    title: str
    fields: Callable[[Asked], Fields]
    required: tuple[str, ...] = ()
    check: Callable[[Answers], str] | None = None


def _call_out(asked: Asked) -> Fields:
    person, number = (asked.callee.person, asked.callee.phone) if asked.callee else ("", "")
    fields: Fields = [
        Choice("结果", [(str(each), word(each)) for each in CallOutcome], id="outcome"),
        Field("接听人", person, max_length=NAME, id="person"),
        Field("呼出号码", number, max_length=32, placeholder="值班电话未登记，填所拨的号码", id="number"),
    ]
    if asked.sections:
        words = [("", "不指定"), *((section.key, section.name) for section in asked.sections)]
        fields.append(Choice("科室", words, id="section_id"))
    note = LongText("任务要求", max_length=LONGEST, placeholder="拒绝出动的，写谁拒绝、什么理由", id="note")
    return [*fields, note]


def _has_a_reason(answers: Answers) -> str:
    is_refused = answers["outcome"] == CallOutcome.REFUSED and not answers["note"]
    return "拒绝出动的，请在任务要求一栏写清谁拒绝、什么理由" if is_refused else ""


def _contain(asked: Asked) -> Fields:
    fields: Fields = [
        Field("确认人", max_length=NAME, id="said_by"),
        LongText("现场情况", max_length=LONGEST, id="note"),
    ]
    if asked.row.next_step in (Deed.DEPART, Deed.ARRIVE):
        hint = "没有到场就控制住的，写明怎样控制"
        fields.append(LongText("远程控制", max_length=LONGEST, placeholder=hint, id="remote_reason"))
    return fields


def _finish(asked: Asked) -> Fields:
    rest = "没有就不填；填了另立一件普通工单"
    care: Fields = [
        Field("关怀日期", max_length=20, placeholder="危机来电：下次哪天问候，如 11-26", id="care_on"),
        Field("由谁关怀", max_length=NAME, id="care_by"),
    ]
    return [
        LongText("处置结果", max_length=LONGEST, placeholder="内部记录，不对外", id="result"),
        LongText("答复口径", max_length=LONGEST, placeholder="说给诉求人的话", id="public_reply"),
        LongText("余下事项", max_length=LONGEST, placeholder=rest, id="remainder"),
        *(care if asked.row.is_crisis else ()),
    ]


def _downgrade(_asked: Asked) -> Fields:
    lower = [(str(each), word(each)) for each in (Urgency.URGENT, Urgency.NORMAL)]
    return [Choice("降为", lower, id="urgency"), *_false_alarm(_asked)]


def _false_alarm(_asked: Asked) -> Fields:
    return [LongText("理由", max_length=LONGEST, id="reason")]


def _report_on(_asked: Asked) -> Fields:
    return [LongText("续报内容", max_length=LONGEST, id="text")]


def _rescue(asked: Asked) -> Fields:
    choices = [(f"{each.deed} {each.service}", each.words) for each in asked.rescue]
    return [
        Choice("事项", choices, id="what"),
        Field("接警人", max_length=NAME, placeholder="移交时：姓名或警号", id="taker"),
        LongText("说明", max_length=LONGEST, placeholder="有了回复的：谁到场、处置结果", id="note"),
    ]


def _says_what_came(answers: Answers) -> str:
    is_silent = answers["what"].startswith(Deed.HEAR_RESCUE) and not answers["note"]
    return "请在说明里写对方怎么说：谁到场、处置结果" if is_silent else ""


def _ring_back(_asked: Asked) -> Fields:
    said = LongText("说了什么", max_length=LONGEST, placeholder="告诉他什么、他怎么说", id="note")
    return [Choice("结果", [("yes", "接通"), ("no", "无人接听")], id="was_reached"), said]


def _says_what_was_told(answers: Answers) -> str:
    is_silent = answers["was_reached"] == "yes" and not answers["note"]
    return "请写告诉诉求人什么、他怎么说" if is_silent else ""


FORMS = {
    form.deed: form
    for form in (
        Form(Deed.CALL_OUT, "应急派出", _call_out, check=_has_a_reason),
        Form(Deed.CONTAIN, "险情已控制", _contain, ("said_by",)),
        Form(Deed.FINISH, "处置完毕", _finish, ("result", "public_reply")),
        Form(Deed.HAND_TO_RESCUE, "移交 110/119/120", _rescue, check=_says_what_came),
        Form(Deed.RING_BACK, "回拨诉求人", _ring_back, check=_says_what_was_told),
        Form(Deed.REPORT_ON, "续报", _report_on, ("text",)),
        Form(Deed.DOWNGRADE, "降级", _downgrade, ("reason",)),
        Form(Deed.FALSE_ALARM, "误报", _false_alarm, ("reason",)),
    )
}
