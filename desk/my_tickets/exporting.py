"""导出清单: one tab of the unit's list as a sheet, in the order of the list, numbers masked (issue 5, part 5)."""

from collections.abc import Iterator
from pathlib import Path

from db.codes import Deed
from db.queries import exports
from desk import exchange, exporting, pressure
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.exchange import Exported, Sheet
from desk.my_tickets.lists import page, waiting
from desk.rows import OrderRow
from desk.rules.time_words import time_left

_OWN = ("提示", "剩余", "经办人")
_HEADS = (*exporting.HEADS[:2], *_OWN, *exporting.HEADS[2:])
_WIDTHS = {"工单编号": 20, "提示": 12, "标题": 36, "诉求内容": 60, "单位时限": 17, "诉求人时限": 17}
_SHEET = Sheet(
    "工单清单", {head: head for head in _HEADS}, _WIDTHS, frozenset({"工单编号", "查询码", "联系电话"}), "B2"
)


def export_list(desk: Desk, tab: str, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write every order of a tab to a new .xlsx or .csv (0600), as the list shows them, masked. One event.

    A tab that this person has not is their first one. Raises NotAllowed, BadInput for another form, Refused when the
    file is there and may not be overwritten, StoreUnusable.
    """
    check_birth_right(desk, Deed.EXPORTED)
    form = exchange.form_of(path)
    lines = list(_lines(desk, tab))
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write(form, made, _SHEET, lines)
        exchange.record(desk, path, {"list": tab, "orders": len(lines)})
    return Exported(path, len(lines))


def _lines(desk: Desk, tab: str) -> Iterator[dict[str, str]]:
    start, total = 0, 1
    while start < total:
        window = page(desk, tab, start)
        if not window.rows:
            return
        yield from _window(desk, window.rows)
        start, total = start + len(window.rows), window.total


def _window(desk: Desk, rows: tuple[OrderRow, ...]) -> Iterator[dict[str, str]]:
    said, pressed = waiting(desk, rows), pressure.pressed(desk, rows)
    by_id = {row.id: row for row in rows}
    with desk.reading() as reader:
        found = exports.by_keys(reader, list(by_id))
    for order in found:
        row = by_id[order["id"]]
        presses = pressed.get(row.order_no)
        hints = (word(presses.kind) if presses else "", said.get(row.order_no, ""))
        left = time_left(row.press_at, desk.now()) if row.press_at is not None else ""
        own = {"提示": " ".join(filter(None, hints)), "剩余": left, "经办人": row.handler}
        yield {**exporting.row_of(order), **own}
