"""An emergency to try deeds on, in the tests' small hotline."""

from collections.abc import Callable

from db.codes import Deed, OrderKind, Urgency
from db.queries import emergencies
from db.times import to_ms
from desk import births, emergency
from desk.births import Birth, Born
from desk.context import Desk
from desk.rules.emergency import STEPS
from tests.world import World


def an_emergency(world: World, kind: str = "燃气泄漏", by: str = "1203", **values: object) -> Born:
    """Register one emergency, accepted now."""
    words = {
        "title": f"{kind}：老城社区二单元",
        "content": "楼道里煤气味很浓",
        "channel": "phone_12345",
        "contact_phone": "13800000000",
        "requester_name": "李先生",
        "area_code": "360725100000",
        "place": "老城社区二单元",
    }
    desk = world.desk(by)
    with desk.writing() as writer:
        birth = Birth(Deed.REGISTER_EMERGENCY, OrderKind.HELP_REQUEST, Urgency.CRITICAL, {**words, **values})
        born = births.bear(desk, writer, birth)
        due_at = born.columns["citizen_due_at"]
        emergencies.open_emergency(writer, born.id, kind, to_ms(born.at), due_at)
    return born


def unit_key(world: World, code: str = "CY-CGJ") -> int:
    """Return a unit's key."""
    return int(world.row("SELECT id FROM units WHERE code = :code", code=code)["id"])


def brought_to(world: World, order_no: str, step: Deed, minutes: float = 1) -> None:
    """Do every step up to and including `step` as the duty officer, `minutes` after each other."""
    desk = world.desk("1401")
    for each in STEPS[: STEPS.index(step) + 1]:
        world.clock.tick(minutes=minutes)
        _DO[each](desk, order_no, world)


_DO: dict[Deed, Callable[[Desk, str, World], object]] = {
    Deed.CALL_OUT: lambda desk, no, world: emergency.call_out(desk, no, unit_key(world)),
    Deed.ACKNOWLEDGE: lambda desk, no, world: emergency.acknowledge(desk, no, "队长甲"),
    Deed.DEPART: lambda desk, no, world: emergency.depart(desk, no),
    Deed.ARRIVE: lambda desk, no, world: emergency.arrive(desk, no),
    Deed.CONTAIN: lambda desk, no, world: emergency.contain(desk, no, "队长甲"),
    Deed.FINISH: lambda desk, no, world: emergency.finish(desk, no, "阀门已换", "险情已排除，可以回家"),
}


def stamps(world: World, order_id: int) -> dict[str, object]:
    """Return the emergency's row as it stands."""
    row: dict[str, object] = world.row("SELECT * FROM emergencies WHERE order_id = :id", id=order_id)
    return row
