"""Orders brought to a unit's desk, for the tests of what happens there."""

from typing import Any

from desk import dispatch, my_tickets
from tests.world import World


def unit_id(world: World, code: str) -> int:
    """Return a unit's key."""
    return int(world.row("SELECT id FROM units WHERE code = :code", code=code)["id"])


def section_id(world: World, code: str) -> int:
    """Return a section's key."""
    return int(world.row("SELECT id FROM sections WHERE code = :code", code=code)["id"])


def sent(world: World, unit: str = "CY-CGJ", *, co: tuple[str, ...] = (), **order: Any) -> str:
    """Register an order, send it to a unit and return its number."""
    is_secret = order.get("is_confidential") or order.get("kind") == "tip_off"
    born = world.order(**order)
    dispatch.send(
        world.desk("1301"),
        born.order_no,
        unit_id(world, unit),
        co_unit_ids=[unit_id(world, code) for code in co],
        forward_text="夜间施工，请核查" if is_secret else None,
    )
    return born.order_no


def signed(world: World, **order: Any) -> str:
    """Return the number of an order that the unit's 经办人 has signed."""
    order_no = sent(world, **order)
    my_tickets.sign(world.desk("2102"), order_no)
    return order_no


def drafted(world: World, **order: Any) -> str:
    """Return the number of an order whose reply waits for the unit's 审核人."""
    order_no = signed(world, **order)
    my_tickets.submit_reply(world.desk("2102"), order_no, "已责令停工整改", "您好，工地已停止夜间施工")
    return order_no


def passed(world: World, **order: Any) -> str:
    """Return the number of an order whose citizen is to be answered."""
    order_no = drafted(world, **order)
    my_tickets.pass_reply(world.desk("2103"), order_no)
    return order_no


def order_row(world: World, order_no: str) -> dict[str, Any]:
    """Return an order as it stands."""
    found: dict[str, Any] = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=order_no)
    return found


def steward(world: World, order_no: str) -> dict[str, Any]:
    """Return the running part of the order's steward."""
    sql = (
        "SELECT a.* FROM assignments a JOIN work_orders o ON o.id = a.order_id"
        " WHERE o.order_no = :no AND a.part = 'steward' AND a.ended_at IS NULL"
    )
    found: dict[str, Any] = world.row(sql, no=order_no)
    return found
