"""A small hotline to try deeds on: a real store in a folder, two units, a person for every role, a clock one moves."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from db import schema
from db.codes import Deed, OrderKind, Role, Urgency
from db.engine import Database
from db.ids import new_uid
from db.learned import LearnedStore
from db.queries import units
from db.times import to_ms
from db.work import WorkStore
from desk import births, settings
from desk.births import Birth, Born
from desk.context import Desk
from desk.session import actor_from, hash_pin

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 2026-11-23 09:00 in Chongyi."""

UNITS = (
    # code, name, short name, parent, is_centre, department, area
    ("CY-12345", "崇义县12345热线中心", "崇义", None, True, "政务信访", "360725000000"),
    ("CY-CGJ", "崇义县城市管理局", "县城管局", "CY-12345", False, "城管局", "360725000000"),
    ("CY-RSJ", "崇义县人力资源和社会保障局", "县人社局", "CY-12345", False, "人社局", "360725000000"),
    ("CY-HSZ", "横水镇人民政府", "横水镇", "CY-12345", False, "街道乡镇", "360725100000"),
)
SECTIONS = (("CY-CGJ", "ZF", "执法大队"), ("CY-CGJ", "HW", "环卫所"), ("CY-RSJ", "LD", "劳动监察大队"))
AREAS = (
    ("360725000000", "崇义县", "county", None),
    ("360725100000", "横水镇", "township", "360725000000"),
    ("360725100001", "老城社区", "village", "360725100000"),
)
CATEGORIES = (
    ("010000", "城市管理", 1, None),
    ("010100", "市容环境", 2, "010000"),
    ("010101", "噪音扰民", 3, "010100"),
)
STAFF = (
    ("1001", "管理员甲", "CY-12345", (Role.ADMIN,)),
    ("1002", "班长甲", "CY-12345", (Role.SUPERVISOR,)),
    ("1203", "王芳", "CY-12345", (Role.AGENT,)),
    ("1204", "话务乙", "CY-12345", (Role.AGENT,)),
    ("1301", "派单甲", "CY-12345", (Role.DISPATCHER, Role.TRIAGE_MEMBER)),
    ("1302", "派单乙", "CY-12345", (Role.DISPATCHER,)),
    ("1401", "值班甲", "CY-12345", (Role.DUTY_OFFICER,)),
    ("1501", "审核甲", "CY-12345", (Role.AUDITOR,)),
    ("1502", "审核乙", "CY-12345", (Role.AUDITOR,)),
    ("1601", "回访甲", "CY-12345", (Role.CALLBACK_AGENT,)),
    ("1701", "领导甲", "CY-12345", (Role.LEADER,)),
    ("2101", "联络甲", "CY-CGJ", (Role.LIAISON,)),
    ("2102", "经办甲", "CY-CGJ", (Role.HANDLER,)),
    ("2103", "审核人甲", "CY-CGJ", (Role.UNIT_REVIEWER, Role.HANDLER)),
    ("2201", "人社甲", "CY-RSJ", (Role.LIAISON, Role.HANDLER)),
    ("2202", "人社乙", "CY-RSJ", (Role.UNIT_REVIEWER,)),
    ("2301", "横水甲", "CY-HSZ", (Role.LIAISON, Role.HANDLER, Role.STATION_CLERK)),
    ("2302", "横水乙", "CY-HSZ", (Role.UNIT_REVIEWER,)),
)
PIN = "246810"
_PIN_HASHES: dict[str, str] = {}
_COPIES: list[bytes] = []
"""The usual store as it is born, made once in each run of the tests: every further one is copied."""


