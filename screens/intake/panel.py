"""The right side: who calls, what looks alike, what to say; it fills while one types and never takes the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from desk.codes import CallerMarkKind, Urgency, word
from desk.intake_rows import (
    CallerMarkRow,
    CallerRow,
    DraftRow,
    MatterRow,
    NoticeRow,
    Offer,
    QuestionRow,
    UnitOffer,
)
from desk.knowledge_rows import EntryRow
from desk.rows import OrderRow
from screens.cells import GOOD, NEAR, OVERDUE, day_time, grade_cell, local
from screens.columns import left_cell, short_number
from screens.intake.seat_lines import application_line, seat_sections
from screens.widgets import Column, Detail, RowList, Section, Tab, Tabs

HISTORY, SIMILAR, KNOWLEDGE = "history", "similar", "knowledge"
NOTICES, BACK, DRAFTS = "notices", "back", "drafts"
_HINTS = {
    HISTORY: "输入完整来电号码后，这里是该号码的工单",
    SIMILAR: "输入诉求内容后，这里是相似的工单",
    KNOWLEDGE: "输入诉求内容后，这里是能答的知识条目；^F 查全部",
    NOTICES: "现在没有公告",
    BACK: "没有退回补充的工单",
    DRAFTS: "没有搁置的草稿",
}
NO_ORDERS = "该号码没有工单"
NOT_SHOWN = "（保密，不显示）"
_CRISIS = (
    "不要挂断，稳住对方，问清人在哪里、身边有谁",
    "三方通话转 110（必要时 120），请班长到席",
    "不说“想开点”“没必要”“别冲动”",
)


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line of the list: an order, an entry of 知识库, a notice, or a draft put aside."""

    key: str
    number: str
    words: str
    due_at: datetime | None = None
    grade: str | None = None
    order: OrderRow | None = None
    entry: EntryRow | None = None
    notice: NoticeRow | None = None
    draft: DraftRow | None = None


class OldOrders(RowList[SideRow]):
    """The list of the panel; its letters are deeds on the order under the cursor (practice P12)."""

    BINDINGS = [
        ("u", "screen.urge"),
        ("b", "screen.supplement"),
        ("w", "screen.withdraw"),
        ("p", "screen.progress"),
        ("x", "screen.void"),
        ("m", "screen.mark_caller"),
        ("n", "screen.notices"),
        ("t", "screen.messages"),
        ("l", "screen.register_linked"),
        ("d", "screen.directory"),
        ("i", "screen.insist"),
        ("c", "screen.ring_back"),
        ("escape", "screen.to_form"),
    ]


