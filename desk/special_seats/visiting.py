"""预约上门: done, in vain, moved to another day."""

import json

from db.codes import ApplicationState, DayHalf, Deed, VisitOutcome
from db.queries import units
from desk.context import Desk
from desk.errors import BadInput
from desk.named import unit_named
from desk.rules.calendar import local
from desk.rules.special_checks import Answers
from desk.rules.text import cleaned, required
from desk.rules.visits import HALF_WORDS, Slot
from desk.rules.written_times import moment_written
from desk.special_seats import slots
from desk.special_seats.common import SHORT, ApplicationDeed, deed_on


def log_visit(desk: Desk, number: str, note: str = "") -> None:
    """已上门: the unit was there and it is done. One event. Raises NotAllowed, NotNow before the day."""
    words = cleaned(note, SHORT, "说明", one_line=True)
    with deed_on(desk, Deed.LOG_VISIT, number) as deed:
        slots.end(deed, VisitOutcome.DONE, words)
        deed.changes |= {"words": words, "decided_at": deed.at_ms, "decided_by": desk.actor.id}
        deed.texts["note"] = words


def miss_visit(
    desk: Desk, number: str, why: str, *, no_show: bool = False, day: str = "", half: str = ""
) -> Slot | None:
    """未成, or 爽约 with `no_show`: why, and the new slot if one was agreed; without one the operator rings for it.

    One event. Returns the new slot. Raises BadInput without a reason or for a slot that is not free, NotNow before the day.
    """
    words = required(why, "未成原因", SHORT, one_line=True)
    with deed_on(desk, Deed.MISS_VISIT, number) as deed:
        slots.end(deed, VisitOutcome.NO_SHOW if no_show else VisitOutcome.FAILED, words)
        new = _rebooked(deed, day, half) if day.strip() else None
        deed.after = ApplicationState.BOOKED if new else ApplicationState.TO_REBOOK
        deed.changes |= {"words": words, "told_at": None, "tell_attempts": 0, "unreached_at": None}
        deed.data["no_show"] = no_show
        deed.texts["why"] = words
    return new


def move_visit(desk: Desk, number: str, day: str, half: str, why: str = "") -> Slot:
    """改约: another slot, before the visit or after one in vain. One event. Returns it.

    Raises BadInput for a slot that is not free (others are offered), NotAllowed, NotNow.
    """
    words = cleaned(why, SHORT, "改约原因", one_line=True)
    with deed_on(desk, Deed.MOVE_VISIT, number) as deed:
        slots.end(deed, VisitOutcome.MOVED, words)
        new = _rebooked(deed, day, half)
        deed.texts["why"] = words
    return new


def next_free(desk: Desk, unit: str, day: str = "") -> tuple[Slot, ...]:
    """Return the next free slots of a unit (code or name) from `day` on, or from tomorrow. Raises BadInput."""
    with desk.reading() as reader:
        found = unit_named(reader, unit, desk.actor.centre_path, "上门单位")
        first = local(moment_written(day, "上门日期")).date() if day.strip() else None
        return slots.free_from(desk, reader, found, slots.first_slot(desk, first))


def _rebooked(deed: ApplicationDeed, day: str, half: str) -> Slot:
    unit = units.unit(deed.writer, deed.row["unit_id"])
    assert unit is not None, "a foreign key holds it"
    asked = {"day": _day(day), "half": _half(half)}
    slot = slots.slot_for(deed.desk, deed.writer, unit, asked)
    slots.book(deed.desk, deed.writer, deed.row["id"], unit["id"], slot, deed.at)
    answers: Answers = {**json.loads(deed.row["answers"]), **asked}
    deed.changes["answers"] = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    deed.data["slot"] = f"{slot.day} {slot.half}"
    return slot


def _day(text: str) -> str:
    return local(moment_written(required(text, "上门日期", 20, one_line=True), "上门日期")).date().isoformat()


def _half(text: str) -> str:
    for half, words in HALF_WORDS.items():
        if text.strip() in (half, words):
            return str(DayHalf(half))
    raise BadInput("时段请选 上午 或 下午", "时段")
