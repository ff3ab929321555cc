"""回避: who may never get an order because it is about them (practice P32 a).

The accused unit and all that stands below it are out; the superior or supervising organ above it is where the order
belongs instead. An accused that is known by name only is recognised by the unit's name in it.
"""

from typing import Any

from db.codes import OrderKind
from db.doors import Reader
from db.queries import sight
from desk.errors import NotAllowed

_TOWNSHIP = "街道乡镇"
# A shop `横水镇老王烧烤店` is not the township government, `横水镇政府` is.
_OFFICES = ("政府", "党委", "人大", "书记", "镇长", "乡长", "主任", "干部", "工作人员", "办事处")


def is_accused(reader: Reader, order: Any, unit: Any) -> bool:
    """Whether an order is about this unit, or about one that it stands below. Rows of `work_orders` and `units`."""
    accused_path = sight.path_of(reader, order["accused_unit_id"])
    if accused_path is not None and str(unit["path"]).startswith(accused_path):
        return True
    return is_named(str(order["accused_name"] or ""), unit)


def is_named(accused_name: str, unit: Any) -> bool:
    """Whether the words that name the accused name this unit or a part of it."""
    name, short = str(unit["name"]), str(unit["short_name"])
    if not accused_name:
        return False
    if name in accused_name or short == accused_name:
        return True
    if unit["department"] == _TOWNSHIP:
        return any(short + office in accused_name for office in _OFFICES)
    return short in accused_name


def check_not_accused(reader: Reader, order: Any, unit: Any) -> None:
    """Raise NotAllowed, saying why and where to instead, when the order is about this unit."""
    if is_accused(reader, order, unit):
        where = "（涉及公职人员违纪的，告知诉求人可拨 12388）" if order["kind"] == OrderKind.TIP_OFF else ""
        raise NotAllowed(f"{unit['short_name']}是被反映对象或其下属，须回避：请派其上级或监督部门{where}")
