"""Opening a store and signing in: all through the light door, before SQLModel is loaded (design parts 1 and 4)."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.codes import Deed, Role
from db.doors import Reader, Row, StoreBusy, StoreTrouble, Trouble
from db.engine import Database
from db.files import is_nowhere
from db.queries import house, stations, units
from db.times import from_ms, to_ms
from desk import history, settings
from desk.context import Actor, Desk, OwnStation
from desk.errors import Locked, NotAllowed, Refused
from desk.history import Happening
from desk.rules.calendar import local
from desk.troubles import unusable

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opening:
    """A store that nobody has signed in to yet; `is_new` when it still has to be made."""

    database: Database
    now: Clock
    seat: str
    site: str = ""
    centre_name: str = ""
    is_new: bool = False
    desk: Desk | None = None
    """Who is signed in already: the demo needs no PIN."""
    hint: str = ""
    """What whoever logs in should know."""
    is_upgraded: bool = False
    """Whether this opening brought an older store to this schema; its seed may then lack what came later."""


def default_path() -> Path:
    """Return where the store lies when nobody says otherwise: `DESK_STORE`, else the user's data folder."""
    named = os.environ.get("DESK_STORE")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("minyi-desk", appauthor=False) / "desk.db"


def default_seat() -> str:
    """Return the name of this terminal: `DESK_SEAT`, else host and tty."""
    named = os.environ.get("DESK_SEAT")
    if named:
        return named
    try:
        tty = os.ttyname(0).removeprefix("/dev/")
    except (OSError, AttributeError):
        tty = "-"
    return f"{socket.gethostname()}:{tty}"


def open_store(path: Path, *, now: Clock = utc_now, seat: str = "", is_throw_away: bool = False) -> Opening:
    """Open a store file, upgrading an older one after a backup.

    A path where nothing stands gives an opening that `is_new`. Raises StoreUnusable in Chinese; then nothing is changed.
    """
    from db import schema

    database = Database(path, is_throw_away=is_throw_away)
    opening = Opening(database, now, seat or default_seat())
    try:
        if is_nowhere(path):
            return replace(opening, is_new=True)
        schema.examine(path)
    except StoreTrouble as error:
        if error.trouble is Trouble.MISSING:
            return replace(opening, is_new=True)
        if error.trouble is not Trouble.OLDER_SCHEMA:
            raise unusable(error) from error
        return named(replace(opening, is_upgraded=_upgrade(path, now())))
    return named(opening)


def named(opening: Opening) -> Opening:
    """Return the opening with what the store says of itself: site and centre. Raises StoreUnusable."""
    try:
        with opening.database.read() as reader:
            store = house.store_row(reader)
            assert store is not None, "examine() lets no store without its row through"
            centre = units.unit(reader, store["centre_id"]) if store["centre_id"] else None
    except StoreTrouble as error:
        raise unusable(error) from error
    name = centre["short_name"] if centre else store["site"]
    return replace(opening, site=store["site"], centre_name=name, is_new=False)


def _upgrade(path: Path, now: datetime) -> bool:
    """Bring an older store to this schema, after a backup beside it, and leave an event; False if another desk did."""
    from db import migrations

    try:
        done = migrations.upgrade(path, path.parent / "backups")
        if done is None:
            return False
        database = Database(path)
        with database.light_write() as writer:
            at = history.moment_after_head(writer, now)
            data = {"before": done.before, "after": done.after}
            history.record(writer, Happening(Deed.STORE_MIGRATED, at, None, default_seat(), data=data))
        database.close()
    except StoreTrouble as error:
        raise unusable(error) from error
    except StoreBusy as error:
        raise Locked("其他坐席正在升级数据，请稍后重新打开") from error
    return True


def log_in(opening: Opening, staff_no: str, pin: str) -> Desk:
    """登录: sign a 工号 in with its PIN and leave an event.

    Raises NotAllowed: unknown 工号 or wrong PIN (said alike), locked after `lock.failures` wrong ones, retired.
    """
    at = opening.now()
    with opening.database.read() as reader:
        row = units.staff_by_no(reader, _typed(staff_no))
        limits = settings.load(reader)
    _check_lock(row, at)
    if row is None or row["pin_hash"] is None or not is_right_pin(row["pin_hash"], pin):
        if row is not None:
            _count_failure(
                opening, row, at, int(limits.get("lock.failures", 5)), int(limits.get("lock.minutes", 10))
            )
        raise NotAllowed("工号或 PIN 不对，请重新输入；忘记 PIN 请找管理员重置")
    return _signed_in(opening, row, at)


