"""答复诉求人: the logged answer that stops the clock, and the attempts before it (practice P1, P2, P5)."""

from db.codes import AnswerOutcome, CallDirection, CallSummary, ContactWay, Deed, RequestKind
from db.queries import answers, assignments
from db.times import maybe_from_ms
from desk import clocks, lists, merged, part_returns, phones, unit_limit
from desk.calls import CallNote, keep
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.my_tickets import asking, common
from desk.rows import OrderRow
from desk.rules.text import cleaned, normalised_phone, required

reveal_phone = phones.reveal
BY_NUMBER = (ContactWay.PHONE, ContactWay.MESSAGE)


def log_contact_attempt(
    desk: Desk, order_no: str, number: str = "", note: str = "", *, reached: bool = False
) -> OrderRow:
    """联系诉求人: an outbound call that reached nobody (联系未果), or with `reached` one that did but is no answer yet.

    Either ends the limit for the first contact of an urgent order (P4). `number` '' is the order's own. Raises
    NotAllowed for a unit on a 举报 or 保密 order, BadInput without any number.
    """
    with deed_on(desk, Deed.LOG_CONTACT_ATTEMPT, order_no) as deed:
        phones.refuse_secret(desk.actor, deed)
        words = cleaned(note, common.SHORT, "联系说明")
        dialled = _number(deed, number)
        call_id = _call(deed, dialled, words, was_answered=reached)
        if not reached:
            _keep(deed, None, ContactWay.PHONE, dialled, words, call_id)
        _end_first_contact(deed)
        deed.note(reached=reached or None)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def log_visit(desk: Desk, order_no: str, words: str, *, met: bool = True) -> OrderRow:
    """上门: somebody went to see the caller or the spot; `words` say who was met or what was found.

    It ends the limit for the first contact of an urgent order as a call does (P4); nobody met counts as one attempt.
    Raises NotAllowed for a unit on a 举报 or 保密 order, BadInput without words.
    """
    said = required(words, "联系说明", common.SHORT)
    with deed_on(desk, Deed.LOG_CONTACT_ATTEMPT, order_no) as deed:
        phones.refuse_secret(desk.actor, deed)
        if not met:
            _keep(deed, None, ContactWay.VISIT, None, said, None)
        _end_first_contact(deed)
        deed.note(reached=met or None, way=str(ContactWay.VISIT))
        deed.quote(note=said)
    return lists.after(desk, deed.order_id)


def _end_first_contact(deed: OrderDeed) -> None:
    due = maybe_from_ms(deed.order["stage_due_at"])
    if due is None:
        return
    deed.set(stage_due_at=None)
    if due < deed.at:
        deed.note(late=["stage"])
        deed.set(breach_count=deed.order["breach_count"] + 1)


def log_answer(
    desk: Desk,
    order_no: str,
    outcome: AnswerOutcome | str = AnswerOutcome.ANSWERED,
    way: ContactWay | str = ContactWay.PHONE,
    number: str = "",
    said: str = "",
) -> OrderRow:
    """答复诉求人: who, when, how, which number, what was said; it stops both clocks until 办结审核 (P2).

    `unreachable` needs three attempts at different times, `not_needed` a form that asks for no answer. On 举报 and 保密
    orders the centre answers in the unit's place. Raises NotAllowed, NotNow, BadInput.
    """
    with deed_on(desk, Deed.LOG_ANSWER, order_no) as deed:
        phones.refuse_secret(desk.actor, deed)
        common.refuse_while_suspended(deed)
        _log(deed, _outcome(outcome), _way(way), number, said)
        columns, data = clocks.on_answer(desk, deed.at)
        deed.set(answered_at=deed.at_ms, **columns)
        deed.note(**data)
        common.lapse(deed, RequestKind.EXTENSION, RequestKind.SUSPENSION, RequestKind.REMINDER)
        part_returns.lapse_all(deed)
        part = unit_limit.steward_part(deed)
        assignments.change(deed.writer, part["id"], answered_at=deed.at_ms)
        merged.follow(deed)
    return lists.after(desk, deed.order_id)


def _outcome(code: AnswerOutcome | str) -> AnswerOutcome:
    try:
        return AnswerOutcome(code)
    except ValueError:
        raise BadInput("答复结果请选 已答复、无法联系 或 不需答复", "答复结果") from None


def _way(code: ContactWay | str) -> ContactWay:
    try:
        return ContactWay(code)
    except ValueError:
        raise BadInput("答复方式请选 电话、上门、短信、书面 或 网上", "答复方式") from None


def _log(deed: OrderDeed, outcome: AnswerOutcome, way: ContactWay, number: str, said: str) -> None:
    is_said = outcome is AnswerOutcome.ANSWERED
    words = required(said, "答复内容", common.LONG) if is_said else cleaned(said, common.LONG, "说明")
    _refuse_outcome(deed, outcome)
    dialled = _number(deed, number) if is_said and way in BY_NUMBER else None
    call_id = (
        _call(deed, dialled, "", was_answered=True)
        if is_said and way is ContactWay.PHONE and dialled
        else None
    )
    _keep(deed, outcome, way, dialled, words, call_id)
    deed.note(outcome=str(outcome), way=str(way) if is_said else None)
    deed.quote(said=words)


def _refuse_outcome(deed: OrderDeed, outcome: AnswerOutcome) -> None:
    if outcome is AnswerOutcome.UNREACHABLE:
        needed = int(deed.desk.settings.get("contact.attempts", 3))
        made = asking.attempts(deed)
        if made < needed:
            raise NotNow(f"不同时间联系 {needed} 次未果才算无法联系，现有效 {made} 次，请继续联系并登记")
    is_unknown = deed.order["is_anonymous"] and not deed.order["contact_phone"]
    if outcome is AnswerOutcome.NOT_NEEDED and deed.order["needs_answer"] and not is_unknown:
        raise NotNow("诉求人要求答复，不能登记为不需答复，请先联系诉求人")


def _number(deed: OrderDeed, number: str) -> str:
    dialled = normalised_phone(number, "号码") or str(deed.order["contact_phone"] or "")
    if not dialled:
        raise BadInput("工单没有留下号码，请填写所拨号码", "号码")
    return dialled


def _call(deed: OrderDeed, number: str, words: str, *, was_answered: bool) -> int:
    """The unit's call is a record of its own (P5)."""
    call = CallNote(
        number=number,
        direction=CallDirection.OUTBOUND,
        summary=CallSummary.UNIT_CONTACT,
        ended_at=deed.at,
        note=words,
        was_answered=was_answered,
    )
    return keep(deed.desk, deed.writer, call, deed.at, (deed.order_id,))


def _keep(
    deed: OrderDeed,
    outcome: AnswerOutcome | None,
    way: ContactWay,
    number: str | None,
    words: str,
    call_id: int | None,
) -> None:
    answers.add(
        deed.writer,
        order_id=deed.order_id,
        round=deed.order["round"],
        answered_at=deed.at_ms,
        answered_by=deed.desk.actor.id,
        way=str(way),
        number=number,
        outcome=outcome and str(outcome),
        said=words,
        call_id=call_id,
    )
