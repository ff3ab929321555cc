"""What a caller says anew when called back is a new order, never a D of the old one (practice P28)."""

from typing import Any

from db.codes import Channel, Deed, LinkKind, OrderKind, Urgency
from db.doors import Row, Writer
from db.queries import links, work_orders
from db.times import to_ms
from desk import lists, requesters, sight
from desk.births import Birth, bear
from desk.codes import code_for, word
from desk.context import Desk
from desk.deed import check_right
from desk.errors import BadInput, NotNow, Refused
from desk.rows import OrderRow
from desk.rules.lifecycle import is_running
from desk.rules.text import cleaned, required
from desk.rules.titles import proposed_title

LONG, PLACE, TITLE = 4000, 200, 60
_KEPT = (
    *("centre_id", "requester_name", "contact_phone", "is_anonymous", "is_confidential", "is_company"),
    *(
        "on_behalf",
        "language",
        "special_needs",
        "home_address",
        "area_code",
        "needs_answer",
        "answer_way",
        "answer_time",
    ),
)
"""Who calls, where he lives and how he likes to be called; the matter itself is told anew."""


def register_new_matter(
    desk: Desk, order_no: str, kind: OrderKind | str, content: str, place: str = ""
) -> OrderRow:
    """另登新事项: a new order of the same caller, related to the one he was called about; it waits for dispatch.

    `place` '' keeps where the first was. A 举报 is kept apart from who he is (P32). Raises BadInput without kind or words,
    NotNow for an order that is not yet reviewed, Refused for an unknown number.
    """
    chosen = code_for(OrderKind, str(kind))
    if chosen is None or chosen is OrderKind.UNDETERMINED:
        raise BadInput(f"诉求类型请选 {'、'.join(word(each) for each in _KINDS)}", "诉求类型")
    words = required(content, "诉求内容", LONG)
    spot = cleaned(place, PLACE, "事发地点", one_line=True)
    with desk.writing() as writer:
        order = work_orders.by_number(writer, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        check_right(desk, writer, Deed.REVEAL_PHONE, order)
        _check_reviewed(order)
        values = _values(desk, writer, order, chosen, words, spot)
        born = bear(
            desk,
            writer,
            Birth(
                Deed.REGISTER_NEW_MATTER,
                chosen,
                Urgency.NORMAL,
                values,
                {"new_matter_of": order["uid"]},
                {"content": words},
            ),
        )
        links.add(writer, LinkKind.RELATED, order["id"], born.id, to_ms(born.at), desk.actor.id)
    return lists.after(desk, born.id)


_KINDS = tuple(kind for kind in OrderKind if kind is not OrderKind.UNDETERMINED)


def _check_reviewed(order: Row) -> None:
    if order["review_passed_at"] is None and is_running(order["status"]):
        raise NotNow(f"工单 {order['order_no']} 还没有到回访：新的情况请在受理页补充或另登")


def _values(desk: Desk, writer: Writer, order: Row, kind: OrderKind, words: str, spot: str) -> dict[str, Any]:
    secret_kinds = desk.settings.get("secrecy.default_kinds", [str(OrderKind.TIP_OFF)])
    is_confidential = sight.is_secret(order) or str(kind) in secret_kinds
    values: dict[str, Any] = {name: order[name] for name in _KEPT}
    values |= {
        "channel": str(Channel.PHONE_12345),
        "title": proposed_title(words)[:TITLE],
        "content": words,
        "place": spot or order["place"],
        "is_confidential": is_confidential,
    }
    return {**values, "requester_id": requesters.known_or_kept(desk, writer, values)}
