"""The orders behind a figure, and those that are left out, under the reader's sight (practice P30, P32)."""

from typing import Any

from db.queries import assessment, unit_lists, units
from db.times import to_ms
from desk import lists
from desk.assessment.figures import home, span
from desk.assessment_rows import WHOLE, BehindPage, LeftOutPage, LeftOutRow
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.rules import assessment as rules
from desk.rules import assessment_figures as figures
from desk.rules.assessment_figures import Figure

NEWEST = " ORDER BY o.id DESC"


def orders(
    desk: Desk, month: str, unit_id: int, key: str, offset: int = 0, *, only_bad: bool = False
) -> BehindPage:
    """Return one window of the orders behind a figure of a unit (0: all units), each once; with `only_bad` those against it.

    What is about the reader's own unit or person is not shown (P32 a). Raises BadInput for an unknown figure or month,
    NotAllowed for a unit outside the reader's sight.
    """
    figure = _figure(key)
    since, _ = span(desk, month)
    bound: dict[str, Any] = {"month": rules.month_of(since)}
    where = _where(figure, only_bad=only_bad)
    if figure.key == figures.OVERDUE_NOW:
        bound = {"now": to_ms(desk.now())}
    where, bound = _under_sight(desk, where, bound | _below(desk, unit_id))
    found = lists.load(desk, where, offset=offset, order_by=NEWEST, **bound)
    return BehindPage(found.rows, found.total, found.offset)


def left_out(desk: Desk, month: str, unit_id: int = WHOLE, offset: int = 0) -> LeftOutPage:
    """Return one window of 剔除清单: the orders of a month that are not assessed, and why. Raises as `orders` does."""
    since, _ = span(desk, month)
    bound = {"month": rules.month_of(since), **_below(desk, unit_id)}
    where, bound = _under_sight(desk, assessment.LEFT_OUT, bound)
    found = lists.load(desk, where, offset=offset, order_by=NEWEST, **bound)
    with desk.reading() as reader:
        ends = assessment.ends(reader, [row.id for row in found.rows])
    reasons = {row["id"]: rules.not_assessed(row) for row in ends}
    rows = tuple(LeftOutRow(row, why) for row in found.rows if (why := reasons.get(row.id)) is not None)
    return LeftOutPage(rows, found.total, found.offset)


def _figure(key: str) -> Figure:
    try:
        return figures.figure(key)
    except KeyError:
        raise BadInput(f"没有“{key[:20]}”这项指标", "指标") from None


def _where(figure: Figure, *, only_bad: bool) -> str:
    if figure.key == figures.LEFT_OUT:
        return assessment.LEFT_OUT
    if figure.key == figures.OVERDUE_NOW:
        return (
            f"{assessment.OVERDUE_NOW} AND o.steward_id IN (SELECT id FROM units WHERE path LIKE :unit_path)"
        )
    if figure.score is not None:
        return assessment.scored_orders(str(figure.score))
    names = figure.bad if only_bad else (*figure.good, *figure.bad)
    return assessment.behind([name.removeprefix(figures.RAW) for name in names], is_raw=figure.is_raw)


def _below(desk: Desk, unit_id: int) -> dict[str, Any]:
    """The path that a figure is counted below; of one unit that unit alone, as its line in the table."""
    path = home(desk)
    if unit_id == WHOLE:
        return {"unit_path": path + "%"}
    with desk.reading() as reader:
        unit = units.unit(reader, unit_id)
    if unit is None or not str(unit["path"]).startswith(path):
        raise NotAllowed("这家单位的考核不在您的权限范围内")
    return {"unit_path": unit["path"]}


def _under_sight(desk: Desk, where: str, bound: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    actor = desk.actor
    if actor.is_at_the_centre:
        return where, bound
    own = {"my_name": actor.name, "own_path": actor.unit_path}
    return f"{where} AND {unit_lists.NOT_AGAINST_ME}", {**bound, **own}
