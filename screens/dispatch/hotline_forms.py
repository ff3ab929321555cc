"""The forms of the 热线日 page: plan a session, put on and take off, decide, follow up."""

from __future__ import annotations

from collections.abc import Callable

from desk.codes import HandlingWay
from desk.hotline_rows import DayLine, DayRow
from screens.cells import full_time
from screens.columns import short_number
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.dispatch.triage import ruling_fields
from screens.widgets import Choice, Field, LongText

Keep = Callable[[Answers], object]
WAYS = tuple(HandlingWay)
_LED = (HandlingWay.LEADER, HandlingWay.LONG_TERM)


def plan(day: DayRow | None, kept: Answers, keep: Keep) -> KeptForm:
    """安排 a session, or change the one to come."""
    when = full_time(day.planned_at) if day else ""
    fields: list[Field | Choice | LongText] = [
        Field("时间", when, placeholder="如 2026-12-08 15:00", max_length=40, id="when"),
        Field("主持领导", day.leader if day else "", max_length=40, id="leader"),
        Field("地点", day.place if day else "", max_length=60, id="place"),
    ]
    title = "更改热线日" if day else "安排热线日"
    return KeptForm(title, fields, keep=keep, kept=kept, required=("when", "leader", "place"))


def words(title: str, label: str, kept: Answers, keep: Keep) -> KeptForm:
    """One text."""
    text = LongText(label, max_length=200, id="words")
    return KeptForm(title, [text], keep=keep, kept=kept, required=("words",))


class DecisionForm(KeptForm):
    """决定 on one page."""

    DEFAULT_CSS = """
    DecisionForm > #box { width: 100%; max-width: 110; }
    DecisionForm LongText { height: 3; }
    """


def decision(line: DayLine, leader: str, kept: Answers, keep: Keep) -> KeptForm:
    """承办单位, 协办单位, 办件方式, 工作要求, limit; 领导包案 and 长期事项 name their leader."""
    fields: list[Field | Choice | LongText] = [
        *ruling_fields(WAYS, line.steward),
        Field("包案领导", placeholder="领导包案、长期事项必填", max_length=40, id="leader"),
        LongText("告知诉求人", placeholder="长期事项必填：何时怎样告知", max_length=500, id="told"),
    ]
    title = f"热线日决定 {short_number(line.order_no)} {line.title}" + (f"  {leader}主持" if leader else "")
    return DecisionForm(
        title,
        fields,
        keep=keep,
        kept=kept,
        required=("steward", "requirement", "days"),
        check=_needs_leader,
    )


def _needs_leader(answers: Answers) -> str:
    is_led = answers["way"] in _LED
    if is_led and not answers["leader"]:
        return "领导包案、长期事项须写明领导姓名"
    is_untold = answers["way"] == HandlingWay.LONG_TERM and not answers["told"]
    return "长期事项须先告知诉求人，请写明" if is_untold else ""


def follow_up(line: DayLine, kept: Answers, keep: Keep) -> KeptForm:
    """落实情况: a note, and whether it is done; a 长期事项 that goes on has its next date."""
    states = [("no", "还在落实"), ("yes", "已落实")]
    fields: list[Field | Choice | LongText] = [
        LongText("落实情况", max_length=500, id="words"),
        Choice("状态", states, id="is_done"),
    ]
    is_long = line.way is HandlingWay.LONG_TERM
    if is_long:
        fields.append(Field("下次", placeholder="几个工作日后再看", max_length=4, width=20, id="days"))
    title = f"落实 {short_number(line.order_no)} {line.title}\n要求：{line.words}"
    return KeptForm(
        title, fields, keep=keep, kept=kept, required=("words",), check=_needs_date if is_long else None
    )


def _needs_date(answers: Answers) -> str:
    is_open = answers["is_done"] == "no" and not answers["days"].strip()
    return "长期事项还在落实：请填下次（几个工作日）" if is_open else ""
