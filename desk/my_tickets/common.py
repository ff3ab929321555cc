"""What the deeds of the unit's desk share."""

from datetime import datetime
from typing import Any

from db.codes import RequestKind, Verdict
from db.doors import Row
from db.queries import requests
from db.times import to_ms
from desk.deed import OrderDeed
from desk.errors import NotNow

LONG, SHORT = 4000, 500
ASKED_FOR = (
    *(RequestKind.RETURN, RequestKind.EXTENSION, RequestKind.SUSPENSION, RequestKind.ESCALATION),
    RequestKind.PANEL,
)
"""What a unit may ask beside the status."""


def asked_in_round(deed: OrderDeed, kind: RequestKind, *verdicts: Verdict) -> list[Row]:
    """Return the requests of one kind in this round, of the given verdicts only when any are given."""
    return [
        row
        for row in requests.of_order(deed.writer, deed.order_id)
        if row["kind"] == kind
        and row["round"] == deed.order["round"]
        and (not verdicts or row["verdict"] in verdicts)
    ]


def refuse_second(deed: OrderDeed, kind: RequestKind, words: str) -> None:
    """Raise NotNow while a request of this kind waits for its verdict."""
    waiting = requests.pending(deed.writer, deed.order_id, kind)
    if waiting is not None and waiting["round"] == deed.order["round"]:
        raise NotNow(f"已有一份{words}申请等待裁定（{waiting['asker_name']} 提出），不必重复申请")


def pending_request(deed: OrderDeed, kind: RequestKind, words: str) -> Row:
    """Return the request that waits for a verdict; raises NotNow when there is none in this round."""
    waiting = requests.pending(deed.writer, deed.order_id, kind)
    if waiting is None or waiting["round"] != deed.order["round"]:
        raise NotNow(f"工单 {deed.order['order_no']} 没有待裁定的{words}申请，请刷新后再看")
    return waiting


def lapse(deed: OrderDeed, *kinds: RequestKind) -> None:
    """Let requests fall that the unit's own next step has overtaken."""
    for kind in kinds:
        waiting = requests.pending(deed.writer, deed.order_id, kind)
        if waiting is not None:
            actor_id = deed.desk.actor.id
            requests.decide(
                deed.writer, waiting["id"], Verdict.LAPSED, deed.at_ms, actor_id, "已由后续办理取代"
            )
            deed.note(**{f"lapsed_{kind}": waiting["uid"]})


def decide(deed: OrderDeed, request: Row, verdict: Verdict, words: str) -> None:
    """Write a verdict and name the request in the event."""
    requests.decide(deed.writer, request["id"], verdict, deed.at_ms, deed.desk.actor.id, words)
    deed.note(request=request["uid"], verdict=str(verdict))


def ask(deed: OrderDeed, kind: RequestKind, due_at: datetime, **values: Any) -> None:
    """Write a request of this deed's actor, due for its verdict at `due_at` (aware UTC)."""
    actor = deed.desk.actor
    requests.add(
        deed.writer,
        order_id=deed.order_id,
        kind=str(kind),
        round=deed.order["round"],
        asked_at=deed.at_ms,
        asked_by=actor.id,
        asking_unit_id=actor.unit_id,
        due_at=to_ms(due_at),
        **values,
    )
    deed.note(decision_due_at=to_ms(due_at))


def refuse_while_suspended(deed: OrderDeed) -> None:
    """Raise NotNow while the unit's clock stands still: it goes on first, then the deed."""
    if deed.order["suspended_at"] is not None:
        raise NotNow("工单正在挂起等待诉求人，请先恢复计时再办")
