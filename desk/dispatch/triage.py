"""Orders that cannot be sent as they are: 退回补充 to the operator, 研判 of what nobody owns clearly (practice P21, P22)."""

from collections.abc import Iterator
from typing import Any

from db.codes import Deed, HandlingWay, PanelKind, TriageReason
from db.doors import Reader, Row
from db.queries import events, panels, units, work_orders
from desk import lists, rulings
from desk.codes import code_for, word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common
from desk.errors import BadInput, NotAllowed, Refused
from desk.history import data_of
from desk.named import attendees
from desk.recusal import check_not_accused
from desk.rows import OrderRow
from desk.rules.text import cleaned, required
from desk.ruling_rows import PanelForm, PanelStart

WAYS = (HandlingWay.ALONE, HandlingWay.JOINT, HandlingWay.ON_SITE, HandlingWay.ACT_FIRST)
"""办件方式 that a panel may decide; 领导包案 and 长期事项 are for a 热线日."""
_LED_BY, _PETITIONS = "行政审批局", "信访局"
_WITH = f"、{_PETITIONS}"


def ask_completion(desk: Desk, order_no: str, missing: str) -> OrderRow:
    """退回补充: back to the operator with what is missing; the dispatch clock goes on (P21)."""
    words = required(missing, "要补充的内容")
    with deed_on(desk, Deed.ASK_COMPLETION, order_no) as deed:
        deed.quote(missing=words)
    return lists.after(desk, deed.order_id)


def put_into_triage(
    desk: Desk, order_no: str, words: str = "", reason_code: TriageReason | str = TriageReason.OTHER
) -> OrderRow:
    """转研判: 指向不明确, 职能界限模糊 or 辖区交叉 (press conference; P22), 其他 in words; the dispatch clock goes on."""
    code, said = _reason(reason_code, words)
    with deed_on(desk, Deed.PUT_INTO_TRIAGE, order_no) as deed:
        deed.note(reason=str(code))
        deed.quote(reason=f"{word(code)} {said}".rstrip())
    return lists.after(desk, deed.order_id)


def _reason(given: TriageReason | str, words: str) -> tuple[TriageReason, str]:
    code = code_for(TriageReason, str(given))
    if code is None:
        names = "、".join(word(each) for each in TriageReason)
        raise BadInput(f"研判事由请从 {names} 中选一项", "研判事由")
    said = cleaned(words, common.SHORT, "研判事由")
    if code is TriageReason.OTHER and not said:
        raise BadInput("事由选其他的请写明研判事由", "研判事由")
    return code, said


