"""The form at the door: what was typed becomes columns of an order, or one Chinese line says what is wrong (P11)."""

from dataclasses import dataclass
from typing import Any

from db.codes import Channel, ContactWay, OrderKind, Urgency
from db.doors import Reader, Row
from db.queries import callers, calls, house
from desk.context import Desk
from desk.errors import BadInput
from desk.intake import moments
from desk.intake_rows import OrderForm
from desk.rules.text import cleaned, normalised_phone
from desk.rules.titles import proposed_title
from desk.supplements import CONTENT_LIMIT

_LINES = (
    # field of the form, Chinese label, most characters
    ("name", "姓名", 40),
    ("place", "事发地点", 200),
    ("title", "标题", 100),
    ("accused_name", "被反映对象", 100),
    ("occurred_words", "事发时间", 100),
    ("purpose", "诉求目的", 500),
    ("earlier_steps", "已向何处反映", 500),
    ("home_address", "住址", 200),
    ("answer_time", "方便时间", 100),
    ("language", "语言", 40),
    ("special_needs", "特殊需求", 200),
    ("on_behalf", "代诉", 100),
)
_KNOWN_OF_REQUESTER = ("name", "is_company", "language", "special_needs")


@dataclass(frozen=True, slots=True)
class Checked:
    """A form that may become an order: columns, and what is newly known of the requester (None: nobody is kept)."""

    kind: OrderKind
    urgency: Urgency
    columns: dict[str, Any]
    requester: dict[str, Any] | None
    requester_id: int | None

    @property
    def is_secret(self) -> bool:
        """Whether it will be a 举报 or 保密 order."""
        return self.kind is OrderKind.TIP_OFF or bool(self.columns["is_confidential"])


def checked(desk: Desk, form: OrderForm, *, needs_all: bool = True, is_reachable: bool = False) -> Checked:
    """Return the form as columns. Raises BadInput, naming the field, for what is missing or cannot be kept.

    Required: 诉求类型, 联系电话 or 匿名, 事发地点 (area or words), 诉求内容 (practice P11); without `needs_all` only the content,
    as for a call that is declined or transferred. Somebody who `is_reachable` otherwise needs no number (P18).
    """
    lines = {name: cleaned(getattr(form, name), limit, label, one_line=True) for name, label, limit in _LINES}
    content = cleaned(form.content, CONTENT_LIMIT, "诉求内容")
    phone = _phone(form)
    kind = OrderKind(form.kind or OrderKind.UNDETERMINED)
    if needs_all:
        _require(form, lines["place"], is_reachable=bool(phone) or is_reachable)
    if not content:
        raise BadInput("请填写诉求内容", "诉求内容")
    if form.is_anonymous and lines["name"]:
        raise BadInput("匿名工单不留姓名：请删去姓名，或取消匿名", "姓名")
    with desk.reading() as reader:
        columns = _columns(desk, form, lines, phone, kind) | _looked_up(reader, form, lines["accused_name"])
        known = calls.requester_by_phone(reader, phone) if phone else None
    columns["occurred_at"] = moments.occurred_ms(desk, lines["occurred_words"], form.area_code)
    columns |= {"title": lines["title"] or proposed_title(content) or "未拟标题", "content": content}
    keeps_requester = bool(phone) and not (columns["is_confidential"] or form.is_anonymous)
    return Checked(
        kind,
        Urgency(form.urgency),
        columns,
        _news(columns, known) if keeps_requester else None,
        known["id"] if known and keeps_requester else None,
    )


def _phone(form: OrderForm) -> str:
    """联系电话, or 来电号码 where none is given; an anonymous caller leaves only what he says himself."""
    caller = normalised_phone(form.number, "来电号码")
    contact = normalised_phone(form.contact_phone, "联系电话")
    return contact or ("" if form.is_anonymous else caller)


def _require(form: OrderForm, place: str, *, is_reachable: bool) -> None:
    # In the order of the form: the cursor goes to the first field that is missing, and the operator types on.
    if not is_reachable and not form.is_anonymous:
        raise BadInput("请填写来电号码或联系电话；不留号码的选“匿名”", "来电号码")
    if form.kind is None or form.kind is OrderKind.UNDETERMINED:
        raise BadInput("请选择诉求类型（咨询、求助、投诉、举报、建议、表扬）", "诉求类型")
    if not place and not form.area_code:
        raise BadInput("请填写事发地点；说不清的写“不详”", "事发地点")


def _columns(
    desk: Desk, form: OrderForm, lines: dict[str, str], phone: str, kind: OrderKind
) -> dict[str, Any]:
    others = {name: words for name, words in lines.items() if name not in ("name", "title")}
    secret_kinds = desk.settings.get("secrecy.default_kinds", (OrderKind.TIP_OFF,))
    line = cleaned(form.line, 12, "拨打热线", one_line=True)
    return {
        **others,
        "requester_name": lines["name"],
        "contact_phone": phone or None,
        "is_anonymous": form.is_anonymous,
        "is_confidential": form.is_confidential or kind in secret_kinds,
        "is_company": form.is_company,
        "needs_answer": form.needs_answer,
        "answer_way": str(ContactWay(form.answer_way)),
        "channel": str(form.channel or _channel(desk, line)),
        "line": line,
    }


def _channel(desk: Desk, line: str) -> Channel:
    if desk.actor.is_at_a_station:
        return Channel.STATION
    return Channel.PHONE_12333 if line == "12333" else Channel.PHONE_12345


def _looked_up(reader: Reader, form: OrderForm, accused_name: str) -> dict[str, Any]:
    """The codes that were picked, asked once more: a form may be old, or not come from the screen at all."""
    codes = callers.known_codes(reader, form.area_code, form.category_code)
    if form.other_area_code and house.area(reader, form.other_area_code) is None:
        raise BadInput("另一地点的区划已不在册，请重新选择", "另一地点")
    if codes["area"] != form.area_code:
        raise BadInput("事发地点的区划已不在册，请重新选择", "事发地点")
    if codes["category"] != form.category_code:
        raise BadInput("诉求分类已停用或不存在，请重新选择", "诉求分类")
    unit_id = None
    if form.accused_unit or accused_name:
        unit_id = callers.unit_called(reader, form.accused_unit, accused_name)
    if form.accused_unit and unit_id is None:
        raise BadInput("被反映对象所选的单位不在册，请重新选择", "被反映对象")
    other = form.other_area_code if form.other_area_code != form.area_code else None
    return {
        "area_code": form.area_code,
        "other_area_code": other,
        "category_code": form.category_code,
        "accused_unit_id": unit_id,
    }


def _news(columns: dict[str, Any], known: Row | None) -> dict[str, Any] | None:
    """What this call tells of the requester beyond what is known; None when that is nothing."""
    told = {"name": columns["requester_name"], **{name: columns[name] for name in _KNOWN_OF_REQUESTER[1:]}}
    if known is None:
        return {"phone": columns["contact_phone"], **told}
    return {name: value for name, value in told.items() if value and value != known[name]} or None
