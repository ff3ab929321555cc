"""打印工单: one order as a page for the file, with what this person may see of it on the card and no more (P32, P33)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from db.codes import Deed
from desk import card, documents
from desk.codes import word
from desk.context import Desk
from desk.deed import deed_on
from desk.documents import Document, Pairs, Section
from desk.rows import CardRow, CardSection, OrderRow
from desk.words import moment

TITLE = "12345 政务服务便民热线工单"
_SIGNED = "签收人：______________    经办人：______________    审核人：______________    日期：______________"


def print_order(desk: Desk, order_no: str, path: Path, *, may_overwrite: bool = False) -> Path:
    """Write an order as a new .docx (0600) and return its path; the order's history says who took it.

    Call it in a worker. Raises Refused for an unknown number or a file that is there, NotAllowed for an order outside
    this person's sight, BadInput for another form, StoreUnusable when the file cannot be written.
    """
    documents.check_form(path)
    shown = card.card(desk, order_no)
    page, name = page_of(desk, shown), path.name.encode("utf-8", "replace").decode()
    with (
        documents.coming(path, page, may_overwrite=may_overwrite),
        deed_on(desk, Deed.PRINT_ORDER, shown.order.order_no) as deed,
    ):
        deed.quote(file=name)
    return path


def page_of(desk: Desk, shown: CardRow) -> Document:
    """Return a card as a page: what stands on every form in a table, then the card's own parts, then who signs."""
    actor = desk.actor
    return Document(
        TITLE,
        (
            Section("", (Pairs(tuple(_table(shown.order))),)),
            *(_section(part) for part in shown.sections if part.heading != "工单"),
            _section(CardSection("办理经过", shown.history)),
            Section("", (_SIGNED,)),
        ),
        subtitle=shown.order.order_no,
        footer=f"{actor.unit_name} {actor.name}（{actor.staff_no}） {moment(desk.now())} 打印  内部资料，用后妥善保管",
    )


def _table(order: OrderRow) -> Iterator[tuple[str, str]]:
    yield "标题", order.title
    yield "诉求类型", f"{word(order.kind)}  {word(order.urgency)}"
    yield "状态", f"{word(order.status)}  第{order.round}轮" if order.round > 1 else word(order.status)
    grade = f"{order.grade}级" if order.grade else ""
    yield "评级", f"{grade}  监测池{order.pool_grade}级".strip() if order.pool_grade else grade or "未评"
    yield "承办", " ".join(filter(None, (order.steward, order.section, order.handler))) or "未派"
    yield "受理", moment(order.accepted_at)
    yield "单位时限", _due(order.unit_due_at)
    yield "诉求人时限", _due(order.citizen_due_at)


def _due(due: datetime | None) -> str:
    return moment(due) if due is not None else "无"


def _section(part: CardSection) -> Section:
    return Section(part.heading, part.lines)
