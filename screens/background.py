"""What goes on behind the screens while somebody sits here: the count for the header, the alarms, the telephone, the sweep, 告知."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.live import Live

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk.context import Desk
    from desk.rows import HeaderCounts
    from desk.stations.folder import Synced
    from desk.telephone import RingRow
    from screens.alarms import Alarms
    from screens.app import DeskApp
    from screens.arrivals import NewOrders
    from screens.courier import Courier
    from screens.messenger import Messenger
    from screens.preload import Preload
    from screens.promises import Promises
    from screens.rest import Rest
    from screens.return_alarm import ReturnAlarm
    from screens.station_alarm import StationAlarm
    from screens.sweep import Sweep
    from screens.telephone import Telephone
    from screens.transfers import Transfers
    from screens.widgets.header import HeaderState


class Background:
    """One for the App; it begins anew with each person who signs in."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self.counts: HeaderCounts | None = None
        self.alarms: Alarms | None = None
        self.return_alarm: ReturnAlarm | None = None
        self.new_orders: NewOrders | None = None
        self.station_alarm: StationAlarm | None = None
        self.telephone: Telephone | None = None
        self.transfers: Transfers | None = None
        self.promises: Promises | None = None
        self.rest: Rest | None = None
        self.live: Live | None = None
        self.sweep: Sweep | None = None
        self.messengers: list[Messenger] = []
        self.courier: Courier | None = None
        self.preload: Preload | None = None

    def begin(self, desk: Desk) -> None:
        """Work for this desk from now on."""
        from screens.alarms import Alarms
        from screens.arrivals import NewOrders
        from screens.courier import Courier, folder_of
        from screens.messenger import PUSH_SECONDS, Messenger
        from screens.preload import Preload
        from screens.promises import Promises
        from screens.rest import Rest
        from screens.return_alarm import ReturnAlarm
        from screens.station_alarm import StationAlarm
        from screens.sweep import Sweep, may_sweep
        from screens.telephone import Telephone
        from screens.transfers import Transfers

        self.end()
        self.counts = None
        self.alarms = Alarms(self._app)
        self.return_alarm = ReturnAlarm(self._app, desk)
        self.new_orders = NewOrders(self._app)
        self.station_alarm = StationAlarm(self._app)
        self.telephone = Telephone(self._app)
        self.transfers = Transfers(self._app, desk)
        self.promises = Promises(self._app, desk)
        self.rest = Rest(self._app, desk)
        later = self._app.call_later
        self.live = Live(
            desk,
            lambda counts: later(self._counted, desk, counts),
            lambda calls: later(self._rung, desk, calls),
        )
        self.live.start()
        if self.preload is None:
            self.preload = Preload()
            self.preload.start()
        if may_sweep(desk):
            self.sweep = Sweep(desk, lambda count: later(self._swept, desk, count))
            self.sweep.start()
            failed: Callable[[int], object] = lambda count: later(self._not_sent, desk, count)  # noqa: E731
            self.messengers = [Messenger(desk, failed), Messenger(desk, failed, "push", PUSH_SECONDS)]
            for messenger in self.messengers:
                messenger.start()
        if folder := folder_of(desk):
            self.courier = Courier(desk, folder, lambda synced: later(self._synced, desk, synced))
            self.courier.start()

    def end(self) -> None:
        """Work for nobody."""
        if self.live is not None:
            self.live.stop()
            self.live = None
        if self.sweep is not None:
            self.sweep.stop()
            self.sweep = None
        for messenger in self.messengers:
            messenger.stop()
        self.messengers = []
        if self.courier is not None:
            self.courier.stop()
            self.courier = None

    def close(self) -> None:
        """The program ends: load nothing more, either."""
        self.end()
        if self.preload is not None:
            self.preload.stop()

    def look_now(self) -> None:
        """Count at once: this desk has just changed something."""
        if self.live is not None:
            self.live.look_now()

    def step_away(self) -> None:
        """离席: no call is offered to this seat until somebody signs in again."""
        if self.live is not None:
            self.live.step_away()

    def tick(self) -> None:
        """A second has passed."""
        if self.alarms is not None:
            self.alarms.tick()
        if self.new_orders is not None:
            self.new_orders.tick()
        if self.telephone is not None:
            self.telephone.tick()
        if self.transfers is not None:
            self.transfers.tick()
        if self.promises is not None:
            self.promises.tick()

    def calls_are(self, calls: tuple[RingRow, ...]) -> None:
        """Hear which calls are at this seat now that this desk has changed them itself."""
        if self.telephone is not None:
            self.telephone.told(calls)

    def is_at_seat(self, call_key: str) -> bool:
        """Whether the telephone system has this call at this seat."""
        calls = self.telephone.calls if self.telephone else ()
        return any(call.call_id == call_key for call in calls)

    def header(self, mode: str) -> HeaderState:
        """What the header of a screen shows now."""
        from screens.widgets.header import HeaderState

        desk, counts = self._app.desk, self.counts
        if desk is None:
            return HeaderState(mode=mode)
        now = desk.now()
        has_clock = counts is not None and counts.emergency_due_at is not None
        notices = (
            each.notice(now) for each in (self.transfers, self.promises, self.rest) if each is not None
        )
        if counts is not None and has_clock and self.alarms is not None:
            counts = self.alarms.steadied(counts, now)
        return HeaderState(
            mode=mode,
            centre=desk.actor.unit_name,
            name=desk.actor.name,
            staff_no=desk.actor.staff_no,
            counts=counts,
            notice=next(filter(None, notices), ""),
            now=now if has_clock else now.replace(second=0, microsecond=0),
        )

    def _rung(self, desk: Desk, calls: tuple[RingRow, ...]) -> None:
        if self._app.desk is desk and self.telephone is not None:
            self.telephone.told(calls)
            if self.transfers is not None:
                self.transfers.look()
            if self.rest is not None:
                self.rest.look()

    def _swept(self, desk: Desk, count: int) -> None:
        self._say(desk, f"时限已到，自动办理 {count} 项（签收、恢复计时、延期失效、提醒单位）")
        self.look_now()

    def _not_sent(self, desk: Desk, count: int) -> None:
        self._say(desk, f"{count} 条告知发送失败：F2 列表（^G）按 t 处理")

    def _say(self, desk: Desk, words: str) -> None:
        say = getattr(self._app.screen, "say", None)
        if self._app.desk is desk and say is not None and self._app.current_mode not in ("log_in", "set_up"):
            say(words)

    def _synced(self, desk: Desk, synced: Synced) -> None:
        say = getattr(self._app.screen, "say", None)
        if self._app.desk is desk and say is not None and self._app.current_mode not in ("log_in", "set_up"):
            orders, told = (sum(getattr(done, name) for done in synced.taken) for name in ("orders", "told"))
            said = f"交接文件夹：工单 {orders} 件，有变化 {told} 件" if synced.taken else ""
            say("；".join(filter(None, (said, *synced.refused[:1]))), "refused" if synced.refused else "done")
        self.look_now()

    def _counted(self, desk: Desk, counts: HeaderCounts) -> None:
        if self._app.desk is not desk:
            return
        known, self.counts = self.counts, counts
        if counts.unread > (known.unread if known else 0):
            self._say(desk, f"有 {counts.unread} 条内部公告待阅：F2 列表（^G）按 n 或 F4 按 O，看后按 y")
        if self.alarms is not None:
            self.alarms.look()
        if self.return_alarm is not None:
            self.return_alarm.look()
        if self.new_orders is not None:
            self.new_orders.look()
        if self.station_alarm is not None:
            self.station_alarm.look(counts)
        if self.promises is not None:
            self.promises.look()
        self._app.changed()
