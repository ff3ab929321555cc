"""The table of the 考核: by unit and month, from what was kept with every event (practice P30)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from db.doors import Reader
from db.queries import assessment
from db.times import to_ms
from desk.assessment_rows import WHOLE, AssessedLine, AssessmentTable
from desk.context import Desk
from desk.errors import NotAllowed
from desk.rules import assessment as rules
from desk.rules import assessment_figures as figures
from desk.rules.calendar import local
from desk.rules.months import month_span

WEIGHTS, WEIGHTS_TEXT = "assessment.weights", "assessment.weights_text"
_RAW = ("solved", "unsolved", "satisfied", "dissatisfied")
_UNREASONABLE = "unreasonable"
Counts = Mapping[int, dict[str, int]]


def table(desk: Desk, month: str = "") -> AssessmentTable:
    """Return the 考核 of a month (`2026-11`, China time; this one when empty): the whole of the centre, or one's own unit.

    Raises BadInput for what is no month, NotAllowed for who is neither at the centre nor in a unit.
    """
    since, until = span(desk, month)
    number, path = rules.month_of(since), home(desk)
    weights = weights_of(desk)
    is_running = since <= desk.now() < until
    with desk.reading() as reader:
        counts = _counts(reader, number, path)
        if is_running:
            _put(counts, assessment.overdue_now(reader, to_ms(desk.now()), path), figures.OVERDUE_NOW)
        lines = tuple(_lines(reader, counts, path, weights))
        left_out = assessment.count_left_out(reader, number, path)
        appeals = assessment.pending_appeals(reader, path)
    return AssessmentTable(
        month=f"{local(since):%Y-%m}",
        lines=lines,
        left_out=left_out,
        weights=weights,
        weights_text=str(desk.settings.get(WEIGHTS_TEXT, "")) or f"总分：{figures.total_words(weights)}",
        is_running=is_running,
        appeals=appeals,
    )


def span(desk: Desk, month: str) -> tuple[datetime, datetime]:
    """Return the first moment of a month and of the next one. Raises BadInput."""
    return month_span(month, desk.now())


def home(desk: Desk) -> str:
    """Return the path below which this person sees the 考核: the centre's, or that of their unit. Raises NotAllowed."""
    actor = desk.actor
    if actor.is_at_the_centre:
        return actor.centre_path
    if actor.is_in_a_unit:
        return actor.unit_path
    raise NotAllowed("考核由热线中心和承办单位查看")


def weights_of(desk: Desk) -> Mapping[str, float]:
    """Return the weights of the total by figure, as the city has set them."""
    chosen: Any = desk.settings.get(WEIGHTS, figures.WEIGHTS)
    return {key: float(chosen[key]) for key in figures.WEIGHED if chosen.get(key)}


def _counts(reader: Reader, month: int, path: str) -> Counts:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for row in assessment.counts(reader, month, path):
        counts[row["unit_id"]][row["kind"]] = row["n"]
    for numbers in counts.values():
        numbers.update({figures.RAW + name: numbers.get(name, 0) for name in _RAW})
    for row in assessment.counts_left_out(reader, month, path):
        _leave_out(counts[row["unit_id"]], row["kind"], row["why"], row["n"])
    _put(counts, assessment.orders_left_out(reader, month, path), figures.LEFT_OUT)
    _put(counts, assessment.unscored(reader, month, path), figures.UNSCORED)
    _put(counts, assessment.called_in_the_end(reader, month, path), figures.CALLED)
    _put(counts, assessment.wrong_in_the_end(reader, month, path), figures.FIRST_WRONG)
    for row in assessment.score_sums(reader, month, path):
        counts[row["unit_id"]][row["kind"]] = row["n"]
        counts[row["unit_id"]][row["kind"] + figures.POINTS] = row["points"]
    return counts


def _leave_out(numbers: dict[str, int], kind: str, why: str, count: int) -> None:
    numbers[kind] -= count
    if kind in _RAW and why != _UNREASONABLE:
        numbers[figures.RAW + kind] -= count


def _put(counts: Counts, rows: Any, name: str) -> None:
    for row in rows:
        counts[row["unit_id"]][name] = row["n"]


def _lines(reader: Reader, counts: Counts, path: str, weights: Mapping[str, float]) -> Iterator[AssessedLine]:
    units = [row for row in assessment.units_below(reader, path) if counts.get(row["id"])]
    centres = [row for row in units if row["is_centre"]]
    others = [_line(row, counts[row["id"]], weights) for row in units if not row["is_centre"]]
    yield from (_line(row, _of_centre(counts[row["id"]]), {}) for row in centres)
    if len(others) > 1:
        whole = figures.summed([line.numbers for line in others])
        yield AssessedLine(WHOLE, "", "", "全部单位", False, whole, weights)
    yield from sorted(others, key=lambda line: (-1 if line.total is None else -line.total, line.name))


def _line(row: Any, numbers: Mapping[str, int], weights: Mapping[str, float]) -> AssessedLine:
    kept = {name: number for name, number in numbers.items() if number}
    return AssessedLine(
        row["id"], row["uid"], row["code"], row["short_name"], bool(row["is_centre"]), kept, weights
    )


def _of_centre(numbers: Mapping[str, int]) -> dict[str, int]:
    """With what is known only afterwards: which first dispatches stood, which callbacks are still owed."""
    wrong, called = numbers.get(figures.FIRST_WRONG, 0), numbers.get(figures.CALLED, 0)
    return {
        **numbers,
        figures.FIRST_RIGHT: numbers.get("first_sent", 0) - wrong,
        figures.NOT_CALLED: numbers.get("to_call_back", 0) - called,
    }
