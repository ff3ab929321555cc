"""The one page of a 评议员: he signs, reads files without names, votes, and when the session is over the page is empty (P29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from desk.codes import PanelChoice, word
from desk.panel_rows import FILE_FIELDS, SECRECY, BallotLine, BallotPage
from screens.cells import GOOD, NEAR, CellText, clock, full_time, plain
from screens.dialogs.ask import Answers, AskForm
from screens.errands import Errands
from screens.widgets.choice import Choice
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.header import WIDE
from screens.widgets.key_hints import Hint, KeyHints, MessageLine
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.context import Desk

LOOK_SECONDS = 2.0
"""How soon the page knows that the session was opened or closed."""
REASON = 500
CHOICES = tuple((str(choice), word(choice)) for choice in PanelChoice)
_BY_DIGIT = {str(number): str(choice) for number, choice in enumerate(PanelChoice, 1)}
_LAST: tuple[Hint, ...] = (("^Q", "退出"),)
_TO_SIGN: tuple[Hint, ...] = (("^S", "签署并进入"), *_LAST)
_READING: tuple[Hint, ...] = (("Up/Down", "换一件"), ("Tab", "看材料"), *_LAST)
_VOTING: tuple[Hint, ...] = (("1", "合理"), ("2", "不合理"), ("3", "回避"), *_READING)


class BallotForm(AskForm):
    """One ballot. Half-typed words are kept nowhere: they would lie beside a name."""

    HINTS = (("^S", "投票"), ("Tab", "下一栏"), ("Esc", "不投，返回"))
    HAS_HELP = False
    DEFAULT_CSS = "BallotForm LongText { height: 6; }"

    def __init__(self, line: BallotLine, choice: str) -> None:
        said = "" if choice and choice != str(line.choice) else line.reason
        fields: list[Choice | LongText] = [
            Choice("结论", CHOICES, value=choice or None, is_open=True, id="choice"),
            LongText("理由", said, max_length=REASON, id="reason"),
        ]
        super().__init__(f"第 {line.number} 件　{line.text.title}", fields, required=("choice", "reason"))
        self._begins_at = 1 if choice else 0

    def on_mount(self) -> None:
        super().on_mount()
        self._fields[self._begins_at].focus()


class BallotScreen(Errands[None]):
    """Three states: nothing to come, to be signed, the agenda. No count, no finder, no other page."""

    FLOW = "desk.social_review"
    OPENS_PAGES = False
    IS_APART = True
    BINDINGS = [
        ("ctrl+s", "sign"),
        ("question_mark", "app.help"),
        *((digit, f"vote('{choice}')") for digit, choice in _BY_DIGIT.items()),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    DEFAULT_CSS = """
    BallotScreen {
        layout: vertical; background: $background; color: $foreground;
        & > #head { height: 1; width: 1fr; background: $panel; text-style: bold; padding: 0 1; }
        & > #about { height: auto; max-height: 3; width: 1fr; padding: 0 1; }
        & > #papers { height: 1fr; layout: vertical; }
        & #lines { height: 7; width: 1fr; }
        & #file { height: 1fr; width: 1fr; }
        &.-wide > #papers { layout: horizontal; }
        &.-wide #lines { width: 2fr; height: 1fr; }
        &.-wide #file { width: 3fr; }
        &:ansi { background: ansi_default; color: ansi_default; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._page = BallotPage()
        self._has_read = False

    def compose(self) -> ComposeResult:
        yield Static("", id="head", markup=False)
        yield Static("", id="about", markup=False)
        with Container(id="papers"):
            yield RowList["BallotLine"](
                [
                    Column("序号", 4, lambda line: f"{line.number}"),
                    Column("我的票", 7, _own),
                    Column("标题", 20, lambda line: line.text.title, flex=1),
                ],
                key=lambda line: line.key,
                hint="",
                id="lines",
            )
            yield Detail(id="file")
        yield MessageLine()
        yield KeyHints(_LAST)

    def on_mount(self) -> None:
        self._rows.focus()
        self.set_interval(LOOK_SECONDS, self.reload)
        self.reload()

    @property
    def _rows(self) -> RowList[BallotLine]:
        return self.query_one("#lines", RowList)

    def reload(self) -> None:
        """Look at one's own seat again."""
        self.read(lambda flow, desk: flow.ballot_page(desk), self._show)

    def refresh_if_stale(self, change: int) -> None:  # noqa: ARG002
        self.reload()

    def deed_done(self) -> None:
        self.reload()

    def _show(self, page: BallotPage) -> None:
        self._show_head()
        if self._has_read and page == self._page:
            return
        was, self._page, self._has_read = self._page, page, True
        if was.planned_at is not None and page.planned_at is None:
            self._clear()
        self.query_one("#about", Static).update(plain(_about(page)))
        self.query_one(KeyHints).hints = _keys(page)
        self._rows.set_page(page.lines, len(page.lines))
        self._show_file()

    def _show_head(self) -> None:
        desk = self.desk_app.desk
        name = f"{desk.actor.name} {desk.actor.staff_no}" if desk else ""
        head = f"社会评议　评议员 {name}　{clock(self.desk_app.now())}"
        self.query_one("#head", Static).update(plain(head))

    def _clear(self) -> None:
        """The session is over: nothing of it stays, neither here nor in a form that is open."""
        if isinstance(self.app.screen, BallotForm):
            self.app.screen.dismiss(None)
        self._rows.set_page((), 0)
        self.query_one(Detail).clear()
        self.say("本期评议已结束，材料已收回，PIN 已作废；谢谢您")

    def on_row_list_moved(self) -> None:
        self._show_file()

    def _show_file(self) -> None:
        self.query_one(Detail).show(_sections(self._page, self._rows.cursor_row))

    def on_row_list_opened(self) -> None:
        self._open("")

    def action_vote(self, choice: str) -> None:
        self._open(choice)

    def _open(self, choice: str) -> None:
        line = self._rows.cursor_row
        if line is None:
            self.refuse("请先按 ^S 签署保密承诺" if not self._page.is_signed else "没有材料")
        elif not self._page.is_open:
            self.refuse("评议还没有开始，可以先看材料")
        else:
            form = BallotForm(line, choice or (str(line.choice) if line.choice else ""))
            self.app.push_screen(form, lambda answers: self._cast(line, answers))

    def _cast(self, line: BallotLine, answers: Answers | None) -> None:
        if answers is None:
            return

        def cast(flow: Any, desk: Desk) -> BallotPage:
            page: BallotPage = flow.cast(desk, line.key, answers["choice"], answers["reason"])
            return page

        self.act(cast, self._show, done=f"第 {line.number} 件已投票；结束前可以改")

    def action_sign(self) -> None:
        """^S: sign the promise of secrecy; only then the files come."""
        if self._page.planned_at is None:
            self.refuse("没有待开的评议会")
        elif self._page.is_signed:
            self.refuse("保密承诺已签署")
        else:
            self.act(lambda flow, desk: flow.sign_secrecy(desk), self._show, done="已签署保密承诺")


def _about(page: BallotPage) -> str:
    if page.planned_at is None:
        return "您没有待开的评议会"
    where = f"{full_time(page.planned_at)} {page.place}"
    if not page.is_signed:
        return f"{where}　请先看保密承诺"
    cast = sum(line.choice is not None for line in page.lines)
    state = "评议中" if page.is_open else "还没有开始，可先看材料"
    return f"{where}　{len(page.lines)} 件，已投 {cast} 件　{state}"


def _keys(page: BallotPage) -> tuple[Hint, ...]:
    if page.planned_at is None:
        return _LAST
    if not page.is_signed:
        return _TO_SIGN
    return _VOTING if page.is_open else _READING


def _own(line: BallotLine) -> CellText:
    return ("未投", NEAR) if line.choice is None else (word(line.choice), GOOD)


def _sections(page: BallotPage, line: BallotLine | None) -> list[Section]:
    if page.planned_at is not None and not page.is_signed:
        return [Section("保密承诺", ("", SECRECY, "", "按 ^S 签署；不愿签署的按 ^Q 退出"))]
    if line is None:
        return []
    text = line.text
    head = Section(f"第 {line.number} 件　{text.title}", (f"区域：{text.place}",))
    parts = [
        Section(f"【{label}】", getattr(text, name).split("\n"))
        for name, label in FILE_FIELDS.items()
        if name not in ("title", "place") and getattr(text, name)
    ]
    own = [Section(f"【我的票】{word(line.choice)}", line.reason.split("\n"))] if line.choice else []
    return [head, *parts, *own]
