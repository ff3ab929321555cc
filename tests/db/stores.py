"""Small stores for the tests of this floor, filled without the desk."""

import json
from pathlib import Path
from typing import Any

from db import search
from db.doors import Writer
from db.engine import Database
from db.hashing import canonical, event_hash, field_digest, text_digest
from db.ids import new_uid
from db.schema import create_store

NOW = 1_795_400_000_000
"""2026-11-22, in milliseconds UTC."""


def make_store(path: Path) -> Database:
    """A fresh store without a single order."""
    create_store(path, site="CY01", now_ms=NOW)
    return Database(path)


def add_order(writer: Writer, number: int = 1, **changes: Any) -> int:
    """One order with its first event and its place in the search index; returns its key."""
    values = {
        "uid": new_uid(),
        "store_uid": writer.value("SELECT store_uid FROM store"),
        "order_no": f"CY01-20261123-{number:04d}",
        "order_day": 20261123,
        "counter": number,
        "query_code": f"1123-{number:04d}",
        "channel": "phone_12345",
        "kind": "complaint",
        "urgency": "normal",
        "title": "夜间施工噪音",
        "content": "横水镇老城社区工地每晚施工到两点",
        "status": "to_dispatch",
        "raised_at": NOW,
        "accepted_at": NOW,
        "press_at": NOW,
        **changes,
    }
    order_id = writer.insert("work_orders", values)
    search.add(writer, order_id)
    add_event(writer, values["uid"], "register", None, values["status"], words={"note": "来电人说得很急"})
    return order_id


def add_event(
    writer: Writer,
    order_uid: str | None,
    kind: str,
    from_status: str | None = None,
    to_status: str | None = None,
    *,
    words: dict[str, str] | None = None,
    data: dict[str, Any] | None = None,
) -> str:
    """One honest event at the end of the chain; returns its uid."""
    head = writer.one("SELECT seq, hash, at FROM chain_head")
    assert head is not None
    uid = new_uid()
    digests = {}
    for field, body in (words or {}).items():
        salt = f"salt of {field}"
        digests[field] = field_digest(salt, body)
        writer.insert(
            "event_texts",
            {"event_uid": uid, "field": field, "digest": digests[field], "salt": salt, "body": body},
        )
    event = {
        "seq": head["seq"] + 1,
        "uid": uid,
        "store_uid": writer.value("SELECT store_uid FROM store"),
        "order_uid": order_uid,
        "kind": kind,
        "at": head["at"] + 1,
        "actor_uid": None,
        "seat": "坐席1",
        "round": 1,
        "from_status": from_status,
        "to_status": to_status,
        "data": canonical(data or {}),
        "text_digest": text_digest(digests),
        "prev_hash": head["hash"],
    }
    assert json.loads(event["data"]) == (data or {})
    digest = event_hash(event)
    writer.insert("events", {**event, "hash": digest})
    writer.update("chain_head", 1, {"seq": event["seq"], "hash": digest, "at": event["at"]})
    return uid