def log_in_without_pin(opening: Opening, staff_no: str) -> Desk:
    """Sign in on a demo or for a command that has checked the person otherwise. Raises NotAllowed for nobody."""
    with opening.database.read() as reader:
        row = units.staff_by_no(reader, _typed(staff_no))
    if row is None or not row["is_active"]:
        raise NotAllowed(f"没有工号 {staff_no}，请核对")
    return _signed_in(opening, row, opening.now())


def sit_down(opening: Opening, staff_no: str) -> Desk:
    """Return the desk of a 工号 without a log-in event: the invented people of a demo. Raises NotAllowed for nobody."""
    with opening.database.read() as reader:
        row = units.staff_by_no(reader, _typed(staff_no))
        if row is None or not row["is_active"]:
            raise NotAllowed(f"没有工号 {staff_no}，请核对")
        return _desk(opening, reader, row)


def _typed(staff_no: str) -> str:
    """A 工号 as it can be looked for: half a character, which no file holds, belongs to nobody."""
    return staff_no.strip().encode("utf-8", "replace").decode()


def log_out(desk: Desk) -> None:
    """退出登录: leave an event; raises nothing that would keep a person signed in."""
    with desk.database.light_write() as writer:
        at = history.moment_after_head(writer, desk.now())
        writer.update("staff", desk.actor.id, {"signed_in_at": None})
        history.record(writer, Happening(Deed.LOG_OUT, at, desk.actor.uid, desk.seat))


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN (19 MiB, t=2, p=1: the lock-out protects a short PIN; design part 4)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(pin)


def check_pin(pin: str, least: int = 6) -> None:
    """Raise Refused for a PIN that is too short or not digits."""
    if len(pin) < least or not (pin.isascii() and pin.isdigit()):
        raise Refused(f"PIN 须为至少 {least} 位数字，请重新输入")


def is_right_pin(pin_hash: str, pin: str) -> bool:
    """Whether the PIN is the one behind the hash; a hash that is none is nobody's."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _check_lock(row: Row | None, at: datetime) -> None:
    if row is None:
        return
    if not row["is_active"]:
        raise NotAllowed("该工号已停用，请找管理员")
    if row["locked_until"] is not None and row["locked_until"] > to_ms(at):
        until = local(from_ms(row["locked_until"]))
        raise NotAllowed(f"输错次数过多，工号已锁定至 {until:%H:%M}；请稍后再试或找管理员")


def _count_failure(opening: Opening, row: Row, now: datetime, most: int, minutes: int) -> None:
    failures = row["failures"] + 1
    with opening.database.light_write() as writer:
        at = history.moment_after_head(writer, now)
        until = to_ms(at + timedelta(minutes=minutes)) if failures >= most else None
        writer.update("staff", row["id"], {"failures": 0 if until else failures, "locked_until": until})
        happening = Happening(Deed.LOG_IN_FAILED, at, row["uid"], opening.seat, data={"failures": failures})
        history.record(writer, happening)


def _signed_in(opening: Opening, row: Row, now: datetime) -> Desk:
    with opening.database.light_write() as writer:
        at = history.moment_after_head(writer, now)
        writer.update("staff", row["id"], {"failures": 0, "locked_until": None, "signed_in_at": to_ms(at)})
        history.record(writer, Happening(Deed.LOG_IN, at, row["uid"], opening.seat))
        return _desk(opening, writer, row)


def _desk(opening: Opening, reader: Reader, row: Row) -> Desk:
    from db.learned import LearnedStore
    from db.work import WorkStore

    city = settings.load(reader)
    return Desk(
        database=opening.database,
        actor=actor_from(reader, row),
        seat=opening.seat,
        now=opening.now,
        settings=city,
        calendar=city.calendar,
        site=opening.site,
        work=WorkStore(opening.database.path),
        learned=LearnedStore.beside(opening.database.path),
        station=own_station(reader),
    )


def own_station(reader: Reader) -> OwnStation | None:
    """Return which 服务站 this store is; None for a centre's."""
    own = stations.own(reader)
    return (
        OwnStation(
            own["site"], own["centre_site"], own["centre_name"], own["centre_phone"], own["centre_key"]
        )
        if own
        else None
    )


def actor_from(reader: Reader, row: Row) -> Actor:
    """Return the person behind a staff row, with unit, centre and roles."""
    centre = units.centre_above(reader, row["unit_path"])
    return Actor(
        id=row["id"],
        uid=row["uid"],
        staff_no=row["staff_no"],
        name=row["name"],
        person_uid=row["person_uid"],
        unit_id=row["unit_id"],
        unit_name=row["unit_short_name"],
        unit_path=row["unit_path"],
        section_id=row["section_id"],
        centre_id=centre["id"] if centre else row["unit_id"],
        centre_path=centre["path"] if centre else row["unit_path"],
        roles=frozenset(Role(role) for role in units.roles_of(reader, row["id"])),
        must_change_pin=bool(row["must_change_pin"]),
    )
