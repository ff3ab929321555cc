"""告知: which deed tells whom, in which words, when it may be sent, and how often it is tried (practice P19)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from db.codes import ContactWay, Deed, OrderKind, Role
from desk.rules.calendar import local
from desk.rules.text import cleaned

LONGEST = 300
"""Characters of a message: some four short messages of a mobile network."""
LONGEST_TEMPLATE, _LONGEST_VALUE = 200, 200
_PLACE = re.compile(r"\{([^{}]*)\}")
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of message: its code, the setting that holds its words, what it is called, and the words of a new desk."""

    code: str
    setting: str
    title: str
    words: str
    places: tuple[str, ...]


_CITIZEN = ("code", "due", "unit", "where")
_UNIT = ("order", "due", "words")
_PRESSED = (*_UNIT, "kind", "level", "unit")
_HEAD = "【12345热线】"

TO_CITIZENS: tuple[Template, ...] = (
    Template(
        "accepted",
        "messages.accepted",
        "受理",
        f"{_HEAD}您反映的事项已受理，查询码 {{code}}，最迟{{due}}前答复您。",
        _CITIZEN,
    ),
    Template("sent", "messages.sent", "转办", f"{_HEAD}您反映的事项（{{code}}）已转{{unit}}办理。", _CITIZEN),
    Template(
        "extended",
        "messages.extended",
        "延期",
        f"{_HEAD}您反映的事项（{{code}}）情况复杂，经批准延期，最迟{{due}}前答复您。",
        _CITIZEN,
    ),
    Template(
        "declined",
        "messages.declined",
        "不予受理",
        f"{_HEAD}您反映的事项（{{code}}）依法由其他渠道处理，请联系{{where}}。",
        _CITIZEN,
    ),
    Template(
        "closed",
        "messages.closed",
        "办结",
        f"{_HEAD}您反映的事项（{{code}}）已办结，感谢您的反映。",
        _CITIZEN,
    ),
    Template(
        "invited",
        "messages.invited",
        "评价邀请",
        f"{_HEAD}您反映的事项（{{code}}）已办理，热线将回访您，请留意12345来电并评价。",
        _CITIZEN,
    ),
)
TO_UNITS: tuple[Template, ...] = (
    Template("to_sign", "messages.to_sign", "待签收", "工单 {order} 已派往你单位，请于{due}前签收。", _UNIT),
    Template(
        "due_soon", "messages.due_soon", "临期", "工单 {order} 将于{due}到期，请抓紧办理并答复。", _UNIT
    ),
    Template("overdue", "messages.overdue", "超期", "工单 {order} 已于{due}超期，请立即办理。", _UNIT),
    Template("remind", "messages.remind", "催办", "工单 {order} 催办，请于{due}前回复：{words}", _UNIT),
    Template(
        "supervise",
        "messages.supervise",
        "督办",
        "工单 {order} {kind}（{level}），请于{due}前回复：{words}",
        _PRESSED,
    ),
    Template(
        "pressed_reviewer",
        "messages.pressed_reviewer",
        "督办报单位负责人",
        "你单位工单 {order} 已列{kind}（{level}），请过问并于{due}前回复：{words}",
        _PRESSED,
    ),
    Template(
        "pressed_leader",
        "messages.pressed_leader",
        "督办报领导",
        "{unit}工单 {order} 已列{kind}（{level}），{due}前回复：{words}",
        _PRESSED,
    ),
    Template(
        "circular",
        "messages.circular",
        "通报",
        "《{words}》已印发，请登录坐席台在 F6 按 c 阅知并签收。",
        ("words",),
    ),
    Template(
        "sent_back",
        "messages.sent_back",
        "审核退回",
        "工单 {order} 办结审核退回，请于{due}前重新办理。",
        _UNIT,
    ),
)
TEMPLATES: Mapping[str, Template] = {each.code: each for each in (*TO_CITIZENS, *TO_UNITS)}

ROLE_OF: Mapping[str, Role] = {"pressed_reviewer": Role.UNIT_REVIEWER, "pressed_leader": Role.LEADER}
"""Which role of the unit hears a message that is not for its 联络员 (at a centre: 班长)."""

