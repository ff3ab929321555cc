"""Who calls: the orders and calls that stand beside the form while one types. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db import search
from db.bigrams import tokens
from db.doors import Reader, Row, Writer

NOT_SECRET = "o.kind <> 'tip_off' AND o.is_confidential = 0 AND o.is_crisis = 0"
"""SQL over `o`: neither 举报 nor 保密, which never stand beside anybody's form (practice P32 c)."""

OF_THE_CENTRE = "o.centre_id IN (SELECT id FROM units WHERE path LIKE :centre_path)"
"""SQL over `o`: stands with this centre or one below it; bind `centre_path` to the path with `%` at its end."""

_OF_THE_NUMBER = (
    "o.id IN (SELECT id FROM work_orders WHERE contact_phone = :phone UNION"
    " SELECT l.order_id FROM calls c JOIN call_orders l ON l.call_id = c.id"
    " WHERE c.number = :phone AND c.direction = 'inbound')"
)

# How far back in the index a similar matter is looked for, and how many of those found are compared.
_WINDOW, _MOST_COMPARED = 20_000, 120
_MOST_TOKENS = 24
# Pairs with one of these say how people talk, not what they talk about.
_FILLERS = frozenset(
    "的了是在有不没也就都和与请要说去来到给被把让我你他她它们这那个一着过得地很还能会想吗呢吧啊希望反映"
)


def orders_of_number(reader: Reader, phone: str, centre_path: str, limit: int) -> list[int]:
    """Return the keys of the orders that this number left or called about: open ones first, then the newest.

    Secret orders are left out, whoever asks (practice P32 c).
    """
    rows = reader.all(
        f"SELECT o.id FROM work_orders o WHERE {_OF_THE_NUMBER} AND {NOT_SECRET} AND {OF_THE_CENTRE}"
        " ORDER BY o.is_open DESC, o.accepted_at DESC LIMIT :limit",
        phone=phone,
        centre_path=centre_path + "%",
        limit=limit,
    )
    return [int(row["id"]) for row in rows]


def areas_of_number(reader: Reader, phone: str, centre_path: str) -> list[str]:
    """Return the codes of the areas of a number's last ten orders, the newest first, secret orders left out."""
    rows = reader.all(
        f"SELECT o.area_code FROM work_orders o WHERE {_OF_THE_NUMBER} AND {NOT_SECRET} AND {OF_THE_CENTRE}"
        " AND o.area_code IS NOT NULL ORDER BY o.accepted_at DESC LIMIT 10",
        phone=phone,
        centre_path=centre_path + "%",
    )
    return [str(row["area_code"]) for row in rows]


def places_in(reader: Reader, area_code: str, centre_path: str, limit: int) -> list[str]:
    """Return what was said of the place in the last `limit` orders of an area, the newest first, secret ones left out."""
    rows = reader.all(
        f"SELECT o.place FROM work_orders o WHERE o.area_code = :area AND {NOT_SECRET} AND {OF_THE_CENTRE}"
        " AND o.place <> '' ORDER BY o.accepted_at DESC LIMIT :limit",
        area=area_code,
        centre_path=centre_path + "%",
        limit=limit,
    )
    return [str(row["place"]) for row in rows]


def suspended_of_number(reader: Reader, phone: str, centre_path: str) -> list[int]:
    """Return the keys of the open orders of a number, secret ones left out, that wait for their citizen (挂起)."""
    rows = reader.all(
        f"SELECT o.id FROM work_orders o WHERE {_OF_THE_NUMBER} AND {NOT_SECRET} AND {OF_THE_CENTRE}"
        " AND o.is_open = 1 AND o.suspended_at IS NOT NULL",
        phone=phone,
        centre_path=centre_path + "%",
    )
    return [int(row["id"]) for row in rows]


