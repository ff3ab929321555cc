"""Orders by what a person says on the phone: number, 查询码, telephone number."""

from db.doors import Reader


def by_number(reader: Reader, text: str, limit: int) -> list[int]:
    """Return the keys of orders with this number (in either case), 查询码 or outside number, newest first."""
    rows = reader.all(
        "SELECT id FROM work_orders WHERE order_no = :upper OR query_code = :text OR outside_no IN (:text, :upper)"
        " ORDER BY order_day DESC, counter DESC LIMIT :limit",
        text=text,
        upper=text.upper(),
        limit=limit,
    )
    return [row["id"] for row in rows]


def by_phone(reader: Reader, phone: str, limit: int) -> list[int]:
    """Return the keys of orders with this contact number or a call from it, newest first."""
    rows = reader.all(
        "SELECT id FROM work_orders WHERE contact_phone = :phone"
        " UNION SELECT l.order_id FROM calls c JOIN call_orders l ON l.call_id = c.id WHERE c.number = :phone"
        " ORDER BY id DESC LIMIT :limit",
        phone=phone,
        limit=limit,
    )
    return [row["id"] for row in rows]


def centre_path(reader: Reader, order_id: int) -> str | None:
    """Return the tree path of the centre that an order stands with."""
    path: str | None = reader.value(
        "SELECT u.path FROM work_orders o JOIN units u ON u.id = o.centre_id WHERE o.id = :id", id=order_id
    )
    return path
