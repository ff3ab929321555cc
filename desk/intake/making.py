"""A checked form becomes an order, whichever deed brings it: its requester, its call, its event (practice P5, P32)."""

from dataclasses import dataclass, field
from typing import Any

from db.codes import CallSummary, Deed, Outcome
from db.doors import Writer
from db.ids import new_uid
from db.queries import callers, calls
from db.times import maybe_from_ms, to_ms
from desk import sight
from desk.births import Birth, Born, bear
from desk.calls import CallNote, InHand, called_from, kept
from desk.context import Desk
from desk.intake.form import Checked
from desk.intake_rows import Registered
from desk.unit_limit import number_is_back


@dataclass(frozen=True, slots=True)
class Way:
    """What tells one way into the world from another."""

    deed: Deed
    summary: CallSummary
    outcome: Outcome | None = None
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def born_of(desk: Desk, writer: Writer, given: Checked, call: InHand, how: Way) -> tuple[Born, int | None]:
    """Write the order of a checked form with its requester and its call; return it and the call's key.

    The caller holds the transaction. Raises NotAllowed, BadInput.
    """
    values = {**given.columns, "requester_id": _requester(desk, writer, given)}
    if how.outcome:
        values["outcome"] = str(how.outcome)
    born = bear(desk, writer, Birth(how.deed, given.kind, given.urgency, values, how.data, how.texts))
    call_id = kept(desk, writer, call, how.summary, born.at, born.id)
    if not sight.is_secret(values | {"kind": given.kind}):
        number_is_back(desk, writer, _number(given, call), born.at)
    return born, call_id


def _number(given: Checked, call: InHand) -> str:
    """The number that rings now; of who came or wrote, and of a call kept before, the one he leaves."""
    return called_from(call) if isinstance(call, CallNote) else given.columns["contact_phone"] or ""


def _requester(desk: Desk, writer: Writer, given: Checked) -> int | None:
    """Keep what is newly known of the requester; nobody for an anonymous or secret order (practice P32)."""
    if given.requester is None:
        return given.requester_id
    if given.requester_id is None:
        values = {"uid": new_uid(), "created_at": to_ms(desk.now()), **given.requester}
        return calls.add_requester(writer, values)
    callers.update_requester(writer, given.requester_id, given.requester)
    return given.requester_id


def registered(born: Born, call_id: int | None, sentence: str) -> Registered:
    """Return what the screen is told of a new order: its numbers, and what to read out."""
    return Registered(
        id=born.id,
        order_no=born.order_no,
        query_code=born.query_code,
        sentence=sentence,
        call_id=call_id,
        due_at=maybe_from_ms(born.columns.get("citizen_due_at")),
        is_provisional=bool(born.columns.get("is_due_provisional")),
    )
