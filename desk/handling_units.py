"""Which unit may handle an order: not accused, no centre, not below a lower centre (practice P6, P32 a)."""

from db.doors import Reader, Row
from db.queries import units
from desk.context import Desk
from desk.errors import Refused
from desk.recusal import check_not_accused


def check_may_handle(desk: Desk, reader: Reader, order: Row, unit: Row) -> None:
    """Raise NotAllowed for an accused unit, Refused for a centre and for a unit that a lower centre dispatches to."""
    check_not_accused(reader, order, unit)
    if unit["is_centre"]:
        raise Refused(f"{unit['short_name']}是热线中心，不能作为承办单位：请单独转派给它")
    centre = units.centre_above(reader, unit["path"])
    own = desk.actor.centre_path
    if centre is not None and centre["path"] != own and str(centre["path"]).startswith(own):
        raise Refused(f"{unit['short_name']}由{centre['short_name']}管辖：请转{centre['short_name']}派单")
