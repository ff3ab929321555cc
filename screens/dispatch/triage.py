"""研判 on F3: why an order goes there, and the record of the panel with its verdict (practice P22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.codes import Deed, HandlingWay, PanelKind, TriageReason, word
from desk.rows import OrderRow
from desk.ruling_rows import PanelForm, PanelStart, RulingForm
from screens.columns import short_number
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.dispatch.asking import Keep, Paper
from screens.widgets import Choice, Field, LongText

if TYPE_CHECKING:
    from desk.context import Desk

WAYS = (HandlingWay.ALONE, HandlingWay.JOINT, HandlingWay.ON_SITE, HandlingWay.ACT_FIRST)
"""What a panel may decide; the desk says no to the others."""
UNITS_APART = "几家用、隔开"
_AT_ONCE = "send"
Widgets = list[Field | Choice | LongText]


def reasons() -> list[tuple[str, str]]:
    """The reasons of the source, and one for words."""
    return [(str(each), word(each)) for each in TriageReason]


def triage_paper(row: OrderRow) -> Paper:
    """转研判: one of the source's reasons, with words; 其他 needs them before the form closes."""
    title = f"转研判 {short_number(row.order_no)}"

    def make(kept: Answers, keep: Keep) -> KeptForm:
        fields: Widgets = [
            Choice("事由", reasons(), is_open=True, id="reason"),
            LongText("说明", max_length=500, id="words"),
        ]
        return KeptForm(title, fields, keep=keep, kept=kept, required=("reason",), check=_needs_words)

    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        done: OrderRow = flow.put_into_triage(desk, row.order_no, answers["words"], answers["reason"])
        return done

    return Paper(Deed.PUT_INTO_TRIAGE, make, do, "已转研判")


def _needs_words(answers: Answers) -> str:
    is_bare = answers["reason"] == TriageReason.OTHER and not answers["words"]
    return "事由选其他的请写说明" if is_bare else ""


class PanelRecord(KeptForm):
    """研判记录 on one page, so low that it fits 24 rows."""

    DEFAULT_CSS = """
    PanelRecord > #box { width: 100%; max-width: 110; }
    PanelRecord #title { margin: 0; }
    PanelRecord LongText { height: 4; }
    """


def panel_paper(row: OrderRow, start: PanelStart) -> Paper:
    """研判结论: the record of the panel; what it gives is the order and whether to send it at once."""
    title = f"研判记录 {short_number(row.order_no)} {row.title}\n{start.led_by}牵头"

    def make(kept: Answers, keep: Keep) -> KeptForm:
        return PanelRecord(
            title,
            _panel_fields(start),
            keep=keep,
            kept=kept,
            required=("attendees", "steward", "requirement", "days"),
        )

    def do(flow: Any, desk: Desk, answers: Answers) -> tuple[OrderRow, bool]:
        return flow.rule_triage(desk, row.order_no, panel_form(answers)), answers[_AT_ONCE] == "yes"

    return Paper(Deed.RULE_TRIAGE, make, do, "研判结论已记录，回到待派单（v 按结论派）")


def _panel_fields(start: PanelStart) -> Widgets:
    return [
        Choice("形式", [(str(each), word(each)) for each in PanelKind], id="kind"),
        Choice("事由", reasons(), value=str(start.reason_code), id="reason"),
        Field("事由说明", start.reason_words, max_length=500, id="reason_words"),
        Field(
            "参加人员",
            f"{start.attendees}、",  # whoever goes on typing names the next one
            placeholder=f"单位、工号或姓名，{UNITS_APART}",
            max_length=500,
            id="attendees",
        ),
        LongText("各方意见", placeholder="一行一家：县城管局：……", max_length=10_000, id="arguments"),
        *ruling_fields(WAYS),
        Choice("派单", [("yes", "随即派单"), ("no", "只记结论")], id=_AT_ONCE),
    ]


def ruling_fields(ways: tuple[HandlingWay, ...], steward: str = "") -> Widgets:
    """The fields of what is decided: 承办单位, 协办单位, 办件方式, 工作要求, limit."""
    return [
        Field("承办单位", steward, max_length=60, id="steward"),
        Field("协办单位", placeholder=f"可空；{UNITS_APART}", max_length=500, id="co_units"),
        Choice("办件方式", [(str(each), word(each)) for each in ways], id="way"),
        LongText("工作要求", max_length=500, id="requirement"),
        Field("时限", placeholder="几个工作日", max_length=4, width=14, id="days"),
    ]


def ruling_form(answers: Answers) -> RulingForm:
    """A filled form as the deed takes it."""
    return RulingForm(
        steward=answers["steward"],
        co_units=answers["co_units"],
        way=answers["way"],
        requirement=answers["requirement"],
        days=answers["days"],
        leader=answers.get("leader", ""),
        told=answers.get("told", ""),
    )


def panel_form(answers: Answers) -> PanelForm:
    """A filled record as the deed takes it."""
    return PanelForm(
        verdict=ruling_form(answers),
        attendees=answers["attendees"],
        reason_code=answers["reason"],
        reason_words=answers["reason_words"],
        arguments=answers["arguments"],
        kind=answers["kind"],
    )
