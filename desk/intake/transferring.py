"""转接 from the form: one list of everybody a call can go to, outside and inside (practice P13)."""

from db.codes import TransferWay
from desk.context import Desk
from desk.intake.lookups import outside_picks
from desk.rows import PickRow
from desk.transfers import inside_targets

_HR_LINE = "12333"
_FIRST = ("110", "119", "120")


_SILENT = PickRow("silent:supervisor", "静默呼叫班长", "危机来电：本机不响")


def transfer_picks(desk: Desk, text: str, *, line: str = "", is_crisis: bool = False) -> list[PickRow]:
    """Return 110, 119 and 120, then 班长, desks and seats, then the directory. An outside key is its number.

    On 12333 its resident specialists come first (practice P17); in a crisis the silent call of 班长 does (P25).
    """
    outside, inside = outside_picks(desk, text), inside_targets(desk, text)
    silent = [_SILENT] if text.strip() in _SILENT.name else []
    first = [row for row in outside if row.key in _FIRST]
    rest = [row for row in outside if row.key not in _FIRST]
    if is_crisis:
        return [*silent, *first, *inside, *rest]
    if line == _HR_LINE:
        inside.sort(key=lambda row: not row.key.startswith(TransferWay.SPECIALIST))
        return [*inside, *first, *silent, *rest]
    return [*first, *silent, *inside, *rest]
