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
        yield Section(f"{paper.unit}申请退协办（按 t 裁定）", lines, style=NEAR)


def part_verdict(row: OrderRow, papers: tuple[PartPaper, ...]) -> Paper:
    """The form in which one of the 退协办 of an order is decided."""

    def make(kept: Answers, keep: Keep) -> KeptForm:
        fields: list[Field | Choice | LongText] = [
            *_which(papers),
            Choice("裁定", list(_verdicts(papers)), is_open=True, id="verdict"),
            LongText("裁定意见", max_length=500, id="words"),
        ]
        required = tuple(str(field.id) for field in fields[:-1])
        title = f"裁定退协办 {short_number(row.order_no)}"
        return KeptForm(title, fields, keep=keep, kept=kept, required=required, check=_needs_words)

    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        verdict, words = answers["verdict"], answers["words"]
        part_id = int(answers.get("part", papers[0].part_id))
        done: OrderRow = (
            flow.refuse_part_return(desk, row.order_no, part_id, words)
            if verdict == REFUSE
            else flow.grant_part_return(desk, row.order_no, part_id, words, is_replaced=verdict == REPLACE)
        )
        return done

    return Paper(Deed.GRANT_PART_RETURN, make, do, f"已裁定退协办 {short_number(row.order_no)}")


def _which(papers: tuple[PartPaper, ...]) -> Iterator[Choice]:
    """Whose paper it is, where several wait."""
    if len(papers) > 1:
        units = [(str(paper.part_id), paper.unit) for paper in papers]
        yield Choice("协办单位", units, is_open=True, id="part")


def _verdicts(papers: tuple[PartPaper, ...]) -> Iterator[tuple[str, str]]:
    targets = [paper.target for paper in papers if paper.target]
    if targets:
        yield REPLACE, f"同意并改请{targets[0] if len(papers) == 1 else '所写单位'}"
    yield RELEASE, "同意，不另请"
    yield REFUSE, "不同意"


def _needs_words(answers: Answers) -> str:
    is_bare_no = answers["verdict"] == REFUSE and not answers["words"]
    return "不同意退协办须写明理由" if is_bare_no else ""
