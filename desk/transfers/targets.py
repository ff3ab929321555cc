"""Who can take a call over: seats, the desks of specialists (a roster in the settings), 班长."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.codes import Deed, Role, TransferWay
from desk import seats
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.rows import PickRow
from desk.rules import rights
from desk.seats import SeatRow

_SUPERVISOR = "班长"
NO_ROSTER = "还没有排人，没有人会看到：请转或留给班长，名册由管理员在设置 transfer.desks 里填"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: the way, its name, and the seats that may take it now."""

    way: TransferWay
    name: str
    seats: tuple[SeatRow, ...]

    @property
    def key(self) -> str:
        """How a pick list and a deed name it: `seat:3`, `specialist:驻点市本级`, `supervisor:班长`."""
        return f"{self.way}:{self.name}"


def roster(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Return the desks of specialists and the 工号 that sit at each (`transfer.desks`)."""
    found = desk.settings.get("transfer.desks", {})
    return {str(name): tuple(map(str, numbers)) for name, numbers in found.items()}


def targets(desk: Desk) -> list[Target]:
    """Return everything within the centre that a call can be put through to, present or not: 班长, desks, seats."""
    taken = [
        each for each in seats.others(desk) if rights.scopes(each.roles, Deed.FILE_CALL) and not each.is_away
    ]
    supervisors = tuple(each for each in taken if Role.SUPERVISOR in each.roles)
    found = [Target(TransferWay.SUPERVISOR, _SUPERVISOR, supervisors)]
    for name, numbers in roster(desk).items():
        found.append(
            Target(TransferWay.SPECIALIST, name, tuple(each for each in taken if each.staff_no in numbers))
        )
    return [*found, *(Target(TransferWay.SEAT, each.seat, (each,)) for each in taken)]


def inside_targets(desk: Desk, text: str = "") -> list[PickRow]:
    """Return them as a pick list, by part of a seat, a name, a 工号 or a desk's name."""
    rows = [
        PickRow(each.key, _name(each), _hint(each.seats) if is_manned(desk, each) else "没有排人")
        for each in targets(desk)
    ]
    return [row for row in rows if text.strip() in row.name]


def target_of(desk: Desk, key: str) -> Target:
    """Return the target that a key names. Raises BadInput for one that is none, Refused for a seat that is empty now."""
    for each in targets(desk):
        if each.key == key:
            return each
    if key.startswith(f"{TransferWay.SEAT}:"):
        raise Refused("该座席现在没有人签入，请另选")
    raise BadInput("没有这个转接对象，请从列表中选", "转接")


def is_manned(desk: Desk, target: Target) -> bool:
    """Whether anybody would ever see what is left there: a desk of specialists may have an empty roster."""
    return target.way is not TransferWay.SPECIALIST or bool(roster(desk).get(target.name))


def free_first(found: Sequence[SeatRow]) -> tuple[str, ...]:
    """Return the seats that a call is offered at: those that are free, and only if nobody is, those that talk."""
    free = tuple(each.seat for each in found if not each.is_talking)
    return free or tuple(each.seat for each in found)


def _name(target: Target) -> str:
    if target.way is TransferWay.SEAT:
        (seat,) = target.seats
        return f"{seat.name} {seat.staff_no} 座席 {seat.seat}"
    return target.name


def _hint(found: Sequence[SeatRow]) -> str:
    if not found:
        return "没有人签入"
    free = sum(not each.is_talking for each in found)
    return "通话中" if not free else "空闲" if len(found) == 1 else f"空闲 {free} 人"
