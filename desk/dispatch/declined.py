"""不予受理 judged by another person: a caller who insists, the call back to him, and the sample of 班长 (practice P9)."""

from typing import Any

from db.codes import CallDirection, CallSummary, Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import events, requests
from db.times import from_ms, maybe_from_ms, to_ms
from desk import clocks, lists
from desk.calls import CallNote, keep
from desk.context import Desk
from desk.declined import insisting, owed, sampled
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common
from desk.dispatch_rows import DeclinedMark, DeclinedPage, DeclinedPaper, DeclinedTurn
from desk.errors import NotAllowed, NotNow
from desk.history import data_of
from desk.rows import OrderRow
from desk.rules import deadlines, returns, rights
from desk.rules.declining import decline_reason, where_to_go
from desk.rules.text import cleaned, required

_ATTEMPTS = 3
_SOMEBODY = "有权处理的机关"
_CONFIRMED = "您反映的事项经复核，仍依法由其他渠道处理，请联系 {where}"
_NOTHING = "这件不予受理没有待裁定或待抽查的：请刷新后再看"


def declined_page(desk: Desk, offset: int = 0) -> DeclinedPage:
    """Return one window of the declined orders that wait for a verdict or a call; 班长's samples last, for 班长 alone."""
    page = lists.load(
        desk,
        condition(desk),
        offset=offset,
        order_by=requests.SOONEST_DECLINED,
        centre_id=desk.actor.centre_id,
    )
    with desk.reading() as reader:
        marks = {row.order_no: _mark(desk, reader, row.id) for row in page.rows}
    return DeclinedPage(page, marks)


def condition(desk: Desk) -> str:
    """The WHERE of the tab over `o`; bind `centre_id`."""
    kinds = [RequestKind.INSIST, *([RequestKind.SAMPLE] if _looks_at_samples(desk) else [])]
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return f"o.centre_id = :centre_id AND {requests.DECLINED.format(kinds=named)}"


