"""交接: one command writes a file for the other side, one takes the other side's file in (design part 3, practice P18)."""

from dataclasses import dataclass
from pathlib import Path

from db.codes import Deed
from db.doors import Reader, Row
from db.queries import stations as station_rows
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.history import Happening
from desk.stations import envelope, news, segment
from desk.stations.arriving import take_segment
from desk.stations.keys import read_ring

_NOBODY = "没有服务站 {site}：用 desk station list 查，或用 desk station add 登记"
_FOR_ANOTHER = "{name} 是 {sender} 给 {addressee} 的，不是给本站点（{own}）的，未收取任何内容"


@dataclass(frozen=True, slots=True)
class Done:
    """What a file carries, or brought: `orders` new ones, `told` others that something is said of, and what a person must see."""

    other: str
    orders: int
    told: int
    too_late: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """At a station: what the centre says of each order."""


def write_file(
    desk: Desk, path: Path, site: str = "", *, from_start: bool = False, may_overwrite: bool = False
) -> Done:
    """Write what the other side does not have yet into a new file (or over an older one); one event WRITE_HANDOVER.

    A station writes to its centre, a centre to the station `site` (not needed while there is only one). Writing again, or
    losing a file, does no harm: the next one holds all that was not confirmed. Raises BadInput, Refused, NotAllowed.
    """
    check_birth_right(desk, Deed.WRITE_HANDOVER)
    with desk.reading() as reader:
        other = _other(desk, reader, site)
    ring = read_ring(desk.database.path)
    if desk.station is not None:
        body = segment.compose(desk, from_start=from_start)
        done = Done(other.site, len(body["orders"]), 0)
    else:
        body = news.compose(desk, other.site)
        done = Done(other.site, 0, len(body["orders"]))
    envelope.write(
        path,
        body,
        sender=desk.site,
        addressee=other.site,
        ring=ring,
        reader_key=other.key,
        may_overwrite=may_overwrite,
    )
    with desk.light_writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        data = {"to": done.other, "orders": done.orders, "told": done.told}
        history.record(writer, Happening(Deed.WRITE_HANDOVER, at, desk.actor.uid, desk.seat, data=data))
    return done


def take_file(desk: Desk, path: Path) -> Done:
    """Take in the file of the other side: orders at the centre, answers and states at a station; twice is once.

    Raises BadInput, NotAllowed, and Refused for a file that is damaged, changed, meant for another or of another chain:
    then nothing was taken in.
    """
    check_birth_right(desk, Deed.READ_HANDOVER)
    found = envelope.read(path)
    with desk.reading() as reader:
        sender = _sender(desk, reader, found)
    ring = read_ring(desk.database.path)
    body = found.open(ring, sender.key)
    if desk.station is not None:
        heard = news.take_news(desk, body)
        return Done(sender.site, heard.arrived, heard.told, lines=tuple(heard.lines))
    arrived = take_segment(desk, sender.site, body, ring)
    too_late = tuple(number for number, _ in arrived.too_late)
    return Done(sender.site, len(arrived.order_nos), len(arrived.added), too_late)


@dataclass(frozen=True, slots=True)
class _Other:
    """The other side: its site code and its public key."""

    site: str
    key: str


def _other(desk: Desk, reader: Reader, site: str) -> _Other:
    if desk.station is not None:
        return _Other(desk.station.centre_site, desk.station.centre_key)
    known = station_rows.every(reader)
    if not site and len(known) != 1:
        names = "、".join(row["site"] for row in known) or "（还没有登记）"
        raise BadInput(f"请用 --station 写明给哪个服务站：{names}", "--station")
    return _station(known[0] if not site else station_rows.one(reader, site.strip().upper()), site)


def _sender(desk: Desk, reader: Reader, found: envelope.Envelope) -> _Other:
    if found.addressee != desk.site:
        line = _FOR_ANOTHER.format(
            name=found.path.name, sender=found.sender, addressee=found.addressee, own=desk.site
        )
        raise Refused(line)
    if desk.station is not None:
        return _Other(desk.station.centre_site, desk.station.centre_key)
    return _station(station_rows.one(reader, found.sender), found.sender)


def _station(row: Row | None, site: str) -> _Other:
    if row is None:
        raise BadInput(_NOBODY.format(site=site), "--station")
    return _Other(row["site"], row["public_key"])
