"""The library as one list: what answers the words of the form, or those typed, or a topic."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from desk.knowledge_rows import EntryPage, EntryRow, EntryText
from screens.cells import NEAR, OVERDUE, CellText
from screens.dialogs.kept import AsksKept
from screens.dialogs.knowledge.entry import Entry
from screens.dialogs.knowledge.forms import ask_owner, changed, new_entry_form
from screens.dialogs.knowledge.notes import OpenNotes
from screens.dialogs.knowledge.reading import ANSWER, KNOWLEDGE, NOT_HERE, ReadOut, read_aloud
from screens.dialogs.pages import PagedList
from screens.widgets.columns import Column
from screens.widgets.detail import Detail
from screens.widgets.field import Field
from screens.widgets.key_hints import KeyHints
from screens.widgets.row_list import RowList

_NOTHING = "没有找到：试试更短的字（一个字也行）；仍没有就按 ^T 请责任单位答"
WAITING, EXPIRING = "待发布", "快到期、该复核"
"""Stand behind the topics: what a second person has to publish, and what its unit has to look at again."""


class Library(AsksKept[ReadOut], PagedList[ReadOut]):
    """The library: what answers the words of the form, or those typed here, or a topic. Ctrl+R gives what was read out.

    `text` are the words of the matter, `line` the hotline that was dialled; `call_key` finds the call of a question.
    """

    FLOW = KNOWLEDGE
    HINTS = (
        ("Enter", "朗读页"),
        ("^Left ^Right", "换主题"),
        ("^T", "请单位答"),
        ("^O", "待办结"),
        ("Esc", "关闭"),
    )
    BINDINGS = [
        Binding("ctrl+left", "topic(-1)", priority=True),
        Binding("ctrl+right", "topic(1)", priority=True),
        Binding("ctrl+r", "answer", priority=True),
        Binding("ctrl+t", "ask", priority=True),
        Binding("ctrl+o", "notes", priority=True),
        Binding("ctrl+n", "propose", priority=True),
    ]
    DEFAULT_CSS = """
    Library #title, Library #query { margin: 0; }
    Library #topic { height: 1; color: $label; }
    Library #entries { height: 2fr; max-height: 12; }
    Library #read { height: 3fr; }
    """

    def __init__(
        self, text: str = "", line: str = "", *, call_key: str = "", may_answer: bool = False
    ) -> None:
        super().__init__("知识库")
        self._matter, self._line, self._call_key = text, line, call_key
        self._may_answer = may_answer
        self._topics: tuple[tuple[str, int], ...] = ()
        self._topic = ""
        self._shows_all = not text

    def questions(self) -> ComposeResult:
        yield Field("查找", placeholder="问题里的字（一个字也能找）；空着看主题", max_length=200, id="query")
        yield Static("", id="topic", markup=False)
        yield RowList[EntryRow](
            [
                Column("编号", 12, lambda row: row.number),
                Column("主题", 8, lambda row: row.topic),
                Column("问题", 24, lambda row: row.title, flex=3),
                Column("责任单位", 10, lambda row: row.owner, flex=1),
                Column("", 6, _mark),
            ],
            key=lambda row: row.key,
            hint=_NOTHING,
            id="entries",
        )
        yield Detail(hint="", id="read")

    def on_mount(self) -> None:
        self._hint_keys()
        self.read(lambda flow, desk: flow.no_proposing(desk), self._hint_keys, group="rights")
        self.read(lambda flow, desk: flow.topics(desk, self._line), self._show_topics, group="topics")

    def _hint_keys(self, no_proposing: str = "?") -> None:
        first = (ANSWER,) if self._may_answer else ()
        new = () if no_proposing else (("^N", "新条目"),)
        *most, leave = self.HINTS
        self.query_one(KeyHints).hints = (*first, *most, *new, leave)

    def _show_topics(self, topics: tuple[tuple[str, int], ...]) -> None:
        self._topics = topics
        self._draw_topic()

    def _draw_topic(self) -> None:
        count = sum(number for name, number in self._topics if self._topic in ("", name))
        about = "与表单内容相符的" if self._is_of_the_form else f"{self._topic or '全部'} {count} 条"
        if self._topic in (WAITING, EXPIRING):
            about = f"{self._topic} {self.rows.total} 条"
        names = "、".join(name for name in self._names if name not in ("", self._topic))
        self.query_one("#topic", Static).update(f"主题：{about}    其他：{names}"[:200])

    @property
    def _names(self) -> list[str]:
        return ["", *(name for name, _ in self._topics), WAITING, EXPIRING]

    @property
    def _is_of_the_form(self) -> bool:
        return not (self.words or self._shows_all or self._topic)

    def words_changed(self) -> None:
        self._draw_topic()

    def on_row_list_moved(self) -> None:
        self._preview()

    def action_topic(self, by: int) -> None:
        """The next topic, round the ends; before the first one stands the whole library, behind the last what is due."""
        names = self._names
        self._topic = names[(names.index(self._topic) + by) % len(names)]
        self._shows_all = True
        self.rows.reset()
        self._draw_topic()
        self.read_rows(0)

    def read_rows(self, start: int) -> None:
        words, topic, line, matter = self.words, self._topic, self._line, self._matter
        is_of_the_form = self._is_of_the_form

        def ask(flow: Any, desk: Any) -> EntryPage:
            if topic == WAITING:
                rows = flow.waiting(desk)
                return EntryPage(rows, len(rows), 0)
            if topic == EXPIRING:
                rows = tuple(row for row, _ in flow.expiring(desk))
                return EntryPage(rows, len(rows), 0)
            found: EntryPage = (
                flow.matching(desk, matter, line)
                if is_of_the_form
                else flow.page(desk, words, start, topic, line)
            )
            return found

        self.read(ask, self._show_rows)

    def _show_rows(self, page: EntryPage) -> None:
        if not page.total and self._is_of_the_form:
            self._shows_all = True
            self._draw_topic()
            self.read_rows(0)
            return
        self.rows.show_page(page)
        self._draw_topic()
        self._preview()

    def _preview(self) -> None:
        row = self.rows.cursor_row
        self.query_one("#read", Detail).show(read_aloud(row) if row else ())

    def open_row(self) -> None:
        row = self.rows.cursor_row
        if row is not None:
            entry = Entry(row.number, call_key=self._call_key, may_answer=self._may_answer)
            self.app.push_screen(entry, self._read_there)

    def _read_there(self, read: ReadOut | None) -> None:
        if read is not None:
            self.dismiss(ReadOut(read.number, read.version, self.words))

    def action_answer(self) -> None:
        row = self.rows.cursor_row
        if not self._may_answer:
            self.refuse(NOT_HERE)
        elif row is None:
            self.refuse("没有选中条目；找不到的按 ^T 请责任单位答")
        elif row.trouble:
            self.refuse(f"{row.number} {row.trouble}，不能据此答复；可按 ^T 请责任单位答")
        else:
            self.dismiss(ReadOut(row.number, row.version, self.words))

    def action_ask(self) -> None:
        row = self.rows.cursor_row
        ask_owner(self, row.number if row else "", self.words or self._matter, self._call_key)

    def action_propose(self) -> None:
        """提出新条目: what was looked for and not found is its title."""
        topic = "" if self._topic in (WAITING, EXPIRING) else self._topic
        text = EntryText(topic=topic, title=self.words[:100], answer="", line=self._line)
        self.read(
            lambda flow, desk: flow.no_proposing(desk), lambda why: self._propose(why, text), group="rights"
        )

    def _propose(self, why: str, text: EntryText) -> None:
        if why:
            self.refuse(why)
            return
        self.ask_kept(
            "-",
            "new",
            partial(new_entry_form, text),
            lambda flow, desk, answers: flow.propose(desk, changed(text, answers)),
            lambda entry: f"已提出 {entry.number}，待第二人发布",
        )

    def action_notes(self) -> None:
        """What reports and questions are open."""
        self.app.push_screen(OpenNotes())

    def action_row(self, move: str, by: int) -> None:
        super().action_row(move, by)
        self._preview()


def _mark(row: EntryRow) -> CellText:
    if row.trouble:
        return "!停", OVERDUE
    return ("样例", NEAR) if row.is_sample else ""
