"""评价回复: whoever ordered a 督办 says whether its answer will do; if not, the unit is put under 督办 again (issue 6, part 7)."""

from db.codes import Deed, PressureLevel, RequestKind, Role
from db.doors import Reader, Row
from db.queries import pressing
from desk import lists, press, pressure
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotAllowed, NotNow
from desk.rows import OrderRow
from desk.rules.press_stages import higher
from desk.rules.text import cleaned, required

_LONGEST = 2000


def accept_answer(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """认可回复: the answer to the 督办 will do; with words or without.

    Raises NotNow when no answer waits to be judged, NotAllowed for anybody but who ordered the 督办 and 班长 (what a rule
    ordered is judged by everybody who may order one).
    """
    words = cleaned(note, _LONGEST, "评价")
    with deed_on(desk, Deed.ACCEPT_ANSWER, order_no) as deed:
        _judge(deed, is_accepted=True)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def press_again(
    desk: Desk,
    order_no: str,
    requirement: str,
    days: int | None = None,
    level: PressureLevel | None = None,
) -> OrderRow:
    """再督办: the answer will not do, and a new 督办 says what is still asked, at its level unless a higher one is named.

    Raises as `accept_answer` and `supervise`.
    """
    words = required(requirement, "再督办要求", _LONGEST)
    with deed_on(desk, Deed.PRESS_AGAIN, order_no) as deed:
        answered = _judge(deed, is_accepted=False)
        wanted = level or pressure.usual_level(desk, RequestKind.SUPERVISION)
        chosen = higher(answered["level"], PressureLevel(wanted))
        if level is not None:
            pressure.check_level(desk, RequestKind.SUPERVISION, PressureLevel(level))
        if (above := press.standing_above(deed, RequestKind.SUPERVISION, chosen)) is not None:
            raise NotNow(pressure.why_no_second(order_no, above["level"]))
        deed.note(**pressure.order_supervision(deed, words, days, chosen))
        deed.quote(requirement=words)
    return lists.after(desk, deed.order_id)


def why_not_judged(desk: Desk, reader: Reader, order: Row) -> str:
    """Return the line that says why this person does not judge an answer on this order, '' if he may."""
    row = pressing.to_judge(reader, order["id"])
    if row is None:
        return f"工单 {order['order_no']} 没有待评价的督办回复"
    return _not_his(desk, row)


def _not_his(desk: Desk, row: Row) -> str:
    is_by_rule = row["asked_by"] is None
    if is_by_rule or row["asker_person"] == desk.actor.person_uid or Role.SUPERVISOR in desk.actor.roles:
        return ""
    return f"督办由{row['asker_name']}提出，请{row['asker_name']}或班长评价回复"


def _judge(deed: OrderDeed, *, is_accepted: bool) -> Row:
    desk = deed.desk
    row = pressing.to_judge(deed.writer, deed.order_id)
    if row is None:
        raise NotNow(f"工单 {deed.order['order_no']} 没有待评价的督办回复")
    if why := _not_his(desk, row):
        raise NotAllowed(why)
    pressing.judge(deed.writer, row["id"], deed.at_ms, desk.actor.id, is_accepted=is_accepted)
    deed.note(request=row["uid"])
    return row