def accept_declined(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """改为受理: what was declined becomes an order; 诉求人时限 runs from the first acceptance, the dispatch limit from now.

    Needs a reason. Raises NotAllowed for who declined it, NotNow when nobody insists and no sample waits.
    """
    words = required(reason, "改为受理的理由")
    with deed_on(desk, Deed.ACCEPT_DECLINED, order_no) as deed:
        refuse_accepting(desk, deed.writer, deed.order)
        _decide(deed, insisting(deed.writer, deed.order_id), Verdict.GRANTED, words)
        _decide(deed, sampled(deed.writer, deed.order_id), Verdict.REFUSED, words)
        columns, data = _clocks(deed)
        deed.set(outcome=None, closed_at=None, **columns)
        deed.note(**data)
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def confirm_declined(desk: Desk, order_no: str, sentence: str) -> OrderRow:
    """维持不予受理: the caller is to be rung and told this sentence, where he left a number.

    Raises BadInput without a sentence, NotAllowed for who declined it, NotNow when nobody insists.
    """
    words = required(sentence, "回电告知语")
    with deed_on(desk, Deed.CONFIRM_DECLINED, order_no) as deed:
        asked = refuse_confirming(desk, deed.writer, deed.order)
        _decide(deed, asked, Verdict.REFUSED, words)
        if deed.order["contact_phone"]:
            due = deadlines.callback_due(deed.at, desk.settings.limits, desk.calendar)
            requests.want(deed.writer, asked["id"], to_ms(due.at))
        deed.note(reason=asked["reason_code"])
        deed.quote(sentence=words)
    return lists.after(desk, deed.order_id)


def tell_declined(desk: Desk, order_no: str, note: str = "", *, was_answered: bool = True) -> OrderRow:
    """回电告知: the caller was rung and told; the call is kept as 呼出. One that nobody took counts as an attempt.

    After `ring_back.attempts` (3) in vain nothing is owed any more. Raises NotNow when no call back is owed.
    """
    words = cleaned(note, common.SHORT, "备注")
    with deed_on(desk, Deed.TELL_DECLINED, order_no) as deed:
        asked = refuse_telling(desk, deed.writer, deed.order)
        call = CallNote(
            str(deed.order["contact_phone"]),
            direction=CallDirection.OUTBOUND,
            summary=CallSummary.TOLD,
            ended_at=deed.at,
            note=words,
            was_answered=was_answered,
        )
        keep(desk, deed.writer, call, deed.at, (deed.order_id,))
        attempt = 1 + _attempts(deed.writer, deed.order)
        most = int(desk.settings.get("ring_back.attempts", _ATTEMPTS))
        if was_answered or attempt >= most:
            requests.want(deed.writer, asked["id"], None)
        deed.note(is_reached=was_answered, attempt=attempt)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def pass_declined(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """抽查通过: 班长 finds the declining right. Raises NotNow when no sample waits, NotAllowed for who declined it."""
    words = cleaned(note, common.SHORT, "抽查意见")
    with deed_on(desk, Deed.PASS_DECLINED, order_no) as deed:
        _decide(deed, refuse_passing(desk, deed.writer, deed.order), Verdict.GRANTED, words)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def refuse_accepting(desk: Desk, reader: Reader, order: Any) -> None:
    """Raise NotNow when nobody insists and no sample waits, NotAllowed when that sample is 班长's alone."""
    if insisting(reader, order["id"]) is not None:
        return
    if sampled(reader, order["id"]) is None:
        raise NotNow(_NOTHING)
    if not _looks_at_samples(desk):
        raise NotAllowed("抽查由班长进行")


def refuse_confirming(_: Desk, reader: Reader, order: Any) -> Row:
    """Return what the caller insists on; raises NotNow when nobody insists."""
    return _or_not_now(insisting(reader, order["id"]))


def refuse_telling(_: Desk, reader: Reader, order: Any) -> Row:
    """Return the request whose caller is to be rung; raises NotNow when none is."""
    return _or_not_now(owed(reader, order["id"]))


def refuse_passing(_: Desk, reader: Reader, order: Any) -> Row:
    """Return the sample that waits; raises NotNow when none does."""
    return _or_not_now(sampled(reader, order["id"]))


def paper_of(desk: Desk, reader: Reader, order: Row) -> DeclinedPaper | None:
    """Return what waits on a declined order (a row) for this person, None for nothing."""
    asked, told, sample = _waiting(desk, reader, order["id"])
    row = asked or told or sample
    if row is None:
        return None
    reason = decline_reason(_reason_code(reader, order))
    where = where_to_go(reason, desk.settings.get("directory.declined", {})) if reason else _SOMEBODY
    return DeclinedPaper(
        turn=_turn(asked, told),
        words=row["reason"],
        reason=reason.words if reason else "",
        basis=reason.basis if reason else "",
        where=where,
        sentence=row["decision"] or _CONFIRMED.replace("{where}", where),
        due_at=maybe_from_ms(row["wanted_due_at"] or row["due_at"]),
        left=_left(desk, row),
    )


def _waiting(desk: Desk, reader: Reader, order_id: int) -> tuple[Row | None, Row | None, Row | None]:
    sample = sampled(reader, order_id) if _looks_at_samples(desk) else None
    return insisting(reader, order_id), owed(reader, order_id), sample


def _turn(asked: Row | None, told: Row | None) -> DeclinedTurn:
    return DeclinedTurn.DECIDE if asked else DeclinedTurn.RING if told else DeclinedTurn.SAMPLE


def _mark(desk: Desk, reader: Reader, order_id: int) -> DeclinedMark:
    asked, told, sample = _waiting(desk, reader, order_id)
    row = asked or told or sample
    return DeclinedMark(_turn(asked, told), _left(desk, row) if row else "")


def _left(desk: Desk, row: Row) -> str:
    due = maybe_from_ms(row["wanted_due_at"] or row["due_at"])
    return returns.decision_left(due, desk.now(), desk.settings.limits, desk.calendar) if due else ""


def _looks_at_samples(desk: Desk) -> bool:
    return bool(rights.scopes(desk.actor.roles, Deed.PASS_DECLINED))


def _or_not_now(row: Row | None) -> Row:
    if row is None:
        raise NotNow(_NOTHING)
    return row


def _decide(deed: OrderDeed, asked: Row | None, verdict: Verdict, words: str) -> None:
    if asked is not None:
        requests.decide(deed.writer, asked["id"], verdict, deed.at_ms, deed.desk.actor.id, words)
        deed.note(request=asked["uid"])


def _clocks(deed: OrderDeed) -> tuple[dict[str, Any], dict[str, Any]]:
    """The citizen's limit as at the first acceptance, the limit to dispatch as at the verdict."""
    desk, order = deed.desk, deed.order
    kind, urgency = order["kind"], order["urgency"]
    columns, data = clocks.on_acceptance(desk, kind, urgency, from_ms(order["accepted_at"]))
    stage = deadlines.dispatch_due(urgency, deed.at, desk.settings.limits, desk.calendar)
    return columns | {"stage_due_at": to_ms(stage.at)}, data | {"stage_due": clocks.due_data(stage)}


def _reason_code(reader: Reader, order: Row) -> str:
    found = [row for row in events.of_order(reader, order["uid"]) if row["kind"] == Deed.DECLINE]
    return str(data_of(found[-1]).get("reason", "")) if found else ""


def _attempts(reader: Reader, order: Any) -> int:
    return sum(row["kind"] == Deed.TELL_DECLINED for row in events.of_order(reader, order["uid"]))