class SidePanel(Vertical):
    """Above what to read out and what to mind, below the tabs and their list."""

    def __init__(self, now: object) -> None:
        super().__init__(id="panel")
        self._now = now
        self._caller = CallerRow("")
        self._is_secret = False
        self._matter: MatterRow | None = None
        self._rows: dict[str, tuple[SideRow, ...]] = {}
        self._sentence = ""
        self._to_ask: tuple[str, ...] = ()
        self._failed = 0
        self._warning = ""
        self._offer_sections: Callable[[Offer], Iterable[Section]] = _offer_sections
        self._history_hint = ""
        """What stands in the empty list of a caller, where nobody's calls are shown."""

    def compose(self) -> ComposeResult:
        now = self._now
        assert callable(now)
        yield Detail(hint="边录边显示：来电人、相似工单、公告和提示", id="aside")
        yield Tabs(
            [
                Tab(HISTORY, "历史来电"),
                Tab(SIMILAR, "相似工单"),
                Tab(KNOWLEDGE, "知识库"),
                Tab(NOTICES, "公告"),
                Tab(BACK, "补充", alert=True),
                Tab(DRAFTS, "草稿"),
            ]
        )
        yield OldOrders(
            [
                Column("编号", 11, lambda row: row.number),
                Column("标题", 13, lambda row: row.words, flex=1),
                Column("评级", 5, lambda row: grade_cell(row.grade)),
                # The place in the list (3/12) stands over the right end of the head: this column has room for it.
                Column("时限", 10, lambda row: left_cell(row.due_at, now())),
            ],
            key=lambda row: row.key,
            hint=_HINTS[HISTORY],
            id="old",
        )

    @property
    def row(self) -> SideRow | None:
        """The line under the cursor."""
        return self.query_one(OldOrders).cursor_row

    @property
    def settled(self) -> CallerMarkRow | None:
        """What of this caller's was finished by law, newest first."""
        settled = (mark for mark in self._caller.marks if mark.kind is CallerMarkKind.SETTLED)
        return next(settled, None)

    @property
    def _is_urgent(self) -> bool:
        """Whether words of danger fell: they come before anything that is said of a number (practice P15)."""
        offer = self._matter.offer if self._matter else None
        return offer is not None and (bool(offer.crisis_words) or offer.urgency is Urgency.CRITICAL)

    @property
    def is_crisis(self) -> bool:
        """Whether words of a 危机来电 fell (practice P25): offered, not decided."""
        return self._matter is not None and bool(self._matter.offer.crisis_words)

    @property
    def sentence(self) -> str:
        """What is to be read out."""
        return self._sentence

    # -- what is shown

    def show_caller(self, caller: CallerRow, *, is_secret: bool = False) -> None:
        """Show who calls and their orders; orders that were not there bring their tab forward."""
        is_another = bool(caller.orders) and caller.phone != self._caller.phone
        self._caller, self._is_secret = caller, is_secret
        self._rows[HISTORY] = tuple(order_line(order) for order in caller.orders)
        self._draw()
        if is_another and not self.query_one(OldOrders).has_focus:
            self.query_one(Tabs).active = HISTORY
            self.show_tab()

    def show_matter(self, matter: MatterRow) -> None:
        """Show what the words bring up."""
        self._matter = matter
        self._rows[SIMILAR] = tuple(order_line(each.order) for each in matter.similar)
        self._rows[KNOWLEDGE] = tuple(_entry_line(entry) for entry in matter.entries)
        self._rows[NOTICES] = tuple(_notice_line(notice) for notice in matter.notices)
        self._draw()

    def show_waiting(self, back: Sequence[OrderRow], drafts: Sequence[DraftRow], failed: int) -> None:
        """Show what was sent back for more words, what was put aside, and how many messages failed."""
        self._failed = failed
        self._rows[BACK] = tuple(order_line(order) for order in back)
        self._rows[DRAFTS] = tuple(_draft_line(draft) for draft in drafts)
        self._draw()

    def stand_at_counter(self, offers: Callable[[Offer], Iterable[Section]], history_hint: str) -> None:
        """Speak to a 服务站代办员 from now on: of words of danger in its own way, of no caller (practice P18)."""
        self._offer_sections, self._history_hint = offers, history_hint
        self._draw()

    def warn(self, words: str) -> None:
        """Say above all else what is wrong at this station; "" when nothing is."""
        if words != self._warning:
            self._warning = words
            self._draw_aside()

    def say(self, sentence: str, to_ask: Sequence[str] = ()) -> None:
        """Show a sentence to read out, and what to ask next; "" takes it away."""
        self._sentence, self._to_ask = sentence, tuple(to_ask)
        self._draw_aside()

    def forget(self) -> None:
        """Begin with another caller: what belonged to the last one goes, the sentence stays."""
        self._caller, self._is_secret, self._matter = CallerRow(""), False, None
        self._rows[HISTORY] = self._rows[SIMILAR] = self._rows[KNOWLEDGE] = ()
        self._draw()

    def show_tab(self) -> None:
        """Show the rows of the tab that was switched to."""
        old = self.query_one(OldOrders)
        active = self.query_one(Tabs).active
        old.hint = self._hint(active)
        old.reset()
        self._draw_list()

    def _draw(self) -> None:
        tabs = self.query_one(Tabs)
        tabs.set_counts(
            {key: len(rows) for key, rows in self._rows.items()},
            frozenset({BACK}) if self._rows.get(BACK) else frozenset(),
        )
        self._draw_list()
        self._draw_aside()

    def _draw_list(self) -> None:
        old, active = self.query_one(OldOrders), self.query_one(Tabs).active
        rows = self._rows.get(active, ())
        if old.hint != self._hint(active):
            old.hint = self._hint(active)
            old.refresh()
        old.set_page(rows, len(rows))

    def _hint(self, tab: str) -> str:
        if tab == HISTORY and self._history_hint:
            return self._history_hint
        if tab != HISTORY or not self._caller.phone:
            return _HINTS[tab]
        return NOT_SHOWN if self._is_secret else NO_ORDERS

    def _draw_aside(self) -> None:
        self.query_one("#aside", Detail).show(self._sections(), keep_place=True)

    def _sections(self) -> Iterable[Section]:
        if self._warning:
            yield Section(self._warning, style=OVERDUE)
        if self._sentence:
            yield Section("请读给诉求人：" + self._sentence, style=f"bold {GOOD}")
        if self._to_ask:
            yield Section("接着问（答的按 ^G、b 补充）：" + "；".join(self._to_ask))
        if self._matter:
            yield from self._offer_sections(self._matter.offer)
            yield from seat_sections(self._matter.offer)
            yield from _notice_sections([each for each in self._matter.notices if each.is_near])
            yield from _entry_sections(self._matter.entries)
            if self._matter.units:
                yield Section("建议派往", tuple(map(_unit_line, enumerate(self._matter.units, 1))))
        yield from _mark_sections(self._caller.marks, is_urgent=self._is_urgent)
        if not self._is_secret:
            yield from map(_question_section, self._caller.questions)
        if self._caller.is_known:
            yield Section("", tuple(_caller_lines(self._caller, is_secret=self._is_secret)))
        if self._matter:
            yield from _local_section([each for each in self._matter.notices if each.is_here])
        if self._failed:
            yield Section(f"告知失败 {self._failed} 条：按 ^G 到列表，按 t 重发或改打电话", style=NEAR)


