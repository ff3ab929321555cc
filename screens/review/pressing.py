"""催办, 督办 and 评价回复 on F6: their forms, and how the tab 督办 says at whose level, until when, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk.codes import Deed, PressureLevel, RequestKind, word
from screens import columns
from screens.cells import GOOD, NEAR, OVERDUE, CellText, grade_cell
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.widgets import Choice, Column, Field, LongText

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.pressure_choices import PressureChoices
    from desk.review_rows import ReviewRow

KIND_OF: Mapping[Deed, RequestKind] = {
    Deed.REMIND: RequestKind.REMINDER,
    Deed.SUPERVISE: RequestKind.SUPERVISION,
    Deed.ACCEPT_ANSWER: RequestKind.SUPERVISION,
}
"""The deeds whose form asks for level and limit, and what they put."""
ACCEPTED, AGAIN = "accepted", "again"
VERDICTS = ((ACCEPTED, "满意，认可"), (AGAIN, "不满意，再督办"))
LONGEST = 2000
SHORT: Mapping[PressureLevel, str] = {
    PressureLevel.HANDLER: "经办",
    PressureLevel.UNIT_HEAD: "单位",
    PressureLevel.LEADER: "领导",
    PressureLevel.HEAD: "主要",
}
"""Whose matter it is, in two characters before 督办 or 催办."""


def form(
    deed: Deed,
    title: str,
    label: str,
    choices: PressureChoices,
    *,
    keep: Callable[[Answers], object],
    kept: Answers,
) -> KeptForm:
    """Ask for the words, the level and the limit; of an answer first whether it will do."""
    levels = [(str(level), word(level)) for level in choices.levels]
    fields: list[Field | Choice | LongText] = [
        LongText(label, max_length=LONGEST, id="text"),
        Choice("级别", levels, value=str(choices.proposed), id="level"),
        Field("回复时限", str(choices.days), max_length=2, placeholder="几个工作日，1 至 60", id="days"),
    ]
    if deed is not Deed.ACCEPT_ANSWER:
        return KeptForm(title, fields, keep=keep, kept=kept, required=("text",), check=wrong_days)
    fields.insert(0, Choice("评价", VERDICTS, is_open=True, id="verdict"))
    heading = f"{title}\n{choices.answer}" if choices.answer else title
    return KeptForm(heading, fields, keep=keep, kept=kept, required=("verdict",), check=wrong_verdict)


def wrong_days(answers: Answers) -> str:
    """Return what is wrong with the limit that was typed, '' for nothing."""
    typed = answers["days"]
    is_right = typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 60
    return "" if is_right else "回复时限写几个工作日，1 至 60"


def wrong_verdict(answers: Answers) -> str:
    """An answer that will not do needs words for what is still asked."""
    if answers["verdict"] == ACCEPTED:
        return ""
    return wrong_days(answers) if answers["text"] else "不满意的请写明还要什么，单位照此再回复"


def file(flow: Any, desk: Desk, deed: Deed, order_no: str, answers: Mapping[str, str]) -> None:
    """Do the deed with what its form was answered."""
    if deed is Deed.ACCEPT_ANSWER and answers["verdict"] == ACCEPTED:
        flow.accept_answer(desk, order_no, answers["text"])
        return
    do = flow.press_again if deed is Deed.ACCEPT_ANSWER else getattr(flow, str(deed))
    level, days = PressureLevel(answers["level"]), int(answers["days"])
    do(desk, order_no, answers["text"], level=level, days=days)


def pressed_columns(now: Callable[[], datetime]) -> list[Column[ReviewRow]]:
    """The columns of the tab 督办: whose matter it is, the unit's time to answer, what was asked or answered."""
    return [
        Column("工单号", 10, lambda row: columns.short_number(row.order.order_no)),
        Column("级别", 8, level_cell),
        Column("回复", 10, lambda row: answer_cell(row, now())),
        Column("评级", 5, lambda row: grade_cell(row.order.pool_grade or row.order.grade)),
        Column("标题", 12, lambda row: row.order.listed_title, flex=2),
        Column("承办单位", 8, lambda row: row.order.steward, flex=1),
        Column("要求和回复", 14, words_cell, flex=3),
    ]


def level_cell(row: ReviewRow) -> CellText:
    """`领导督办`, `经办催办`."""
    pressed = row.pressed
    if pressed is None:
        return ""
    return f"{SHORT[pressed.level] if pressed.level else ''}{word(pressed.kind)}"


def answer_cell(row: ReviewRow, now: datetime) -> CellText:
    """The time that is left to answer; once answered that it waits to be judged, and whether it came late."""
    pressed = row.pressed
    if pressed is None:
        return ""
    if pressed.answered_at is None:
        return columns.left_cell(pressed.due_at, now)
    return ("!迟回待评", OVERDUE) if pressed.was_late else ("已回待评", NEAR)


def words_cell(row: ReviewRow) -> CellText:
    """What was answered, else who asks for what."""
    pressed = row.pressed
    if pressed is None:
        return ""
    if pressed.answered_at is not None:
        return f"{pressed.answered_by}：{pressed.answer}", GOOD
    return f"{pressed.asked_by}：{pressed.words}"
