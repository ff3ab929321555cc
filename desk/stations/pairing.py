"""登记服务站: the centre gives a station its site code, its keys and its clerks in one file, carried there once (P18)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from db.codes import Deed, Role
from db.doors import Reader, Row, Writer
from db.queries import stations as station_rows
from db.queries import units
from db.times import from_ms, maybe_from_ms, to_ms
from desk import exchange, history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.history import Happening
from desk.rules.text import normalised_phone
from desk.stations.keys import KeyRing, keep_ring, new_ring, read_ring, ring_path

_FORM = "minyi-station 1"
_SITE_LIMITS = (4, 8)


@dataclass(frozen=True, slots=True)
class Clerk:
    """A 服务站代办员 as the centre knows this person; who the person is stays the same in both stores."""

    staff_no: str
    name: str
    uid: str
    person_uid: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """All that a station's store begins with. It holds the station's secret key: the file is deleted once it was used."""

    site: str
    number: int
    unit_code: str
    clerks: tuple[Clerk, ...]
    ring: KeyRing
    centre_site: str
    centre_name: str
    centre_phone: str
    centre_key: str


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station on the centre's list; times aware UTC."""

    site: str
    unit: str
    paired_at: datetime
    heard_at: datetime | None
    """When its last file was taken in."""


def add_station(desk: Desk, site: str, staff_nos: Sequence[str], phone: str, path: Path) -> Invitation:
    """登记服务站: write down a station and the file that its store is made from; one event PAIR_STATION.

    `phone` is the centre's, told to the clerk when orders do not arrive. Raises BadInput, NotAllowed, Refused when the file is
    there already; then nothing is written.
    """
    check_birth_right(desk, Deed.PAIR_STATION)
    if desk.station is not None:
        raise Refused("本机就是服务站的数据文件；登记服务站请在热线中心办理")
    site, number = _site(site), normalised_phone(phone, "中心电话")
    if not number:
        raise BadInput("请填写中心电话：服务站的工单传不到时要打", "中心电话")
    with exchange.coming(path, may_overwrite=False) as made:
        ring, own = new_ring(), _own_ring(desk)
        with desk.writing() as writer:
            clerks, unit_code = _clerks(writer, staff_nos)
            invitation = Invitation(
                site,
                _next_number(writer, desk, site),
                unit_code,
                clerks,
                ring,
                desk.site,
                _name_of(writer, desk),
                number,
                own.public,
            )
            at = history.moment_after_head(writer, desk.now())
            keep_station(writer, invitation, at)
            data = {"station": site, "unit": unit_code, "clerks": [each.uid for each in clerks]}
            happening = Happening(Deed.PAIR_STATION, at, desk.actor.uid, desk.seat, data=data)
            history.record(writer, happening)
            made.write_text(json.dumps({"form": _FORM, **asdict(invitation)}, ensure_ascii=False), "utf-8")
    return invitation


def _site(text: str) -> str:
    site = text.strip().upper()
    least, most = _SITE_LIMITS
    if not (least <= len(site) <= most and site.isascii() and site.isalnum()):
        raise BadInput("站点代码须为 4 至 8 位字母和数字，如 CYGB1（过埠镇便民服务站）", "站点")
    return site


def _own_ring(desk: Desk) -> KeyRing:
    """The centre's keys, made with its first station."""
    store = desk.database.path
    if not ring_path(store).exists():
        keep_ring(store, new_ring())
    return read_ring(store)


def _clerks(reader: Reader, staff_nos: Sequence[str]) -> tuple[tuple[Clerk, ...], str]:
    """The clerks and the code of the unit that they are all of."""
    rows = [_clerk(reader, staff_no.strip()) for staff_no in staff_nos if staff_no.strip()]
    if not rows:
        raise BadInput("请写明代办员的工号", "代办员")
    if len({row["unit_id"] for row in rows}) > 1:
        raise BadInput("一个服务站的代办员须是同一单位的人", "代办员")
    unit = units.unit(reader, rows[0]["unit_id"])
    assert unit is not None, "a foreign key holds it"
    people = (Clerk(row["staff_no"], row["name"], row["uid"], row["person_uid"]) for row in rows)
    return tuple(people), str(unit["code"])


def _clerk(reader: Reader, staff_no: str) -> Row:
    row = units.staff_by_no(reader, staff_no)
    if row is None or not row["is_active"]:
        raise BadInput(f"没有工号 {staff_no}，请先用 desk staff add 添加", "代办员")
    if Role.STATION_CLERK not in units.roles_of(reader, row["id"]):
        raise BadInput(f"工号 {staff_no} 不是服务站代办员，请先用 desk staff set 加上这个角色", "代办员")
    return row


def _next_number(reader: Reader, desk: Desk, site: str) -> int:
    known = station_rows.every(reader)
    if site == desk.site or any(row["site"] == site for row in known):
        raise BadInput(f"站点代码 {site} 已用过，请换一个", "站点")
    return 1 + max((int(row["number"]) for row in known), default=0)


def _name_of(reader: Reader, desk: Desk) -> str:
    centre = units.unit(reader, desk.actor.centre_id)
    return str(centre["name"]) if centre is not None else desk.site


def keep_station(writer: Writer, invitation: Invitation, at: datetime) -> None:
    """Write the row by which a store knows a station, on either side; `at` aware."""
    station_rows.add(
        writer,
        site=invitation.site,
        number=invitation.number,
        unit_code=invitation.unit_code,
        public_key=invitation.ring.public,
        centre_site=invitation.centre_site,
        centre_name=invitation.centre_name,
        centre_phone=invitation.centre_phone,
        centre_key=invitation.centre_key,
        paired_at=to_ms(at),
    )


def read_invitation(path: Path) -> Invitation:
    """Return what the centre wrote for a station. Raises BadInput for a file that is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("form") != _FORM:
            raise ValueError
        clerks = tuple(Clerk(**each) for each in found.pop("clerks"))
        return Invitation(**found | {"clerks": clerks, "ring": KeyRing(**found["ring"])})
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            f"{path.name} 不是服务站的登记文件，未做任何改动；请用热线中心 desk station add 写出的那份",
            "--station",
        ) from None


def stations(desk: Desk) -> tuple[StationRow, ...]:
    """Return the stations of this centre with a store of their own, and when each was last heard of."""
    check_birth_right(desk, Deed.WRITE_HANDOVER)
    with desk.reading() as reader:
        rows = station_rows.every(reader)
        names = {row["unit_code"]: units.unit_by_code(reader, row["unit_code"]) for row in rows}
    return tuple(
        StationRow(
            row["site"],
            unit["short_name"] if (unit := names[row["unit_code"]]) else row["unit_code"],
            from_ms(row["paired_at"]),
            maybe_from_ms(row["heard_at"]),
        )
        for row in rows
    )
