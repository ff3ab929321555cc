"""How an order goes out from the screen: to a proposal, to a unit found by words, several together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desk.codes import OrderKind
from desk.dispatch_rows import ForwardText, KeptNote, Proposal, Proposals, SentBatch, Target
from desk.rows import OrderRow, PickRow
from screens.base import DeskScreen
from screens.columns import short_number
from screens.dialogs import Confirm, Pick
from screens.dispatch.dialogs import AskKind, AskMarks, KeepingText
from screens.widgets import RowList, Tabs

SENDABLE = ("to_dispatch", "in_triage")
READING_SECONDS = 0.5
"""A second Enter sooner than this was meant for the order that has just gone."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One order on its way out: to whom, and what still had to be asked."""

    row: OrderRow
    target: Target
    name: str
    kind_hint: OrderKind | None = None
    kind: OrderKind | None = None
    forward_text: str | None = None
    place: int | None = None
    by_ruling: bool = False
    """Whether it goes to the units of the newest decision, with what that demands."""

    @property
    def is_secret(self) -> bool:
        """Whether 转办内容 has to be confirmed first."""
        return self.row.is_secret or self.kind is OrderKind.TIP_OFF


class SendingScreen(DeskScreen):
    """The part of the dispatch screen that sends; it keeps what is to go along with each order until it has gone."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Proposals | None = None
        self.last_sent: OrderRow | None = None
        self._sent_at = 0.0
        self._has_slipped = False
        self.demands: dict[str, str] = {}
        self.helpers: dict[str, tuple[PickRow, ...]] = {}
        self.half_demands: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    @property
    def queue(self) -> RowList[OrderRow]:
        """The list of the tab."""
        return self.query_one("#queue", RowList)

    @property
    def tab(self) -> str:
        """The key of the tab shown."""
        return self.query_one(Tabs).active

    def unsaved(self) -> str:
        return "未派出工单的办理要求或转办内容" if self.demands or self.texts else ""

    def keep(self, order_no: str, *, demand: str | None = None, forward_text: str | None = None) -> None:
        """Keep what was written for an order beside the store, without waiting; the last word wins."""
        words = self.demands.get(order_no, "") if demand is None else demand
        text = self.texts.get(order_no, "") if forward_text is None else forward_text
        self.read(
            lambda flow, desk: flow.keep_note(desk, order_no, words, text), lambda _: None, group="notes"
        )

    def read_notes(self) -> None:
        """Bring back what this person had written before the connection was lost."""
        self.read(lambda flow, desk: flow.kept_notes(desk), self._take_notes, group="kept")

    def _take_notes(self, notes: Sequence[KeptNote]) -> None:
        for note in notes:
            if note.demand:
                self.demands.setdefault(note.order_no, note.demand)
            if note.forward_text:
                self.texts.setdefault(note.order_no, note.forward_text)
        if notes:
            self.show_extra()
            self.say(f"上次未派出的 {len(notes)} 件工单的办理要求、转办内容已恢复", "done")

    def show_extra(self) -> None:
        """Show what is to go along with the order under the cursor."""

    def action_propose(self, place: int) -> None:
        if self.queue.marked and place == 1:
            self._send_marked()
            return
        if self._has_slipped:
            self._has_slipped = False
            self.refuse("光标已到另一件：请看清再按")
            return
        row, proposal = self.queue.cursor_row, self._proposal(place)
        if row is not None and proposal is not None:
            target = Target(proposal.unit_id, proposal.section_id, proposal.duty_item_id)
            self._begin(Errand(row, target, proposal.name, proposal.kind, place=place))

    def _proposal(self, place: int) -> Proposal | None:
        """The proposal in this place, or None after saying why there is none."""
        row, found = self.queue.cursor_row, self.found
        if row is None:
            self.refuse("这里没有工单可派")
        elif self.tab not in SENDABLE:
            self.refuse("这一栏的工单已派出或待补充，不能直接派：[ ] 换到待派单")
        elif found is None or found.order_no != row.order_no:
            self.refuse("派单建议还在计算，请稍候再按")
        elif place > len(found.rows):
            self.refuse(found.unclear or f"没有第 {place} 个建议，请按 / 查找单位")
        elif not found.rows[place - 1].unit_id:
            self.refuse("还不知道是哪个乡镇：请按 a 写明事发地区，或按 / 查找单位")
        else:
            return found.rows[place - 1]
        return None

    def pick_unit(self, title: str, then: Callable[[PickRow], object]) -> None:
        """Let a unit, section or duty item be found by words."""

        def picked(unit: PickRow | None) -> None:
            if unit is not None:
                then(unit)

        pick = Pick(
            title,
            self.FLOW,
            lambda flow, desk, text: flow.units(desk, text),
            hint_flex=3,
            asks="单位、科室或职责清单的字",
        )
        self.app.push_screen(pick, picked)

    def send_to(self, row: OrderRow, unit: PickRow) -> None:
        """Send an order to a unit that was found by words."""
        self._begin(Errand(row, Target.from_key(unit.key), unit.name))

    def send_by_ruling(self, row: OrderRow) -> None:
        """Send an order as a panel or a 热线日 decided."""
        self._begin(Errand(row, Target(0), "结论所定单位", by_ruling=True))

    # -- what has to be asked first

    def _begin(self, errand: Errand) -> None:
        """Ask for the kind if it is open, then for 转办内容 if the order is secret, then send."""
        if errand.row.kind is not OrderKind.UNDETERMINED:
            self._forward(errand)
            return

        def named(kind: OrderKind | None) -> None:
            if kind is not None:
                self._forward(replace(errand, kind=kind))

        title = f"{short_number(errand.row.order_no)} 诉求类型待定，请选定"
        self.app.push_screen(AskKind(title, errand.kind_hint), named)

    def _forward(self, errand: Errand) -> None:
        kept = self.texts.get(errand.row.order_no)
        if not errand.is_secret:
            self._send(errand)
        elif kept is not None:
            self._confirm_text(errand, kept)
        else:
            order_no = errand.row.order_no
            self.read(
                lambda flow, desk: flow.forward_text(desk, order_no),
                lambda text: self._mark(errand, text),
                group="forward",
            )

    def _mark(self, errand: Errand, text: ForwardText) -> None:
        def marked(words: str | None) -> None:
            if words is not None:
                self._confirm_text(errand, words)

        if text.current:
            self._confirm_text(errand, text.current)
        else:
            self.app.push_screen(AskMarks(text), marked)

    def _confirm_text(self, errand: Errand, words: str) -> None:
        order_no = errand.row.order_no

        def confirmed(text: str | None) -> None:
            if text is not None:
                self.texts[order_no] = text
                self._send(replace(errand, forward_text=text))
            else:
                self.keep(order_no)

        def keep(text: str) -> None:
            self.keep(order_no, forward_text=text)

        title = f"核对转办内容：这些文字将转给 {errand.name}"
        self.app.push_screen(KeepingText(title, "转办内容", keep, text=words, max_length=10_000), confirmed)

    # -- out it goes

    def _send(self, errand: Errand) -> None:
        row, target = errand.row, errand.target
        if errand.by_ruling:
            self._send_by_ruling(errand)
            return
        helpers = [Target.from_key(unit.key).unit_id for unit in self.helpers.get(row.order_no, ())]
        self.act(
            lambda flow, desk: flow.send(
                desk,
                row.order_no,
                target.unit_id,
                target.section_id,
                co_unit_ids=helpers,
                requirement=self.demands.get(row.order_no, ""),
                forward_text=errand.forward_text,
                duty_item_id=target.duty_item_id,
                kind=errand.kind,
                proposal=errand.place,
            ),
            self._sent,
            done=f"已派 {short_number(row.order_no)} → {errand.name}（U 收回）",
        )

    def _send_by_ruling(self, errand: Errand) -> None:
        row, text, kind = errand.row, errand.forward_text, errand.kind
        self.act(
            lambda flow, desk: flow.carry_out(desk, row.order_no, forward_text=text, kind=kind),
            self._sent,
            done=f"已按结论派 {short_number(row.order_no)}（c 撤回）",
        )

    @property
    def has_just_jumped(self) -> bool:
        """Whether the cursor came to the next order too short a time ago for anybody to have read it."""
        return time.monotonic() - self._sent_at < READING_SECONDS

    def look_again(self, row: OrderRow) -> None:
        """A form about `row` is closed; had another desk taken the order meanwhile, the next key would send the wrong one."""
        here = self.queue.cursor_row
        if here is not None and here.order_no != row.order_no and self.tab in SENDABLE:
            self._has_slipped = True
            self.refuse(f"{short_number(row.order_no)} 已由别人办理，光标已到另一件")

    def _sent(self, row: OrderRow) -> None:
        self.last_sent, self._sent_at = row, time.monotonic()
        for kept in (self.demands, self.half_demands, self.helpers, self.texts):
            kept.pop(row.order_no, None)
        self.keep(row.order_no)

    def _send_marked(self) -> None:
        if self.tab not in SENDABLE:
            self.refuse("这一栏不能成批派单：[ ] 换到待派单")
            return
        count = len(self.queue.marked)
        open_count = sum(row.kind is OrderKind.UNDETERMINED for row in self.queue.marked)

        def agreed(is_agreed: bool | None) -> None:
            if is_agreed and open_count:
                title = f"标记的 {count} 件里 {open_count} 件诉求类型待定，统一按"
                self.app.push_screen(AskKind(title, None), named)
            elif is_agreed:
                self._send_all(None)

        def named(kind: OrderKind | None) -> None:
            if kind is not None:
                self._send_all(kind)

        self.app.push_screen(Confirm(f"把标记的 {count} 件各派给自己的首选建议？不明确的留下"), agreed)

    def _send_all(self, kind: OrderKind | None) -> None:
        order_nos = [row.order_no for row in self.queue.marked]
        self.act(lambda flow, desk: flow.send_to_first(desk, order_nos, kind=kind), self._sent_marked)

    def _sent_marked(self, batch: SentBatch) -> None:
        self.queue.clear_marks()
        self.last_sent = batch.sent[-1] if batch.sent else self.last_sent
        if batch.left:
            self.refuse(batch.words)
        else:
            self.say(batch.words, "done")
