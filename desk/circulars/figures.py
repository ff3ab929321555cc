"""The figures of a 通报: what the 考核 counts, of any period, and how 督办 and 催办 were answered (practice P30).

Counted along the same marks as the 考核, so that a month in a circular and in the 考核 agree.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from db.codes import AssessmentMark as M
from db.doors import Reader
from db.queries import circulars
from db.times import to_ms
from desk.rules.assessment import month_of
from desk.rules.assessment_figures import RAW, summed
from desk.rules.circulars import PRESSED_IN_TIME, PRESSED_LATE, UnitLine

WHOLE = "全部单位"
_RAW_TOO = frozenset({M.SATISFIED, M.DISSATISFIED, M.SOLVED, M.UNSOLVED})


def months_of(since: datetime, until: datetime) -> tuple[int, int]:
    """Return the first and the last month that a period touches, as 202611."""
    return month_of(since), month_of(until - timedelta(milliseconds=1))


def taken(
    reader: Reader, unit_path: str, since: datetime, until: datetime, now: datetime
) -> tuple[UnitLine, ...]:
    """Return the figures of a period, as they stand at `now`, by unit below a path: all together, then the busiest first."""
    first, last = months_of(since, until)
    span = (to_ms(since), to_ms(until))
    numbers: dict[int, dict[str, int]] = defaultdict(dict)
    names: dict[int, str] = {}
    for row in circulars.counts(reader, unit_path, *span, first, last):
        names[row["unit_id"]] = row["unit"]
        numbers[row["unit_id"]][row["kind"]] = row["n"]
        if row["kind"] in _RAW_TOO:
            numbers[row["unit_id"]][RAW + row["kind"]] = row["raw"]
    for row in circulars.pressed(reader, unit_path, *span, to_ms(now)):
        names[row["unit_id"]] = row["unit"]
        numbers[row["unit_id"]] |= {PRESSED_IN_TIME: row["in_time"], PRESSED_LATE: row["late"]}
    lines = [UnitLine(key, names[key], _kept(found)) for key, found in numbers.items() if _kept(found)]
    lines.sort(key=lambda line: (-line.numbers.get(M.RECEIVED, 0), line.name))
    return (UnitLine(0, WHOLE, summed([line.numbers for line in lines])), *lines)


def _kept(found: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in sorted(found.items()) if count}
