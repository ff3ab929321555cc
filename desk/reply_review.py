"""答复审核 and 办结审核 look through one reply by one checker: the unit's desk and the centre's share this (practice P1)."""

from collections.abc import Sequence

from db.doors import Row
from db.times import maybe_from_ms
from desk import sight
from desk.context import Desk
from desk.deed import OrderDeed
from desk.errors import BadInput
from desk.rules import reply_checks
from desk.rules.calendar import local
from desk.rules.reply_checks import Finding, Matter, Point, Words


def looked_through(
    desk: Desk, order: Row, public_reply: str, internal_result: str | None = None
) -> tuple[Finding, ...]:
    """Return the findings for an order that this person may see; a day must stand in 办理情况 where that is given."""
    return looked_at(desk, public_reply, _matter(desk, order, internal_result))


def looked_at(desk: Desk, public_reply: str, matter: Matter) -> tuple[Finding, ...]:
    """Return the findings for a reply to any matter, with the words of this city."""
    return reply_checks.findings(public_reply, matter, _words(desk))


def point_by_point(desk: Desk, order: Row, public_reply: str) -> Sequence[Point]:
    """Return the points that the caller counted out, as this person may know them, and where each is answered."""
    return reply_checks.points(public_reply, sight.content_for(desk.actor, order))


def refuse_others_data(deed: OrderDeed, public_reply: str) -> None:
    """Raise BadInput for a public reply that holds a number of somebody else (practice P33)."""
    found = reply_checks.others_data(public_reply, _own_phone(deed.order))
    if found:
        raise BadInput(f"公开答复里有{found[0]}，不是诉求人的：请删去，或改用单位座机", "公开答复")


def _words(desk: Desk) -> Words:
    """The city's own words: what only a city knows to be said in its offices."""
    words = desk.settings.words
    return Words(
        promise=words("promise.words"),
        absolute=words("reply.absolute_words"),
        buck_passing=words("buck_passing.words"),
        danger=words("danger.words"),
    )


def _matter(desk: Desk, order: Row, record: str | None) -> Matter:
    """The order as this person may know it: of a secret one neither title nor caller (practice P32)."""
    content = sight.content_for(desk.actor, order)
    accepted, due = maybe_from_ms(order["accepted_at"]), maybe_from_ms(order["citizen_due_at"])
    tells_caller = sight.sees_caller(desk.actor, order)
    return Matter(
        gist=f"{order['title']}\n{order['purpose']}" if tells_caller else content,
        content=content,
        phone=_own_phone(order) if tells_caller else "",
        name=str(order["requester_name"] or "") if tells_caller else "",
        address=str(order["home_address"] or "") if tells_caller else "",
        accepted_on=local(accepted).date() if accepted else None,
        due_on=local(due).date() if due else None,
        today=local(desk.now()).date(),
        record=record,
    )


def _own_phone(order: Row) -> str:
    return "" if sight.is_secret(order) else str(order["contact_phone"] or "")
