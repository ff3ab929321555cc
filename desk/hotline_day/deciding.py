"""决定: 承办单位, 协办单位, 办件方式, 工作要求, limit for each order, followed up until it is carried out (P22, P8)."""

import unicodedata

from db.codes import Deed, Grade, HandlingWay, RequestKind, Verdict
from db.doors import Row
from db.queries import messages, panels, requests
from db.times import to_ms
from desk import clocks, lists, rulings
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.hotline_day.planning import line_to_decide
from desk.pool import enter_pool
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.text import required
from desk.ruling_rows import RulingForm

WAYS = tuple(HandlingWay)


def decide_by_day(desk: Desk, order_no: str, form: RulingForm) -> OrderRow:
    """热线日决定 on an order of the agenda; the units named are told, and F3 sends by it with one key.

    领导包案 names its leader; a 长期事项 its leader, plan (the demand), next date (the limit) and that the citizen was
    told (P8); it is watched as C until it is solved and called back. Raises NotNow for an order that no agenda holds and before the session's day, BadInput, NotAllowed for
    the accused (P32 a).
    """
    with deed_on(desk, Deed.DECIDE_BY_DAY, order_no) as deed:
        line = line_to_decide(desk, deed.writer, deed.order_id, order_no, deed.at)
        ruling = rulings.ruled(deed, form, WAYS)
        rulings.keep(deed, ruling, day_id=line["day_id"])
        _answer_escalation(deed, ruling.words)
        if ruling.way is HandlingWay.LONG_TERM:
            enter_pool(deed, Grade.C, f"长期事项：{ruling.leader}")
        for unit in (ruling.steward, *ruling.helpers):
            words = f"工单 {order_no} 热线日已作决定，请按要求办理"
            messages.to_unit(deed.writer, deed.order_id, unit["id"], "decided_by_day", words, deed.at_ms)
    return lists.after(desk, deed.order_id)


def _answer_escalation(deed: OrderDeed, words: str) -> None:
    asked = requests.pending(deed.writer, deed.order_id, RequestKind.ESCALATION)
    if asked is not None:
        actor_id = deed.desk.actor.id
        requests.decide(deed.writer, asked["id"], Verdict.GRANTED, deed.at_ms, actor_id, words)
        deed.note(request=asked["uid"])


def follow_up(desk: Desk, order_no: str, note: str, *, is_done: bool = False, days: str = "") -> OrderRow:
    """跟踪落实: how far the newest decision of a session is carried out, and whether it is done.

    `days` (working days) sets the next date of a 长期事项, which must have one until it is over. Raises NotNow when
    no decision runs, BadInput.
    """
    words = required(note, "落实情况")
    with deed_on(desk, Deed.FOLLOW_UP, order_no) as deed:
        decision = _running(deed)
        values: dict[str, object] = {"note": words, "noted_at": deed.at_ms, "noted_by": desk.actor.id}
        if is_done:
            values["done_at"] = deed.at_ms
        elif decision["way"] == HandlingWay.LONG_TERM:
            due = deadlines.decision_due(deed.at, _days(days), desk.settings.limits, desk.calendar)
            values |= {"due_at": to_ms(due.at), "due_explanation": due.explanation}
            deed.note(next_due=clocks.due_data(due))
        panels.change(deed.writer, decision["id"], values)
        deed.note(decision=decision["uid"], is_done=is_done)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def _running(deed: OrderDeed) -> Row:
    found = panels.decisions_of_order(deed.writer, deed.order_id)
    running = [row for row in found if row["day_id"] is not None and row["done_at"] is None]
    if not running:
        raise NotNow(f"工单 {deed.order['order_no']} 没有待落实的热线日决定")
    return running[-1]


def _days(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).strip()
    days = int(plain) if plain.isdecimal() and len(plain) < 5 else 0
    if not 1 <= days <= rulings.MOST_DAYS:
        raise BadInput(f"长期事项须定下次复核：请填 1 至 {rulings.MOST_DAYS} 个工作日", "下次")
    return days
