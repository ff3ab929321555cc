"""One matter, one order: 拆单, 合并, 关联, 标记, and which part of the queue is minded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from desk.codes import Deed
from desk.dispatch_rows import DispatchFigures, ForwardText, MarksRow, SplitDone
from desk.errors import Refused
from desk.rows import OrderRow, PickRow
from screens.columns import short_number
from screens.dialogs import Confirm, Pick
from screens.dialogs.ask import Answers
from screens.dispatch.asking import Paper, words_paper
from screens.dispatch.matter_papers import MORE, Splitting, marked, marking
from screens.dispatch.returning import ReturningScreen

if TYPE_CHECKING:
    from desk.context import Desk

_AT_THE_CENTRE = ("to_dispatch", "to_complete", "in_triage")
_SPLIT = "split"
EMPTY = {
    "to_dispatch": "没有待派的工单：新受理的会自己出现",
    "returned": "没有单位申请退单",
    "to_complete": "没有退回补充的工单",
    "in_triage": "没有研判中的工单",
    "merged": "没有还能拆开的从单",
    "hotline_day": "没有列入热线日、待落实的工单：按 h 安排和列入",
    "unsigned": "派出的工单都已签收",
    "declined": "没有坚持受理、待回电或待抽查的不予受理",
}
"""What an empty tab says."""


class MattersScreen(ReturningScreen):
    """The part of the dispatch screen that parts and joins orders."""

    # -- 拆单

    def action_split(self) -> None:
        row = self._row(_AT_THE_CENTRE, "只有未派出的工单能拆单")
        if row is None:
            return

        def read(text: ForwardText) -> None:
            self._ask_part(row, text.original)

        def ask() -> None:
            self.read(lambda flow, desk: flow.forward_text(desk, row.order_no), read, group="split")

        self.if_may(row, Deed.SPLIT, ask)

    def _ask_part(self, row: OrderRow, original: str, why: str = "") -> None:
        """Ask for one part; another follows as long as one more is wanted."""
        order_no = row.order_no
        splitting = Splitting(row, original, self.typed.get((order_no, _SPLIT), {}))

        def given(answers: Answers | None) -> None:
            if answers is None:
                return
            if answers["then"] == MORE:
                self._keep_split(order_no, splitting.with_part(answers))
                self._ask_part(row, original)
            else:
                self._split(splitting, answers)

        dialog = splitting.form(lambda answers: self._keep_split(order_no, answers))
        self.app.push_screen(dialog, given)
        if why:
            dialog.call_after_refresh(dialog.refuse, why)

    def _keep_split(self, order_no: str, answers: Answers) -> None:
        self.typed[order_no, _SPLIT] = answers
        self.read(
            lambda flow, desk: flow.keep_words(desk, order_no, _SPLIT, answers), lambda _: None, group="words"
        )

    def _split(self, splitting: Splitting, answers: Answers) -> None:
        row = splitting.row
        rest = {"rest_title": answers["rest_title"], "rest_content": answers["rest"]}

        def file(flow: Any, desk: Desk) -> SplitDone:
            done: SplitDone = flow.split(desk, row.order_no, splitting.parts(answers), **rest)
            flow.forget_words(desk, row.order_no, _SPLIT)
            return done

        def filed(done: SplitDone) -> None:
            self.typed.pop((row.order_no, _SPLIT), None)
            born = "、".join(
                f"{short_number(part.order_no)}（查询码 {part.query_code}）" for part in done.parts
            )
            self.say(f"已从 {short_number(row.order_no)} 拆出 {born}", "done")

        def again(refused: Refused) -> None:
            self._ask_part(row, splitting.original, str(refused))

        self.act(file, filed, otherwise=again)

    # -- 合并, 拆开合并, 关联

    def action_merge(self) -> None:
        if self.tab == "merged":
            self._unmerge()
            return
        row = self._row(_AT_THE_CENTRE, "已派出的工单不能并入别的：请在另一件上按 e 并入它")
        if row is None:
            return

        def picked(main: PickRow) -> None:
            def agreed(is_agreed: bool | None) -> None:
                if is_agreed:
                    self.act(
                        lambda flow, desk: flow.merge(desk, row.order_no, main.key),
                        done=f"已把 {short_number(row.order_no)} 并入 {short_number(main.key)}（从单一栏 e 拆开）",
                    )

            title = f"把 {short_number(row.order_no)} {row.title}\n并入主单 {main.name}？本单诉求人仍单独答复、回访"
            self.app.push_screen(Confirm(title), agreed)

        self.if_may(row, Deed.MERGE, lambda: self._pick_order(row, "并入哪一件作主单", picked))

    def _unmerge(self) -> None:
        row = self._row(("merged",), "这里没有从单")
        if row is None:
            return
        paper = words_paper(
            Deed.UNMERGE,
            f"拆开合并 {short_number(row.order_no)}",
            "拆开理由",
            lambda flow, desk, words: flow.unmerge(desk, row.order_no, words),
            f"已拆开 {short_number(row.order_no)}，回到待派单",
        )
        self.ask(row, paper)

    def action_relate(self) -> None:
        row = self.queue.cursor_row
        if row is None:
            self.refuse("这里没有工单")
            return

        def picked(other: PickRow) -> None:
            self.act(
                lambda flow, desk: flow.relate(desk, row.order_no, other.key),
                done=f"已关联 {short_number(row.order_no)} 和 {short_number(other.key)}",
            )

        self.if_may(row, Deed.RELATE, lambda: self._pick_order(row, "关联哪一件", picked))

    def _pick_order(self, row: OrderRow, words: str, then: Callable[[PickRow], object]) -> None:
        """Let another order be chosen: the likest are offered, others are found by number, phone or words."""

        def picked(order: PickRow | None) -> None:
            if order is not None:
                then(order)

        pick = Pick(
            f"{short_number(row.order_no)} {words}",
            self.FLOW,
            lambda flow, desk, text: flow.main_candidates(desk, row.order_no, text),
            hint="没有相像的工单：请输工单号、电话或内容",
            hint_flex=4,
            asks="工单号、电话或内容中的字",
        )
        self.app.push_screen(pick, picked)

    # -- 标记

    def action_order_marks(self) -> None:
        row = self.queue.cursor_row
        if row is None:
            self.refuse("这里没有工单")
            return

        def read(marks: MarksRow) -> None:
            paper = Paper(
                Deed.SET_MARKS,
                lambda kept, keep: marking(row, marks, kept, keep),
                lambda flow, desk, answers: flow.set_marks(desk, row.order_no, **marked(answers)),
                f"已改标记 {short_number(row.order_no)}",
            )
            self.ask(row, paper)

        def ask() -> None:
            self.read(lambda flow, desk: flow.marks(desk, row.order_no), read, group="marks")

        self.if_may(row, Deed.SET_MARKS, ask)

    # -- the part of the queue that is minded

    def action_scope(self) -> None:
        def picked(choice: PickRow | None) -> None:
            if choice is not None:
                self.read(lambda flow, desk: flow.narrow(desk, choice.key), self._narrowed, group="scope")

        pick = Pick(
            "只看哪个范围：再选一次去掉", self.FLOW, lambda flow, desk, text: flow.scope_picks(desk, text)
        )
        self.app.push_screen(pick, picked)

    def _narrowed(self, words: str) -> None:
        self.say(f"只看 {words}（o 再加、再去）" if words else "看全部工单", "done")
        self.queue.reset()
        self.reload()

    def empty_hint(self, left_out: int) -> str:
        """What an empty list says: nothing is there, or nothing of what is minded."""
        return f"范围内没有：范围外还有 {left_out} 件，按 o 改" if left_out else EMPTY[self.tab]

    def show_scope(self, figures: DispatchFigures) -> None:
        """Say above the list what is minded and how many orders that leaves out; nothing when it is all."""
        self.queue.hint = self.empty_hint(figures.outside.get(self.tab, 0))
        line = self.query_one("#scope", Static)
        left_out = figures.outside.get(self.tab, 0)
        line.display = bool(figures.scope)
        line.update(f" 只看 {figures.scope}（特急都在） 范围外 {left_out} 件  o 改")
