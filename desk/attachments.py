"""附件: photographs and papers of an order by path and SHA-256; the desk copies nothing and sees when one was changed."""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.codes import Deed
from db.doors import Reader, Row
from db.queries import attachments as queries
from db.queries import work_orders
from desk import lists, sight
from desk.context import Actor, Desk
from desk.deed import deed_on
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.rows import OrderRow
from desk.rules.text import required
from desk.words import stored

MOST_BYTES = 500 * 1024 * 1024
_BLOCK = 1024 * 1024
_LONGEST = 1000
_NONBLOCK = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WHY: dict[type[Exception], str] = {
    FileNotFoundError: "没有这个文件",
    PermissionError: "没有读取的权限",
}
GONE, CHANGED = "本机找不到", "已改动"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the files of an order found: how many are as they were filed, and a line for each that is not."""

    same: int
    troubles: tuple[str, ...]

    @property
    def line(self) -> str:
        """The whole in one line."""
        if not self.same and not self.troubles:
            return "这件工单没有附件，按 f 添加"
        told = f"{self.same} 件与登记一致"
        return "；".join((*self.troubles, told)) if self.troubles else f"附件 {told}"


def add_attachment(desk: Desk, order_no: str, path: Path) -> OrderRow:
    """附件: file a regular file by its path, size and SHA-256; it stays where it is. Call it in a worker.

    Raises BadInput for what is no readable file, is empty or above 500 MB, NotNow when the order has the same file
    already, NotAllowed.
    """
    name = required(str(path), "附件", _LONGEST, one_line=True)
    size, digest = _measured(path)
    with deed_on(desk, Deed.ADD_ATTACHMENT, order_no) as deed:
        for row in queries.of_order(deed.writer, deed.order_id):
            if row["sha256"] == digest:
                raise NotNow(f"这个文件已经附过：{Path(row['path']).name}，不必再附")
        uid = queries.add(
            deed.writer,
            order_id=deed.order_id,
            path=name,
            sha256=digest,
            size=size,
            added_at=deed.at_ms,
            added_by=desk.actor.id,
        )
        deed.note(attachment=uid, sha256=digest, size=size)
        deed.quote(file=path.name)
    return lists.after(desk, deed.order_id)


def _measured(path: Path) -> tuple[int, str]:
    """The size and SHA-256 of a file; a pipe or a device is opened without waiting, and refused."""
    try:
        handle = os.open(path, os.O_RDONLY | _NONBLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise BadInput(f"{path.name} 不是文件，请写照片或文书的路径", "附件")
            if not 0 < found.st_size <= MOST_BYTES:
                raise BadInput(f"{path.name} 是空的，或超过 {MOST_BYTES // 1024**2} MB，不能作附件", "附件")
            return found.st_size, _digest(iter(lambda: file.read(_BLOCK), b""))
    except (OSError, ValueError) as error:
        why = _WHY.get(type(error), "打不开")
        raise BadInput(f"{path.name} {why}，请核对路径（本机的完整路径）", "附件") from error


def _digest(blocks: Iterator[bytes]) -> str:
    found = hashlib.sha256()
    for block in blocks:
        found.update(block)
    return found.hexdigest()


def check_attachments(desk: Desk, order_no: str) -> Checked:
    """核对附件: read every file of an order again and compare it with what was filed. Call it in a worker.

    Raises Refused for an unknown number, NotAllowed for an order outside this person's sight.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if not sight.may_see(reader, desk.actor, order):
            raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，请联系班长")
        rows = seen_by(desk.actor, reader, order)
    told = [(row, _trouble(row)) for row in rows]
    troubles = tuple(f"{why}：{Path(row['path']).name}" for row, why in told if why)
    return Checked(len(told) - len(troubles), troubles)


def _trouble(row: Row) -> str:
    try:
        return "" if _measured(Path(row["path"])) == (row["size"], row["sha256"]) else CHANGED
    except BadInput:
        return GONE if not Path(row["path"]).is_file() else CHANGED


def seen_by(actor: Actor, reader: Reader, order: Row) -> Sequence[Row]:
    """Return the attachments that this person may know of: of a secret order a unit only its own (practice P32)."""
    rows = queries.of_order(reader, order["id"])
    if sight.sees_caller(actor, order):
        return rows
    return [row for row in rows if str(row["unit_path"] or "").startswith(actor.unit_path)]


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a line for each: name, size, when and by whom, checksum; a glance at the disk says what is gone or changed.

    A glance sees another size; `check_attachments` reads the file itself. Never call it inside a transaction.
    """
    for row in rows:
        path = Path(row["path"])
        why = _glance(path, row["size"])
        told = f"  !{why}" if why else ""
        yield f"{path.name}  {_size_words(row['size'])}  {stored(row['added_at'])} {row['person'] or ''}{told}"
        yield f"  {path}  SHA-256 {row['sha256'][:16]}.."


def _glance(path: Path, size: int) -> str:
    try:
        return "" if path.stat().st_size == size else CHANGED
    except (OSError, ValueError):
        return GONE


def _size_words(size: int) -> str:
    for unit, least in (("MB", 1024**2), ("KB", 1024)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} B"
