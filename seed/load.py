"""What a new desk starts with, from the tables beside this file (design part 3).

`load_house` fills any new store: areas, categories, settings, phrases, units with their sections, the duty list. `load_people`
adds the invented staff, for a demo only.
"""

import csv
import json
from collections.abc import Iterator
from importlib import resources

from db.codes import Role
from db.doors import Writer
from db.ids import new_uid
from db.queries import knowledge, panelists, staff

TOWNSHIP = "TOWNSHIP"
"""In the duty list: the government of the township that the order's area belongs to."""


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a seed table such as `units.csv`."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def load_house(writer: Writer, *, now_ms: int) -> None:
    """Fill a new store with everything but people; `now_ms` (ms UTC) is where validity begins."""
    for row in table("areas.csv"):
        writer.insert("areas", {**row, "parent": row["parent"] or None})
    for row in table("categories.csv"):
        writer.insert("categories", {**row, "level": int(row["level"]), "parent": row["parent"] or None})
    for row in table("settings.csv"):
        writer.insert("settings", row)
    load_phrases(writer, now_ms)
    keys = _load_units(writer, now_ms)
    for row in table("sections.csv"):
        values = {
            "uid": new_uid(),
            "unit_id": keys[row["unit_code"]],
            "code": row["code"],
            "name": row["name"],
        }
        writer.insert("sections", values)
    for row in table("area_managers.csv"):
        writer.insert("area_managers", {"area_code": row["area_code"], "unit_id": keys[row["unit_code"]]})
    load_duty_items(writer, now_ms)
    load_knowledge(writer, now_ms)


def load_duty_items(writer: Writer, now_ms: int) -> None:
    """Add the duty list's first edition, in force from `now_ms` (ms UTC)."""
    for row in table("duty_items.csv"):
        writer.insert("duty_items", {**row, "number": int(row["number"]), "version": 1, "valid_from": now_ms})


def load_knowledge(writer: Writer, now_ms: int) -> None:
    """Put the sample entries of 知识库 in force, each owned by the department's unit of the site, else of the city."""
    site = str(writer.value("SELECT site FROM store"))[:2]
    owners: dict[str, int] = {}
    for unit in writer.all("SELECT id, code, department FROM units ORDER BY id DESC"):
        if unit["code"].startswith(site) or unit["department"] not in owners:
            owners[unit["department"]] = unit["id"]
    for row in table("knowledge.csv"):
        owner = owners.get(row.pop("owner_department"))
        knowledge.load(writer, {**row, "owner_id": owner, "is_sample": True}, now_ms)


def load_phrases(writer: Writer, now_ms: int) -> None:
    """Add the hotline's own phrases."""
    for row in table("phrases.csv"):
        writer.insert("phrases", {**row, "uid": new_uid(), "changed_at": now_ms})


def _load_units(writer: Writer, now_ms: int) -> dict[str, int]:
    keys: dict[str, int] = {}
    paths: dict[str, str] = {}
    for row in table("units.csv"):
        parent = row.pop("parent_code")
        values = {
            **row,
            "uid": new_uid(),
            "parent_id": keys.get(parent),
            "is_centre": row["is_centre"] == "1",
        }
        key = writer.insert("units", {**values, "valid_from": now_ms})
        keys[row["code"]] = key
        paths[row["code"]] = f"{paths.get(parent, '/')}{key}/"
        writer.update("units", key, {"path": paths[row["code"]]})
    return keys


def _of_the_demo() -> dict[str, object]:
    """Settings of the demo alone: which operators are the resident specialists, and invented insured people (样例)."""
    return {
        "transfer.desks": {"驻点专员·市本级": ["1201"], "驻点专员·章贡区": ["1202"]},
        "insurance.source": "csv",
        "insurance.csv_path": str(resources.files(__package__).joinpath("insured.csv")),
    }


def load_people(writer: Writer) -> None:
    """Add the invented staff: no PIN, so nobody can sign in with one; a demo signs them in itself."""
    units = {row["code"]: row["id"] for row in writer.all("SELECT id, code FROM units")}
    sections = {row["code"]: row["id"] for row in writer.all("SELECT id, code FROM sections")}
    persons: dict[str, str] = {}
    keys: dict[str, int] = {}
    for row in table("staff.csv"):
        values = {
            "uid": new_uid(),
            "staff_no": row["staff_no"],
            "name": row["name"],
            "person_uid": persons.setdefault(row["person"], new_uid()),
            "unit_id": units[row["unit_code"]],
            "section_id": sections.get(row["section_code"]),
        }
        keys[row["staff_no"]] = writer.insert("staff", values)
        for role in row["roles"].split(";"):
            writer.insert("staff_roles", {"staff_id": keys[row["staff_no"]], "role": role})
    for key, value in _of_the_demo().items():
        writer.run(
            "UPDATE settings SET value = :value WHERE key = :key",
            key=key,
            value=json.dumps(value, ensure_ascii=False),
        )
    for row in table("staff.csv"):
        if row["deputy_no"]:
            writer.update("staff", keys[row["staff_no"]], {"deputy_id": keys[row["deputy_no"]]})


def load_panelists(writer: Writer, *, now_ms: int) -> None:
    """Add the invented pool of 评议员 of the store's centre, from `now_ms` (ms UTC) on: accounts without a PIN."""
    centre = writer.value("SELECT centre_id FROM store")
    units = {row["code"]: row["id"] for row in writer.all("SELECT id, code FROM units")}
    for row in table("panelists.csv"):
        is_active = row["is_active"] == "1"
        account = {"staff_no": row["staff_no"], "name": row["name"], "is_active": is_active}
        staff_id = staff.add(
            writer,
            {**account, "uid": new_uid(), "person_uid": new_uid(), "unit_id": centre},
            [str(Role.PANELIST)],
        )
        values = {
            "staff_id": staff_id,
            "profession": row["profession"],
            "area_code": row["area_code"],
            "employer": row["employer"],
            "employer_unit_id": units.get(row["employer_code"]),
            "is_active": is_active,
            "added_at": now_ms,
        }
        ties = [units[code] for code in row["units"].split(";") if code]
        panelists.set_ties(
            writer, panelists.add(writer, values), ties, [each for each in row["people"].split(";") if each]
        )


def load_notices(writer: Writer, *, now_ms: int) -> None:
    """Add the invented notices of the day, running from and to hours around `now_ms` (ms UTC)."""
    hour = 3_600_000
    for row in table("notices.csv"):
        area = writer.value(
            "SELECT code FROM areas WHERE name = :name ORDER BY code LIMIT 1", name=row["area_name"]
        )
        unit = writer.value(
            "SELECT id FROM units WHERE department = :department AND code LIKE 'CY-%' ORDER BY id LIMIT 1",
            department=row["unit_department"],
        )
        values = {
            "uid": new_uid(),
            "title": row["title"],
            "sentence": row["sentence"],
            "area_code": area,
            "unit_id": unit,
        }
        starts, ends = (now_ms + int(float(row[name]) * hour) for name in ("hours_from", "hours_to"))
        writer.insert(
            "notices", {**values, "starts_at": starts, "ends_at": ends, "published_at": min(starts, now_ms)}
        )
