"""What the new store of a 服务站 holds: the house of the seed, the station itself, and its clerks as the centre knows them."""

from datetime import datetime

from db.codes import Role
from db.doors import Writer
from db.queries import units
from db.times import to_ms
from desk.errors import BadInput
from desk.stations.pairing import Invitation, keep_station


def fill_station(writer: Writer, invitation: Invitation, pin_hash: str, now: datetime) -> None:
    """Fill a new store; `now` is aware. The first clerk signs in with the PIN and gives the others theirs.

    Raises BadInput when this program's house has no such unit.
    """
    from seed import load

    load.load_house(writer, now_ms=to_ms(now))
    unit = units.unit_by_code(writer, invitation.unit_code)
    centre = units.centre_above(writer, unit["path"]) if unit else None
    if unit is None or centre is None:
        raise BadInput(
            f"本程序的单位名录里没有 {invitation.unit_code}，请用与热线中心同一版本的程序", "--station"
        )
    writer.update("store", 1, {"centre_id": centre["id"]})
    keep_station(writer, invitation, now)
    for place, clerk in enumerate(invitation.clerks):
        values = {
            "uid": clerk.uid,
            "staff_no": clerk.staff_no,
            "name": clerk.name,
            "person_uid": clerk.person_uid,
            "unit_id": unit["id"],
            "pin_hash": pin_hash if place == 0 else None,
        }
        staff_id = writer.insert("staff", values)
        for role in (Role.STATION_CLERK, Role.ADMIN)[: 1 if place else 2]:
            writer.insert("staff_roles", {"staff_id": staff_id, "role": str(role)})
