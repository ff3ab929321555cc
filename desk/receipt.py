"""回执: what a citizen takes home from the counter of a 服务站: number, 查询码, and what was written down (practice P18)."""

import textwrap
from collections.abc import Iterator
from typing import Any

from db.codes import Comer, OrderKind, ReadBack
from db.doors import Reader
from db.queries import sight as sight_queries
from db.queries import station_orders, work_orders
from db.times import maybe_from_ms
from desk import sight
from desk.codes import word
from desk.context import Desk
from desk.errors import NotAllowed, Refused
from desk.words import moment

_HANZI_A_LINE = 32
_LABEL = 5
SEALED = "密件：内容只有热线中心可以阅看，本回执不载内容"


def receipt(desk: Desk, order_no: str) -> tuple[str, ...]:
    """Return the receipt of an order made at a counter, as lines to print; of a 密件 without a word of its content.

    Raises Refused for an unknown number or an order made on the telephone, NotAllowed for another's order.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        noted = station_orders.of_order(reader, order["id"]) if order is not None else None
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if not _may_have(desk, reader, order):
            raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，回执请由登记的服务站打印")
    if noted is None:
        raise Refused(f"工单 {order_no} 不是服务站当面登记的，没有回执")
    return tuple(_lines(order, noted))


def _may_have(desk: Desk, reader: Reader, order: Any) -> bool:
    """Whoever made the order, also where they may not open it: the paper of a 密件 tells nothing."""
    is_own = sight_queries.registered_by(reader, order["uid"], desk.actor.uid)
    return is_own or sight.may_see(reader, desk.actor, order)


def _lines(order: Any, noted: Any) -> Iterator[str]:
    yield "12345 便民服务站登记回执"
    yield "-" * (2 * _HANZI_A_LINE + 10)
    yield from _line("编号", order["order_no"])
    yield from _line("查询码", order["query_code"])
    yield from _line("登记", f"{_at(order['accepted_at'])}  {noted['clerk_unit']} {noted['clerk_name']}")
    if sight.is_secret(order):
        yield SEALED
    else:
        yield from _matter(order, noted)
    yield from _line("查询", "拨打 12345 报查询码，或到本站查询")
    yield ""
    yield "本人签字或按手印：______________    代办员签字：______________"


def _matter(order: Any, noted: Any) -> Iterator[str]:
    name = "匿名" if order["is_anonymous"] else order["requester_name"] or "未留姓名"
    yield from _line("诉求人", f"{name}（到站人：{word(Comer(noted['comer']))}）")
    yield from _line("类型", word(OrderKind(order["kind"])))
    yield from _line("标题", order["title"])
    yield from _line("地点", " ".join(filter(None, (order["area_name"], order["place"]))))
    yield from _line("内容", order["content"])
    yield from _line("联系", noted["reach"])
    yield from _line("答复", f"最迟 {_at(order['citizen_due_at'])}" if order["citizen_due_at"] else "")
    yield from _line("确认", word(ReadBack(noted["read_back"])))
    yield from _line("见证人", noted["witness"])


def _line(label: str, words: str) -> Iterator[str]:
    """A label and its words, broken so that a line fits on paper of 80 columns; nothing where there are none."""
    gap = "　" * (_LABEL - len(label))
    lines = [part for line in words.splitlines() for part in textwrap.wrap(line, _HANZI_A_LINE)]
    for place, line in enumerate(lines):
        yield (f"{label}{gap}" if place == 0 else "　" * _LABEL) + line


def _at(milliseconds: int) -> str:
    at = maybe_from_ms(milliseconds)
    assert at is not None, "only asked of a time that is set"
    return moment(at)
