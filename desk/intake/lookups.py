"""Pick lists of the form: areas, categories, units that may be accused, and the city's own lists."""

from collections.abc import Mapping

from db.doors import Reader
from db.queries import callers, house, units
from desk import areas as area_search
from desk.context import Desk
from desk.errors import BadInput
from desk.rows import PickRow
from desk.rules.declining import DECLINE_REASONS, where_to_go
from desk.rules.text import normalised_phone

EMERGENCY_TYPES = ("燃气泄漏", "道路救援", "山体滑坡", "其他险情")
OUTSIDE = {"110": "公安报警", "119": "消防", "120": "急救"}
PURPOSES = {"110": "违法犯罪、人身危险", "119": "火灾、被困、抢险", "120": "伤病急救"}
_MOST = 50


def areas(desk: Desk, text: str, limit: int = _MOST, *, phone: str = "") -> list[PickRow]:
    """Return areas that `text` may mean, those of the earlier orders of the number `phone` first, then the own county's.

    `text` is part of a name, a short name, pinyin or its initials (`hsz`). The hint names the township of a village: 415
    village names are not unique (design part 4). '' gives the county's townships.
    """
    with desk.reading() as reader:
        return area_search.found(desk, reader, text, limit, _near(desk, reader, phone))


def _near(desk: Desk, reader: Reader, phone: str) -> list[str]:
    """Where the earlier orders of a number are; nobody outside the centre is told, not even by the order of a list."""
    try:
        number = normalised_phone(phone)
    except BadInput:
        number = ""
    if not number or not desk.actor.is_at_the_centre:
        return []
    return callers.areas_of_number(reader, number, desk.actor.centre_path)


def categories(desk: Desk, text: str, limit: int = _MOST) -> list[PickRow]:
    """Return 诉求分类 by code or part of the name, in the order of the tree; the hint is the class above."""
    with desk.reading() as reader:
        rows = house.find_categories(reader, text.strip(), limit)
    return [PickRow(row["code"], row["name"], row["parent_name"] or "") for row in rows]


def wage_category(desk: Desk, *, is_works: bool) -> PickRow | None:
    """Return the category of 欠薪 on building works, or at a firm; None when the hotline has no such category."""
    code = str(desk.settings.get("wages.category_works" if is_works else "wages.category_firm", ""))
    with desk.reading() as reader:
        found = [row["name"] for row in house.find_categories(reader, code, _MOST) if row["code"] == code]
    return PickRow(code, found[0]) if found else None


def accused_units(desk: Desk, text: str, limit: int = _MOST) -> list[PickRow]:
    """Return units that a 举报 may be about, by name or code; the key is the unit's code (practice P32 a)."""
    with desk.reading() as reader:
        rows = units.find_units(reader, text.strip(), desk.actor.centre_path, limit)
    return [PickRow(row["code"], row["name"], row["short_name"]) for row in rows]


def emergency_types(desk: Desk) -> tuple[str, ...]:
    """Return the types of emergency, a list of the city's settings."""
    return desk.settings.words("emergency.types") or EMERGENCY_TYPES


def outside_numbers(desk: Desk) -> Mapping[str, str]:
    """Return the directory of outside numbers, neighbouring hotlines last: number → who answers (practice P13)."""
    found = {
        **desk.settings.get("directory.outside", OUTSIDE),
        **desk.settings.get("directory.neighbours", {}),
    }
    return {str(number): str(name) for number, name in found.items()}


def outside_picks(desk: Desk, text: str) -> list[PickRow]:
    """Return the directory of outside numbers as a pick list, by number, name or what it is for (the hint)."""
    wanted = text.strip()
    purposes = desk.settings.get("directory.purposes", PURPOSES)
    rows = [
        PickRow(number, name, str(purposes.get(number, "公开号码")))
        for number, name in outside_numbers(desk).items()
    ]
    return [row for row in rows if any(wanted in words for words in (row.key, row.name, row.hint))]


def decline_reasons(desk: Desk, text: str = "") -> list[PickRow]:
    """Return the reasons of 不予受理 whose words hold `text`, with where the caller can go (practice P9)."""
    offices = desk.settings.get("directory.declined", {})
    found = [reason for reason in DECLINE_REASONS if text.strip() in reason.words]
    return [PickRow(reason.code, reason.words, where_to_go(reason, offices)) for reason in found]


def directory(desk: Desk, text: str = "") -> list[PickRow]:
    """Return whom a caller may be sent to: the outside numbers, then the offices of 不予受理, by number, name or matter.

    The key is what tells two rows apart, the name what is read out (`12348 法律服务`), the hint what it is for.
    """
    wanted = text.strip()
    numbers = [PickRow(row.key, f"{row.key} {row.name}", row.hint) for row in outside_picks(desk, "")]
    offices = [PickRow(row.key, row.hint, row.name) for row in decline_reasons(desk)]
    return [row for row in (*numbers, *offices) if wanted in row.name or wanted in row.hint]
