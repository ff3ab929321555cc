"""Who may decide a 退单 now, and what a return that waits, or the last one, forbids to others (practice P7)."""

from typing import Any

from db.codes import RequestKind, Role
from db.doors import Reader, Row
from db.queries import assignments, requests, staff
from db.times import from_ms, maybe_from_ms
from desk.context import Desk
from desk.dispatch import common
from desk.errors import NotAllowed, NotNow, Refused
from desk.return_records import FORBIDDEN_URGENCIES, is_last, most, settled
from desk.rules import returns
from desk.rules.returns import Turn
from desk.words import short_moment

_ASSIGNS_FINALLY = frozenset({Role.SUPERVISOR, Role.TRIAGE_MEMBER})


def turn(desk: Desk, waiting: Any) -> Turn:
    """Return whose turn it is to decide a waiting 退单 (a row)."""
    return returns.turn_of(
        maybe_from_ms(waiting["due_at"]), maybe_from_ms(waiting["referred_at"]), desk.now()
    )


def refuse_decider(desk: Desk, reader: Reader, order: Row) -> Row:
    """Return the 退单 of an order (a row) that waits; raise NotNow for none, NotAllowed for who may not decide it.

    Nobody judges the return of an order he sent himself, nor the second one after having judged the first. Past the
    limit it is 班长's, unless every 班长 of the centre is such a person: then any other dispatcher still may.
    """
    waiting = refuse_involved(desk, reader, order)
    present = turn(desk, waiting)
    if returns.may_decide(present, desk.actor.roles):
        return waiting
    if present is Turn.SUPERVISOR and not _can_a_supervisor(desk, reader, order):
        return waiting
    raise NotAllowed(_not_your_turn(present, waiting))


def refuse_involved(desk: Desk, reader: Reader, order: Row) -> Row:
    """Return the 退单 of an order (a row) that waits; raise NotNow for none, NotAllowed for who has had a part in it."""
    waiting = _waiting(reader, order)
    common.refuse_own(
        desk, _sender(reader, order), "不能裁定自己派出的工单的退单，请由另一名派单员或班长裁定"
    )
    for earlier in settled(reader, order["id"]):
        common.refuse_own(
            desk, earlier["decider_person"], "上一次退单由您裁定，再次退单须由另一名派单员裁定或转研判"
        )
    return waiting


def refuse_ruler(desk: Desk, reader: Reader, order: Row) -> None:
    """Raise NotAllowed for 快速裁决 while a 退单 waits: by who had a part in it, and past the limit by all but 班长."""
    waiting = refuse_involved(desk, reader, order)
    if turn(desk, waiting) is Turn.SUPERVISOR:
        refuse_decider(desk, reader, order)


def _sender(reader: Reader, order: Row) -> str | None:
    part = assignments.current_steward(reader, order["id"])
    return None if part is None else part["sender_person"]


def _can_a_supervisor(desk: Desk, reader: Reader, order: Row) -> bool:
    involved = {row["decider_person"] for row in settled(reader, order["id"])} | {_sender(reader, order)}
    return bool(staff.persons_with_role(reader, desk.actor.centre_id, Role.SUPERVISOR) - involved)


def _not_your_turn(present: Turn, waiting: Any) -> str:
    if present is Turn.SUPERVISOR:
        due = short_moment(from_ms(waiting["due_at"]))
        return f"裁定时限（{due}）已过，由班长裁定；您仍可加派协办、更正"
    if present is Turn.TRIAGE:
        return "该退单已转研判，由研判组员或班长裁定"
    return "您不能裁定退单，请由派单员或班长裁定；转研判后由研判组员裁定"


def refuse_to_pass_by(desk: Desk, reader: Reader, order: Row) -> None:
    """Raise NotAllowed for taking away an order whose 退单 has waited past its limit: that would decide it."""
    waiting = requests.pending(reader, order["id"], RequestKind.RETURN)
    if waiting is not None and turn(desk, waiting) is Turn.SUPERVISOR:
        refuse_decider(desk, reader, order)


def refuse_after_the_last(desk: Desk, reader: Reader, order: Row) -> None:
    """Raise Refused for a plain 派单 or 改派 once the returns are used up: from then on 快速裁决 assigns finally."""
    if is_last(desk, reader, order["id"]):
        count = len(settled(reader, order["id"]))
        raise Refused(f"本单已退单 {count} 次，须由班长或研判组员快速裁决派定（F3 按 k），派定后不得再退")


def refuse_urgent(desk: Desk, order: Row) -> None:
    """Raise NotNow for giving back what has become 紧急 meanwhile: 先办后议."""
    if order["urgency"] in desk.settings.get("return.forbidden_urgencies", FORBIDDEN_URGENCIES):
        raise NotNow("该工单已改为紧急，先办后议：请不同意退单，由原单位先处置")


def refuse_assigning(desk: Desk, count: int) -> None:
    """Raise NotAllowed for giving an order away with its last return (its `count`th) by anybody but 班长 and 研判组员."""
    if count >= most(desk) and not _ASSIGNS_FINALLY & desk.actor.roles:
        raise NotAllowed(
            f"第 {count} 次退单须由班长或研判组员派定：您可只同意退单、不同意或转研判，不能直接改派"
        )


def refuse_referring(desk: Desk, reader: Reader, order: Row) -> Row:
    """Return the 退单 of an order (a row) that may go to the 研判组; whoever sent the order may ask them too.

    Raises NotNow where none waits, for a first one, which a dispatcher decides, and for one that is with them already;
    NotAllowed past the limit for all but 班长.
    """
    waiting = _waiting(reader, order)
    if waiting["referred_at"] is not None:
        raise NotNow("该退单已转研判，请等研判组员或班长裁定")
    if turn(desk, waiting) is Turn.SUPERVISOR and Role.SUPERVISOR not in desk.actor.roles:
        raise NotAllowed(_not_your_turn(Turn.SUPERVISOR, waiting))
    if not settled(reader, order["id"]):
        raise NotNow("首次退单请直接裁定；职能界限模糊的，同意后在待派单按 y 转研判")
    return waiting


def _waiting(reader: Reader, order: Row) -> Row:
    waiting = requests.pending(reader, order["id"], RequestKind.RETURN)
    if waiting is None:
        raise NotNow(f"工单 {order['order_no']} 没有待定的退单申请，请刷新后再看")
    return waiting
