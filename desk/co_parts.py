"""Giving units a part beside the 工单管家's: what a dispatcher does (加派), and a steward by asking (请协办; P6, P23)."""

from collections.abc import Iterable, Iterator

from db.codes import AssignmentPart
from db.doors import Row
from db.queries import assignments, units
from db.times import to_ms
from desk import clocks, merged
from desk.deed import OrderDeed
from desk.errors import BadInput
from desk.handling_units import check_may_handle
from desk.rules import deadlines

_FIELD = "协办单位"


def add_co_units(deed: OrderDeed, steward_id: int, unit_ids: Iterable[int], words: str) -> None:
    """Give units a part beside the steward's unit, within 2 working days (design part 6). Part of the deed's one event.

    Raises BadInput for a unit that is none or works on the order already, NotAllowed for one that may not have it.
    """
    wanted = list(dict.fromkeys(unit_ids))
    if not wanted:
        return
    desk = deed.desk
    due = deadlines.co_handling_due(deed.at, desk.settings.limits, desk.calendar)
    added = list(_co_units(deed, steward_id, wanted))
    for unit in added:
        assignments.add(
            deed.writer,
            order_id=deed.order_id,
            part=str(AssignmentPart.CO_HANDLING),
            unit_id=unit["id"],
            round=deed.order["round"],
            sent_at=deed.at_ms,
            sent_by=desk.actor.id,
            requirement=words,
            due_at=to_ms(due.at),
            due_explanation=due.explanation,
        )
    deed.note(co_units=[unit["code"] for unit in added], co_due=clocks.due_data(due))


def _co_units(deed: OrderDeed, steward_id: int, unit_ids: list[int]) -> Iterator[Row]:
    parts = assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING)
    present = {part["unit_id"] for part in parts}
    for unit_id in unit_ids:
        unit = units.unit(deed.writer, unit_id)
        if unit is None:
            raise BadInput("没有这个单位，请按 / 重新查找", "承办单位")
        check_may_handle(deed.desk, deed.writer, deed.order, unit)
        merged.check_unit(deed.writer, deed.order_id, unit)
        if unit["id"] == steward_id:
            raise BadInput(f"{unit['short_name']}已是工单管家，不必再加派", _FIELD)
        if unit["id"] in present:
            raise BadInput(f"{unit['short_name']}已在协办，不必再加派", _FIELD)
        yield unit
