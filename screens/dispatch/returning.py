"""退单 on F3: the tab with its clock, the verdict, one key that grants and sends, 快速裁决, and the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from desk.codes import Deed, word
from desk.dispatch_rows import (
    DeclinedPage,
    DispatchFigures,
    DispatchOrder,
    ReturnedPage,
    ReturnMark,
    ReturnPaper,
    Target,
)
from desk.rows import OrderRow, Page, PickRow
from screens import columns
from screens.cells import NEAR, OVERDUE, CellText
from screens.columns import short_number
from screens.dialogs.return_figures import ReturnFiguresPage
from screens.dispatch.acts import ActingScreen
from screens.dispatch.asking import Paper, words_paper
from screens.dispatch.papers import verdict
from screens.dispatch.part_returns import part_sections, part_verdict
from screens.dispatch.ruling import SENT
from screens.dispatch.sending import SENDABLE
from screens.dispatch.words import figure_words
from screens.widgets import Column, Section

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.rules.return_tally import Tally
    from screens.dialogs.ask import Answers

TAB = "returned"
RETURN_BINDINGS = (("t", "decide"), ("p", "redirect"), ("k", "rule"), ("i", "return_figures"))


def page_of(flow: Any, desk: Desk, tab: str, start: int) -> Page | ReturnedPage | DeclinedPage:
    """Read one window of a tab; those of 退单 and 不受理 bring their marks along."""
    own = {TAB: "returned", "declined": "declined_page"}
    found: Page | ReturnedPage | DeclinedPage = (
        getattr(flow, own[tab])(desk, start) if tab in own else flow.queue(desk, tab, offset=start)
    )
    return found


class ReturningScreen(ActingScreen):
    """The part of the dispatch screen that judges returns."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: Mapping[str, ReturnMark] = {}
        self._month: Tally | None = None

    # -- what is shown

    def taken(self, found: Page | ReturnedPage | DeclinedPage) -> Page:
        """Keep the marks of what was read, and give its page."""
        if not isinstance(found, ReturnedPage):
            return found if isinstance(found, Page) else found.page
        self._marks, self._month = found.marks, found.month
        return found.page

    def corner(self, figures: DispatchFigures) -> str:
        """The corner's figures: of this month's 退单 in their tab, of today's dispatches in the others."""
        is_wide = self.has_class("-wide")
        return (
            month_words(self._month, is_wide=is_wide)
            if self.tab == TAB and self._month is not None
            else figure_words(figures, is_wide=is_wide)
        )

    def return_columns(self) -> list[Column[OrderRow]]:
        """The columns of the tab: how long is left to decide stands where the order's own clock stands elsewhere.

        Every reason and the units' usual short names are read whole at 80 columns.
        """
        return [
            columns.number(),
            Column("裁定", 6, self._clock),
            Column("次", 2, self._of_mark(lambda mark: f"{mark.count}")),
            Column("退单单位", 12, self._of_mark(lambda mark: mark.unit)),
            Column("理由", 12, self._of_mark(lambda mark: mark.reason)),
            Column("建议改派", 12, self._of_mark(lambda mark: mark.target)),
            Column("标题", 10, lambda row: row.listed_title, flex=1),
        ]

    def _of_mark(self, told: Callable[[ReturnMark], str]) -> Callable[[OrderRow], str]:
        def cell(row: OrderRow) -> str:
            mark = self._marks.get(row.order_no)
            return told(mark) if mark is not None else ""

        return cell

    def _clock(self, row: OrderRow) -> CellText:
        mark = self._marks.get(row.order_no)
        if mark is None:
            return ""
        if mark.turn:
            # Under its heading 裁定 the row need not say the word again.
            return mark.turn.removesuffix("裁定"), OVERDUE if mark.is_over else NEAR
        return mark.left, NEAR

    def return_hint(self) -> str:
        """Where the order may go from here, for the pane that shows proposals elsewhere."""
        paper = self.shown.return_paper if self.shown is not None else None
        if self.shown is None or paper is None or not paper.target:
            return ""
        why = self.shown.refusals.get(Deed.REDIRECT_RETURN)
        return f"建议改派：{paper.target}" + (f"（{why}）" if why else "（按 p 同意并改派）")

    # -- the verdict

    def action_decide(self) -> None:
        row = self._row((TAB,), "只有退单一栏的工单能裁定：[ ] 换到退单")
        paper = self.shown.return_paper if self.shown is not None else None
        if row is None or self.shown is None:
            return
        if paper is not None and not (self.shown.part_papers and Deed.GRANT_RETURN in self.shown.refusals):
            self.ask(row, _verdict_paper(row, paper, self.shown))
        elif self.shown.part_papers:
            self.ask(row, part_verdict(row, self.shown.part_papers))

    def action_redirect(self) -> None:
        row = self._row((TAB,), "只有退单一栏的工单能同意并改派：[ ] 换到退单")
        paper = self.shown.return_paper if self.shown is not None else None
        if row is None or paper is None:
            return
        if self.has_just_jumped:
            self.refuse("光标刚移到下一件：请看清再按 p")
            return
        self.if_may(
            row,
            Deed.REDIRECT_RETURN,
            lambda: self.act(
                lambda flow, desk: flow.redirect_return(desk, row.order_no),
                self._sent,
                done=f"已同意退单 {short_number(row.order_no)}，改派 {paper.target}（可在已派未签按 c 撤回）",
            ),
        )

    def action_triage(self) -> None:
        if self.tab != TAB:
            super().action_triage()
            return
        row = self._row((TAB,), "")
        if row is not None:
            self.ask(row, _referral(row))

    def action_rule(self) -> None:
        row = self._row(SENDABLE + SENT, "待补充的工单不能快速裁决")
        if row is None:
            return

        def picked(unit: PickRow) -> None:
            self.ask(row, _final_paper(row, unit))

        title = f"快速裁决 {short_number(row.order_no)}：派定给哪个单位、科室"
        self.if_may(row, Deed.RULE_FINALLY, lambda: self.pick_unit(title, picked))

    def action_return_figures(self) -> None:
        self.app.push_screen(ReturnFiguresPage())


