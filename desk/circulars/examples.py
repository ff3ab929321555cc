"""正反面典型: orders chosen by a rule that says why, told without anybody's name, places no finer than the township (P30, P29)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from db.codes import Satisfaction
from db.doors import Reader, Row
from db.queries import circulars
from db.times import from_ms, to_ms
from desk.cases.known import known_of, why_no_case
from desk.circulars.figures import months_of
from desk.context import Desk
from desk.rules import circulars as rules
from desk.rules.anonymising import anonymised
from desk.rules.calendar import local, working_days_between
from desk.rules.circulars import BadSigns, Example

_LOOKED_AT = 40
"""Candidates of each sort that are looked at."""


def found(desk: Desk, reader: Reader, since: datetime, until: datetime) -> tuple[Example, ...]:
    """Return the good and the bad examples of a period, at most so many of each and one of a unit, with their words."""
    path, most = desk.actor.centre_path, int(desk.settings.get(rules.EXAMPLES_KEY, rules.EXAMPLES))
    span = (to_ms(since), to_ms(until), *months_of(since, until))
    good = [
        _good(desk, row)
        for row in circulars.good_examples(reader, path, *span, _LOOKED_AT)
        if _is_shown(desk, reader, row)
    ]
    bad = [
        each
        for row in circulars.bad_examples(reader, path, *span, to_ms(desk.now()), rules.WEIGHTS, _LOOKED_AT)
        if _is_shown(desk, reader, row)
        for each in _bad(row)
    ]
    return (*_worded(reader, rules.chosen(good, most)), *_worded(reader, rules.chosen(bad, most)))


def _is_shown(desk: Desk, reader: Reader, order: Row) -> bool:
    """Neither 举报, 保密 nor 危机, and nothing that a panel may still find unreasonable."""
    return why_no_case(desk, reader, order) == ""


def _good(desk: Desk, row: Row) -> Example:
    begins, ends, due = (from_ms(row[name]) for name in ("dispatched_at", "answered_at", "unit_due_at"))
    days, limit = (
        working_days_between(local(begins).date(), local(end).date(), desk.calendar) for end in (ends, due)
    )
    weight, why = rules.goodness(
        days=days,
        limit_days=max(limit, 1),
        used=(ends - begins) / (due - begins),
        is_very_satisfied=row["result"] == Satisfaction.VERY_SATISFIED,
    )
    return _example(row, weight, why, is_good=True)


def _bad(row: Any) -> Iterator[Example]:
    weight, why = rules.badness(BadSigns(**{name: row[name] for name in rules.WEIGHTS}))
    if weight >= rules.LEAST_BAD:
        yield _example(row, weight, why, is_good=False)


def _example(row: Any, weight: float, why: str, *, is_good: bool) -> Example:
    return Example(row["uid"], row["order_no"], row["of_unit_id"], row["unit"], is_good, weight, why)


def _worded(reader: Reader, chosen: tuple[Example, ...]) -> Iterator[Example]:
    for number, each in enumerate(chosen, 1):
        order = reader.one("SELECT * FROM work_orders WHERE uid = :uid", uid=each.order_uid)
        assert order is not None, "it was just found"
        title = anonymised(str(order["title"]), known_of(reader, order))
        place = circulars.township_of(reader, order["area_code"])
        yield replace(each, words=rules.example_words(number, each.unit, title, place, each.why))
