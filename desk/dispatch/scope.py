"""The part of the queue that one dispatcher minds: by line and by area, kept beside the store for each person (P21).

A way of looking, no deed: everybody may still open and send everything, and 特急 is never left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.doors import Reader
from db.queries import house, units
from db.times import to_ms
from desk.context import Desk
from desk.errors import BadInput
from desk.rows import PickRow
from desk.rules.areas import area_prefix

LINES = {"12345": "12345", "12333": "12333"}
_KIND = "dispatch_scope"
_MOST_AREAS = 40
_OF_12333 = "(o.line = '12333' OR o.channel = 'phone_12333')"


@dataclass(frozen=True, slots=True)
class QueueScope:
    """What is minded: one line ('' for both) and areas by code (none for all)."""

    line: str = ""
    areas: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.line and not self.areas


def kept(desk: Desk) -> QueueScope:
    """Return what this person minds; the whole queue until something was chosen."""
    drafts = [] if desk.work is None else desk.work.drafts_of(desk.actor.uid, _KIND)
    body: Mapping[str, Any] = drafts[0].body if drafts else {}
    areas = body.get("areas")
    line = str(body.get("line", ""))
    return QueueScope(
        line if line in LINES else "", tuple(map(str, areas)) if isinstance(areas, list) else ()
    )


def narrow(desk: Desk, key: str) -> str:
    """Choose or drop one row of `scope_picks` and return what is minded now, in words. No deed, no event.

    Raises BadInput for a key that is none.
    """
    before, kind, value = kept(desk), *_parts(key)
    match kind:
        case "all":
            after = QueueScope()
        case "line" if value in LINES:
            after = replace(before, line="" if before.line == value else value)
        case "area":
            after = replace(before, areas=_toggled(before.areas, (value,)))
        case "group":
            after = replace(before, areas=_toggled(before.areas, _groups(desk).get(value, ())))
        case _:
            raise BadInput("没有这个范围，请重新选择", "范围")
    _keep(desk, after)
    return words(desk, after)


def _parts(key: str) -> tuple[str, str]:
    kind, _, value = key.partition(":")
    return kind, value


def _toggled(areas: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """All of `chosen` in, or out when all were in."""
    if chosen and set(chosen) <= set(areas):
        return tuple(code for code in areas if code not in chosen)
    return tuple(dict.fromkeys((*areas, *chosen)))[:_MOST_AREAS]


def _keep(desk: Desk, scope: QueueScope) -> None:
    if desk.work is None:
        return
    desk.work.save_draft(
        staff_uid=desk.actor.uid,
        seat=desk.seat,
        kind=_KIND,
        title=_KIND,
        body={"line": scope.line, "areas": list(scope.areas)},
        now_ms=to_ms(desk.now()),
        draft_id=f"{_KIND}-{desk.actor.uid}",
    )


def _groups(desk: Desk) -> dict[str, tuple[str, ...]]:
    """片区 of the city: a name → the codes of its areas (setting `dispatch.area_groups`)."""
    found = desk.settings.get("dispatch.area_groups", {})
    return {str(name): tuple(map(str, codes)) for name, codes in found.items()}


def condition(scope: QueueScope) -> tuple[str, dict[str, Any]]:
    """Return SQL over `o` and its parameters for what is minded; '' for the whole queue.

    An order whose area is not known yet is everybody's, and so is a 特急.
    """
    if scope.is_whole:
        return "", {}
    parts = {"12333": _OF_12333, "12345": f"NOT {_OF_12333}"}.get(scope.line, "")
    wanted = [parts] if parts else []
    parameters = {f"scope_{at}": f"{area_prefix(code)}%" for at, code in enumerate(scope.areas)}
    if parameters:
        fits = " OR ".join(f"o.area_code LIKE :{name}" for name in parameters)
        wanted.append(f"(o.area_code IS NULL OR {fits})")
    return f"(o.urgency = 'critical' OR ({' AND '.join(wanted)}))", parameters


def words(desk: Desk, scope: QueueScope) -> str:
    """Say what is minded: `12333线 横水镇、扬眉镇`; '' for the whole queue."""
    if scope.is_whole:
        return ""
    with desk.reading() as reader:
        names = [_name(reader, code) for code in _unnamed(desk, scope.areas)]
    groups = [name for name, codes in _groups(desk).items() if codes and set(codes) <= set(scope.areas)]
    line = f"{scope.line}线" if scope.line else ""
    return " ".join(part for part in (line, "、".join((*groups, *names))) if part)


def _unnamed(desk: Desk, areas: tuple[str, ...]) -> Iterator[str]:
    """The areas that no group, chosen as a whole, names already."""
    whole = [set(codes) for codes in _groups(desk).values() if codes and set(codes) <= set(areas)]
    return (code for code in areas if not any(code in codes for codes in whole))


def _name(reader: Reader, code: str) -> str:
    area = house.area(reader, code)
    return str(area["name"]) if area else code


def scope_picks(desk: Desk, text: str = "") -> list[PickRow]:
    """Return what the queue may be narrowed to: all, a line, the city's 片区, an area whose name holds `text`."""
    scope = kept(desk)
    with desk.reading() as reader:
        centre = units.unit(reader, desk.actor.centre_id)
        county = str(centre["area_code"] or "")[:6] if centre else ""
        areas = house.find_areas(reader, text.strip(), county, _MOST_AREAS)
    rows = [PickRow("all", "全部", "不分范围")]
    rows += [
        PickRow(f"line:{line}", f"{line} 热线", "已选" if scope.line == line else "线路") for line in LINES
    ]
    rows += [
        PickRow(f"group:{name}", name, "已选" if set(codes) <= set(scope.areas) else "片区")
        for name, codes in _groups(desk).items()
        if codes
    ]
    wanted = text.strip()
    rows = [row for row in rows if wanted in row.name]
    mine = [row for row in areas if row["level"] != "village" or wanted]
    return rows + [
        PickRow(
            f"area:{row['code']}",
            row["name"],
            "已选" if row["code"] in scope.areas else row["parent_name"] or "",
        )
        for row in mine
    ]
