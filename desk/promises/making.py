"""留问题: the call ends, the question stays with a desk of specialists or 班长, with a time by which the caller is rung back."""

from dataclasses import replace
from datetime import datetime, timedelta

from db.codes import CallSummary, Deed, TransferWay
from db.doors import Writer
from db.queries import callers, promises
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.calls import CallNote, keep, outside_key
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.history import Happening
from desk.promise_rows import PromiseRow
from desk.promises.reading import row_of
from desk.rules.text import cleaned, normalised_phone, required
from desk.transfers.targets import NO_ROSTER, is_manned, target_of

MINUTES = 10
LONGEST_QUESTION = 1_000
_WAYS = (TransferWay.SPECIALIST, TransferWay.SUPERVISOR)


def promise(desk: Desk, target: str, question: str, call: CallNote, *, caller_name: str = "") -> PromiseRow:
    """承诺回电: leave a caller's question; he is rung back within `promise.minutes`. The call is kept; one event.

    `target` is `specialist:驻点专员·市本级` or `supervisor:班长`; nobody needs to have signed in there. Raises
    NotAllowed, BadInput without a question or a number to ring, Refused.
    """
    check_birth_right(desk, Deed.PROMISE_ANSWER)
    values = _checked(desk, target, question, call, caller_name)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        call_id = _call_kept(desk, writer, call, at)
        due = at + timedelta(minutes=float(desk.settings.get("promise.minutes", MINUTES)))
        asked = {"asked_at": to_ms(at), "asked_by": desk.actor.id, "due_at": to_ms(due)}
        made = promises.by_id(writer, promises.add(writer, {**values, "call_id": call_id, **asked}))
        assert made is not None, "it was written just now"
        data = {
            "promise": made["uid"],
            "call": callers.call_uid(writer, call_id),
            "due_at": made["due_at"],
        }
        texts = {"question": made["question"]}
        what = Happening(Deed.PROMISE_ANSWER, at, desk.actor.uid, desk.seat, data=data, texts=texts)
        history.record(writer, what)
        return row_of(desk, made)


def _checked(desk: Desk, target: str, question: str, call: CallNote, caller_name: str) -> dict[str, str]:
    """Return the columns that are words; raise BadInput for what cannot be kept."""
    there = target_of(desk, target)
    if there.way not in _WAYS:
        raise BadInput("问题只能留给专席、驻点专员或班长", "转接")
    if not is_manned(desk, there):
        raise Refused(f"{there.name}{NO_ROSTER}")
    number = normalised_phone(call.number, "来电号码")
    if not number:
        raise BadInput("没有号码无法回电：请先问来电人的号码", "来电号码")
    return {
        "target": there.name,
        "question": required(question, "问题", LONGEST_QUESTION),
        "number": number,
        "caller_name": cleaned(caller_name, 40, "姓名", one_line=True),
        "line": cleaned(call.line, 12, "拨打热线", one_line=True),
    }


def _call_kept(desk: Desk, writer: Writer, call: CallNote, at: datetime) -> int:
    """Return the key of the call's record: the one that an earlier deed made, or a new one with 转接 as its summary."""
    key = outside_key(call)
    known = callers.call_of_outside(writer, key) if key else None
    if known is not None:
        return known
    return keep(desk, writer, replace(call, summary=call.summary or CallSummary.TRANSFER), at)
