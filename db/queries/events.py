"""The chain of events and its words."""

from collections.abc import Collection, Sequence

from db.doors import Reader, Row, Writer


def head(reader: Reader) -> Row:
    """Return the head of the chain: seq, hash, at (ms UTC), and the `store_uid` that its next event will bear."""
    row = reader.one(
        "SELECT h.seq, h.hash, h.at, s.store_uid FROM chain_head h JOIN store s ON s.id = 1 WHERE h.id = 1"
    )
    assert row is not None, "a store has a chain head and knows itself from its first moment"
    return row


def append(writer: Writer, event: dict[str, object]) -> None:
    """Write one event and move the head onto it."""
    writer.insert("events", event)
    writer.update("chain_head", 1, {"seq": event["seq"], "hash": event["hash"], "at": event["at"]})


def add_text(writer: Writer, event_uid: str, field: str, digest: str, salt: str, body: str) -> None:
    """Write the words of one field of an event."""
    writer.insert(
        "event_texts", {"event_uid": event_uid, "field": field, "digest": digest, "salt": salt, "body": body}
    )


def of_order(reader: Reader, order_uid: str) -> Sequence[Row]:
    """Return the events of one order, oldest first, with who did each (name, 工号, unit)."""
    return reader.all(
        "SELECT e.seq, e.uid, e.kind, e.at, e.seat, e.round, e.from_status, e.to_status, e.data, e.actor_uid,"
        " s.name AS actor_name, s.staff_no AS actor_no, s.person_uid AS actor_person,"
        " u.short_name AS actor_unit, u.id AS actor_unit_id"
        " FROM events e LEFT JOIN staff s ON s.uid = e.actor_uid LEFT JOIN units u ON u.id = s.unit_id"
        " WHERE e.order_uid = :order_uid ORDER BY e.seq",
        order_uid=order_uid,
    )


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Return one event: kind, at (ms UTC), actor_uid, data."""
    return reader.one("SELECT kind, at, actor_uid, data FROM events WHERE uid = :uid", uid=uid)


_RECENT = 20_000
"""How far back a running call can reach, in events: more than a busy centre's day."""


def recent_data(reader: Reader, kind: str) -> list[str]:
    """Return the data of the events of one kind that a call which runs now may have led to."""
    rows = reader.all(
        "SELECT data FROM events WHERE seq > (SELECT seq FROM chain_head) - :recent AND kind = :kind",
        recent=_RECENT,
        kind=kind,
    )
    return [row["data"] for row in rows]


def texts_of_order(reader: Reader, order_uid: str) -> Sequence[Row]:
    """Return the words of an order's events: event_uid, field, body (NULL once erased by law)."""
    return reader.all(
        "SELECT t.event_uid, t.field, t.body FROM event_texts t JOIN events e ON e.uid = t.event_uid"
        " WHERE e.order_uid = :order_uid ORDER BY e.seq, t.field",
        order_uid=order_uid,
    )


def last_of_order(reader: Reader, order_uid: str) -> Row | None:
    """Return the newest event of an order that moved it, with who did it."""
    return reader.one(
        "SELECT e.kind, e.at, s.name AS actor_name, s.staff_no AS actor_no FROM events e"
        " LEFT JOIN staff s ON s.uid = e.actor_uid"
        " WHERE e.order_uid = :order_uid AND e.to_status IS NOT NULL ORDER BY e.seq DESC LIMIT 1",
        order_uid=order_uid,
    )


def last_words(reader: Reader, order_uid: str, kind: str, field: str) -> str:
    """Return what was last said in one field of one kind of event of an order; '' for nothing, or erased by law."""
    found = reader.value(
        "SELECT t.body FROM event_texts t JOIN events e ON e.uid = t.event_uid"
        " WHERE e.order_uid = :order_uid AND e.kind = :kind AND t.field = :field ORDER BY e.seq DESC LIMIT 1",
        order_uid=order_uid,
        kind=kind,
        field=field,
    )
    return str(found or "")


def persons_who(reader: Reader, order_uid: str, kinds: Sequence[str], round_: int | None = None) -> set[str]:
    """Return the persons (not 工号) who did a deed of one of `kinds` on an order, in one round or in any (None)."""
    named = {f"kind_{place}": str(kind) for place, kind in enumerate(kinds)}
    in_round = "" if round_ is None else " AND e.round = :round"
    rows = reader.all(
        "SELECT DISTINCT s.person_uid FROM events e JOIN staff s ON s.uid = e.actor_uid"
        f" WHERE e.order_uid = :order_uid AND e.kind IN ({', '.join(f':{name}' for name in named)}){in_round}",
        order_uid=order_uid,
        **named,
        **({} if round_ is None else {"round": round_}),
    )
    return {row["person_uid"] for row in rows}


def writers_of(reader: Reader, kind: str, uid: str) -> set[str]:
    """Return the persons (`person_uid`, not 工号) who did a deed of this kind on a paper: a report, a circular, by its uid."""
    rows = reader.all(
        "SELECT DISTINCT s.person_uid FROM events e JOIN staff s ON s.uid = e.actor_uid"
        " WHERE e.kind = :kind AND instr(e.data, :paper) > 0",
        kind=kind,
        paper=uid,
    )
    return {str(row["person_uid"]) for row in rows}


def explained_after_panel(reader: Reader, order_ids: Sequence[int]) -> set[int]:
    """Return which of these orders the panel found unreasonable in their present round and were explained after it."""
    if not order_ids:
        return set()
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        "SELECT DISTINCT o.id FROM work_orders o"
        " JOIN events p ON p.order_uid = o.uid AND p.round = o.round AND p.kind = 'panel_unreasonable'"
        " JOIN events e ON e.order_uid = o.uid AND e.round = o.round AND e.kind = 'log_explanation'"
        f" AND e.seq > p.seq WHERE o.id IN ({marks})"
    )
    return {row["id"] for row in rows}


def kinds_since(reader: Reader, seq: int, kinds: Collection[str], limit: int) -> Sequence[Row]:
    """Return the oldest events of some kinds after `seq`: seq, kind, order_uid."""
    marks = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return reader.all(
        f"SELECT seq, kind, order_uid FROM events WHERE seq > :seq AND kind IN ({marks}) AND order_uid IS NOT NULL"
        " ORDER BY seq LIMIT :limit",
        seq=seq,
        limit=limit,
    )


def of_the_house(reader: Reader, kinds: Collection[str]) -> Sequence[Row]:
    """Return at (ms UTC) and data of every event of some kinds that is about no order, oldest first. It reads the whole chain."""
    marks = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return reader.all(
        f"SELECT at, data FROM events WHERE kind IN ({marks}) AND order_uid IS NULL ORDER BY seq"
    )


def nth_last_of(reader: Reader, kinds: Collection[str], count: int) -> int:
    """Return the seq before the last `count` events of some kinds; 0 when there are no more."""
    marks = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    found = reader.value(
        f"SELECT seq FROM events WHERE kind IN ({marks}) ORDER BY seq DESC LIMIT 1 OFFSET :count", count=count
    )
    return int(found or 0)


def last_kind_of_order(reader: Reader, order_uid: str, kinds: Collection[str]) -> str | None:
    """Return which of some kinds of event an order had last, or None."""
    marks = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    found = reader.value(
        f"SELECT kind FROM events WHERE order_uid = :order_uid AND kind IN ({marks}) ORDER BY seq DESC LIMIT 1",
        order_uid=order_uid,
    )
    return None if found is None else str(found)
