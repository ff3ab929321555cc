"""The 考核 a second time, and otherwise: every event of the chain read in its order, in plain Python.

Shares no code with `desk/assessment` nor with `desk/rules/assessment.py`: what the product keeps with each deed and adds up
in SQL is found again here from the events alone (units, people and their centres are looked up by name).
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

CHINA = timedelta(hours=8)
GIVEN_TO_A_UNIT = ("send", "call_out", "reassign", "redirect_return", "rule_finally", "follow_main")
GIVEN_AWAY = ("grant_return", "reassign", "redirect_return", "rule_finally", "call_out", "enter_procedure")
CALLED_BACK = ("close_satisfied", "close_unsolved", "record_dissatisfaction", "close_unreached")
PASSED = ("pass_close_review", "pass_without_callback")
UNIT_HOLDS = ("to_sign", "in_progress", "unit_review", "to_answer")
BACK_AT_THE_CENTRE = ("grant_return", "recall", "unmerge")
NEVER_COUNTED = ("void", "withdrawn", "transferred_out")
BAD = ("dissatisfied", "very_dissatisfied")
ASKED = ("result", "attitude", "timeliness")


@dataclass
class Mark:
    """Something that counted."""

    month: str
    unit: str
    kind: str
    order: str
    round: int
    deed: int
    is_alive: bool = True


@dataclass
class Life:
    """What is known of one order so far."""

    uid: str
    centre: str = ""
    steward: str = ""
    status: str = ""
    round: int = 1
    unit_due: int | None = None
    citizen_due: int | None = None
    stage_due: int | None = None
    answered: int | None = None
    is_suspended: bool = False
    is_extended: bool = False
    is_crisis: bool = False
    is_false_alarm: bool = False
    is_unreasonable: bool = False
    entered: int = 0
    helpers: set[str] = field(default_factory=set)


@dataclass
class Given:
    """A score."""

    month: str
    unit: str
    kind: str
    order: str
    round: int
    points: int | None


@dataclass
class Book:
    """Everything that was found."""

    lives: dict[str, Life] = field(default_factory=dict)
    marks: dict[str, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    scores: dict[str, Given] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    centres: dict[str, str] = field(default_factory=dict)


def scores(database_path: Path | str, month: str) -> dict[str, dict[str, int]]:
    """Return of every unit and centre (by uid) what counted in a month (`2026-11`), by name; what is 0 is left out."""
    book = Book()
    with closing(sqlite3.connect(database_path)) as store:
        store.row_factory = sqlite3.Row
        _look_up(store, book)
        for event in store.execute("SELECT * FROM events ORDER BY seq"):
            _read(book, event)
    return _added_up(book, month)


def _look_up(store: sqlite3.Connection, book: Book) -> None:
    units = {row["id"]: row for row in store.execute("SELECT id, uid, code, parent_id, is_centre FROM units")}
    for row in units.values():
        book.units[row["code"]] = book.units[row["uid"]] = row["uid"]
    for person in store.execute("SELECT uid, unit_id FROM staff"):
        unit = units[person["unit_id"]]
        while not unit["is_centre"] and unit["parent_id"] is not None:
            unit = units[unit["parent_id"]]
        book.centres[person["uid"]] = unit["uid"]


def _read(book: Book, event: sqlite3.Row) -> None:
    data = json.loads(event["data"])
    if event["order_uid"] is None:
        return
    if event["order_uid"] not in book.lives:
        centre = book.centres.get(event["actor_uid"], "")
        book.lives[event["order_uid"]] = Life(event["order_uid"], centre=centre)
    life = book.lives[event["order_uid"]]
    _count(book, life, event, data)
    _go_on(book, life, event, data)


# -- what counts


def _count(book: Book, life: Life, event: sqlite3.Row, data: dict[str, Any]) -> None:
    kind = event["kind"]
    if kind == "recall":
        _take_back(book, life)
    elif kind == "enter_procedure":
        life.entered = event["seq"]
    elif kind == "refuse_procedure":
        for mark in book.marks[life.uid]:
            if mark.kind == "left_late" and mark.deed == life.entered:
                mark.is_alive = False
    new_steward = book.units.get(data.get("unit_uid") or data.get("unit") or "", "")
    alive = _alive(book, life)
    if kind in ("grant_return", "reassign", "redirect_return", "rule_finally"):
        first = [mark for mark in alive if mark.kind == "first_sent"]
        if first and sum(mark.kind == "received" for mark in alive) == 1:
            _mark(book, life, event, first[0].unit, "first_wrong")
    if life.steward:
        for name in _unit_names(life, event, data):
            _mark(book, life, event, life.steward, name)
    if kind in GIVEN_TO_A_UNIT and new_steward:
        _mark(book, life, event, new_steward, "received")
    for name in _centre_names(life, event, data):
        _mark(book, life, event, life.centre, name)
    is_first = kind == "send" or (kind == "call_out" and event["from_status"] != "to_sign")
    if is_first and not any(mark.kind == "first_sent" for mark in alive):
        _mark(book, life, event, life.centre, "first_sent")
    if event["to_status"] == "closed" and event["from_status"] not in (None, "closed"):
        for helper in life.helpers:
            _mark(book, life, event, helper, "helped")
    _count_score(book, life, event, data)


def _alive(book: Book, life: Life) -> list[Mark]:
    return [mark for mark in book.marks[life.uid] if mark.is_alive]


def _mark(book: Book, life: Life, event: sqlite3.Row, unit: str, kind: str) -> None:
    book.marks[life.uid].append(Mark(_month(event["at"]), unit, kind, life.uid, life.round, event["seq"]))


def _month(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC) + CHINA:%Y-%m}"


def _take_back(book: Book, life: Life) -> None:
    """The last dispatch is as if it had never been."""
    sent = [mark.deed for mark in _alive(book, life) if mark.kind == "received"]
    for mark in _alive(book, life):
        if (
            sent
            and mark.deed == sent[-1]
            and mark.kind in ("received", "first_sent", "sent_in_time", "sent_late")
        ):
            mark.is_alive = False


def _unit_names(life: Life, event: sqlite3.Row, data: dict[str, Any]) -> Iterator[str]:
    kind, at = event["kind"], event["at"]
    is_late = "stage" in data.get("late", ())
    if kind == "refuse_return":
        yield "return_unfounded"
    if kind == "send_back_close_review":
        yield "sent_back"
    if kind in ("sign", "acknowledge", "auto_sign") and not data.get("awaits_return"):
        yield "signed_late" if is_late else "signed_in_time"
    if kind in PASSED and life.answered is not None and life.unit_due is not None:
        yield "answered_in_time" if life.answered <= life.unit_due else "answered_late"
    runs = life.status in UNIT_HOLDS and life.answered is None and not life.is_suspended
    if kind in GIVEN_AWAY and runs and life.unit_due is not None and at > life.unit_due:
        yield "left_late"
    if event["round"] > life.round:
        yield "reworked"
    if kind in ("record_dissatisfaction", "set_grade") and data.get("grade") == "D":
        yield "graded_d"
    if kind == "close_unreached":
        yield "unreached"
    elif kind in CALLED_BACK:
        yield "solved" if data["is_solved"] else "unsolved"
        said = [data.get(name, "not_rated") for name in ASKED]
        if any(word in BAD for word in said):
            yield "dissatisfied"
        else:
            yield "not_rated" if said[0] == "not_rated" else "satisfied"


def _centre_names(life: Life, event: sqlite3.Row, data: dict[str, Any]) -> Iterator[str]:
    kind, at = event["kind"], event["at"]
    is_late = "stage" in data.get("late", ())
    if kind == "send_to_centre":
        yield "sent_late" if life.stage_due is not None and at > life.stage_due else "sent_in_time"
    elif kind in ("send", "call_out") and event["from_status"] in ("to_dispatch", "in_triage"):
        yield "sent_late" if is_late else "sent_in_time"
    if kind in PASSED or kind == "send_back_close_review":
        yield "audited_late" if is_late else "audited_in_time"
    if kind in PASSED:
        yield "to_call_back" if kind == "pass_close_review" else "excused"
        if life.answered is not None and life.citizen_due is not None:
            yield "citizen_in_time" if life.answered <= life.citizen_due else "citizen_late"
    if kind in CALLED_BACK:
        yield "called_late" if is_late else "called_in_time"


def _count_score(book: Book, life: Life, event: sqlite3.Row, data: dict[str, Any]) -> None:
    kind = event["kind"]
    if kind in ("score_handling", "score_cooperation"):
        name = "handling" if kind == "score_handling" else "cooperation"
        unit = book.units[data["unit_uid"]]
        book.scores[data["score"]] = Given(
            _month(event["at"]), unit, name, life.uid, life.round, data["points"]
        )
    elif kind == "grant_appeal":
        old = book.scores[data["score"]]
        if "new_score" in data:
            book.scores[data["new_score"]] = Given(
                old.month, old.unit, old.kind, old.order, old.round, data["points"]
            )
        old.points = None


# -- how a life goes on


def _go_on(book: Book, life: Life, event: sqlite3.Row, data: dict[str, Any]) -> None:
    kind = event["kind"]
    unit = book.units.get(data.get("unit_uid") or data.get("unit") or "", "")
    life.is_crisis |= bool(data.get("is_crisis"))
    life.is_unreasonable |= bool(data.get("is_left_out"))
    if event["to_status"] is not None:
        life.status = event["to_status"]
    was = life.round
    if event["round"] > was:
        life.round, life.answered, life.is_suspended, life.is_false_alarm = event["round"], None, False, False
        life.helpers.clear()
    if event["round"] > was or kind in ("end_procedure", "expire_procedure"):
        # Limits begin anew; of a commendation there are none, and an event does not name what is nothing.
        life.unit_due = life.citizen_due = None
    _pass_on(life, kind, unit, book, data)
    _set_dues(life, kind, data)
    if kind == "log_answer":
        life.answered = event["at"]
    elif kind == "send_back_close_review":
        life.answered = None
    elif kind == "false_alarm":
        life.is_false_alarm = True
    elif kind == "grant_suspension":
        life.is_suspended = True
    elif kind == "resume" or "resumed" in data:
        life.is_suspended = False


def _pass_on(life: Life, kind: str, unit: str, book: Book, data: dict[str, Any]) -> None:
    if kind in BACK_AT_THE_CENTRE:
        life.steward, life.unit_due, life.is_suspended = "", None, False
        life.helpers.clear()
    elif kind in ("send_to_centre", "hand_up"):
        life.centre = unit
    elif kind == "follow_main":
        life.steward, life.unit_due = unit, None
        life.centre = book.lives[data["main"]].centre
    elif kind == "change_steward":
        life.helpers.discard(unit)
        life.helpers.add(life.steward)
        life.steward = unit
    elif kind in GIVEN_TO_A_UNIT:
        life.steward, life.is_suspended, life.unit_due = unit, False, None
        life.helpers.discard(unit)
    elif kind == "grant_part_return":
        life.helpers.discard(unit)
    if "co_due" in data and "co_units" in data:
        life.helpers |= {book.units[code] for code in data["co_units"]}


def _set_dues(life: Life, kind: str, data: dict[str, Any]) -> None:
    life.is_extended |= kind == "grant_extension"
    # A commendation has no limit; an event that corrects it does not name what is nothing.
    is_praise = kind == "correct" and (data.get("after") or {}).get("kind") == "praise"
    loses_limit = is_praise and life.round == 1 and not life.is_extended
    if kind != "send_to_centre" and "unit_due" in data:
        life.unit_due = _due(data, "unit_due")
    elif loses_limit:
        life.unit_due = None
    if "citizen_due" in data:
        life.citizen_due = _due(data, "citizen_due")
    elif kind == "take_in" and "citizen_due_at" in data:
        life.citizen_due = data["citizen_due_at"]
    elif kind == "contain":
        life.citizen_due = life.unit_due
    elif loses_limit:
        life.citizen_due = None
    if "stage_due" in data:
        life.stage_due = _due(data, "stage_due")


def _due(data: dict[str, Any], name: str) -> int | None:
    return None if data[name] is None else int(data[name]["due_at"])


# -- the sums


def _added_up(book: Book, month: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    behind = {order: [mark for mark in marks if mark.is_alive] for order, marks in book.marks.items()}
    alive = [mark for marks in behind.values() for mark in marks]
    left_out: dict[str, set[str]] = defaultdict(set)
    for mark in alive:
        if mark.month != month:
            continue
        life, numbers = book.lives[mark.order], found[mark.unit]
        is_out = life.status in NEVER_COUNTED or life.is_crisis or life.is_false_alarm
        if mark.kind in ("solved", "unsolved", "satisfied", "dissatisfied") and not is_out:
            numbers[f"raw_{mark.kind}"] += 1
        if is_out or life.is_unreasonable:
            left_out[mark.unit].add(mark.order)
            continue
        numbers[mark.kind] += 1
        for name in _found_since(book, mark, behind[mark.order]):
            numbers[name] += 1
    for unit, orders in left_out.items():
        found[unit]["left_out"] = len(orders)
    _add_scores(book, month, found)
    return {
        unit: {name: number for name, number in numbers.items() if number}
        for unit, numbers in found.items()
        if any(numbers.values())
    }


def _found_since(book: Book, mark: Mark, marks: list[Mark]) -> Iterator[str]:
    """What only later days show."""
    if mark.kind == "to_call_back":
        called = [each for each in marks if each.kind in ("called_in_time", "called_late")]
        yield "called_back" if any(each.round == mark.round for each in called) else "not_called_back"
    elif mark.kind == "first_sent":
        is_wrong = any(each.kind == "first_wrong" for each in marks)
        yield "first_wrong_since" if is_wrong else "first_right"
    elif mark.kind == "helped":
        was_scored = any(
            (given.order, given.unit, given.round, given.kind)
            == (mark.order, mark.unit, mark.round, "cooperation")
            for given in book.scores.values()
        )
        if not was_scored:
            yield "unscored"


def _add_scores(book: Book, month: str, found: dict[str, dict[str, int]]) -> None:
    for given in book.scores.values():
        life = book.lives[given.order]
        is_out = life.status in NEVER_COUNTED or life.is_crisis or life.is_false_alarm or life.is_unreasonable
        if given.month == month and given.points is not None and not is_out:
            found[given.unit][given.kind] += 1
            found[given.unit][f"{given.kind}_points"] += given.points
