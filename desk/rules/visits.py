"""预约上门: half days of working days, each with so many visits for a unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.codes import DayHalf
from desk.rules.calendar import WEEKDAYS, WorkCalendar

ANY_UNIT = "其他"
"""The line of the setting `visits.capacity` for units that it does not name."""
HALF_WORDS: Mapping[DayHalf, str] = {DayHalf.MORNING: "上午", DayHalf.AFTERNOON: "下午"}
OFFERED = 3
"""How many free slots are offered in the place of a full one."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Half a working day; `day` is a local date. Slots sort as they come."""

    day: date
    is_afternoon: bool

    @property
    def half(self) -> DayHalf:
        """The half as the store keeps it."""
        return DayHalf.AFTERNOON if self.is_afternoon else DayHalf.MORNING

    @property
    def words(self) -> str:
        """`11月25日（周三）上午`."""
        return (
            f"{self.day.month}月{self.day.day}日（周{WEEKDAYS[self.day.weekday()]}）{HALF_WORDS[self.half]}"
        )

    @property
    def short(self) -> str:
        """`11-25上午`."""
        return f"{self.day:%m-%d}{HALF_WORDS[self.half]}"


def slot_of(day: str, half: str) -> Slot:
    """Return the slot of a stored date and half."""
    return Slot(date.fromisoformat(day), half == DayHalf.AFTERNOON)


def why_not(slot: Slot, today: date, ahead: int, calendar: WorkCalendar) -> str:
    """Return why nobody can be visited then, '' when they can: from tomorrow on, working days, `ahead` days at most."""
    if slot.day <= today:
        return "上门最早约明天，请改日期"
    if (slot.day - today).days > ahead:
        return f"上门最多提前 {ahead} 天预约，请改日期"
    if not calendar.is_working_day(slot.day):
        return f"{slot.day:%m-%d} {calendar.name_of(slot.day)}不上门，请约工作日"
    return ""


def capacity_of(unit_code: str, capacity: Mapping[str, int]) -> int:
    """Return how many visits a unit makes in half a day."""
    return int(capacity.get(unit_code, capacity.get(ANY_UNIT, 0)))


def free_slots(
    first: Slot, today: date, ahead: int, calendar: WorkCalendar, booked: Mapping[Slot, int], capacity: int
) -> Iterator[Slot]:
    """Yield the slots from `first` on in which there is still room, the soonest first."""
    for offset in range(ahead + 1):
        day = first.day + timedelta(days=offset)
        for is_afternoon in (False, True):
            slot = Slot(day, is_afternoon)
            is_open = slot >= first and not why_not(slot, today, ahead, calendar)
            if is_open and booked.get(slot, 0) < capacity:
                yield slot
