"""回避: who may never get an order because it is about them (practice P32 a).

The accused unit and all that stands below it are out; the superior or supervising organ above it is where the order
belongs instead. An accused that is known by name only is recognised by the unit's name in it.
"""

import re
from typing import Any

from db.codes import OrderKind
from db.doors import Reader
from db.queries import sight
from desk.errors import NotAllowed

_TOWNSHIP = "街道乡镇"
# A shop `横水镇老王烧烤店` is not the township government, `横水镇政府` is.
_OFFICES = "政府|党委|人大|书记|镇长|乡长|主任|站长|所长|干部|工作人员|领导|办事处|机关|城管|综合执法|执法队|民政|便民|服务中心|综治"
_PEOPLE = "执法|大队|中队|队|人员|工作人员|干部|领导|部门|的"
_PLACE = re.compile(r"^[一-鿿]{2,3}?[县市区](?=[一-鿿]{3})")


def is_accused(reader: Reader, order: Any, unit: Any) -> bool:
    """Whether an order is about this unit, or about one that it stands below. Rows of `work_orders` and `units`."""
    accused_path = sight.path_of(reader, order["accused_unit_id"])
    if accused_path is not None and str(unit["path"]).startswith(accused_path):
        return True
    return is_named(str(order["accused_name"] or ""), unit)


def is_named(accused_name: str, unit: Any) -> bool:
    """Whether the words that name the accused name this unit or a part of it, in full or as people say it (城管局).

    A bureau named with another level (`市城管局`) or with another place in full is another one.
    """
    accused, name, short = "".join(accused_name.split()), str(unit["name"]), str(unit["short_name"])
    if not accused or unit["is_centre"]:
        return False
    if name in accused or short == accused:
        return True
    if unit["department"] == _TOWNSHIP:
        stem = short.rstrip("镇乡")
        return (
            accused in (short, stem)
            or re.search(f"{re.escape(stem)}[镇乡]?(?:{_OFFICES})", accused) is not None
        )
    place = _PLACE.match(name)
    home = place[0] if place else ""
    bare = {name.removeprefix(home), short.removeprefix(home), _without_level(short), str(unit["department"])}
    # `信丰县城管局` is held to be ours too: a unit too many kept out costs a call, one too few an informant.
    return short in accused or any(_says(accused, alias, home, short) for alias in bare if len(alias) > 2)


def _without_level(short: str) -> str:
    return short[1:] if short[:1] in "县市区" else short


def _says(accused: str, alias: str, home: str, short: str) -> bool:
    at = accused.find(alias)
    if at >= 0:
        return _is_of_home(accused, at, home, short)
    stem = alias.removesuffix("局")
    if stem == alias:
        return False
    found = re.search(f"{re.escape(stem)}(?:{_PEOPLE})", accused)
    return accused == stem or (found is not None and _is_of_home(accused, found.start(), home, short))


def _is_of_home(accused: str, at: int, home: str, short: str) -> bool:
    """Whether what stands before a bureau's name leaves it to be ours: nothing, our place, or our level."""
    before = accused[:at]
    if not before or before[-1] not in "县市区镇乡":
        return True
    level = short[0] if short[:1] in "县市区" else ""
    return before.endswith(home) if len(before) > 1 else before == level


def check_not_accused(reader: Reader, order: Any, unit: Any) -> None:
    """Raise NotAllowed, saying why and where to instead, when the order is about this unit."""
    if is_accused(reader, order, unit):
        where = "（涉及公职人员违纪的，告知诉求人可拨 12388）" if order["kind"] == OrderKind.TIP_OFF else ""
        raise NotAllowed(f"{unit['short_name']}是被反映对象或其下属，须回避：请派其上级或监督部门{where}")
