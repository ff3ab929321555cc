"""What a form of 催办 or 督办 offers: the levels that a person may choose, and the usual limit."""

from dataclasses import dataclass

from db.codes import PressureLevel, RequestKind
from db.queries import pressing, work_orders
from desk import pressure
from desk.context import Desk
from desk.errors import Refused
from desk.rules.press_stages import is_lower, level_above


@dataclass(frozen=True, slots=True)
class PressureChoices:
    """The levels, which is proposed, and how many working days the unit has unless another number is typed.

    `answer` is the answer that is to be judged, '' when the form asks for none.
    """

    levels: tuple[PressureLevel, ...]
    proposed: PressureLevel
    days: int
    answer: str = ""


def pressure_choices(desk: Desk, order_no: str, kind: RequestKind) -> PressureChoices:
    """Return what this person may choose for a 催办 or 督办 on an order. Raises Refused for an unknown number.

    Where a 督办 of the usual level waits already the next higher one is proposed.
    """
    days = pressure.usual_days(desk, kind)
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        waiting = pressing.open_of(reader, order["id"])
        answered = pressing.to_judge(reader, order["id"])
    proposed = pressure.usual_level(desk, kind)
    for row in waiting:
        if kind == row["kind"] == RequestKind.SUPERVISION and not is_lower(row["level"], proposed):
            proposed = level_above(PressureLevel(row["level"]))
    levels = pressure.levels_for(desk)
    chosen = proposed if proposed in levels else levels[-1]
    answer = f"{answered['decider_name'] or ''}回复：{answered['decision']}" if answered is not None else ""
    return PressureChoices(levels, chosen, days, answer)
