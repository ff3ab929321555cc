"""拆单: one order that holds several matters becomes two or more, 一事一单 (practice P10)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.codes import AssignmentPart, Deed, LinkKind, OrderKind, Urgency
from db.doors import Row, Writer
from db.queries import assignments, calls, house, links
from db.times import from_ms
from desk import clocks, lists, sight
from desk.births import Birth, Born, bear
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common
from desk.dispatch_rows import SplitDone, SplitPart
from desk.errors import BadInput, NotNow
from desk.rules.text import cleaned, required

MOST_PARTS = 9
TITLE_LIMIT = 60

_KEPT = (
    *("channel", "line", "upstream_no", "upstream_due_at", "upstream_demand", "marks", "centre_id"),
    *("requester_name", "contact_phone", "is_anonymous", "is_confidential", "is_company"),
    *("on_behalf", "language", "special_needs", "home_address", "area_code", "other_area_code", "place"),
    *("accused_name", "accused_unit_id", "occurred_at", "occurred_words", "earlier_steps"),
    *("needs_answer", "answer_way", "answer_time", "raised_at", "accepted_at", "dispatched_at"),
)
"""What each new order has of the first; the outside number stays with the first, 转办内容 is written for each anew."""


def split(
    desk: Desk, order_no: str, parts: Sequence[SplitPart], *, rest_title: str = "", rest_content: str = ""
) -> SplitDone:
    """拆单: make an order of each part, with a number and 查询码 of its own; what the first keeps may be written anew.

    The citizen's clock runs from the acceptance of the first. One event for each order; the old words stay in the
    first one's. Raises BadInput without a part or its words, NotNow for an emergency, a 主单, and after dispatch.
    """
    if not 1 <= len(parts) <= MOST_PARTS:
        raise BadInput(f"请写出要拆出的事项，一次最多 {MOST_PARTS} 件", "事项")
    with deed_on(desk, Deed.SPLIT, order_no) as deed:
        _refuse_split(deed)
        rest = _rest(deed, rest_title, rest_content)
        secret = _first_secret(deed, parts)
        if secret is not None and "content" not in rest:
            raise BadInput("拆出举报件的，原单内容里须删去举报的话", "原单内容")
        born = [_bear_part(deed, part, _old_words(deed, rest) if part is secret else {}) for part in parts]
        _keep_rest(deed, rest, {} if secret else _old_words(deed, rest))
        deed.note(parts=[each.uid for each in born])
    rows = tuple(lists.after(desk, each.id) for each in born)
    return SplitDone(lists.after(desk, deed.order_id), rows)


def _refuse_split(deed: OrderDeed) -> None:
    if deed.order["urgency"] == Urgency.CRITICAL:
        raise NotNow("应急工单不拆单：余下事项请在 F5 登记处置完毕时另立")
    if links.members(deed.writer, deed.order_id):
        raise NotNow("本单是主单，不能拆单：请先拆开合并")


def _rest(deed: OrderDeed, title: str, content: str) -> dict[str, str]:
    """What the first order says otherwise from now on, by column."""
    wanted = {
        "title": cleaned(title, TITLE_LIMIT, "原单标题", one_line=True),
        "content": cleaned(content, common.LONG, "原单内容"),
    }
    return {name: words for name, words in wanted.items() if words and words != deed.order[name]}


def _first_secret(deed: OrderDeed, parts: Sequence[SplitPart]) -> SplitPart | None:
    """The first part that is secret though the order is not: the old words belong into its file (P32 b)."""
    if sight.is_secret(deed.order):
        return None
    return next((part for part in parts if _is_secret_kind(deed, _kind(deed, part))), None)


def _old_words(deed: OrderDeed, rest: dict[str, str]) -> dict[str, str]:
    return {f"{name}_before": str(deed.order[name]) for name in rest}


def _keep_rest(deed: OrderDeed, rest: dict[str, str], old_words: dict[str, str]) -> None:
    deed.set(**rest)
    deed.quote(**{f"{name}_after": words for name, words in rest.items()}, **old_words)
    if rest and deed.order["forward_text"]:
        deed.quote(forward_text_before=deed.order["forward_text"])
        deed.set(forward_text=None)


def _bear_part(deed: OrderDeed, part: SplitPart, old_words: dict[str, str]) -> Born:
    order, writer = deed.order, deed.writer
    kind = _kind(deed, part)
    urgency, accepted = Urgency(order["urgency"]), from_ms(order["accepted_at"])
    columns, data = clocks.on_acceptance(deed.desk, kind, urgency, accepted)
    content = required(part.content, "诉求内容", common.LONG)
    values: dict[str, Any] = {name: order[name] for name in _KEPT}
    is_confidential = sight.is_secret(order) or _is_secret_kind(deed, kind)
    values |= {
        **columns,
        "title": required(part.title, "标题", TITLE_LIMIT, one_line=True),
        "content": content,
        "category_code": _category(writer, part.category) or order["category_code"],
        "is_confidential": is_confidential,
        # Nobody is known by a secret order (P32 c).
        "requester_id": None if is_confidential else order["requester_id"],
    }
    texts = {"content": content, **old_words}
    birth = Birth(Deed.SPLIT_OFF, kind, urgency, values, {**data, "split_from": order["uid"]}, texts)
    born = bear(replace(deed.desk, now=lambda: deed.at), writer, birth)
    links.add(writer, LinkKind.SPLIT, deed.order_id, born.id, deed.at_ms, deed.desk.actor.id)
    _keep_calls_and_centres(deed, born.id)
    return born


def _kind(deed: OrderDeed, part: SplitPart) -> OrderKind:
    if part.kind is None:
        return OrderKind(deed.order["kind"])
    try:
        return OrderKind(part.kind)
    except ValueError:
        raise BadInput("请按数字选定诉求类型", "诉求类型") from None


def _is_secret_kind(deed: OrderDeed, kind: OrderKind) -> bool:
    return kind in deed.desk.settings.get("secrecy.default_kinds", [str(OrderKind.TIP_OFF)])


def _category(writer: Writer, said: str) -> str | None:
    """Return the code of a 诉求分类 said by its code or its name; None for nothing said."""
    wanted = cleaned(said, 40, "诉求分类", one_line=True)
    if not wanted:
        return None
    found = house.find_categories(writer, wanted, 20)
    exact: list[Row] = [row for row in found if wanted in (row["code"], row["name"])]
    chosen = exact or list(found)
    if len(chosen) != 1:
        why = "没有这个诉求分类" if not chosen else f"有 {len(chosen)} 个诉求分类符合"
        raise BadInput(f"{why}：请写编码或完整的名称", "诉求分类")
    return str(chosen[0]["code"])


def _keep_calls_and_centres(deed: OrderDeed, order_id: int) -> None:
    """The calls were about each matter; a lower centre owes the higher one each order within the same limit (P6)."""
    for call in calls.of_order(deed.writer, deed.order_id):
        calls.link(deed.writer, call["id"], order_id)
    for part in assignments.current(deed.writer, deed.order_id, AssignmentPart.CENTRE):
        names = ("part", "unit_id", "round", "sent_at", "sent_by", "due_at", "due_explanation", "requirement")
        assignments.add(deed.writer, order_id=order_id, **{name: part[name] for name in names})
