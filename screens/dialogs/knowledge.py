"""知识库: found by words and topic, laid out to be read aloud, answered from by one key; its versions, its open questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from desk.knowledge_rows import EntryFull, EntryPage, EntryRow, EntryText, NoteRow, VersionRow
from screens.cells import NEAR, OVERDUE, CellText, day_time
from screens.dialogs.ask import Answers, AskForm, AskText
from screens.dialogs.base import Dialog
from screens.dialogs.confirm import Confirm
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.key_hints import KeyHints
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

KNOWLEDGE = "desk.knowledge"
WORDS = 1000
_NOTHING = "没有找到：试试更短的字（一个字也行）；仍没有就按 ^T 请责任单位答"
WAITING, EXPIRING = "待发布", "快到期、该复核"
"""Stand behind the topics: what a second person has to publish, and what its unit has to look at again."""
_ANSWER = ("^R", "读完，按此答复")
_ROWS = [
    Binding("up", "row('move', -1)", priority=True),
    Binding("down", "row('move', 1)", priority=True),
    Binding("pageup", "row('page', -1)", priority=True),
    Binding("pagedown", "row('page', 1)", priority=True),
]


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What was read to the caller, and the words that found it."""

    number: str
    version: int
    words: str = ""


class Library(Dialog[ReadOut]):
    """The library: what answers the words of the form, or those typed here, or a topic. Ctrl+R gives what was read out.

    `text` are the words of the matter, `line` the hotline that was dialled; `call_key` finds the call of a question.
    """

    FLOW = KNOWLEDGE
    OPENS_PAGES = False
    HINTS = (
        ("Enter", "朗读页"),
        ("^Left ^Right", "换主题"),
        ("^T", "请责任单位答"),
        ("^O", "待办结"),
        ("Esc", "关闭"),
    )
    BINDINGS = [
        *_ROWS,
        Binding("ctrl+left", "topic(-1)", priority=True),
        Binding("ctrl+right", "topic(1)", priority=True),
        Binding("ctrl+r", "answer", priority=True),
        Binding("ctrl+t", "ask", priority=True),
        Binding("ctrl+o", "notes", priority=True),
    ]
    DEFAULT_CSS = """
    Library > #box { width: 100%; max-width: 116; height: 100%; }
    Library #title { margin: 0; }
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
        hints = (_ANSWER, *self.HINTS) if self._may_answer else self.HINTS
        self.query_one(KeyHints).hints = hints
        self.read(lambda flow, desk: flow.topics(desk, self._line), self._show_topics, group="topics")

    def on_screen_resume(self) -> None:
        self._read_rows(self._rows.start)

    @property
    def _rows(self) -> RowList[EntryRow]:
        return self.query_one("#entries", RowList)

    @property
    def _words(self) -> str:
        return self.query_one("#query", Field).text.strip()

    def _show_topics(self, topics: tuple[tuple[str, int], ...]) -> None:
        self._topics = topics
        self._draw_topic()

    def _draw_topic(self) -> None:
        count = sum(number for name, number in self._topics if self._topic in ("", name))
        about = "与表单内容相符的" if self._is_of_the_form else f"{self._topic or '全部'} {count} 条"
        if self._topic in (WAITING, EXPIRING):
            about = f"{self._topic} {self._rows.total} 条"
        names = "、".join(name for name in self._names if name not in ("", self._topic))
        self.query_one("#topic", Static).update(f"主题：{about}    其他：{names}"[:200])

    @property
    def _names(self) -> list[str]:
        return ["", *(name for name, _ in self._topics), WAITING, EXPIRING]

    @property
    def _is_of_the_form(self) -> bool:
        return not (self._words or self._shows_all or self._topic)

    def on_input_changed(self, event: Input.Changed) -> None:  # noqa: ARG002
        self._rows.reset()
        self._draw_topic()
        self._read_rows(0)

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self._read_rows(event.start)

    def on_row_list_moved(self) -> None:
        self._preview()

    def action_topic(self, by: int) -> None:
        """The next topic, round the ends; before the first one stands the whole library, behind the last what is due."""
        names = self._names
        self._topic = names[(names.index(self._topic) + by) % len(names)]
        self._shows_all = True
        self._rows.reset()
        self._draw_topic()
        self._read_rows(0)

    def _read_rows(self, start: int) -> None:
        words, topic, line, matter = self._words, self._topic, self._line, self._matter
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
            self._read_rows(0)
            return
        self._rows.show_page(page)
        self._draw_topic()
        self._preview()

    def _preview(self) -> None:
        row = self._rows.cursor_row
        self.query_one("#read", Detail).show(read_aloud(row) if row else ())

    def entered(self, field: Field) -> None:  # noqa: ARG002
        self._open()

    def on_row_list_opened(self) -> None:
        self._open()

    def _open(self) -> None:
        row = self._rows.cursor_row
        if row is not None:
            entry = Entry(row.number, call_key=self._call_key, may_answer=self._may_answer)
            self.app.push_screen(entry, self._read_there)

    def _read_there(self, read: ReadOut | None) -> None:
        if read is not None:
            self.dismiss(ReadOut(read.number, read.version, self._words))

    def action_answer(self) -> None:
        row = self._rows.cursor_row
        if not self._may_answer:
            self.refuse("在 F2 受理页打开知识库，才能按条目直接答复")
        elif row is None:
            self.refuse("没有选中条目；找不到的按 ^T 请责任单位答")
        elif row.trouble:
            self.refuse(f"{row.number} {row.trouble}，不能据此答复；可按 ^T 请责任单位答")
        else:
            self.dismiss(ReadOut(row.number, row.version, self._words))

    def action_ask(self) -> None:
        row = self._rows.cursor_row
        ask_owner(self, row.number if row else "", self._words or self._matter, self._call_key)

    def action_notes(self) -> None:
        """What reports and questions are open."""
        self.app.push_screen(OpenNotes())

    def action_row(self, move: str, by: int) -> None:
        (self._rows.action_move if move == "move" else self._rows.action_page)(by)
        self._preview()


def _mark(row: EntryRow) -> CellText:
    if row.trouble:
        return "!停", OVERDUE
    return ("样例", NEAR) if row.is_sample else ""


def read_aloud(row: EntryRow) -> list[Section]:
    """The answer as it is read to a caller: each sentence on a line of its own, air between them."""
    trouble = [Section(f"!{row.trouble}，不能据此答复", style=OVERDUE)] if row.trouble else []
    sample = "（样例，须由责任单位核对）" if row.is_sample else ""
    foot = f"{row.number} 第{row.version}版 {row.owner}{sample}"
    return [*trouble, Section(row.title, ("", *_sentences(row.answer))), Section("", (foot,))]


def _sentences(answer: str) -> list[str]:
    lines: list[str] = []
    for paragraph in answer.splitlines():
        for sentence in paragraph.replace("。", "。\n").splitlines():
            lines += [sentence.strip(), ""] if sentence.strip() else []
    return lines


def ask_owner(page: Dialog[Any], number: str, question: str, call_key: str) -> None:
    """Ask what the library does not answer of the owner of the entry in hand, or of a unit named."""

    def given(answers: Answers | None) -> None:
        if answers is not None:
            page.act(
                lambda flow, desk: flow.ask_owner(
                    desk,
                    answers["question"],
                    "" if answers["unit"] else number,
                    answers["unit"],
                    call_key,
                ),
                done="已转责任单位；答复后在知识库 ^O 里看",
            )

    form = AskForm(
        f"请责任单位答：{number or '没有相近条目，写明单位，或由热线中心答'}",
        [
            LongText("问题", question, max_length=WORDS, id="question"),
            Field("单位", max_length=60, placeholder="空着：该条目的责任单位", id="unit"),
        ],
        required=("question",),
    )
    page.app.push_screen(form, given)


class Entry(Dialog[ReadOut]):
    """One entry laid out to be read aloud, with all its versions under it."""

    FLOW = KNOWLEDGE
    OPENS_PAGES = False
    HINTS = (("r", "有误或过时"), ("a", "请责任单位答"), ("v", "各版本"))
    BINDINGS = [
        Binding("ctrl+r", "answer", priority=True),
        ("r", "report"),
        ("a", "ask"),
        ("v", "versions"),
        ("e", "propose"),
        ("p", "publish"),
        ("n", "decline"),
        ("x", "retire"),
    ]
    DEFAULT_CSS = "Entry > #box { width: 100%; max-width: 116; height: 100%; }"

    def __init__(self, number: str, *, call_key: str = "", may_answer: bool = False) -> None:
        super().__init__(f"知识库 {number}")
        self._number, self._call_key, self._may_answer = number, call_key, may_answer
        self._entry: EntryFull | None = None
        self._shows_versions = False

    def questions(self) -> ComposeResult:
        yield Detail(hint="正在读取..", id="entry")

    def on_mount(self) -> None:
        self.deed_done()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.full(desk, self._number), self._show)

    def _show(self, entry: EntryFull) -> None:
        self._entry = entry
        able = (
            ("e", "提出修改", entry.no_proposing),
            ("p", "发布", entry.no_publishing),
            ("n", "不采用", entry.no_publishing),
            ("x", "停用", entry.no_retiring),
        )
        keys = [(key, words) for key, words, why in able if not why]
        first = [_ANSWER] if self._may_answer else []
        self.query_one(KeyHints).hints = (*first, *self.HINTS, *keys, ("Esc", "关闭"))
        self.query_one(Detail).show(self._sections(entry))

    def _sections(self, entry: EntryFull) -> list[Section]:
        if self._shows_versions:
            return [section for version in entry.versions for section in _in_full(version)]
        told = read_aloud(entry.current) if entry.current else [Section("还没有发布过的版本")]
        current = next((each for each in entry.versions if each.state == "现行"), None)
        waits = [Section("【待发布】", style=NEAR), *_in_full(entry.waiting)] if entry.waiting else []
        notes = [Section("", (_said(note),)) for note in entry.notes]
        facts = [fact for fact in current.facts if not fact.startswith("样例")] if current else []
        return [*told, Section("", facts), *waits, *notes]

    def action_versions(self) -> None:
        self._shows_versions = not self._shows_versions
        if self._entry is not None:
            self.query_one(Detail).show(self._sections(self._entry))

    def action_answer(self) -> None:
        entry = self._entry
        row = entry.current if entry else None
        if not self._may_answer:
            self.refuse("在 F2 受理页打开知识库，才能按条目直接答复")
        elif row is None or row.trouble:
            self.refuse(f"{self._number} {row.trouble if row else '没有现行的版本'}，不能据此答复")
        else:
            self.dismiss(ReadOut(row.number, row.version))

    def action_report(self) -> None:
        self._ask_words(
            lambda entry: entry.no_reporting,
            "有误或已过时",
            "哪里有误",
            lambda flow, desk, words: flow.report(desk, self._number, words),
            "已报告责任单位",
        )

    def action_ask(self) -> None:
        if self._entry is not None and not self._refused(self._entry.no_asking):
            ask_owner(self, self._number, "", self._call_key)

    def action_decline(self) -> None:
        self._ask_words(
            lambda entry: entry.no_publishing,
            "不采用",
            "不采用的理由",
            lambda flow, desk, words: flow.refuse(desk, self._number, words),
            "未采用，旧版照用",
        )

    def action_retire(self) -> None:
        self._ask_words(
            lambda entry: entry.no_retiring,
            "停用",
            "停用的理由",
            lambda flow, desk, words: flow.retire(desk, self._number, words),
            "已停用，不再据此答复",
        )

    def action_publish(self) -> None:
        def sure(yes: bool | None) -> None:
            if yes:
                self.act(lambda flow, desk: flow.publish(desk, self._number), done="已发布，各坐席随即按新版")

        if self._entry is not None and not self._refused(self._entry.no_publishing):
            self.app.push_screen(Confirm(f"已读过待发布的一版，发布 {self._number}？"), sure)

    def action_propose(self) -> None:
        entry = self._entry
        if entry is None or self._refused(entry.no_proposing):
            return
        text = entry.versions[0].text

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: flow.propose(
                        desk, _changed(text, answers), self._number, answers["reason"]
                    ),
                    done="已提出，待第二人发布",
                )

        self.app.push_screen(_entry_form(self._number, text), given)

    def _ask_words(
        self,
        why_not: Callable[[EntryFull], str],
        title: str,
        label: str,
        deed: Callable[[Any, Any, str], object],
        done: str,
    ) -> None:
        def given(words: str | None) -> None:
            if words:
                self.act(lambda flow, desk: deed(flow, desk, words), done=done)

        if self._entry is not None and not self._refused(why_not(self._entry)):
            self.app.push_screen(AskText(f"{title}：{self._number}", label, max_length=500), given)

    def _refused(self, why: str) -> bool:
        if why:
            self.refuse(why)
        return bool(why)


def _in_full(version: VersionRow) -> list[Section]:
    text = version.text
    head = f"第{version.version}版（{version.state}）{text.title}"
    return [Section(head, (*text.answer.splitlines(), *version.facts, ""))]


def _said(note: NoteRow) -> str:
    end = f"；办结：{note.settlement}" if note.settlement else "（未办结）"
    return f"{note.kind} {day_time(note.made_at)} {note.maker}：{note.words}{end}"


def _entry_form(number: str, text: EntryText) -> AskForm:
    return AskForm(
        f"提出修改 {number}：发布以后才生效",
        [
            Field("标题", text.title, max_length=100, id="title"),
            LongText("答复", text.answer, max_length=3000, id="answer"),
            Field("关键词", text.keywords, max_length=300, id="keywords"),
            Field("依据", text.basis, max_length=500, id="basis"),
            Field("失效日期", text.valid_to, max_length=10, placeholder="空着：长期", id="valid_to"),
            Field("复核日期", text.review_by, max_length=10, id="review_by"),
            Field("改动缘由", max_length=500, id="reason"),
        ],
        required=("title", "answer"),
    )


def _changed(text: EntryText, answers: Answers) -> EntryText:
    """The version that follows: what stands in the form, and the rest as it was; no longer a sample once written anew."""
    return EntryText(
        topic=text.topic,
        title=answers["title"],
        answer=answers["answer"],
        line=text.line,
        keywords=answers["keywords"],
        basis=answers["basis"],
        owner=text.owner,
        valid_from=text.valid_from,
        valid_to=answers["valid_to"],
        review_by=answers["review_by"],
    )


class OpenNotes(Dialog[None]):
    """Reports and questions that nobody has settled; Enter settles one with an answer, an entry's number beside it."""

    FLOW = KNOWLEDGE
    OPENS_PAGES = False
    HINTS = (("Enter", "办结"), ("Up/Down", "移动"), ("Esc", "关闭"))
    DEFAULT_CSS = "OpenNotes > #box { width: 100%; max-width: 116; height: 100%; }"

    def __init__(self) -> None:
        super().__init__("知识库：有误报告和请责任单位答的问题（未办结）")

    def questions(self) -> ComposeResult:
        yield RowList[NoteRow](
            [
                Column("何时", 11, lambda row: day_time(row.made_at)),
                Column("类别", 12, lambda row: row.kind),
                Column("条目", 12, lambda row: row.number),
                Column("单位", 10, lambda row: row.unit),
                Column("内容", 20, lambda row: row.words, flex=1),
            ],
            key=lambda row: row.key,
            hint="没有未办结的",
            id="notes",
        )

    def on_mount(self) -> None:
        self.deed_done()
        self.query_one("#notes", RowList).focus()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.open_notes(desk), self._show)

    def _show(self, notes: tuple[NoteRow, ...]) -> None:
        self.query_one("#notes", RowList).set_page(notes, len(notes))

    def on_row_list_opened(self) -> None:
        row = self.query_one("#notes", RowList).cursor_row
        if row is None:
            return

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: flow.settle(desk, row.id, answers["answer"], answers["number"]),
                    done="已办结",
                )

        form = AskForm(
            f"办结 {row.kind}：{row.words}"[:300],
            [
                LongText("答复", max_length=WORDS, id="answer"),
                Field("条目", max_length=24, placeholder="新写或已有的条目编号，可空", id="number"),
            ],
            required=("answer",),
        )
        self.app.push_screen(form, given)
