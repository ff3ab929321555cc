"""One entry laid out to be read aloud, and the deeds on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.binding import Binding

from desk.knowledge_rows import EntryFull, NoteRow, VersionRow
from screens.cells import NEAR, day_time
from screens.dialogs.confirm import Confirm
from screens.dialogs.kept import AsksKept
from screens.dialogs.knowledge.forms import ask_owner, changed, entry_form, words_form
from screens.dialogs.knowledge.reading import ANSWER, KNOWLEDGE, NOT_HERE, ReadOut, read_aloud
from screens.dialogs.pages import ReadingPage
from screens.widgets.detail import Detail, Section


class Entry(AsksKept[ReadOut], ReadingPage[ReadOut]):
    """One entry laid out to be read aloud, with all its versions under it."""

    FLOW = KNOWLEDGE
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

    def __init__(self, number: str, *, call_key: str = "", may_answer: bool = False) -> None:
        super().__init__(f"知识库 {number}")
        self._number, self._call_key, self._may_answer = number, call_key, may_answer
        self._entry: EntryFull | None = None
        self._shows_versions = False

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
        first = [ANSWER] if self._may_answer else []
        self.show_keys((*first, *self.HINTS), able, (("Esc", "关闭"),))
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
            self.refuse(NOT_HERE)
        elif row is None or row.trouble:
            self.refuse(f"{self._number} {row.trouble if row else '没有现行的版本'}，不能据此答复")
        else:
            self.dismiss(ReadOut(row.number, row.version))

    def action_report(self) -> None:
        self._ask_words(
            "report",
            lambda entry: entry.no_reporting,
            "有误或已过时",
            "哪里有误",
            lambda flow, desk, words: flow.report(desk, self._number, words),
            "已报告责任单位",
        )

    def action_ask(self) -> None:
        if self._entry is not None and not self.is_refused(self._entry.no_asking):
            ask_owner(self, self._number, "", self._call_key)

    def action_decline(self) -> None:
        self._ask_words(
            "decline",
            lambda entry: entry.no_publishing,
            "不采用",
            "不采用的理由",
            lambda flow, desk, words: flow.refuse(desk, self._number, words),
            "未采用，旧版照用",
        )

    def action_retire(self) -> None:
        self._ask_words(
            "retire",
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

        if self._entry is not None and not self.is_refused(self._entry.no_publishing):
            self.app.push_screen(Confirm(f"已读过待发布的一版，发布 {self._number}？"), sure)

    def action_propose(self) -> None:
        entry = self._entry
        if entry is None or self.is_refused(entry.no_proposing):
            return
        newest = entry.versions[0]
        self.ask_kept(
            self._number,
            f"propose.{newest.version}",
            partial(entry_form, self._number, newest.text),
            lambda flow, desk, answers: flow.propose(
                desk, changed(newest.text, answers), self._number, answers["reason"]
            ),
            lambda _: "已提出，待第二人发布",
        )

    def _ask_words(
        self,
        name: str,
        why_not: Callable[[EntryFull], str],
        title: str,
        label: str,
        deed: Callable[[Any, Any, str], object],
        done: str,
    ) -> None:
        if self._entry is not None and not self.is_refused(why_not(self._entry)):
            self.ask_kept(
                self._number,
                name,
                partial(words_form, f"{title}：{self._number}", label),
                lambda flow, desk, answers: deed(flow, desk, answers["text"]),
                lambda _: done,
            )


def _in_full(version: VersionRow) -> list[Section]:
    text = version.text
    head = f"第{version.version}版（{version.state}）{text.title}"
    return [Section(head, (*text.answer.splitlines(), *version.facts, ""))]


def _said(note: NoteRow) -> str:
    end = f"；办结：{note.settlement}" if note.settlement else "（未办结）"
    return f"{note.kind} {day_time(note.made_at)} {note.maker}：{note.words}{end}"
