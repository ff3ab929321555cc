"""What the tests of dispatch share: a short duty list, a lower centre, a unit that asks for 退单."""

from datetime import timedelta
from typing import Any

from db.codes import ReturnReason, Role
from db.ids import new_uid
from db.queries import duty_items
from db.times import from_ms
from desk import dispatch, my_tickets
from desk.rules.calendar import local
from tests.world import World

D = "1301"
"""The dispatcher of most tests."""

NAMES = (
    *("number", "item", "keywords", "phrases", "area_scope"),
    *("unit_code", "section_code", "kinds", "category_code"),
)
ITEMS = (
    (118, "夜间施工噪音", "施工噪音;打桩;噪音", "夜里打桩", "county", "CY-CGJ", "ZF", "complaint", "010101"),
    (
        7,
        "环境卫生保洁",
        "垃圾;保洁;清扫",
        "垃圾没人清",
        "county",
        "CY-CGJ",
        "HW",
        "complaint;help_request",
        "010102",
    ),
    (201, "拖欠工资", "工资;欠薪;讨薪", "拖欠工资", "county", "CY-RSJ", "LD", "complaint", ""),
    (305, "村道维修", "村道;通组路", "村道坏了", "township", "TOWNSHIP", "", "help_request", ""),
)


def fill_duty_list(world: World) -> None:
    """Write a duty list of four items."""
    with world.database.write() as writer:
        for values in ITEMS:
            duty_items.add(writer, **dict(zip(NAMES, values, strict=True)))


def unit_id(world: World, code: str) -> int:
    """Return the key of a unit."""
    return int(world.row("SELECT id FROM units WHERE code = :code", code=code)["id"])


def section_id(world: World, code: str) -> int:
    """Return the key of a section."""
    return int(world.row("SELECT id FROM sections WHERE code = :code", code=code)["id"])


def add_unit(world: World, code: str, name: str, parent: str, **values: Any) -> int:
    """Write one more unit below another."""
    above = world.row("SELECT id, path FROM units WHERE code = :code", code=parent)
    plain = {
        "uid": new_uid(),
        "code": code,
        "name": name,
        "short_name": name,
        "level": "county",
        "parent_id": above["id"],
        "area_code": "360725000000",
        "department": "城管局",
    }
    with world.database.write() as writer:
        key = writer.insert("units", {**plain, **values})
        writer.update("units", key, {"path": f"{above['path']}{key}/"})
    return key


def add_staff(world: World, staff_no: str, name: str, unit: int, *roles: Role) -> None:
    """Put a person with these roles into a unit."""
    values = {"uid": new_uid(), "staff_no": staff_no, "name": name, "person_uid": new_uid(), "unit_id": unit}
    with world.database.write() as writer:
        staff_id = writer.insert("staff", values)
        for role in roles:
            writer.insert("staff_roles", {"staff_id": staff_id, "role": str(role)})


def ask_return(
    world: World, order_no: str, *, by: str = "2101", target: str = "CY-RSJ", finding: str = ""
) -> None:
    """Ask for 退单 as the unit's desk does."""
    my_tickets.ask_return(
        world.desk(by),
        order_no,
        ReturnReason.NOT_OUR_DUTY,
        unit_id(world, target),
        "属劳动监察",
        "清单第201项",
        finding,
    )


def decide_late(world: World, order_no: str) -> None:
    """Let the 2 office hours of a 退单 pass undecided."""
    due = world.row(
        "SELECT r.due_at AS d FROM requests r JOIN work_orders o ON o.id = r.order_id"
        " WHERE o.order_no = :no AND r.verdict = 'pending'",
        no=order_no,
    )["d"]
    world.clock.now = from_ms(due) + timedelta(minutes=1)


def sign(world: World, order_no: str, *, by: str = "2101") -> None:
    """Sign as the unit does."""
    my_tickets.sign(world.desk(by), order_no)


def part_of(world: World, order_no: str, part: str = "steward") -> dict[str, object]:
    """Return the newest part of one sort in an order."""
    rows = world.rows(
        "SELECT a.* FROM assignments a JOIN work_orders o ON o.id = a.order_id"
        " WHERE o.order_no = :no AND a.part = :part ORDER BY a.id DESC",
        no=order_no,
        part=part,
    )
    return rows[0]


def order_row(world: World, order_no: str) -> dict[str, object]:
    """Return an order as it stands in the store."""
    row: dict[str, object] = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=order_no)
    return row


def due(world: World, order_no: str, column: str = "unit_due_at") -> str:
    """Return a due time of an order as `11-30 18:00`, China time."""
    moment = order_row(world, order_no)[column]
    assert isinstance(moment, int)
    return f"{local(from_ms(moment)):%m-%d %H:%M}"


def sent(world: World, by: str = D, **values: object) -> str:
    """Register an order, send it to 县城管局 and return its number."""
    order = world.order(**values)  # type: ignore[arg-type]
    dispatch.send(world.desk(by), order.order_no, unit_id(world, "CY-CGJ"), section_id(world, "ZF"))
    return order.order_no
