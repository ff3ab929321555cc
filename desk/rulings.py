"""结论 of a panel and of a 热线日: checked, kept, and told, the same way for both (practice P22)."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from db.codes import HandlingWay
from db.doors import Reader, Row
from db.queries import panels
from db.times import to_ms
from desk import clocks, sight
from desk.codes import code_for, word
from desk.deed import OrderDeed
from desk.errors import BadInput
from desk.handling_units import check_may_handle
from desk.named import unit_named, units_named
from desk.recusal import check_not_accused
from desk.rules import deadlines
from desk.rules.deadlines import Due
from desk.rules.text import cleaned, required
from desk.ruling_rows import RulingForm

SHORT, MOST_DAYS = 500, 250
"""Characters of a demand; working days that a limit may have, about a year."""
_LED = (HandlingWay.LEADER, HandlingWay.LONG_TERM)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruling that may stand: no unit in it is accused."""

    way: HandlingWay
    steward: Row
    helpers: tuple[Row, ...]
    requirement: str
    due: Due
    leader: str
    told: str

    @property
    def words(self) -> str:
        """The whole in one line."""
        helpers = "、".join(str(unit["short_name"]) for unit in self.helpers)
        parts = (
            f"{word(self.way)}：{self.steward['short_name']}",
            f"协办 {helpers}" if helpers else "",
            f"{self.leader}包案" if self.way is HandlingWay.LEADER else self.leader,
            self.requirement,
        )
        return "，".join(part for part in parts if part)


def ruled(deed: OrderDeed, form: RulingForm, ways: Collection[HandlingWay]) -> Ruling:
    """Check what was typed for the order of a deed and return it; `ways` are those that who rules may choose.

    Raises BadInput for what is missing or unknown, NotAllowed for an accused unit (P32 a), Refused for words that tell
    a unit who called (P32 b).
    """
    way = _way(form.way, ways)
    steward = _steward(deed, form.steward)
    helpers = _helpers(deed, form.co_units, steward)
    if way is HandlingWay.JOINT and not helpers:
        raise BadInput("牵头会办须写明协办单位", "协办单位")
    requirement = required(form.requirement, "工作要求", SHORT)
    sight.check_told(deed.value, requirement)
    leader, told = _leader(deed, form, way), cleaned(form.told, SHORT, "告知诉求人的记录")
    if way is HandlingWay.LONG_TERM and not told:
        raise BadInput("长期事项须先告知诉求人，请写明告知的记录", "告知诉求人的记录")
    days = _days(form.days)
    due = deadlines.decision_due(deed.at, days, deed.desk.settings.limits, deed.desk.calendar)
    return Ruling(way, steward, helpers, requirement, due, leader, told)


def keep(deed: OrderDeed, ruling: Ruling, **of: int) -> int:
    """Write a ruling of a panel (`panel_id`) or a session (`day_id`) and name it in the event; return its key."""
    deed.note(
        way=str(ruling.way),
        unit=ruling.steward["code"],
        co_units=[unit["code"] for unit in ruling.helpers] or None,
        decision_due=clocks.due_data(ruling.due),
    )
    deed.quote(verdict=ruling.words, told=ruling.told)
    values: dict[str, Any] = {
        "order_id": deed.order_id,
        "way": str(ruling.way),
        "steward_id": ruling.steward["id"],
        "requirement": ruling.requirement,
        "leader": ruling.leader,
        "told": ruling.told,
        "due_at": to_ms(ruling.due.at),
        "due_explanation": ruling.due.explanation,
        "made_at": deed.at_ms,
        "made_by": deed.desk.actor.id,
        **of,
    }
    return panels.decide(deed.writer, values, [unit["id"] for unit in ruling.helpers])


def line(reader: Reader, decision: Row) -> str:
    """Return a stored decision in one line, without what was demanded."""
    helpers = "、".join(row["short_name"] for row in panels.co_units(reader, decision["id"]))
    way = HandlingWay(decision["way"])
    led = f" {decision['leader']}" if decision["leader"] else ""
    return f"{word(way)} {decision['steward_name']}{led}{f' 协办 {helpers}' if helpers else ''}"


def _way(given: HandlingWay | str, ways: Collection[HandlingWay]) -> HandlingWay:
    way = code_for(HandlingWay, str(given))
    if way is None or way not in ways:
        names = "、".join(word(each) for each in ways)
        raise BadInput(f"办件方式请从 {names} 中选一项", "办件方式")
    return way


def _steward(deed: OrderDeed, text: str) -> Row:
    unit = unit_named(deed.writer, text, deed.desk.actor.centre_path, "承办单位")
    if unit["is_centre"] and unit["id"] != deed.order["centre_id"]:
        check_not_accused(deed.writer, deed.order, unit)
        return unit
    check_may_handle(deed.desk, deed.writer, deed.order, unit)
    return unit


def _helpers(deed: OrderDeed, text: str, steward: Row) -> tuple[Row, ...]:
    found = units_named(deed.writer, text, deed.desk.actor.centre_path, "协办单位")
    if found and steward["is_centre"]:
        raise BadInput("转下级中心的不写协办单位，由该中心另定", "协办单位")
    for unit in found:
        check_may_handle(deed.desk, deed.writer, deed.order, unit)
        if unit["id"] == steward["id"]:
            raise BadInput(f"{unit['short_name']}已是承办单位，不必再协办", "协办单位")
    return tuple(found)


def _leader(deed: OrderDeed, form: RulingForm, way: HandlingWay) -> str:
    leader = cleaned(form.leader, 40, "包案领导", one_line=True)
    if way in _LED and not leader:
        raise BadInput(f"{word(way)}须写明领导姓名", "包案领导")
    if leader and leader in str(deed.order["accused_name"] or ""):
        raise BadInput(f"{leader}是被反映对象，须回避", "包案领导")
    return leader


def _days(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).strip()
    days = int(plain) if plain.isdecimal() and len(plain) < 5 else 0
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(f"时限请填 1 至 {MOST_DAYS} 个工作日", "时限")
    return days


def still_to_carry_out(reader: Reader, decision: Row, parts: Any) -> bool:
    """Whether the units that a decision names do not all hold the order yet; `parts` are its running assignments."""
    held = {part["unit_id"] for part in parts}
    helpers = {row["id"] for row in panels.co_units(reader, decision["id"])}
    return not {decision["steward_id"], *helpers} <= held