def panel_start(desk: Desk, order_no: str) -> PanelStart:
    """Return with what the record of a panel over an order begins. Raises Refused for an unknown number."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        code, said = _reason_given(reader, order)
    return PanelStart(str(desk.settings.get("triage.led_by", _LED_BY)), code, said, desk.actor.staff_no)


def _reason_given(reader: Reader, order: Row) -> tuple[TriageReason, str]:
    """Why an order was last put into 研判, as code and words; a store of before has only the words."""
    put = [row for row in events.of_order(reader, order["uid"]) if row["kind"] == Deed.PUT_INTO_TRIAGE]
    if not put:
        return TriageReason.OTHER, ""
    given = data_of(put[-1]).get("reason")
    code = TriageReason(given) if given in set(TriageReason) else TriageReason.OTHER
    texts = events.texts_of_order(reader, order["uid"])
    said = next((row["body"] for row in texts if row["event_uid"] == put[-1]["uid"]), None) or ""
    return code, str(said).removeprefix(word(code)).strip()


def rule_triage(desk: Desk, order_no: str, form: PanelForm) -> OrderRow:
    """研判结论: keep the record of a panel; the order is back in the queue with the verdict beside it (P22).

    Whoever is accused neither takes part nor gets the order (P32 a). Raises BadInput for what is missing or unknown,
    NotAllowed for the accused.
    """
    kind = code_for(PanelKind, str(form.kind))
    if kind is None:
        raise BadInput("会议形式请选研判或联合研判", "会议形式")
    code, said = _reason(form.reason_code, form.reason_words)
    arguments = cleaned(form.arguments, common.LONG, "各方意见")
    with deed_on(desk, Deed.RULE_TRIAGE, order_no) as deed:
        ruling = rulings.ruled(deed, form.verdict, WAYS)
        members = list(_members(deed, kind, form.attendees, arguments))
        panel_id = panels.add(
            deed.writer,
            {
                "order_id": deed.order_id,
                "kind": str(kind),
                "reason": str(code),
                "reason_words": said,
                "led_by": _led_by(desk, kind),
                "held_at": deed.at_ms,
                "written_by": desk.actor.id,
            },
            members,
        )
        deed.note(panel=str(kind), reason=str(code))
        deed.quote(arguments=arguments, reason=said)
        rulings.keep(deed, ruling, panel_id=panel_id)
    return lists.after(desk, deed.order_id)


def _led_by(desk: Desk, kind: PanelKind) -> str:
    leads = str(desk.settings.get("triage.led_by", _LED_BY))
    return leads + (_WITH if kind is PanelKind.JOINT else "")


def _members(deed: OrderDeed, kind: PanelKind, text: str, arguments: str) -> Iterator[dict[str, Any]]:
    """Yield who took part, each unit with what it argued; what belongs to none of them stands by itself."""
    places, people = attendees(deed.writer, text, deed.desk.actor.centre_path, "参加人员")
    if not places and not people:
        raise BadInput("请写明参加研判的单位和人员", "参加人员")
    if kind is PanelKind.JOINT:
        _refuse_without_petitions(deed, places, people)
    for unit in places:
        check_not_accused(deed.writer, deed.order, unit)
    for person in people:
        _refuse_accused(deed, person)
        yield {"staff_id": person["id"]}
    said = _by_unit(arguments, places)
    yield from ({"unit_id": unit["id"], "argument": said.pop(unit["id"], "")} for unit in places)
    yield from ({"argument": words} for words in said.values())


def _refuse_without_petitions(deed: OrderDeed, places: list[Row], people: list[Row]) -> None:
    """联合研判 is held with 信访局: raise BadInput unless it, a unit below it or somebody of these took part (P22)."""
    paths = {str(unit["path"]) for unit in places} | {str(person["unit_path"]) for person in people}
    sat = (unit for path in sorted(paths) for unit in units.above(deed.writer, path))
    if not any(_PETITIONS in str(unit["name"]) + str(unit["short_name"]) for unit in sat):
        raise BadInput(
            "联合研判须有信访局参加：请在参加人员里写上信访局或其人员，没有参加的请把形式改为研判", "参加人员"
        )


def _refuse_accused(deed: OrderDeed, person: Row) -> None:
    if person["name"] in str(deed.order["accused_name"] or ""):
        raise NotAllowed(f"{person['name']}是被反映对象，须回避，不能参加研判")
    check_not_accused(deed.writer, deed.order, common.unit_named(deed.writer, person["unit_id"]))


def _by_unit(arguments: str, places: list[Row]) -> dict[int, str]:
    """What each unit argued, by its key; key 0 for what names none of them."""
    said: dict[int, list[str]] = {}
    speaker = 0
    for line in arguments.splitlines():
        head, colon, rest = line.replace(":", "：", 1).partition("：")
        found = _speaker(head.strip(), places) if colon else None
        speaker = speaker if found is None else found
        said.setdefault(speaker, []).append(line if found is None else rest.strip())
    return {key: "\n".join(lines) for key, lines in said.items()}


def _speaker(name: str, places: list[Row]) -> int | None:
    called = [unit["id"] for unit in places if name and name in str(unit["name"]) + str(unit["short_name"])]
    return int(called[0]) if len(called) == 1 else None
