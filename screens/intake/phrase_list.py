"""短语: the list that an abbreviation narrows, and the form in which one is kept."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from desk.intake_rows import PhraseForm, PhraseRow
from screens.dialogs import AskForm, Confirm
from screens.dialogs.ask import Answers
from screens.dialogs.base import Dialog
from screens.widgets import Choice, Column, Field, LongText, RowList

LINES = (("", "不分"), ("12345", "政务12345"), ("12333", "人社12333"))
_WHOSE = (("own", "自己"), ("shared", "公用"))
_BODY = 1_000


def phrase_form(title: str, phrase: PhraseForm, *, may_share: bool = False) -> AskForm:
    """The form of a phrase; `may_share` asks whether it is for everybody."""
    fields: list[Field | Choice | LongText] = [
        Field(
            "缩写", phrase.abbreviation, max_length=12, placeholder="字母或数字，如 wyf", id="abbreviation"
        ),
        LongText("内容", phrase.body, max_length=_BODY, placeholder="___ 是待填处", id="body"),
        Choice("线路", LINES, value=phrase.line, id="line"),
        Field(
            "分类编码", phrase.category_code, max_length=6, placeholder="可空，如 010102", id="category_code"
        ),
    ]
    if may_share:
        fields.append(Choice("归属", _WHOSE, id="whose"))
    return AskForm(title, fields, required=("abbreviation", "body"))


def phrase_of(answers: Answers) -> PhraseForm:
    """What was given in the form."""
    return PhraseForm(answers["abbreviation"], answers["body"], answers["line"], answers["category_code"])


class PhraseList(Dialog[PhraseRow]):
    """Every phrase that one may use, the last used first; Enter gives it, Ctrl chords add, change and remove."""

    FLOW = "desk.intake"
    OPENS_PAGES = False
    HINTS = (("Enter", "填入"), ("^N", "新增"), ("^O", "修改"), ("^X", "删除"), ("Esc", "返回"))
    BINDINGS = [
        Binding("up", "row('move', -1)", priority=True),
        Binding("down", "row('move', 1)", priority=True),
        Binding("pageup", "row('page', -1)", priority=True),
        Binding("pagedown", "row('page', 1)", priority=True),
        Binding("ctrl+n", "add", priority=True),
        Binding("ctrl+o", "change", priority=True),
        Binding("ctrl+x", "remove", priority=True),
    ]
    DEFAULT_CSS = """
    PhraseList > #box { width: 100%; max-width: 100; height: 100%; max-height: 22; }
    PhraseList #query { margin: 0 0 1 0; }
    """

    def __init__(self, line: str, category_code: str, text: str = "") -> None:
        super().__init__(f"短语（{line}，最近用过的在前）")
        self._line, self._category, self._text = line, category_code, text
        self._all: tuple[PhraseRow, ...] = ()
        self._may_share = False
        self._unsent: PhraseForm | None = None

    def questions(self) -> ComposeResult:
        yield Field("查找", self._text, placeholder="缩写或内容里的字", max_length=60, id="query")
        yield RowList[PhraseRow](
            [
                Column("缩写", 8, lambda row: row.abbreviation),
                Column("内容", 30, lambda row: " ".join(row.body.split()), flex=1),
                Column("线路", 6, lambda row: row.line),
                Column("", 4, lambda row: "自己" if row.is_own else ""),
            ],
            key=lambda row: row.uid,
            hint="没有符合的短语：^N 新增一条",
            id="phrases",
        )

    def on_mount(self) -> None:
        self.deed_done()

    def deed_done(self) -> None:
        """Read the phrases again: for the first time, or after one was changed."""
        line, category = self._line, self._category
        self.read(
            lambda flow, desk: (flow.phrases(desk, line, category), flow.shares_phrases(desk)), self._have
        )

    def _have(self, found: tuple[tuple[PhraseRow, ...], bool]) -> None:
        self._all, self._may_share = found
        self._narrow()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._rows.reset()
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.query_one("#query", Field).text.lower()
        rows = [row for row in self._all if row.abbreviation.startswith(wanted) or wanted in row.body.lower()]
        self._rows.set_page(rows, len(rows))

    @property
    def _rows(self) -> RowList[PhraseRow]:
        return self.query_one("#phrases", RowList)

    def entered(self, field: Field) -> None:  # noqa: ARG002
        self._give()

    def on_row_list_opened(self) -> None:
        self._give()

    def _give(self) -> None:
        row = self._rows.cursor_row
        if row is not None:
            self.dismiss(row)

    def action_row(self, move: str, by: int) -> None:
        (self._rows.action_move if move == "move" else self._rows.action_page)(by)

    # -- one's own, and the hotline's

    def action_add(self) -> None:
        """Ctrl+N: one more phrase, for the line at hand."""
        self._ask_new(self._unsent or PhraseForm(self.query_one("#query", Field).text, ""))

    def _ask_new(self, phrase: PhraseForm) -> None:
        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._unsent = new = phrase_of(answers)
                is_shared = answers.get("whose") == "shared"
                self.act(
                    lambda flow, desk: flow.add_phrase(desk, new, is_shared=is_shared),
                    lambda _: self._kept(),
                    done="短语已添加",
                )

        self.app.push_screen(phrase_form("新增短语", phrase, may_share=self._may_share), given)

    def _kept(self) -> None:
        self._unsent = None

    def action_change(self) -> None:
        """Ctrl+O: change the phrase under the cursor."""
        row = self._rows.cursor_row
        if row is None:
            return
        uid = row.uid

        def given(answers: Answers | None) -> None:
            if answers is not None:
                new = phrase_of(answers)
                self.act(lambda flow, desk: flow.change_phrase(desk, uid, new), done="短语已修改")

        old = PhraseForm(row.abbreviation, row.body, row.line, row.category_code)
        self.app.push_screen(phrase_form("修改短语", old), given)

    def action_remove(self) -> None:
        """Ctrl+X: take the phrase under the cursor out of use."""
        row = self._rows.cursor_row
        if row is None:
            return
        uid = row.uid

        def sure(yes: bool | None) -> None:
            if yes:
                self.act(lambda flow, desk: flow.remove_phrase(desk, uid), done="短语已删除")

        self.app.push_screen(Confirm(f"删除短语 {row.abbreviation}：{row.body[:60]}"), sure)
