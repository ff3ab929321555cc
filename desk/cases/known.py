"""Whether an order may become a case at all, and what is known of those involved in it."""

import re
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader
from db.queries import cases, events, house, units
from desk import sight
from desk.context import Desk
from desk.rules.anonymising import Known

_BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")
_PANELLED = (Deed.PANEL_REASONABLE, Deed.PANEL_UNREASONABLE)


def why_no_case(desk: Desk, reader: Reader, order: Any) -> str:
    """Return the line that keeps an order (a row) out of the library, or '': 举报, 保密, 危机, no unit, not panelled.

    Words of crisis are enough: a case too few harms nobody (practice P25, P32 c).
    """
    if sight.is_secret(order):
        return "举报、保密工单不入案例库"
    words = f"{order['title']}\n{order['content']}\n{order['purpose']}"
    if order["is_crisis"] or any(word in words for word in desk.settings.words("crisis.words")):
        return "危机来电不入案例库"
    if order["steward_id"] is None:
        return "没有承办单位办理过的工单不入案例库"
    if order["status"] == Status.DISSATISFIED and not events.persons_who(reader, order["uid"], _PANELLED):
        return "不满意待定的工单须经社会评议后才能入案例库"
    return ""


def known_of(reader: Reader, order: Any) -> Known:
    """Return the names, numbers and places that an order (a row) and those involved in it are known by."""
    accused = set(_BETWEEN_NAMES.split(str(order["accused_name"] or "")))
    unit = units.unit(reader, order["accused_unit_id"]) if order["accused_unit_id"] else None
    if unit is not None:
        accused |= {unit["name"], unit["short_name"]}
    area = house.area(reader, order["area_code"]) if order["area_code"] else None
    village = [area["name"]] if area is not None and area["level"] == "village" else []
    return Known(
        persons=(*cases.callers_of(reader, order["id"]), str(order["on_behalf"] or "")),
        staff=tuple(cases.staff_of(reader, order["id"], order["uid"])),
        accused=tuple(sorted(accused, key=len, reverse=True)),
        places=(str(order["place"] or ""), str(order["home_address"] or ""), *village),
        numbers=tuple(cases.numbers_of(reader, order["id"])),
    )
