"""The 考核 once more from the events alone: whether what was kept with each deed is what the chain says (practice P30).

A store of an earlier version gets its marks this way; any other can be shown to be right by it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.codes import AssessmentMark, Deed, OrderKind, Status
from db.doors import Reader, Row, Writer
from db.queries import assessment
from db.times import from_ms
from desk import assessment_marks
from desk.context import Desk
from desk.rules import assessment as rules
from desk.rules.assessment import Done

D = Deed
_BACK = frozenset({D.GRANT_RETURN, D.RECALL, D.UNMERGE})
"""What takes an order from its units back to the queue."""
_ANEW = frozenset({D.END_PROCEDURE, D.EXPIRE_PROCEDURE})
"""What begins the limits anew, as a new round does; of 表扬 there are none, and an event does not name what is nothing."""
_NOT_ITS_OWN = frozenset({D.SEND_TO_CENTRE})
"""Deeds whose event names a unit's limit that is not the order's."""
_EMPTY: Mapping[str, Any] = {
    "steward_id": None,
    "centre_id": None,
    "stage_due_at": None,
    "unit_due_at": None,
    "citizen_due_at": None,
    "answered_at": None,
    "suspended_at": None,
    "round": 1,
    "status": "",
}
Mark = tuple[int, str, int, int]
"""Unit, kind, round and month."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """How the kept marks compare with those that the events give: how many orders and marks, and which orders differ."""

    orders: int
    marks: int
    differing: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    kind: AssessmentMark
    unit_id: int
    round: int
    at_ms: int
    is_standing: bool = True


@dataclass(slots=True)
class _Life:
    """One order as its events have left it so far; also the ledger of its marks."""

    columns: dict[str, Any] = field(default_factory=lambda: dict(_EMPTY))
    helping: set[int] = field(default_factory=set)
    entries: list[_Entry] = field(default_factory=list)
    entered_at: int = 0
    is_extended: bool = False

    def standing(self, kind: AssessmentMark) -> Sequence[tuple[int, int]]:
        """As `Ledger.standing`."""
        found = enumerate(self.entries)
        return [(place, each.unit_id) for place, each in found if each.kind is kind and each.is_standing]

    def add(self, kind: AssessmentMark, unit_id: int, round_: int, at_ms: int) -> None:
        """As `Ledger.add`."""
        self.entries.append(_Entry(kind, unit_id, round_, at_ms))

    def undo_since(self, key: int, kinds: Collection[AssessmentMark], at_ms: int) -> None:  # noqa: ARG002
        """As `Ledger.undo_since`."""
        for each in self.entries[key:]:
            each.is_standing = each.is_standing and each.kind not in kinds

    def undo_procedure(self, unit_id: int, at_ms: int) -> None:  # noqa: ARG002
        """As `Ledger.undo_procedure`."""
        for each in self.entries:
            if (each.kind, each.unit_id, each.at_ms) == (AssessmentMark.LEFT_LATE, unit_id, self.entered_at):
                each.is_standing = False

    def helpers(self, round_: int) -> Sequence[int]:  # noqa: ARG002
        """As `Ledger.helpers`: those of an earlier round are forgotten when the next begins."""
        return sorted(self.helping)


@dataclass(slots=True)
class _Places:
    """The units by code and by uid, and the centre of each 工号 by uid."""

    units: Mapping[str, int]
    centres: Mapping[str, int]

    def unit_of(self, data: Mapping[str, Any]) -> int | None:
        return self.units.get(str(data.get("unit_uid") or data.get("unit") or ""))


def verify(desk: Desk) -> Recounted:
    """Count everything once more from the events and compare; only reads. Some 40,000 events a second."""
    with desk.reading() as reader:
        kept: dict[str, Counter[Mark]] = defaultdict(Counter)
        for row in assessment.standing_marks(reader):
            kept[row["order_uid"]][_mark_of(row)] += 1
        counted = {uid: _marks(life) for uid, life in _lives(reader).items()}
        differing = [
            uid for uid in kept.keys() | counted.keys() if kept.get(uid, _NONE) != counted.get(uid, _NONE)
        ]
        numbers = assessment.order_numbers(reader, sorted(differing))
    return Recounted(len(counted), sum(marks.total() for marks in counted.values()), numbers)


_NONE: Counter[Mark] = Counter()
_KNOWN = frozenset(str(deed) for deed in Deed)


def fill(writer: Writer) -> int:
    """Write the marks of a store that holds none yet, from its events; return how many. Part of the caller's transaction."""
    if assessment.has_marks(writer):
        return 0
    keys = assessment.order_keys(writer)
    count = 0
    for uid, life in _lives(writer).items():
        if uid not in keys:
            continue
        ledger = assessment_marks.Stored(writer, keys[uid])
        for each in life.entries:
            if each.is_standing:
                ledger.add(each.kind, each.unit_id, each.round, each.at_ms)
                count += 1
    return count


def _mark_of(row: Row) -> Mark:
    return row["unit_id"], row["kind"], row["round"], row["month"]


def _marks(life: _Life) -> Counter[Mark]:
    return Counter(
        (each.unit_id, str(each.kind), each.round, rules.month_of(from_ms(each.at_ms)))
        for each in life.entries
        if each.is_standing
    )


