"""What the tests of 研判 and 热线日 share: forms as one types them, and a session planned for today."""

from typing import Any

from db.codes import Role
from db.ids import new_uid
from desk import dispatch, hotline_day, my_tickets
from desk.hotline_rows import DayRow
from desk.ruling_rows import PanelForm, RulingForm
from tests.desk import unit_desk
from tests.desk.dispatching import add_unit, unit_id
from tests.world import World

SUPERVISOR, LEADER, DISPATCHER = "1002", "1701", "1301"


def ruling(**changes: Any) -> RulingForm:
    """A ruling that may stand: 县城管局 alone, within three working days."""
    typed: dict[str, Any] = {"steward": "县城管局", "requirement": "三日内到现场核查", "days": "3"}
    return RulingForm(**{**typed, **changes})


def panel(verdict: RulingForm | None = None, **changes: Any) -> PanelForm:
    """A record of a panel in which two units and one person sat."""
    typed: dict[str, Any] = {
        "verdict": verdict or ruling(),
        "attendees": "1301、县城管局、县人社局",
        "reason_code": "blurred_duty",
        "reason_words": "都说不归自己",
        "arguments": "城管：噪音归我局\n县人社局：与我局无关",
    }
    return PanelForm(**{**typed, **changes})


def in_triage(world: World, **order: Any) -> str:
    """Return the number of an order in 研判."""
    order_no = world.order(**order).order_no
    dispatch.put_into_triage(world.desk(DISPATCHER), order_no, "两家都推", "blurred_duty")
    return order_no


def ruled(world: World, verdict: RulingForm | None = None, **order: Any) -> str:
    """Return the number of an order that a panel has ruled on."""
    order_no = in_triage(world, **order)
    dispatch.rule_triage(world.desk(DISPATCHER), order_no, panel(verdict))
    return order_no


def planned(world: World) -> DayRow:
    """Plan a session for this afternoon."""
    return hotline_day.plan_day(world.desk(SUPERVISOR), "2026-11-23 15:00", "刘县长", "三楼会议室")


def on_agenda(world: World, *, by: str = SUPERVISOR, **order: Any) -> str:
    """Return the number of a signed order that was put on today's agenda by hand."""
    order_no = unit_desk.signed(world, **order)
    if not hotline_day.days(world.desk(SUPERVISOR)):
        planned(world)
    hotline_day.put_on_agenda(world.desk(by), order_no, "三个单位都推")
    return order_no


def decided(world: World, verdict: RulingForm | None = None, **order: Any) -> str:
    """Return the number of an order on which today's session has decided."""
    order_no = on_agenda(world, **order)
    hotline_day.decide_by_day(world.desk(LEADER), order_no, verdict or ruling())
    return order_no


def escalated(world: World, **order: Any) -> str:
    """Return the number of an order whose unit has asked 分管领导."""
    order_no = unit_desk.signed(world, **order)
    my_tickets.ask_escalation(world.desk("2101"), order_no, "涉及三个单位，协调不动")
    return order_no


def lower_centre(world: World) -> str:
    """Put a centre with its own dispatcher below the house's, and return that person's 工号."""
    key = add_unit(world, "CY-YQ", "园区中心", "CY-12345", is_centre=True, department="热线中心")
    add_unit(world, "YQ-CGJ", "园区城管分局", "CY-YQ")
    with world.database.write() as writer:
        staff_id = writer.insert(
            "staff",
            {
                "uid": new_uid(),
                "staff_no": "5301",
                "name": "园区派单",
                "person_uid": new_uid(),
                "unit_id": key,
            },
        )
        writer.insert("staff_roles", {"staff_id": staff_id, "role": str(Role.DISPATCHER)})
    return "5301"


def handed_down(world: World) -> str:
    """Return the number of an order that waits in the lower centre's own queue."""
    lower_centre(world)
    order_no = world.order().order_no
    dispatch.send(world.desk(DISPATCHER), order_no, unit_id(world, "CY-YQ"))
    return order_no