def order_line(order: OrderRow) -> SideRow:
    """An order as a line: status before the title, and how often was urged."""
    urged = f"催{order.urge_count} " if order.urge_count else ""
    return SideRow(
        key=order.order_no,
        number=short_number(order.order_no),
        words=f"{urged}{word(order.status)} {order.title}",
        due_at=order.press_at,
        grade=order.pool_grade or order.grade,
        order=order,
    )


def _notice_line(notice: NoticeRow) -> SideRow:
    mark = "待发布 " if notice.is_waiting else "近 " if notice.is_near else "同地 " if notice.is_here else ""
    counted = (("已告知", notice.told_count, "人"), ("另登记", notice.order_count, "件"))
    said = "，".join(f"{words} {count} {unit}" for words, count, unit in counted if count)
    told = f"（{said}）" if said else ""
    return SideRow(f"notice-{notice.id}", "公告", f"{mark}{notice.title}{told}", notice=notice)


def _entry_line(entry: EntryRow) -> SideRow:
    return SideRow(f"entry-{entry.number}", entry.number, f"{entry.topic} {entry.title}", entry=entry)


def _entry_sections(entries: Sequence[EntryRow]) -> Iterable[Section]:
    """What can be answered at once, and how it begins."""
    if entries:
        others = f"；另有 {len(entries) - 1} 条" if len(entries) > 1 else ""
        yield Section(f"知识库：{entries[0].title}（^F 朗读、答复{others}）", (entries[0].answer[:60],))


def _draft_line(draft: DraftRow) -> SideRow:
    tried = f"已拨{draft.attempts}次 " if draft.attempts else ""
    words = f"待回拨 {tried}{draft.title}" if draft.is_held else draft.title
    return SideRow(f"draft-{draft.id}", day_time(draft.saved_at), words, draft=draft)


def _offer_sections(offer: Offer) -> Iterable[Section]:
    if offer.crisis_words:
        # Three rows of a narrow screen hold no second section.
        danger = f"；危险词 {'、'.join(offer.words)}：^E 应急" if offer.urgency is Urgency.CRITICAL else ""
        yield Section(f"危机来电？“{'”“'.join(offer.crisis_words)}”{danger}", _CRISIS, OVERDUE)
    elif offer.urgency is Urgency.CRITICAL:
        said = "、".join(offer.words)
        yield Section(f"危险词 {said}：有生命危险先转 110/119/120，再按 ^E 应急", style=OVERDUE)
    if offer.urgency is Urgency.URGENT:
        yield Section(f"提示词 {'、'.join(offer.words)}：紧急程度建议选“紧急”", style=OVERDUE)


def _notice_sections(near: Sequence[NoticeRow]) -> Iterable[Section]:
    """The nearest notice in full; the others are a number, and stand on their tab."""
    for notice in near[:1]:
        others = f"；另有 {len(near) - 1} 条相近公告" if len(near) > 1 else ""
        head = f"公告：{notice.title}（至 {day_time(notice.ends_at)} {notice.unit}）{others}"
        yield Section(head, (notice.sentence,))


def _local_section(here: Sequence[NoticeRow]) -> Iterable[Section]:
    """Notices of the same place about something else: one line, in case the caller asks."""
    if here:
        yield Section("", ("同地公告：" + "、".join(notice.title for notice in here),))


def _mark_sections(marks: Sequence[CallerMarkRow], *, is_urgent: bool) -> Iterable[Section]:
    for mark in marks:
        until = f"{local(mark.ends_at):%Y-%m-%d}"
        if mark.kind is CallerMarkKind.SETTLED:
            head = f"已依法办结、无新情况（至 {until}）：读后按 F7 j 存小结；有新情况照常登记"
            yield Section(head, (mark.sentence,))
        elif not is_urgent:
            yield Section(f"骚扰来电（班长标记，至 {until}）：仍须接听，不先挂断；F7 w 记警告", style=OVERDUE)


def _question_section(question: QuestionRow) -> Section:
    """What this caller asked before: with the unit's answer it can be read out at once."""
    head = f"{day_time(question.asked_at)} 问过{question.unit}：{question.words[:40]}"
    return Section(
        head, (f"已答：{question.answer}" if question.answer else "单位还没有答复，知识库 ^O 里看",)
    )


def _unit_line(numbered: tuple[int, UnitOffer]) -> str:
    place, unit = numbered
    return f"{place} {unit.name}  {unit.share}%  {unit.why}"


def _caller_lines(caller: CallerRow, *, is_secret: bool) -> Iterable[str]:
    if is_secret:
        yield f"来电人{NOT_SHOWN}"
        return
    name = caller.name or "未留姓名"
    extras = [name, "企业" if caller.is_company else "", caller.language, caller.special_needs]
    yield "来电人 " + "，".join(each for each in extras if each)
    last = f"，上次 {day_time(caller.last_call_at)}" if caller.last_call_at else ""
    yield from map(application_line, caller.applications)
    nuisance = f"，其中骚扰 {caller.nuisance_count} 次" if caller.nuisance_count else ""
    yield f"来电 {caller.call_count} 次{last}{nuisance}"