def _lives(reader: Reader) -> dict[str, _Life]:
    places = _Places(
        {row[name]: row["id"] for row in assessment.units_below(reader, "/") for name in ("code", "uid")},
        {row["uid"]: row["centre_id"] for row in assessment.centres_of_staff(reader)},
    )
    lives: dict[str, _Life] = defaultdict(_Life)
    for event in assessment.order_events(reader):
        _happened(lives, event, json.loads(event["data"]), places)
    return lives


def _happened(lives: dict[str, _Life], event: Row, data: dict[str, Any], places: _Places) -> None:
    # An order's own deeds name its status; what another version knew and this one does not counts for nothing.
    if event["to_status"] is None or event["kind"] not in _KNOWN:
        return
    life, kind = lives[event["order_uid"]], Deed(event["kind"])
    if event["from_status"] is None:
        life.columns |= {"centre_id": places.centres.get(event["actor_uid"]), "status": event["to_status"]}
        life.columns |= _dues(kind, data)
        return
    old = dict(life.columns)
    if kind is not D.SEND_TO_CENTRE:
        # The event says itself whether the limit of the stage had run out.
        old["stage_due_at"] = event["at"] - 1 if "stage" in data.get("late", ()) else None
    _go_on(life, lives, event, data, places)
    done = Done(kind, Status(event["from_status"]), old, life.columns, data, event["at"])
    assessment_marks.keep(life, done)
    if life.columns["round"] > old["round"]:
        life.helping.clear()


def _go_on(
    life: _Life, lives: Mapping[str, _Life], event: Row, data: dict[str, Any], places: _Places
) -> None:
    """Bring the columns, and who helps, to where the deed left them."""
    kind, unit_id, columns = Deed(event["kind"]), places.unit_of(data), life.columns
    columns["status"] = event["to_status"]
    if event["round"] > columns["round"] or kind in _ANEW:
        columns |= {"unit_due_at": None, "citizen_due_at": None}
    if event["round"] > columns["round"]:
        columns |= {"round": event["round"], "answered_at": None, "suspended_at": None}
    if kind in _BACK:
        columns |= {"steward_id": None, "unit_due_at": None, "suspended_at": None}
        life.helping.clear()
    elif kind in (D.SEND_TO_CENTRE, D.HAND_UP):
        columns["centre_id"] = unit_id
    elif kind in rules.GIVES:
        columns |= {"steward_id": unit_id, "unit_due_at": None, "suspended_at": None}
        life.helping.discard(unit_id or 0)
    if kind is D.FOLLOW_MAIN:
        columns["centre_id"] = lives[data["main"]].columns["centre_id"]
    _help(life, kind, unit_id, data, places)
    columns |= _dues(kind, data)
    _lose_limits(life, kind, data)
    columns |= _stamps(kind, event, data)
    if kind is D.ENTER_PROCEDURE:
        life.entered_at = event["at"] if "unit" in data.get("late", ()) else 0


def _help(life: _Life, kind: Deed, unit_id: int | None, data: Mapping[str, Any], places: _Places) -> None:
    if kind is D.CHANGE_STEWARD:
        life.helping.discard(unit_id or 0)
        life.helping.add(life.columns["steward_id"])
        life.columns["steward_id"] = unit_id
    elif kind is D.GRANT_PART_RETURN:
        life.helping.discard(unit_id or 0)
    if "co_due" in data:
        life.helping |= {places.units[code] for code in data.get("co_units", ()) if code in places.units}


def _dues(kind: Deed, data: Mapping[str, Any]) -> dict[str, int | None]:
    """The due times that an event sets (ms UTC)."""
    found = {
        f"{name}_due_at": data[f"{name}_due"] and data[f"{name}_due"]["due_at"]
        for name in ("stage", "unit", "citizen")
        if f"{name}_due" in data and not (name == "unit" and kind in _NOT_ITS_OWN)
    }
    if kind is D.TAKE_IN and "citizen_due_at" in data:
        found["citizen_due_at"] = data["citizen_due_at"]
    if kind is D.CONTAIN:
        found["citizen_due_at"] = found.get("unit_due_at")
    return found


def _lose_limits(life: _Life, kind: Deed, data: Mapping[str, Any]) -> None:
    """更正 to 表扬 takes the limits away: an event does not name what is nothing."""
    life.is_extended |= kind is D.GRANT_EXTENSION
    is_praise = kind is D.CORRECT and (data.get("after") or {}).get("kind") == OrderKind.PRAISE
    if is_praise and life.columns["round"] == 1 and not life.is_extended:
        life.columns |= {f"{name}_due_at": None for name in ("unit", "citizen") if f"{name}_due" not in data}


def _stamps(kind: Deed, event: Row, data: Mapping[str, Any]) -> dict[str, int | None]:
    """Answered, sent back, suspended, going on."""
    if kind is D.LOG_ANSWER:
        return {"answered_at": event["at"]}
    if kind is D.SEND_BACK_CLOSE_REVIEW:
        return {"answered_at": None}
    if kind is D.GRANT_SUSPENSION:
        return {"suspended_at": event["at"]}
    return {"suspended_at": None} if kind is D.RESUME or "resumed" in data else {}
