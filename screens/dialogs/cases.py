"""典型案例: the library as one list, a case in full, and the form in which a person checks its words."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import ComposeResult

from desk.case_rows import CaseFull, CaseOfOrder, CasePage, CaseRow, CaseText
from desk.errors import Refused
from screens.cells import NEAR, CellText
from screens.columns import short_number
from screens.dialogs.ask import Answers, AskText
from screens.dialogs.kept import KeptForm
from screens.dialogs.pages import PagedList, ReadingPage
from screens.errands import Errands
from screens.widgets.choice import Choice
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.context import Desk

Result = TypeVar("Result")
CASES = "desk.cases"
_NOTHING, _NOTHING_ALIKE = "没有找到案例：可试试更短的字", "没有相似的案例：输入字词可查全部"
TITLE, LONG = 60, 2000
Do = Callable[[Any, "Desk", Answers], object]


class CaseForm(KeptForm):
    """The words of a case as the desk proposes them, to be read, mended and confirmed with Ctrl+S."""

    DEFAULT_CSS = """
    CaseForm {
        & #lesson { height: 3; }
        & FormRow > .label { width: 10; }
        & #box { max-width: 116; width: 100%; }
    }
    """

    def __init__(
        self, title: str, text: CaseText, *, keep: Callable[[Answers], object], kept: Answers
    ) -> None:
        fields: list[Field | Choice | LongText] = [
            Field("标题", text.title, max_length=TITLE, id="title"),
            LongText("诉求", text.matter, max_length=LONG, id="matter"),
            LongText("办理情况", text.handling, max_length=LONG, id="handling"),
            LongText("经验", text.lesson, max_length=LONG, placeholder="下次遇到怎么办（可空）", id="lesson"),
        ]
        super().__init__(
            f"{title}：逐句看过，漏掉的姓名、号码、地址请改掉",
            fields,
            keep=keep,
            kept=kept,
            required=("title", "matter", "handling"),
        )


class AsksForCases(Errands[Result]):
    """A page that lets somebody check the words of a case; what was typed outlives Esc and a refusal."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._case_words: Answers = {}

    def ask_case(self, title: str, text: CaseText, do: Do, done: str, why: Refused | None = None) -> None:
        """Ask for the words, then `do(flow, desk, words)`; after a refusal the form comes back as it was typed."""

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._keep_case(answers)
                self.act(
                    lambda _, desk: do(_cases(), desk, answers),
                    lambda _: self._keep_case({}),
                    done=done,
                    otherwise=lambda refused: self.ask_case(title, text, do, done, refused),
                )

        form = CaseForm(title, text, keep=self._keep_case, kept=self._case_words)
        self.app.push_screen(form, given)
        if why is not None:
            form.call_after_refresh(form.point_out, why)

    def _keep_case(self, answers: Answers) -> None:
        self._case_words = answers

    def open_case_of(self, order_no: str) -> None:
        """Open the case that an order has; an order without one gets the form for it, if this person may fill it."""

        def looked(found: CaseOfOrder) -> None:
            if found.case_id is not None:
                self.app.push_screen(Case(found.case_id))
            elif found.proposal is not None:
                self.ask_case(
                    f"提出案例 {short_number(order_no)}",
                    found.proposal,
                    lambda flow, desk, words: flow.propose(desk, order_no, **words),
                    "已提出案例，待第二人核对发布",
                )

        self.read(lambda _, desk: _cases().of_order(desk, order_no), looked, group="case")


def _cases() -> Any:
    return importlib.import_module(CASES)


class Case(AsksForCases[None], ReadingPage[None]):
    """One case in full; who may publish or retire it does so here."""

    FLOW = CASES
    HINTS = (("Up/Down", "滚动"), ("Esc", "关闭"))
    BINDINGS = [("p", "publish"), ("x", "retire")]

    def __init__(self, case_id: int) -> None:
        super().__init__("典型案例")
        self._case_id = case_id
        self._case: CaseFull | None = None

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.full(desk, self._case_id), self._show)

    def _show(self, case: CaseFull) -> None:
        self._case = case
        self.query_one(Detail).show(_sections(case), keep_place=True)
        able = (("p", "核对发布", case.no_publishing), ("x", "撤下", case.no_retiring))
        self.show_keys((), able, self.HINTS)

    def action_publish(self) -> None:
        case = self._case
        if case is None or self.is_refused(case.no_publishing):
            return
        self.ask_case(
            f"发布案例 {case.row.case_no}",
            case.text,
            lambda flow, desk, words: flow.publish(desk, case.row.id, **words),
            "已发布，各岗位都能查到",
        )

    def action_retire(self) -> None:
        case = self._case
        if case is None or self.is_refused(case.no_retiring):
            return

        def answered(reason: str | None) -> None:
            if reason:
                self.act(
                    lambda flow, desk: flow.retire(desk, case.row.id, reason), done="已撤下，案例库里不再出现"
                )

        self.app.push_screen(AskText(f"撤下案例 {case.row.case_no}", "撤下理由", max_length=500), answered)


def _sections(case: CaseFull) -> list[Section]:
    text = case.text
    parts = (("诉求", text.matter), ("办理情况", text.handling), ("经验", text.lesson))
    told = [Section(f"【{name}】", (*words.splitlines(), "")) for name, words in parts if words]
    return [Section(f"{case.row.case_no}  {text.title}", (*case.facts, "")), *told]


class CaseList(PagedList[None]):
    """The library, page by page: what is like the order in hand, or what the words typed find. Enter opens a case."""

    FLOW = CASES
    HINTS = (("Enter", "看案例"), ("Up/Down", "移动"), ("PgUp/PgDn", "翻页"), ("Esc", "关闭"))

    def __init__(self, order_no: str = "", text: str = "") -> None:
        about = f"：与 {short_number(order_no)} 相似的" if order_no else ""
        super().__init__(f"典型案例{about}")
        self._about, self._text = order_no, text

    def questions(self) -> ComposeResult:
        hint = "输入字词查全部案例" if self._about else "标题、诉求里的字；空着列全部"
        yield Field("查找", self._text, placeholder=hint, max_length=200, id="query")
        yield RowList[CaseRow](
            [
                Column("编号", 8, lambda row: row.case_no),
                Column("标题", 20, lambda row: row.title, flex=3),
                Column("承办单位", 12, lambda row: f"{row.unit} {row.section}".rstrip(), flex=1),
                Column("", 7, _mark),
            ],
            key=lambda row: row.key,
            hint=_NOTHING,
            id="cases",
        )

    def read_rows(self, start: int) -> None:
        words = self.words

        def show(page: CasePage) -> None:
            if words == self.words:
                self.rows.hint = _NOTHING if words or not self._about else _NOTHING_ALIKE
                self.rows.show_page(page)

        self.read(lambda flow, desk: flow.page(desk, words, start, self._about), show)

    def open_row(self) -> None:
        row = self.rows.cursor_row
        if row is not None:
            self.app.push_screen(Case(row.id))


def _mark(row: CaseRow) -> CellText:
    if not row.is_published:
        return "待发布", NEAR
    return "" if row.share is None else f"像{round(row.share * 100)}%"
