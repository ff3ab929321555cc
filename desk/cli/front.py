"""From a bare terminal to a signed-in person: opening, making, filling up or inventing a store.

This is what the App asks for, and `desk init` too. Only `desk.cli` may reach up to `seed` (design part 1).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.codes import Deed, Role
from db.doors import StoreBusy, StoreTrouble, Writer
from db.engine import Database
from db.ids import new_uid
from db.queries import units
from db.times import to_ms
from desk import history, session
from desk.cli.station_store import fill_station
from desk.context import Desk
from desk.errors import BadInput, Locked
from desk.history import Happening
from desk.launch import LaunchOptions
from desk.rules.text import cleaned
from desk.session import Opening
from desk.stations.keys import keep_ring
from desk.stations.pairing import Invitation
from desk.troubles import unusable

if TYPE_CHECKING:
    from seed.filling import Filled


def open_store(options: LaunchOptions) -> Opening:
    """Open what the command line names: a demo, a store by path, or the user's own. Raises StoreUnusable."""
    if options.demo:
        from seed import demo

        return demo.open_demo(options)
    if options.store and "://" in options.store:
        raise BadInput("本版本只支持本机数据文件；请用 --store 指定文件路径", "store")
    path = Path(options.store) if options.store else session.default_path()
    opening = session.open_store(path, seat=options.seat)
    if opening.is_upgraded:
        fill_up(opening)
    return opening


def fill_up(opening: Opening, os_account: str | None = None) -> "Filled":
    """补齐初始数据: give a store of an earlier version what the seed has gained since; what a city has set stays.

    One event STORE_FILLED names what came, with `os_account` also who asked; none if nothing was lacking. Raises
    StoreUnusable or Locked, with the store as it was.
    """
    from seed import filling

    now = opening.now()
    try:
        with opening.database.light_write() as writer:
            at = history.moment_after_head(writer, now)
            filled = filling.fill(writer, to_ms(at))
            if filled:
                data = asdict(filled) | ({"os_account": os_account} if os_account else {})
                history.record(writer, Happening(Deed.STORE_FILLED, at, None, opening.seat, data=data))
    except StoreTrouble as error:
        raise unusable(error) from error
    except StoreBusy as error:
        raise Locked("其他坐席正在写入，初始数据没有补；请稍后运行 desk init --refresh") from error
    return filled


def log_in(opening: Opening, staff_no: str, pin: str) -> Desk:
    """Sign a person in. Raises NotAllowed in Chinese."""
    return session.log_in(opening, staff_no, pin)


def set_up(opening: Opening, site: str, staff_no: str, name: str, pin: str) -> Desk:
    """Make the store of a new site with its first administrator, and sign that person in.

    Raises BadInput naming the field, or StoreUnusable; then nothing is left behind.
    """
    path = opening.database.path
    make_store(path, site=site, staff_no=staff_no, name=name, pin=pin, now=opening.now())
    return session.log_in(session.named(opening), staff_no, pin)


def make_store(
    path: Path,
    *,
    site: str,
    staff_no: str,
    name: str,
    pin: str,
    now: datetime,
    group: str | None = None,
    os_account: str | None = None,
) -> None:
    """建库: make a store with seed and first administrator; `now` is aware.

    With `os_account` (`desk init`) the event says that the account of the operating system did it, and nobody signed in.
    Raises BadInput for a site without a centre, a 工号 or PIN that cannot be; StoreUnusable. Leaves nothing behind then.
    """
    site, staff_no, name = _checked(site, staff_no, name)
    session.check_pin(pin)
    with _new_store(path, site, now, group) as writer:
        staff_uid = _fill(writer, site, staff_no, name, session.hash_pin(pin), now)
        _record(writer, site, staff_uid, now, os_account)


def make_station(
    path: Path, invitation: Invitation, *, pin: str, now: datetime, os_account: str, group: str | None = None
) -> None:
    """建库 of a 服务站 from what its centre wrote: site code, clerks and keys are the centre's; `pin` is the first clerk's.

    The keys are kept beside the store, 0600. Raises BadInput, StoreUnusable; then leaves nothing behind.
    """
    session.check_pin(pin)
    with _new_store(path, invitation.site, now, group) as writer:
        fill_station(writer, invitation, session.hash_pin(pin), now)
        _record(writer, invitation.site, "", now, os_account)
        # The last step: a store without its keys is taken away again, keys without a store are nobody's.
        keep_ring(path, invitation.ring)


@contextmanager
def _new_store(path: Path, site: str, now: datetime, group: str | None) -> Iterator[Writer]:
    """Lend the first transaction of a new store; what was made is taken away again if the block fails."""
    from db import schema

    new_folders = [folder for folder in path.parents if not folder.exists()]
    try:
        schema.create_store(path, site=site, now_ms=to_ms(now), group=group)
    except StoreTrouble as error:
        raise unusable(error) from error
    database = Database(path)
    try:
        with database.light_write() as writer:
            yield writer
    except BaseException:
        database.close()
        _remove(path, new_folders)
        raise
    database.close()


def _checked(site: str, staff_no: str, name: str) -> tuple[str, str, str]:
    site, staff_no = site.strip().upper(), staff_no.strip()
    if not (4 <= len(site) <= 8 and site.isascii() and site.isalnum()):
        raise BadInput("站点代码须为 4 至 8 位字母和数字，如 CY01（崇义县）", "站点")
    if not (staff_no.isascii() and staff_no.isdigit() and 3 <= len(staff_no) <= 8):
        raise BadInput("工号须为 3 至 8 位数字，如 1001", "工号")
    name = cleaned(name, 20, "姓名", one_line=True)
    if not name:
        raise BadInput("姓名不能为空，请填写管理员姓名", "姓名")
    return site, staff_no, name


def _fill(writer: Writer, site: str, staff_no: str, name: str, pin_hash: str, now: datetime) -> str:
    """Return the first administrator's identity."""
    from seed import load

    load.load_house(writer, now_ms=to_ms(now))
    centre = units.unit_by_code(writer, f"{site[:2]}-12345")
    if centre is None:
        known = "、".join(sorted({row["code"][:2] for row in units.all_units(writer) if row["is_centre"]}))
        raise BadInput(f"没有站点 {site} 的热线中心；站点代码的前两位须为 {known} 之一", "站点")
    writer.update("store", 1, {"centre_id": centre["id"]})
    values = {
        "uid": new_uid(),
        "staff_no": staff_no,
        "name": name,
        "person_uid": new_uid(),
        "unit_id": centre["id"],
    }
    staff_id = writer.insert("staff", {**values, "pin_hash": pin_hash})
    for role in (Role.ADMIN, Role.SUPERVISOR):
        writer.insert("staff_roles", {"staff_id": staff_id, "role": str(role)})
    return str(values["uid"])


def _record(writer: Writer, site: str, staff_uid: str, now: datetime, os_account: str | None) -> None:
    data = {"site": site, "os_account": os_account} if os_account else {"site": site}
    actor_uid = None if os_account else staff_uid
    at = history.moment_after_head(writer, now)
    history.record(writer, Happening(Deed.STORE_CREATED, at, actor_uid, session.default_seat(), data=data))


def _remove(path: Path, folders: list[Path]) -> None:
    """Take the store away again, with the folders that were made for it, the innermost first."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()
