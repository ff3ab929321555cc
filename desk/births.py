"""How an order comes into the world: its number, its clocks, its first event, in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db import search
from db.codes import ContactWay, Deed, OrderKind, Status, Urgency
from db.doors import Row, Writer
from db.ids import new_uid
from db.queries import events, work_orders
from db.times import to_ms
from desk import clocks, history, told
from desk.codes import word
from desk.context import Desk
from desk.deed import derived
from desk.errors import NotAllowed
from desk.history import Happening
from desk.rules import lifecycle, rights
from desk.rules.calendar import local
from desk.rules.rights import Scope


@dataclass(slots=True)
class Birth:
    """What a new order starts with. `values` are columns of the order; `texts` the caller's own words."""

    deed: Deed
    kind: OrderKind
    urgency: Urgency
    values: dict[str, Any]
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    identity: dict[str, Any] | None = None
    """uid, store and numbers of an order that another store gave them (服务站); None: this store does."""
    accepted_at: datetime | None = None
    """When that store accepted it: 诉求人时限 runs from then, the dispatch limit from now (practice P18)."""


@dataclass(frozen=True, slots=True)
class Born:
    """A new order: its keys, its number and 查询码, and the moment of acceptance (aware UTC)."""

    id: int
    uid: str
    order_no: str
    query_code: str
    at: datetime
    columns: dict[str, Any]


def check_birth_right(desk: Desk, deed: Deed, scope: Scope | None = None) -> None:
    """Raise NotAllowed unless one of the actor's roles may bring an order into the world this way.

    With a `scope` only a role that may do so in that scope.
    """
    mine = rights.scopes(desk.actor.roles, deed)
    if not mine or (scope is not None and scope not in mine):
        able = [role for role in rights.roles_for(deed) if scope in (None, *rights.RIGHTS[role, deed])]
        allowed = "、".join(map(word, able))
        raise NotAllowed(f"您没有“{word(deed)}”的权限，请由{allowed}办理")


def bear(desk: Desk, writer: Writer, birth: Birth) -> Born:
    """Write a new order with its event, index entry and number. The caller holds the transaction.

    Acceptance is now; a `raised_at` in `values` (ms UTC) keeps when the citizen wrote. Raises NotAllowed.
    """
    check_birth_right(desk, birth.deed)
    head = events.head(writer)
    at = history.after(head, desk.now())
    status = lifecycle.BIRTHS[birth.deed]
    due_columns, due_data = _clocks(desk, birth, status, at)
    columns = {
        **(birth.identity or _identity(desk, writer, head, at)),
        **_standing(desk, birth, status, at),
        **due_columns,
        **birth.values,
    }
    columns |= derived({**_NO_CLOCKS, **columns})
    order_id = work_orders.add(writer, columns)
    search.add(writer, order_id)
    born = Born(order_id, columns["uid"], columns["order_no"], columns["query_code"], at, columns)
    history.record(writer, _happening(desk, birth, born, status, due_data), head)
    told.queue(desk, writer, birth.deed, {**_UNSAID, **columns, "id": order_id}, birth.data, at)
    return born


_UNSAID: dict[str, Any] = {
    "contact_phone": None,
    "needs_answer": True,
    "answer_way": str(ContactWay.PHONE),
    "is_confidential": False,
    "steward_id": None,
    "citizen_due_at": None,
}


_NO_CLOCKS: dict[str, Any] = {
    "stage_due_at": None,
    "unit_due_at": None,
    "citizen_due_at": None,
    "upstream_due_at": None,
    "pool_review_at": None,
    "suspended_at": None,
    "pool_grade": None,
}


def _identity(desk: Desk, writer: Writer, head: Row, at: datetime) -> dict[str, Any]:
    day = local(at)
    number_day = int(day.strftime("%Y%m%d"))
    counter = work_orders.next_number(writer, desk.site, number_day)
    return {
        "uid": new_uid(),
        "store_uid": head["store_uid"],
        "order_no": f"{desk.site}-{number_day}-{counter:04d}",
        "query_code": f"{day:%m%d}-{counter:04d}",
        "order_day": number_day,
        "counter": counter,
    }


def _standing(desk: Desk, birth: Birth, status: Status, at: datetime) -> dict[str, Any]:
    moment, accepted = to_ms(at), to_ms(birth.accepted_at or at)
    is_over = status in lifecycle.ENDS
    return {
        "kind": str(birth.kind),
        "urgency": str(birth.urgency),
        "status": str(status),
        "centre_id": desk.actor.centre_id,
        "raised_at": accepted,
        "accepted_at": accepted,
        "closed_at": moment if is_over else None,
    }


def _clocks(desk: Desk, birth: Birth, status: Status, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    if status in lifecycle.ENDS:
        return {}, {}
    return clocks.on_acceptance(desk, birth.kind, birth.urgency, at, birth.accepted_at)


def _happening(desk: Desk, birth: Birth, born: Born, status: Status, due_data: dict[str, Any]) -> Happening:
    crisis = {"is_crisis": True} if birth.values.get("is_crisis") else {}
    return Happening(
        kind=birth.deed,
        at=born.at,
        actor_uid=desk.actor.uid,
        seat=desk.seat,
        order_uid=born.uid,
        round=1,
        to_status=status,
        data={"kind": birth.kind, "urgency": birth.urgency, **crisis, **due_data, **birth.data},
        texts=birth.texts,
    )