@dataclass
class Clock:
    """A clock that goes only when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **span: float) -> datetime:
        """Move on by a span (`minutes=5`) and return the new moment."""
        self.now += timedelta(**span)
        return self.now


def _keep(path: Path) -> None:
    kept = path.with_name("usual.copy")
    with closing(sqlite3.connect(path)) as store, closing(sqlite3.connect(kept)) as copy:
        store.backup(copy)
    _COPIES.append(kept.read_bytes())
    kept.unlink()


def _copy(path: Path) -> None:
    """Make a store like the first, but with a life of its own."""
    path.write_bytes(_COPIES[0])
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("UPDATE store SET store_uid = ?", (new_uid(),))
        store.commit()


@dataclass
class World:
    """A store with people in it; `desk("1203")` signs one of them in."""

    path: Path
    clock: Clock = field(default_factory=Clock)
    is_throw_away: bool = True
    settings: dict[str, Any] = field(default_factory=dict)
    database: Database = field(init=False)
    _desks: "_Desks" = field(init=False)

    def __post_init__(self) -> None:
        is_usual = not self.settings and self.clock.now == START
        if is_usual and _COPIES:
            _copy(self.path)
            self.database = Database(self.path, is_throw_away=self.is_throw_away)
        else:
            schema.create_store(self.path, site="CY01", now_ms=to_ms(self.clock.now))
            self.database = Database(self.path, is_throw_away=self.is_throw_away)
            with self.database.write() as writer:
                _fill(writer, self.settings)
            if is_usual:
                _keep(self.path)
        self._desks = _Desks(self)

    @property
    def desks(self) -> "_Desks":
        """The desks of the people by 工号, each made once."""
        return self._desks

    def desk(self, staff_no: str) -> Desk:
        """Return the desk of one person, without the log-in event."""
        with self.database.read() as reader:
            row = units.staff_by_no(reader, staff_no)
            assert row is not None, staff_no
            city = settings.load(reader)
            return Desk(
                database=self.database,
                actor=actor_from(reader, row),
                seat=f"T{staff_no}",
                now=self.clock,
                settings=city,
                calendar=city.calendar,
                site="CY01",
                work=WorkStore(self.path),
                learned=LearnedStore.beside(self.path),
            )

    def order(
        self,
        *,
        by: str = "1203",
        kind: OrderKind = OrderKind.COMPLAINT,
        urgency: Urgency = Urgency.NORMAL,
        **values: Any,
    ) -> Born:
        """Register one plain order and return it."""
        words = {
            "title": "夜间施工噪音",
            "content": "老城社区工地夜里十二点还在打桩",
            "channel": "phone_12345",
            "contact_phone": "13800000000",
            "requester_name": "李先生",
            "area_code": "360725100000",
        }
        desk = self.desk(by)
        with desk.writing() as writer:
            return births.bear(desk, writer, Birth(Deed.REGISTER, kind, urgency, {**words, **values}))

    def row(self, sql: str, **parameters: Any) -> Any:
        """Return one row of the store as it stands."""
        with self.database.read() as reader:
            found = reader.one(sql, **parameters)
            return None if found is None else dict(found)  # type: ignore[call-overload]

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return rows of the store as they stand."""
        with self.database.read() as reader:
            return [dict(row) for row in reader.all(sql, **parameters)]  # type: ignore[call-overload]

    def status(self, order_no: str) -> str:
        """Return an order's status code."""
        return str(self.row("SELECT status FROM work_orders WHERE order_no = :no", no=order_no)["status"])

    def events(self, order_no: str) -> list[str]:
        """Return the kinds of an order's events, oldest first."""
        sql = (
            "SELECT e.kind FROM events e JOIN work_orders o ON o.uid = e.order_uid"
            " WHERE o.order_no = :no ORDER BY e.seq"
        )
        return [row["kind"] for row in self.rows(sql, no=order_no)]

    def event_data(self, order_no: str) -> dict[str, Any]:
        """Return the data of an order's newest event."""
        sql = (
            "SELECT e.data FROM events e JOIN work_orders o ON o.uid = e.order_uid"
            " WHERE o.order_no = :no ORDER BY e.seq DESC LIMIT 1"
        )
        loaded: dict[str, Any] = json.loads(self.row(sql, no=order_no)["data"])
        return loaded

    @contextmanager
    def nothing_written(self) -> Iterator[None]:
        """Fail when the block leaves an event or changes the order table."""
        before = self._print()
        yield
        assert self._print() == before, "something was written"

    def _print(self) -> tuple[Any, ...]:
        return tuple(
            self.row(sql)["n"]
            for sql in (
                "SELECT seq AS n FROM chain_head",
                "SELECT count(*) AS n FROM assignments",
                "SELECT count(*) AS n FROM requests",
                "SELECT count(*) AS n FROM calls",
                "SELECT coalesce(sum(version), 0) AS n FROM work_orders",
                "SELECT group_concat(status) AS n FROM work_orders",
            )
        )


def pin_hash() -> str:
    """Return the hash of `PIN`, made once."""
    if PIN not in _PIN_HASHES:
        _PIN_HASHES[PIN] = hash_pin(PIN)
    return _PIN_HASHES[PIN]


def _fill(writer: Any, more_settings: dict[str, Any]) -> None:
    for code, name, level, parent in AREAS:
        writer.insert("areas", {"code": code, "name": name, "level": level, "parent": parent})
    for code, name, level, parent in CATEGORIES:
        writer.insert("categories", {"code": code, "name": name, "level": level, "parent": parent})
    for key, value in more_settings.items():
        writer.insert("settings", {"key": key, "value": json.dumps(value)})
    keys = _fill_units(writer)
    for unit, code, name in SECTIONS:
        writer.insert("sections", {"uid": new_uid(), "unit_id": keys[unit], "code": code, "name": name})
    _fill_staff(writer, keys)
    writer.update("store", 1, {"centre_id": keys["CY-12345"]})


def _fill_units(writer: Any) -> dict[str, int]:
    keys: dict[str, int] = {}
    paths: dict[str, str] = {}
    for code, name, short, parent, is_centre, department, area in UNITS:
        values = {
            "uid": new_uid(),
            "code": code,
            "name": name,
            "short_name": short,
            "level": "county",
            "parent_id": keys[parent] if parent else None,
            "area_code": area,
            "is_centre": is_centre,
            "department": department,
        }
        keys[code] = writer.insert("units", values)
        paths[code] = f"{paths[parent] if parent else '/'}{keys[code]}/"
        writer.update("units", keys[code], {"path": paths[code]})
    return keys


def _fill_staff(writer: Any, keys: dict[str, int]) -> None:
    for staff_no, name, unit, roles in STAFF:
        values = {
            "uid": new_uid(),
            "staff_no": staff_no,
            "name": name,
            "person_uid": new_uid(),
            "unit_id": keys[unit],
            "pin_hash": pin_hash(),
        }
        staff_id = writer.insert("staff", values)
        for role in roles:
            writer.insert("staff_roles", {"staff_id": staff_id, "role": str(role)})


class _Desks(dict[str, Desk]):
    """Desks by 工号, made when first asked for."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def __missing__(self, staff_no: str) -> Desk:
        self[staff_no] = self._world.desk(staff_no)
        return self[staff_no]
