"""The forms of the page of 社会评议: a session, what the caller was told, the file without names."""

from __future__ import annotations

from collections.abc import Callable

from desk.codes import ContactWay, word
from desk.panel_rows import FILE_FIELDS, FileDraft, FileText, SessionRow
from screens.cells import full_time
from screens.columns import short_number
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.widgets import Choice, Field, LongText

Keep = Callable[[Answers], object]
LONG, PAGE, REASON = 4000, 2000, 200
_SHORT = {"place": 30, "title": 60}
WAYS = tuple((str(way), word(way)) for way in ContactWay)
_MOST_MARKS = 6


def plan_form(session: SessionRow | None, keep: Keep, kept: Answers) -> KeptForm:
    """安排 a session, or move the one to come."""
    fields: list[Field | Choice | LongText] = [
        Field(
            "时间",
            full_time(session.planned_at) if session else "",
            placeholder="如 2026-12-08 15:00",
            max_length=40,
            id="when",
        ),
        Field("地点", session.place if session else "", max_length=60, id="place"),
    ]
    title = f"第 {session.id} 期改期" if session else "安排评议会"
    return KeptForm(title, fields, keep=keep, kept=kept, required=("when", "place"))


def tell_form(order_no: str, keep: Keep, kept: Answers) -> KeptForm:
    """告知诉求人, and the page that he may add at once."""
    fields: list[Field | Choice | LongText] = [
        Choice("方式", WAYS, value=str(ContactWay.PHONE), id="way"),
        LongText("告知情况", max_length=PAGE, id="said"),
        LongText("补充意见", max_length=PAGE, placeholder="诉求人自己的话，没有就空着", id="page"),
    ]
    title = f"告知社会评议 {short_number(order_no)}\n将由不同领域的评议员评议，看不到他的姓名、电话、住址；他可以补充意见"
    return KeptForm(title, fields, keep=keep, kept=kept, required=("said",))


def words_form(title: str, label: str, limit: int, keep: Keep, kept: Answers) -> KeptForm:
    """One text."""
    text = LongText(label, max_length=limit, id="words")
    return KeptForm(title, [text], keep=keep, kept=kept, required=("words",))


class FileForm(KeptForm):
    """What a panel is to read, with what may still point to somebody named on top; taller than a low screen, so it scrolls."""

    DEFAULT_CSS = """
    FileForm {
        & > #box { width: 100%; max-width: 116; height: 100%; overflow-y: auto; }
        & LongText { height: 4; }
        & FormRow > .label { width: 16; }
    }
    """


def file_form(draft: FileDraft, keep: Keep, kept: Answers) -> KeptForm:
    """整理评议材料: each field as it is proposed or was saved."""
    fields: list[Field | Choice | LongText] = []
    for name, label in FILE_FIELDS.items():
        text = getattr(draft.text, name)
        if name in _SHORT:
            fields.append(Field(label, text, max_length=_SHORT[name], id=name))
        else:
            fields.append(LongText(label, text, max_length=LONG, id=name))
    return FileForm(
        f"评议材料 {short_number(draft.order_no)}：逐句看过再 ^S\n{_marks(draft)}",
        fields,
        keep=keep,
        kept=kept,
        required=("place", "title", "claim", "handling"),
    )


def _marks(draft: FileDraft) -> str:
    if not draft.marks:
        return "没有找到可能认出人的词，仍请逐句看"
    more = f" 等 {len(draft.marks)} 处" if len(draft.marks) > _MOST_MARKS else ""
    return f"!可能认出人：{'；'.join(draft.marks[:_MOST_MARKS])}{more}"


def file_text(answers: Answers) -> FileText:
    """The answers of the form as the desk takes them."""
    return FileText(**{name: answers[name] for name in FILE_FIELDS})