def month_words(month: Tally, *, is_wide: bool) -> str:
    """The 退单 of this month for the corner: `退12错5不实4` or `月退12 派错5 不实4`."""
    if is_wide:
        return f"月退{month.asked} 派错{month.wrong} 不实{month.refused} "
    return f"退{month.asked}错{month.wrong}不实{month.refused} "


def paper_section(order: DispatchOrder) -> Iterator[Section]:
    """The paper of the 退单 that waits: what is asked by which duty item, whose turn it is, and the papers before."""
    yield from part_sections(order)
    paper = order.return_paper
    if paper is None:
        return
    which = f"第{paper.count}次" if paper.count > 1 else ""
    clock = "  ".join(part for part in (paper.turn, f"裁定{paper.left}" if paper.left else "") if part)
    reason = word(paper.reason) if paper.reason else ""
    note = f"（{paper.target_note}）" if paper.target_note else ""
    lines = [f"{reason}：{paper.words}", f"建议改派：{paper.target or '未写'}{note}"]
    lines += [f"职责依据：{paper.duty_item}"] if paper.duty_item else []
    lines += [f"现场情况：{paper.finding}"] if paper.finding else []
    is_over = paper.left.startswith("!")
    yield Section(
        f"{paper.unit}{which}申请退单  {clock}".rstrip(),
        [*lines, *paper.earlier],
        style=OVERDUE if is_over else NEAR,
    )


def _verdict_paper(row: OrderRow, asked: ReturnPaper, shown: DispatchOrder) -> Paper:
    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        done: OrderRow = getattr(flow, answers["verdict"])(desk, row.order_no, answers["words"])
        return done

    return Paper(
        Deed.GRANT_RETURN,
        lambda kept, keep: verdict(asked, shown.refusals, kept, keep),
        do,
        f"已裁定 {short_number(row.order_no)}",
    )


def _referral(row: OrderRow) -> Paper:
    return words_paper(
        Deed.REFER_RETURN,
        f"退单转研判 {short_number(row.order_no)}",
        "转研判事由",
        lambda flow, desk, words: flow.refer_return(desk, row.order_no, words),
        "退单已转研判，由研判组员或班长裁定",
    )


def _final_paper(row: OrderRow, unit: PickRow) -> Paper:
    target = Target.from_key(unit.key)
    return words_paper(
        Deed.RULE_FINALLY,
        f"快速裁决 {short_number(row.order_no)} → {unit.name}",
        "裁决理由",
        lambda flow, desk, words: flow.rule_finally(
            desk, row.order_no, target.unit_id, target.section_id, reason=words
        ),
        f"已快速裁决派定 {unit.name}，不得再退",
    )
