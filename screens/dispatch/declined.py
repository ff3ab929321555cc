"""不予受理 on F3: a caller who insists, the call back to him, the sample of 班长; `t` sees to whichever it is (practice P9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from desk.dispatch_rows import (
    DeclinedMark,
    DeclinedPage,
    DeclinedPaper,
    DeclinedTurn,
    DispatchOrder,
    ReturnedPage,
)
from desk.rows import OrderRow, Page, PhoneRow
from screens import columns
from screens.cells import NEAR, OVERDUE, CellText
from screens.columns import short_number
from screens.dialogs.kept import KeptForm
from screens.dispatch.asking import Keep, Paper
from screens.dispatch.matters import MattersScreen
from screens.dispatch.words import waited
from screens.widgets import Choice, Column, Field, LongText, Section

if TYPE_CHECKING:
    from desk.context import Desk
    from screens.dialogs.ask import Answers

TAB = "declined"
_TURNS = {DeclinedTurn.DECIDE: "裁定", DeclinedTurn.RING: "回电", DeclinedTurn.SAMPLE: "抽查"}
_ACCEPT, _KEEP, _REACHED, _MISSED, _RIGHT = "accept", "keep", "reached", "missed", "right"


class DeclinedScreen(MattersScreen):
    """The part of the dispatch screen that judges what was declined."""

    def __init__(self) -> None:
        super().__init__()
        self._declined: Mapping[str, DeclinedMark] = {}

    def taken(self, found: Page | ReturnedPage | DeclinedPage) -> Page:
        if isinstance(found, DeclinedPage):
            self._declined = found.marks
            return found.page
        return super().taken(found)

    def declined_columns(self) -> list[Column[OrderRow]]:
        """The columns of the tab: what is to be done, and how long is left for it."""
        return [
            columns.number(),
            Column("要做", 4, lambda row: _of(self._declined.get(row.order_no))),
            Column("剩余", 8, lambda row: _left(self._declined.get(row.order_no))),
            Column("已等", 5, lambda row: waited(row.accepted_at, self.desk_app.now())),
            columns.kind(),
            Column("标题", 16, lambda row: row.listed_title, flex=1),
        ]

    def action_decide(self) -> None:
        if self.tab != TAB:
            super().action_decide()
            return
        row = self._row((TAB,), "")
        paper = self.shown.declined if self.shown is not None else None
        if row is None or paper is None:
            return
        if paper.turn is DeclinedTurn.RING:
            self._ring(row, paper)
        else:
            self.ask(row, _verdict(row, paper) if paper.turn is DeclinedTurn.DECIDE else _sample(row, paper))

    def _ring(self, row: OrderRow, paper: DeclinedPaper) -> None:
        """The number is shown for this call alone, with an event that says so (practice P33)."""

        def shown(found: PhoneRow) -> None:
            self.ask(row, _call(row, paper, found))

        self.if_may(
            row,
            Deed.TELL_DECLINED,
            lambda: self.act(lambda flow, desk: flow.reveal(desk, row.order_no, "回电告知不予受理"), shown),
        )


def declined_sections(order: DispatchOrder) -> Iterator[Section]:
    """What waits on a declined order: why it was declined, what the caller says, what he is to be told."""
    paper = order.declined
    if paper is None:
        return
    heads = {
        DeclinedTurn.DECIDE: "诉求人坚持受理（按 t 裁定）",
        DeclinedTurn.RING: "已维持不予受理，须回电告知（按 t 回电）",
        DeclinedTurn.SAMPLE: "不予受理抽查（按 t 抽查）",
    }
    lines = [f"不予受理理由：{paper.reason}（{paper.basis}）"] if paper.reason else []
    lines += [f"诉求人：{paper.words}"] if paper.words else []
    lines += (
        [f"回电告知：{paper.sentence}"] if paper.turn is DeclinedTurn.RING else [f"请其联系：{paper.where}"]
    )
    is_over = paper.left.startswith("!")
    head = f"{heads[paper.turn]}  {paper.left}".rstrip()
    yield Section(head, lines, style=OVERDUE if is_over else NEAR)


def _of(mark: DeclinedMark | None) -> CellText:
    return _TURNS[mark.turn] if mark else ""


def _left(mark: DeclinedMark | None) -> CellText:
    if mark is None:
        return ""
    return mark.left, OVERDUE if mark.left.startswith("!") else NEAR


def _verdict(row: OrderRow, paper: DeclinedPaper) -> Paper:
    """受理 needs its reason; 维持 the sentence that the caller is told, which stands there already."""

    def make(kept: Answers, keep: Keep) -> KeptForm:
        options = [(_ACCEPT, "改为受理"), (_KEEP, "维持不予受理，回电告知")]
        fields: list[Field | Choice | LongText] = [
            Choice("裁定", options, is_open=True, id="verdict"),
            LongText("受理理由", max_length=500, id="reason"),
            LongText("回电告知语", paper.sentence, max_length=500, id="sentence"),
        ]
        title = f"裁定不予受理 {short_number(row.order_no)}：{paper.reason}"
        return KeptForm(title, fields, keep=keep, kept=kept, required=("verdict",), check=_needs_words)

    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        done: OrderRow = (
            flow.accept_declined(desk, row.order_no, answers["reason"])
            if answers["verdict"] == _ACCEPT
            else flow.confirm_declined(desk, row.order_no, answers["sentence"])
        )
        return done

    return Paper(Deed.ACCEPT_DECLINED, make, do, f"已裁定 {short_number(row.order_no)}")


def _needs_words(answers: Answers) -> str:
    if answers["verdict"] == _ACCEPT:
        return "" if answers["reason"] else "改为受理须写明理由"
    return "" if answers.get("sentence", "-") else "维持不予受理须写明回电告知语"


def _sample(row: OrderRow, paper: DeclinedPaper) -> Paper:
    def make(kept: Answers, keep: Keep) -> KeptForm:
        options = [(_RIGHT, "正确"), (_ACCEPT, "不当，改为受理")]
        fields: list[Field | Choice | LongText] = [
            Choice("抽查", options, is_open=True, id="verdict"),
            LongText("意见", max_length=500, id="reason"),
        ]
        title = f"抽查不予受理 {short_number(row.order_no)}：{paper.reason}"
        return KeptForm(title, fields, keep=keep, kept=kept, required=("verdict",), check=_needs_words)

    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        deed = flow.accept_declined if answers["verdict"] == _ACCEPT else flow.pass_declined
        done: OrderRow = deed(desk, row.order_no, answers["reason"])
        return done

    return Paper(Deed.PASS_DECLINED, make, do, f"已抽查 {short_number(row.order_no)}")


def _call(row: OrderRow, paper: DeclinedPaper, found: PhoneRow) -> Paper:
    def make(kept: Answers, keep: Keep) -> KeptForm:
        options = [(_REACHED, "已告知"), (_MISSED, "未接通")]
        fields: list[Field | Choice | LongText] = [
            Choice("结果", options, is_open=True, id="result"),
            LongText("备注", max_length=500, id="note"),
        ]
        title = f"回电 {found.name} {found.number}\n读给诉求人：{paper.sentence}"
        return KeptForm(title, fields, keep=keep, kept=kept, required=("result",))

    def do(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
        is_reached = answers["result"] == _REACHED
        done: OrderRow = flow.tell_declined(desk, row.order_no, answers["note"], was_answered=is_reached)
        return done

    return Paper(Deed.TELL_DECLINED, make, do, f"已存回电 {short_number(row.order_no)}")