_DISPATCHES = (Deed.SEND, Deed.REASSIGN, Deed.REDIRECT_RETURN, Deed.RULE_FINALLY)
_ENDS = (Deed.CLOSE_SATISFIED, Deed.CLOSE_UNSOLVED, Deed.CLOSE_UNREACHED, Deed.PASS_WITHOUT_CALLBACK)
CITIZEN_TOLD: Mapping[Deed, str] = {
    **dict.fromkeys((Deed.REGISTER, Deed.REGISTER_NEW_MATTER, Deed.TAKE_OVER, Deed.IMPORT_ORDER), "accepted"),
    **dict.fromkeys(_DISPATCHES, "sent"),
    Deed.GRANT_EXTENSION: "extended",
    Deed.DECLINE: "declined",
    Deed.CONFIRM_DECLINED: "declined",
    Deed.ACCEPT_DECLINED: "accepted",
    Deed.PASS_CLOSE_REVIEW: "invited",
    **dict.fromkeys(_ENDS, "closed"),
}
"""Which deed on an order tells its caller what."""
COME_LATER = frozenset((Deed.TAKE_OVER, Deed.IMPORT_ORDER))
"""Births of what was said elsewhere, perhaps long before."""
UNIT_TOLD: Mapping[Deed, str] = {Deed.SEND: "to_sign", Deed.SEND_BACK_CLOSE_REVIEW: "sent_back"}
"""Which deed tells the unit that handles; the deeds that say more to a unit queue their own words."""

HOURS = ("08:00", "21:00")
PAUSES = (1, 5, 15, 60)
TIMEOUT, EXPIRE_HOURS = 20, 48
"""Unless `messages.hours`, `.pauses` (minutes), `.timeout` (seconds) or `.expire_hours` say otherwise."""


def filled(words: str, values: Mapping[str, str]) -> str:
    """Return a template with its places filled, as one line of at most `LONGEST` characters.

    One pass: a value that looks like a place (`{due}`) stays as it was typed. A place that nobody knows stays, too.
    """

    def value(found: re.Match[str]) -> str:
        known = values.get(found[1])
        return found[0] if known is None else " ".join(known.split())[:_LONGEST_VALUE]

    return " ".join(_PLACE.sub(value, words).split())[:LONGEST]


def flaw_of(template: Template, words: Any) -> str:
    """Return what is wrong with new words for a template, '' for nothing. Raises BadInput for control characters."""
    if not isinstance(words, str) or not cleaned(words, LONGEST_TEMPLATE, template.title, one_line=True):
        return f"不能为空，最长 {LONGEST_TEMPLATE} 字"
    strange = sorted(set(_PLACE.findall(words)) - set(template.places))
    known = "、".join(f"{{{place}}}" for place in template.places)
    return f"没有 {{{strange[0]}}} 这个位置，可用 {known}" if strange else ""


def is_mobile(number: str | None) -> bool:
    """Whether a number takes messages: one of a mobile network of the mainland."""
    return bool(number) and _MOBILE.fullmatch(str(number)) is not None


def tells_caller(order: Mapping[str, Any] | Any, crisis_words: Sequence[str]) -> bool:
    """Whether the caller of an order is told by message at all.

    Nobody who left no mobile number, wants no answer, or only praised. On 举报, 保密 and in a crisis only who asked to be
    answered by message: another may hold the telephone (practice P25, P32).
    """
    if (
        not is_mobile(order["contact_phone"])
        or not order["needs_answer"]
        or order["kind"] == OrderKind.PRAISE
    ):
        return False
    if order["answer_way"] == ContactWay.MESSAGE:
        return True
    said = f"{order['title']}{order['content']}"
    is_crisis = any(word in said for word in crisis_words)
    return not (order["kind"] == OrderKind.TIP_OFF or order["is_confidential"] or is_crisis)


def may_ring_at(at: datetime, hours: Sequence[str] = HOURS) -> bool:
    """Whether `at` (aware) lies in the hours, China time, in which messages may come to people who sleep."""
    begins, ends = (time.fromisoformat(each) for each in hours)
    return begins <= local(at).time() < ends


def pause(tries: int, pauses: Sequence[float] = PAUSES) -> timedelta | None:
    """Return how long to wait after so many tries in vain; None when it has been tried often enough."""
    return timedelta(minutes=float(pauses[tries - 1])) if tries <= len(pauses) else None


def flaw_of_command(command: Any) -> str:
    """Return what is wrong with `messages.command`, '' for nothing: a list of words, the first an absolute path, or empty."""
    if not isinstance(command, list) or not all(isinstance(each, str) for each in command):
        return "须为文字的列表"
    is_found = not command or PurePath(command[0]).is_absolute()
    return "" if is_found else "第一项须为程序的完整路径，如 /usr/local/bin/send-sms"


def flaw_of_hours(hours: Any) -> str:
    """Return what is wrong with `messages.hours`, '' for nothing: two times of one day, the earlier first."""
    try:
        begins, ends = (time.fromisoformat(each) for each in hours)
    except (TypeError, ValueError):
        return '须为两个时刻，如 ["08:00", "21:00"]；全天写 ["00:00", "23:59"]'
    return "" if begins < ends else "先写开始、后写结束的时刻"
