"""转接 from the form: one list of everybody a call can go to, outside and inside (practice P13)."""

from desk.context import Desk
from desk.intake.lookups import outside_picks
from desk.rows import PickRow
from desk.transfers import inside_targets

_FIRST = ("110", "119", "120")


_SILENT = PickRow("silent:supervisor", "静默呼叫班长", "危机来电：本机不响")


def transfer_picks(desk: Desk, text: str, *, is_crisis: bool = False) -> list[PickRow]:
    """Return 110, 119 and 120, then 班长, desks and seats, then the directory. An outside key is its number.

    The silent call of 班长 stands first in a crisis (practice P25), else before 班长.
    """
    outside = outside_picks(desk, text)
    first = [row for row in outside if row.key in _FIRST]
    rest = [row for row in outside if row.key not in _FIRST]
    silent = [_SILENT] if text.strip() in _SILENT.name else []
    inside = inside_targets(desk, text)
    return [*silent, *first, *inside, *rest] if is_crisis else [*first, *silent, *inside, *rest]
