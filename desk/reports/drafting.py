"""What a report says before anybody has written a word: out of the linked orders, without anybody's name or number."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.codes import Deed, ReportKind, Status
from db.doors import Reader, Row
from db.queries import assignments, emergencies, links, reports, rescue, work_orders
from db.times import from_ms, maybe_from_ms, to_ms
from desk import merged
from desk.cases.known import known_of
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.rules import incidents
from desk.rules import reports as rules
from desk.rules.anonymising import anonymised
from desk.rules.calendar import local
from desk.rules.reports import DAY
from desk.rules.text import address
from desk.sight import is_crisis, is_secret

_LONGEST_QUOTE = 300
_MOST_NAMED = 6
_STEPS = (
    ("called_out_at", Deed.CALL_OUT),
    ("acknowledged_at", Deed.ACKNOWLEDGE),
    ("departed_at", Deed.DEPART),
    ("arrived_at", Deed.ARRIVE),
    ("contained_at", Deed.CONTAIN),
    ("finished_at", Deed.FINISH),
)


def order_for(reader: Reader, order_no: str) -> Row:
    """Return the order that a report is about: of a 从单 its 主单. Raises BadInput for none, Refused for a secret one."""
    order = work_orders.by_number(reader, order_no)
    if order is None:
        raise BadInput(f"没有工单 {order_no}，请核对编号", "工单")
    order = merged.main_of(reader, order["id"]) or order
    if is_secret(order):
        raise Refused("举报、保密工单不写快报、专报，请由班长当面报告")
    if is_crisis(order):
        raise Refused("危机来电不写快报、专报，只由经办的人知道")
    return order


def kind_for(reader: Reader, order: Row) -> ReportKind:
    """Return which report a matter gets: a 群体事件 a 专报, every other emergency a 快报, told by many a 专报."""
    row = emergencies.of_order(reader, order["id"])
    if row is None or row["type"] == rules.GROUP_EVENT:
        return ReportKind.SPECIAL
    return ReportKind.FLASH


def of_order(desk: Desk, reader: Reader, order: Row, kind: ReportKind, before: Row | None) -> dict[str, str]:
    """Return the words of a draft about an order; what the report before it said of the crowd is kept."""
    row = emergencies.of_order(reader, order["id"])
    incident = row["type"] if row else rules.GROUP_EVENT
    place = address(order["area_name"], order["place"])
    accepted = local(from_ms(order["accepted_at"]))
    words = {
        "title": f"{incident}：{place}"[: rules.LONGEST_TITLE],
        "what": "\n".join(_what(reader, order)),
        "where": place,
        "since": f"{accepted:%Y年%m月%d日 %H:%M} 接到群众反映",
        "doing": "\n".join(_doing(reader, order, row)) or "已受理，正在派单",
        "next": _next(desk, row),
        rules.COPIED: "、".join(incidents.incident(incident, desk.settings).copied),
    }
    kept = {} if before is None else before_words(before)
    crowd = {name: kept.get(name, "") for name in rules.OF_A_GROUP} if kind is ReportKind.SPECIAL else {}
    return {**words, **crowd, **({rules.COPIED: kept[rules.COPIED]} if kept.get(rules.COPIED) else {})}


def before_words(row: Row) -> dict[str, str]:
    """The words of a report as they are kept."""
    import json

    return {str(name): str(text) for name, text in json.loads(row["fields"]).items()}


def _what(reader: Reader, order: Row) -> Iterator[str]:
    members = links.members(reader, order["id"])
    heard = links.heard_from(reader, [order["id"], *(each["other_id"] for each in members)])
    yield f"{heard['persons']} 人 {heard['calls']} 次反映，共 {len(members) + 1} 件工单。"
    yield anonymised(" ".join(str(order["content"]).split()), replace(known_of(reader, order), places=()))[
        :_LONGEST_QUOTE
    ]


def _doing(reader: Reader, order: Row, row: Row | None) -> Iterator[str]:
    steward = assignments.current_steward(reader, order["id"])
    if steward is not None:
        yield f"承办：{steward['unit_name']}，{word(Status(order['status']))}。"
    steps = [(maybe_from_ms(row[column]), deed) for column, deed in _STEPS] if row else []
    done = [f"{local(at):%H:%M} {word(deed)}" for at, deed in steps if at is not None]
    if done:
        yield f"{'，'.join(done)}。"
    for each in rescue.handovers(reader, order["id"]):
        said = f"，{each['result']}" if each["result"] else "，等回复"
        yield f"{local(from_ms(each['at'])):%H:%M} 移交 {each['service']}{anonymised(said)}。"


def _next(desk: Desk, row: Row | None) -> str:
    if row is None:
        return "承办单位现场核实、劝解，有新情况随时续报。"
    if row["finished_at"] is not None:
        return "险情已处置完毕，余下事项按普通工单办理。"
    if row["contained_at"] is not None:
        return "险情已控制，做好善后，回拨诉求人。"
    due = local(from_ms(row["due_at"]))
    over = to_ms(desk.now()) > row["due_at"]
    return f"{'已过' if over else ''}{due:%H:%M} 的控制时限，未控制前每 30 分钟续报。"


def of_place(desk: Desk, reader: Reader, area_code: str, category_code: str) -> dict[str, str]:
    """Return the words of a 预警快报 about what rises in a place. Raises BadInput when nothing is there any more."""
    since = to_ms(desk.now() - DAY)
    rows = reports.orders_in(
        reader, desk.actor.centre_id, since, area_code, category_code, rules.LONGEST_FIELD
    )
    if not rows:
        raise BadInput("近 24 小时没有这类诉求了，不用预警", "地点")
    area, category = _names(reader, area_code, category_code)
    return {
        "title": f"{area}{category}诉求上升"[: rules.LONGEST_TITLE],
        "what": "\n".join(_risen(rows, category)),
        "where": area,
        "since": f"{local(desk.now() - DAY):%m月%d日 %H:%M} 至 {local(desk.now()):%m月%d日 %H:%M}",
        "doing": _units(rows),
        "next": "请承办单位到现场核实同一原因，拿出一次解决的办法；热线继续盯住数量，有变化续报。",
        rules.COPIED: "值班长",
    }


def _names(reader: Reader, area_code: str, category_code: str) -> tuple[str, str]:
    area = reader.value("SELECT name FROM areas WHERE code = :code", code=area_code)
    category = reader.value("SELECT name FROM categories WHERE code = :code", code=category_code)
    return str(area or ""), str(category or "")


def _risen(rows: Sequence[Row], category: str) -> Iterator[str]:
    yield f"近 24 小时{category}诉求 {len(rows)} 件："
    for row in rows[:_MOST_NAMED]:
        yield f"{local(from_ms(row['accepted_at'])):%d日 %H:%M} {row['order_no']} {anonymised(row['title'])}"
    if len(rows) > _MOST_NAMED:
        yield f"另有 {len(rows) - _MOST_NAMED} 件。"


def _units(rows: Sequence[Row]) -> str:
    counted: dict[str, int] = {}
    for row in rows:
        name = row["unit"] or "待派单"
        counted[name] = counted.get(name, 0) + 1
    return "、".join(f"{name} {count} 件" for name, count in counted.items())
