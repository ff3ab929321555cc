"""评议员库 as a table: out to those who keep it, and in again, checked first; nothing is half taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.codes import Deed
from db.doors import Reader, Writer
from desk import exchange
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.exchange import Exported, Sheet
from desk.importing.tables import Line, Table
from desk.panel_rows import PanelistRow
from desk.social_review.pool import Known, NewPanelist, keep, looked_up, pool

_LABELS = {
    "staff_no": "工号",
    "name": "姓名",
    "profession": "界别",
    "area_code": "居住地代码",
    "area": "居住地",
    "employer": "工作单位",
    "employer_code": "单位代码",
    "units": "回避单位",
    "people": "回避人",
    "mobile": "电话",
    "is_active": "在册",
}
_TOLD = ("area",)
"""What an export says beside and no import reads."""
_SHEET = Sheet(
    "评议员库",
    _LABELS,
    {"area_code": 16, "area": 14, "employer": 20, "units": 18, "people": 18, "mobile": 14},
    frozenset({"staff_no", "area_code", "employer_code", "mobile"}),
)
_NEEDED = ("工号", "姓名", "界别", "在册")
_COMMAND = "desk panelists export"
_YES, _NO = "是", "否"


@dataclass(frozen=True, slots=True)
class PoolTakenIn:
    """What an import changed: how many people came or are otherwise now, and how many stayed as they were."""

    changed: int
    unchanged: int


def export_pool(desk: Desk, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write the pool, a person a line, in .xlsx or .csv. One event. Raises BadInput, Refused, NotAllowed, StoreUnusable."""
    check_birth_right(desk, Deed.PANELIST_CHANGED)
    form = exchange.form_of(path)
    rows = pool(desk)
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write(form, made, _SHEET, [_line(row) for row in rows])
        exchange.record(desk, path, {"panelists": len(rows)})
    return Exported(path, len(rows))


def _line(row: PanelistRow) -> dict[str, str]:
    cells = {name: str(getattr(row, name)) for name in _LABELS}
    return {
        **cells,
        "profession": word(row.profession),
        "units": "；".join(row.units),
        "people": "；".join(row.people),
        "is_active": _YES if row.is_active else _NO,
    }


def take_in_pool(desk: Desk, table: Table) -> PoolTakenIn:
    """Make those whom a file names as the file has them; who is not in it stays as he is. One event a person changed.

    Raises BadInput naming line and column, NotAllowed; then nothing is written.
    """
    check_birth_right(desk, Deed.PANELIST_CHANGED)
    exchange.check_heads(table, _NEEDED, _COMMAND)
    with desk.writing() as writer:
        found = dict(_people(desk, writer, table))
        if not found:
            raise BadInput(f"{table.path.name} 里没有人，未做任何改动", "文件")
        changed = sum(_kept(desk, writer, table, line, known) for line, known in found.values())
    return PoolTakenIn(changed, len(found) - changed)


def _kept(desk: Desk, writer: Writer, table: Table, line: Line, known: Known) -> bool:
    try:
        return keep(desk, writer, known)
    except BadInput as flaw:
        raise BadInput(f"{exchange.where(table, line)}：{flaw.message}", "文件") from None


def _people(desk: Desk, reader: Reader, table: Table) -> Iterator[tuple[str, tuple[Line, Known]]]:
    seen: set[str] = set()
    for line in table.lines:
        here = exchange.where(table, line)
        try:
            known = looked_up(desk, reader, _given(table, line))
        except Refused as flaw:
            said = flaw.message
            raise BadInput(said if said.startswith(here) else f"{here}：{said}", "文件") from None
        if (staff_no := known.account["staff_no"]) in seen:
            raise BadInput(f"{here}：工号 {staff_no} 重复，请删去一行", "文件")
        seen.add(staff_no)
        yield staff_no, (line, known)


def _given(table: Table, line: Line) -> NewPanelist:
    if line.flaw:
        raise BadInput(line.flaw)
    cells = {name: exchange.cell(table, line, label) for name, label in _LABELS.items() if name not in _TOLD}
    is_active = cells.pop("is_active").strip()
    if is_active not in (_YES, _NO):
        raise BadInput(f"在册只能写{_YES}或{_NO}，不能写“{is_active[:20]}”", "在册")
    return NewPanelist(**cells, is_active=is_active == _YES)
