"""Live updates: has a desk done a deed since the last look, and does the telephone ring? (design part 2)"""

from db.queries import house
from db.watch import Watch
from desk import seats, settings, telephone
from desk.context import Desk
from desk.steady import steady_seconds
from desk.telephone import RingRow


class DeskWatch:
    """What one desk watches, from one thread: the store, its settings, and the calls in the work file beside it."""

    def __init__(self, desk: Desk) -> None:
        """Begin to watch. Raises StoreTrouble."""
        self._desk = desk
        self._store = Watch(desk.database.path)
        self._settings_changed_at = -1
        self._are_calls_known = False
        self._seen_at: float | None = None
        self._mind_settings()

    def changed(self) -> bool:
        """Tell whether a deed was done since the last call; a setting that was changed then holds for this desk too."""
        if not self._store.changed():
            return False
        self._mind_settings()
        return True

    def rings(self) -> tuple[RingRow, ...] | None:
        """Return the calls at this seat if the work file has changed since the last call, else None."""
        self._be_seen()
        is_news = self._desk.work.changed() or not self._are_calls_known
        self._are_calls_known = True
        return telephone.at_seat(self._desk) if is_news else None

    def step_away(self) -> None:
        """离席: the seat is locked."""
        seats.step_away(self._desk)

    def close(self) -> None:
        """Let go of the store, and of the seat."""
        self._store.close()
        seats.stand_up(self._desk)

    def _be_seen(self) -> None:
        now = steady_seconds()
        if self._seen_at is None:
            self._seen_at = now
            seats.sit_down(self._desk)
        elif now - self._seen_at >= seats.SEEN_EVERY_SECONDS:
            self._seen_at = now
            seats.be_seen(self._desk)

    def _mind_settings(self) -> None:
        with self._desk.reading() as reader:
            changed_at = house.settings_changed_at(reader)
            if changed_at != self._settings_changed_at:
                self._settings_changed_at = changed_at
                self._desk.take(settings.load(reader))


def watch(desk: Desk) -> DeskWatch:
    """Begin to watch for a desk: ask `.changed()` and `.rings()` every 500 ms, `.close()` it at the end.

    Raises StoreTrouble, StoreUnusable.
    """
    return DeskWatch(desk)
