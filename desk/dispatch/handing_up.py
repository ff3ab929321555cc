"""退回上级中心: an order that a higher centre handed down and that is not this one's goes back up (practice P6)."""

from db.codes import AssignmentPart, Deed, Urgency
from db.doors import Reader, Row
from db.queries import assignments, units
from db.times import to_ms
from desk import clocks, lists
from desk.context import Desk
from desk.deed import deed_on
from desk.dispatch import common
from desk.errors import NotNow
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.text import required


def hand_up(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """退回上级中心 with a reason: back into the queue it came from, whose dispatch limit begins anew.

    诉求人时限 goes on (P3). Raises NotNow for an order that no higher centre handed down.
    """
    words = required(reason, "退回理由")
    with deed_on(desk, Deed.HAND_UP, order_no) as deed:
        part, upper = came_from(deed.writer, deed.order)
        urgency, limits = Urgency(deed.order["urgency"]), desk.settings.limits
        stage = deadlines.dispatch_due(urgency, deed.at, limits, desk.calendar)
        assignments.end(deed.writer, part["id"], deed.at_ms, "returned")
        deed.set(centre_id=upper["id"], stage_due_at=to_ms(stage.at), dispatched_at=None)
        deed.note(unit=upper["code"], stage_due=clocks.due_data(stage))
        deed.quote(reason=words)
        common.tell(deed, upper["id"], "handed_up", f"{part['unit_short_name']}退回，请另行派单")
    return lists.after(desk, deed.order_id)


def came_from(reader: Reader, order: Row) -> tuple[Row, Row]:
    """Return this centre's part in an order (a row) and the centre that handed it down; raises NotNow for none."""
    parts = assignments.current(reader, order["id"], AssignmentPart.CENTRE)
    if not parts or parts[-1]["unit_id"] != order["centre_id"]:
        raise NotNow(f"工单 {order['order_no']} 不是上级中心转来的，不能退回上级")
    upper_path = str(parts[-1]["unit_path"]).rstrip("/").rpartition("/")[0] + "/"
    upper = units.centre_above(reader, upper_path)
    if upper is None:
        raise NotNow(f"{parts[-1]['unit_short_name']}没有上级中心")
    return parts[-1], upper
