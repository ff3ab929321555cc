"""The steps of an order's life as lines: when, what, who, and the words said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.codes import CallDirection, CallSummary, Deed, Status
from db.doors import Reader, Row
from db.queries import calls as call_queries
from desk import sight
from desk.codes import word
from desk.context import Actor
from desk.history import data_of
from desk.rules.secrecy import READ_BY_UNITS, masked_phone
from desk.transfers.reading import transfer_words
from desk.words import reason_words, stored

_LATE = {
    "stage": "本环节超期",
    "unit": "单位时限超期",
    "citizen": "诉求人时限超期",
    "verdict": "退单裁定超期",
    "upstream": "上级时限超期",
}


_SCORING = frozenset(
    {Deed.SCORE_HANDLING, Deed.SCORE_COOPERATION, Deed.APPEAL_SCORE, Deed.GRANT_APPEAL, Deed.REFUSE_APPEAL}
)
"""What a unit reads under 评分 alone, as far as it is its own (practice P30)."""


def lines(
    actor: Actor, order: Any, events: Sequence[Row], texts: Sequence[Row], units: Mapping[str, str]
) -> Iterator[str]:
    """Yield one line an event, oldest first, and its words below it. Erased words say 已依法删除.

    `units` gives the short name of each unit that an event names by its code.
    """
    words: dict[str, list[str]] = defaultdict(list)
    for row in texts:
        words[row["event_uid"]].append("（已依法删除）" if row["body"] is None else row["body"])
    hides = not sight.sees_caller(actor, order)
    for event in events:
        deed = Deed(event["kind"])
        if deed in _SCORING and not actor.is_at_the_centre:
            continue
        yield _line(event, deed, units)
        if not hides or deed in READ_BY_UNITS:
            yield from (f"    {line}" for body in words[event["uid"]] for line in body.splitlines())


def _line(event: Row, deed: Deed, units: Mapping[str, str]) -> str:
    who = (
        f"{event['actor_name']}（{event['actor_no']}）{event['actor_unit']}"
        if event["actor_name"]
        else "系统"
    )
    status = ""
    if event["to_status"] and event["to_status"] != event["from_status"]:
        status = f" -> {word(Status(event['to_status']))}"
    data = data_of(event)
    unit = units.get(str(data.get("unit", "")), "")
    late = "".join(f" !{_LATE.get(mark, mark)}" for mark in data.get("late", ()))
    why = f"（{words}）" if (words := reason_words(data.get("reasons", ()))) else ""
    return f"{stored(event['at'])} {word(deed)}{why} {unit}".rstrip() + f"{status}  {who}{late}"


def calls(reader: Reader, order: Any) -> Iterator[str]:
    """Yield the calls about an order; numbers masked, on secret orders not at all (P33)."""
    for row in call_queries.of_order(reader, order["id"]):
        number = "（保密）" if sight.is_secret(order) else masked_phone(row["number"] or "")
        summary = word(CallSummary(row["summary"])) if row["summary"] else "无小结"
        direction = word(CallDirection(row["direction"]))
        put_through = f"（{words}）" if (words := transfer_words(row["transfers"])) else ""
        who = row["staff_name"] or ""
        yield f"{stored(row['rang_at'])} {direction} {number} {summary}{put_through} {who}".rstrip()