def calls_of_number(reader: Reader, phone: str) -> Row:
    """Return how often a number called in, when last, and how many of these calls were filed as 骚扰."""
    row = reader.one(
        "SELECT count(*) AS calls, max(rang_at) AS last_at, "
        " count(CASE WHEN summary = 'nuisance' THEN 1 END) AS nuisance"
        " FROM calls WHERE number = :phone AND direction = 'inbound'",
        phone=phone,
    )
    assert row is not None, "an aggregate has one row"
    return row


def like_this(reader: Reader, text: str, centre_path: str, since: int, area: str = "") -> Sequence[Row]:
    """Return orders since `since` that share words with `text`: id, title, content; newest first.

    Neither secret nor void ones. `area` is the beginning of an area code; orders without an area always count. Only
    the newest part of the index is searched, so a large store costs no more than a small one.
    """
    keys = search.find_any(
        reader,
        _telling(text),
        newest=_WINDOW,
        limit=_MOST_COMPARED,
        scope=f"{NOT_SECRET} AND {OF_THE_CENTRE} AND o.accepted_at >= :since AND o.status <> 'void'"
        " AND (o.area_code IS NULL OR o.area_code LIKE :area)",
        parameters={"centre_path": centre_path + "%", "since": since, "area": area + "%"},
    )
    marks = ", ".join(map(str, keys))
    return reader.all(f"SELECT id, title, content FROM work_orders WHERE id IN ({marks})") if keys else []


def _telling(text: str) -> list[str]:
    """The words of `text` that say what it is about, each once, the first ones; letters, digits and hanzi only."""
    telling = [word for word in tokens(text) if len(word) > 1 and not _FILLERS & set(word)]
    return list(dict.fromkeys(telling))[:_MOST_TOKENS]


def known_codes(reader: Reader, area: str | None, category: str | None) -> Row:
    """Return `area` and `category` as the store knows them: NULL for a code that it does not know or has retired."""
    row = reader.one(
        "SELECT (SELECT code FROM areas WHERE code = :area) AS area,"
        " (SELECT code FROM categories WHERE code = :category AND retired_at IS NULL) AS category",
        area=area,
        category=category,
    )
    assert row is not None, "a SELECT without FROM has one row"
    return row


def unit_called(reader: Reader, code: str | None, name: str) -> int | None:
    """Return the key of the unit with this code, or else of the one called exactly `name` (full or short)."""
    key = reader.value(
        "SELECT id FROM units WHERE code = :code OR (:code IS NULL AND :name IN (name, short_name))"
        " ORDER BY valid_to IS NOT NULL, id LIMIT 1",
        code=code,
        name=name,
    )
    return None if key is None else int(key)


def number_of_code(reader: Reader, code: str) -> str | None:
    """Return the number of the newest order with this 查询码 (codes come again after a year), or None."""
    number = reader.value(
        "SELECT order_no FROM work_orders WHERE query_code = :code ORDER BY accepted_at DESC LIMIT 1",
        code=code,
    )
    return None if number is None else str(number)


def update_requester(writer: Writer, requester_id: int, values: dict[str, Any]) -> None:
    """Set what is newly known of a requester."""
    writer.update("requesters", requester_id, values)


def link_call(writer: Writer, call_id: int, order_id: int) -> None:
    """Say that a call was about an order; saying it twice is once."""
    writer.run(
        "INSERT INTO call_orders (call_id, order_id) SELECT :call_id, :order_id WHERE NOT EXISTS"
        " (SELECT 1 FROM call_orders WHERE call_id = :call_id AND order_id = :order_id)",
        call_id=call_id,
        order_id=order_id,
    )


def call_of_outside(reader: Reader, outside_id: str) -> int | None:
    """Return the key of the call with this identity of the telephone system (or of the seat), or None."""
    key = reader.value("SELECT id FROM calls WHERE outside_id = :outside_id", outside_id=outside_id)
    return None if key is None else int(key)


def call_uid(reader: Reader, call_id: int) -> str | None:
    """Return the identity of a call, or None for no such call."""
    uid = reader.value("SELECT uid FROM calls WHERE id = :id", id=call_id)
    return None if uid is None else str(uid)
