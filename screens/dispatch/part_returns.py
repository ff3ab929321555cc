"""退协办 on F3: what each helping unit asks, and the verdict on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from desk.dispatch_rows import DispatchOrder, PartPaper
from desk.rows import OrderRow
from screens.cells import NEAR
from screens.columns import short_number
from screens.dialogs.kept import KeptForm
from screens.dispatch.asking import Keep, Paper
from screens.widgets import Choice, Field, LongText, Section

if TYPE_CHECKING:
    from desk.context import Desk
    from screens.dialogs.ask import Answers

REPLACE, RELEASE, REFUSE = "replace", "release", "refuse"


def part_sections(order: DispatchOrder) -> Iterator[Section]:
    """The papers of the 退协办 that wait: what is asked by which duty item, and who should help instead."""
    for paper in order.part_papers:
        lines = [
            f"{paper.reason}：{paper.words}",
            f"改请协办：{paper.target or '不必另请'}",
            f"职责依据：{paper.duty_item}",
            *([f"现场情况：{paper.finding}"] if paper.finding else []),
        ]
        yield Section(f"{paper.unit}申请退协办（按 t 裁定，主办单位照办）", lines, style=NEAR)


def part_verdict(row: OrderRow, papers: tuple[PartPaper, ...]) -> Paper:
    """The form in which one of the 退协办 of an order is decided."""

    def make(kept: Answers, keep: Keep) -> KeptForm:
        options = [choice for paper in papers for choice in _choices(paper)]
        fields: list[Field | Choice | LongText] = [
            Choice("裁定", options, is_open=True, id="verdict"),
            LongText("裁定意见", max_length=500, id="words"),
        ]
        title = f"裁定退协办 {short_number(row.order_no)}"
        return KeptForm(title, fields, keep=keep, kept=kept, required=("verdict",), check=_needs_words)

    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        verdict, _, part = answers["verdict"].partition(":")
        how: dict[str, Any] = {} if verdict == REFUSE else {"is_replaced": verdict == REPLACE}
        deed = flow.refuse_part_return if verdict == REFUSE else flow.grant_part_return
        done: OrderRow = deed(desk, row.order_no, int(part), answers["words"], **how)
        return done

    return Paper(Deed.GRANT_PART_RETURN, make, do, f"已裁定退协办 {short_number(row.order_no)}")


def _choices(paper: PartPaper) -> Iterator[tuple[str, str]]:
    if paper.target:
        yield f"{REPLACE}:{paper.part_id}", f"同意{paper.unit}退协办，改请{paper.target}"
    yield f"{RELEASE}:{paper.part_id}", f"同意{paper.unit}退协办，不另请"
    yield f"{REFUSE}:{paper.part_id}", f"不同意{paper.unit}退协办"


def _needs_words(answers: Answers) -> str:
    is_bare_no = answers["verdict"].startswith(REFUSE) and not answers["words"]
    return "不同意退协办须写明理由" if is_bare_no else ""
