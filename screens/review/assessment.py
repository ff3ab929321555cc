"""考核 on F6: the table of a month, every figure of a unit, and the orders behind each (practice P30)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import Deed, word
from desk.rules import assessment_figures as figures
from desk.rules import rights
from desk.rules.assessment_figures import Figure, Value, value_of
from desk.rules.months import months_before
from screens import columns
from screens.cells import NEAR, OVERDUE, STRONG, CellText, plain
from screens.dialogs.ask import Answers, AskForm
from screens.dialogs.card import Card
from screens.dialogs.pages import WholePage
from screens.dialogs.scores import ScoresPage, score_form
from screens.widgets.columns import Column
from screens.widgets.field import Field
from screens.widgets.folded import Folded
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.assessment_rows import AssessedLine, AssessmentTable, BehindPage, LeftOutPage
    from desk.context import Desk

COUNTING = "正在计算.."
_EMPTY = "这个月还没有可考核的：派单、签收、答复、回访、评分都会计入当月"
_SHOWN = (
    ("收件", "received", 4),
    ("接单%", "signed", 5),
    ("答复%", "answered", 5),
    ("超期", "overdue", 4),
    ("D级", "graded_d", 4),
    ("解决%", "solved", 5),
    ("满意%", "satisfied", 5),
    ("原始%", "raw_satisfied", 5),
)
"""The computed figures that the table has room for at 80 columns: heading, figure, cells."""
_WIDE = (
    ("在办超", figures.OVERDUE_NOW, 6),
    ("不实退", "return_unfounded", 6),
    ("退回", "sent_back", 4),
    ("重办", "reworked", 4),
    ("未通", "unreached", 4),
    ("剔除", figures.LEFT_OUT, 4),
)
_HUMAN = (("成效", "handling", 4), ("配合", "cooperation", 4))
_AGAINST = frozenset({"overdue", figures.OVERDUE_NOW})


class AssessmentPage(WholePage[None]):
    """One line for each centre and unit of a month: what is computed, a bar, what people scored, the total."""

    FLOW = "desk.assessment"
    HINTS = (
        ("[ ]", "上月、下月"),
        ("Enter", "各项指标"),
        ("s", "评分与申诉"),
        ("x", "剔除清单"),
        ("o", "导出"),
        ("Esc", "关闭"),
    )
    BINDINGS = [
        ("left_square_bracket", "month(-1)"),
        ("right_square_bracket", "month(1)"),
        ("s", "scores"),
        ("x", "left_out"),
        ("o", "save"),
    ]
    DEFAULT_CSS = """
    AssessmentPage #lines { height: 1fr; }
    AssessmentPage .note { height: auto; max-height: 3; width: 1fr; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__("考核")
        self._months_back = 0
        self._table: AssessmentTable | None = None

    def questions(self) -> ComposeResult:
        yield Static(plain(COUNTING), id="head", classes="note")
        yield RowList["AssessedLine"](
            [
                Column("单位", 10, lambda row: (row.name, STRONG) if row.is_centre else row.name, flex=1),
                *(_column(*each) for each in _SHOWN),
                *(_column(*each, wide_only=True) for each in _WIDE),
                Column("|", 1, lambda _: "|"),
                *(_column(*each) for each in _HUMAN),
                Column("总分", 5, _total, align="right"),
            ],
            key=lambda row: row.key,
            hint=COUNTING,
            id="lines",
        )
        yield Static("", id="weights", classes="note")

    @property
    def _lines(self) -> RowList[AssessedLine]:
        return self.query_one("#lines", RowList)

    def on_mount(self) -> None:
        self._lines.focus()
        self.deed_done()

    def deed_done(self) -> None:
        back = self._months_back
        self.query_one("#head", Static).update(plain(COUNTING))
        self.read(lambda flow, desk: flow.table(desk, months_before(back, desk.now())), self._show)

    def _show(self, table: AssessmentTable) -> None:
        self._table = table
        running = "（本月，至此刻）" if table.is_running else ""
        head = (
            f"{table.month}{running}  单位 {len(table.units)} 家  剔除 {table.left_out} 件  {_said_of(table)}"
        )
        self.query_one("#head", Static).update(plain(head.rstrip()))
        self._lines.hint = _EMPTY
        self._lines.set_page(table.lines, len(table.lines))
        note = f"左边计算、右边人评；原始%含评议不合理的。{table.weights_text}"
        self.query_one("#weights", Static).update(plain(note))

    def action_month(self, by: int) -> None:
        """[ and ]: another month."""
        if self._months_back - by < 0:
            self.refuse("已是本月")
            return
        self._months_back -= by
        self._lines.reset()
        self.deed_done()

    def on_row_list_opened(self) -> None:
        line, table = self._lines.cursor_row, self._table
        if line is not None and table is not None:
            self.app.push_screen(FiguresPage(table.month, line))

    def action_scores(self) -> None:
        """s: the scores of the month, and what units say against them."""
        self.app.push_screen(ScoresPage(self._months_back), lambda _: self.deed_done())

    def action_left_out(self) -> None:
        """x: which orders are not assessed, and why."""
        if self._table is not None:
            self.app.push_screen(LeftOutList(self._table.month))

    def action_save(self) -> None:
        """o: the month as a file of four sheets."""
        table = self._table
        if table is None:
            return

        def given(answers: Answers | None) -> None:
            if answers is not None:
                path = Path(answers["path"]).expanduser().absolute()
                self.act(
                    lambda flow, desk: flow.save(desk, table.month, path),
                    lambda made: self.say(f"已存 {made.path}", "done"),
                )

        field = Field(
            "文件", f"考核{table.month}.xlsx", max_length=200, placeholder="以 .xlsx 结尾", id="path"
        )
        self.app.push_screen(
            AskForm("导出：单位、中心、剔除清单、评分与申诉", [field], required=("path",)), given
        )


def _column(title: str, key: str, cells: int, *, wide_only: bool = False) -> Column[AssessedLine]:
    figure = figures.figure(key)
    return Column(title, cells, lambda row: _cell(row, figure), align="right", wide_only=wide_only)


def _cell(row: AssessedLine, figure: Figure) -> CellText:
    if row.is_centre and figure.key != figures.LEFT_OUT:
        return ""
    value = value_of(figure, row.numbers)
    text = value.text.removesuffix("%")
    return (text, OVERDUE) if figure.key in _AGAINST and value.part else text


def _total(row: AssessedLine) -> CellText:
    return "" if row.is_centre else "-" if row.total is None else f"{row.total:.1f}"


def _said_of(table: AssessmentTable) -> str:
    """The centre's own figures in one breath, for the head of the page."""
    if not table.centres:
        return ""
    told = ("sent", "first", "coverage", "citizen")
    values = (table.centres[0].value(figures.figure(key)) for key in told)
    return "  ".join(f"{value.figure.name} {value.text}" for value in values)


class FiguresPage(WholePage[None]):
    """Every figure of one line: its value, what it is made of, and in which words it is counted."""

    HINTS = (("Enter", "对应工单"), ("Up/Down", "移动"), ("Esc", "返回"))
    DEFAULT_CSS = """
    FiguresPage #figures { height: 1fr; }
    FiguresPage #formula { height: auto; max-height: 4; width: 1fr; }
    """

    def __init__(self, month: str, line: AssessedLine) -> None:
        super().__init__(f"考核 {month} {line.name}")
        self._month, self._line = month, line

    def questions(self) -> ComposeResult:
        yield RowList[Value](
            [
                Column("来源", 4, lambda row: "人评" if row.figure.is_human else "计算"),
                Column("指标", 14, lambda row: row.figure.name),
                Column("数值", 8, _value_cell, align="right"),
                Column("分子/分母", 9, lambda row: row.parts, align="right"),
                Column("口径", 20, lambda row: row.figure.formula, flex=1),
            ],
            key=lambda row: row.figure.key,
            hint="没有指标",
            id="figures",
        )
        yield Static("", id="formula")

    def on_mount(self) -> None:
        rows = self.query_one("#figures", RowList)
        rows.set_page(self._line.values, len(self._line.values))
        rows.focus()
        self.on_row_list_moved()

    def on_row_list_moved(self) -> None:
        value = self.query_one("#figures", RowList).cursor_row
        if value is not None:
            self.query_one("#formula", Static).update(plain(f"{value.figure.name}：{value.figure.formula}"))

    def on_row_list_opened(self) -> None:
        value = self.query_one("#figures", RowList).cursor_row
        if value is None:
            return
        if not (value.part or value.whole):
            self.refuse(f"{value.figure.name}后面没有工单")
        elif value.figure.key == figures.LEFT_OUT:
            self.app.push_screen(LeftOutList(self._month, self._line))
        else:
            self.app.push_screen(BehindList(self._month, self._line, value.figure))


def _value_cell(row: Value) -> CellText:
    text = row.text + ("" if row.figure.is_share or row.text == "-" else row.figure.unit)
    return (text, NEAR) if row.figure.key in _AGAINST and row.part else text


class _Orders(WholePage[None]):
    """A list of orders that is read window by window; Enter opens a card."""

    FLOW = "desk.assessment"
    MOVE: ClassVar[tuple[Hint, ...]] = (("Enter", "卡片"), ("^D", "卡片"), ("Esc", "返回"))
    DEFAULT_CSS = "_Orders #orders { height: 1fr; }"

    @property
    def rows(self) -> RowList[Any]:
        """The list."""
        return self.query_one("#orders", RowList)

    def order_no(self) -> str | None:
        row = self.rows.cursor_row
        return None if row is None else getattr(row, "order", row).order_no

    def on_mount(self) -> None:
        self.rows.focus()
        self.deed_done()

    def deed_done(self) -> None:
        self.read_rows(self.rows.start)

    def read_rows(self, start: int) -> None:
        """Read the window that begins with row `start`."""
        raise NotImplementedError

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self.read_rows(event.start)

    def on_row_list_opened(self) -> None:
        order_no = self.order_no()
        if order_no is not None:
            self.app.push_screen(Card(order_no))


class BehindList(_Orders):
    """The orders behind one figure; `t` shows only those that count against it, `S` scores the one under the cursor."""

    BINDINGS = [("t", "only_bad"), ("S", "score")]

    def __init__(self, month: str, line: AssessedLine, figure: Figure) -> None:
        super().__init__(f"{figure.name} {month} {line.name}")
        self._month, self._line, self._figure = month, line, figure
        self._only_bad = False
        self._typed: dict[str, Answers] = {}

    def questions(self) -> ComposeResult:
        yield RowList[Any](
            [
                columns.number(),
                columns.kind(),
                columns.status(),
                columns.grade(),
                columns.title(),
                columns.steward(),
            ],
            key=lambda row: row.key,
            hint="没有您能看的工单",
            id="orders",
        )

    def on_mount(self) -> None:
        super().on_mount()
        able: list[Hint] = [("t", "只看未达标")] if self._figure.is_share else []
        desk = self.desk_app.desk
        if desk is not None and rights.scopes(desk.actor.roles, Deed.SCORE_HANDLING):
            able.append(("S", "评处理成效"))
        self.query_one(KeyHints).hints = (*able, *self.MOVE)

    def read_rows(self, start: int) -> None:
        month, unit_id, key, only_bad = self._month, self._line.unit_id, self._figure.key, self._only_bad
        self.read(
            lambda flow, desk: flow.orders(desk, month, unit_id, key, start, only_bad=only_bad), self._show
        )

    def _show(self, page: BehindPage) -> None:
        self.rows.show_page(page)
        which = "未达标的" if self._only_bad else ""
        self.query_one("#title", Folded).say(
            f"{self._title}  {which}工单 {page.total} 件（一件多次只列一行）"
        )

    def action_only_bad(self) -> None:
        """t: all of them, or only those that count against the figure."""
        if self._figure.is_share:
            self._only_bad = not self._only_bad
            self.rows.reset()
            self.read_rows(0)

    def action_score(self) -> None:
        """S: 处理成效 of the closed order under the cursor."""
        order_no = self.order_no()
        if order_no is None:
            self.refuse("这里没有工单")
            return
        self.app.push_screen(
            score_form(
                f"{word(Deed.SCORE_HANDLING)} {order_no}",
                keep=self._keeper(order_no),
                kept=self._typed.get(order_no, {}),
            ),
            lambda answers: self._scored(order_no, answers),
        )

    def _keeper(self, order_no: str) -> Callable[[Answers], object]:
        def keep(answers: Answers) -> None:
            self._typed[order_no] = answers

        return keep

    def _scored(self, order_no: str, answers: Answers | None) -> None:
        if answers is None:
            return

        def file(flow: Any, desk: Desk) -> None:
            flow.score_handling(desk, order_no, int(answers["points"]), answers["text"])

        self.act(
            file,
            lambda _: self._typed.pop(order_no, None),
            done=f"已评 {columns.short_number(order_no)}",
        )


class LeftOutList(_Orders):
    """剔除清单: what is not assessed, and why."""

    HINTS = _Orders.MOVE

    def __init__(self, month: str, line: AssessedLine | None = None) -> None:
        super().__init__(f"剔除清单 {month} {line.name if line else ''}".rstrip())
        self._month, self._unit_id = month, line.unit_id if line else 0

    def questions(self) -> ComposeResult:
        yield RowList[Any](
            [
                Column("工单号", 10, lambda row: columns.short_number(row.order.order_no)),
                Column("剔除原因", 14, lambda row: word(row.why)),
                Column("类型", 4, lambda row: word(row.order.kind)),
                Column("状态", 10, lambda row: word(row.order.status)),
                Column("标题", 12, lambda row: row.order.listed_title, flex=2),
                Column("承办单位", 10, lambda row: row.order.steward, flex=1),
            ],
            key=lambda row: row.key,
            hint="这个月没有不纳入考核的工单",
            id="orders",
        )

    def read_rows(self, start: int) -> None:
        month, unit_id = self._month, self._unit_id
        self.read(lambda flow, desk: flow.left_out(desk, month, unit_id, start), self._show)

    def _show(self, page: LeftOutPage) -> None:
        self.rows.show_page(page)
        self.query_one("#title", Folded).say(f"{self._title}  {page.total} 件")
