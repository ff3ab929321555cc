"""Who may see which order, and how much of it (design part 4, practice P32, P33).

The centre sees its own orders; a unit what it or a unit below it holds or helps with; a station clerk what they
registered. 举报 and 保密 orders show a unit neither the caller nor the original text, and a unit that is accused
sees nothing at all.
"""

from collections.abc import Callable, Mapping
from typing import Any

from db.codes import OrderKind, Role
from db.doors import Reader
from db.queries import sight, units
from desk.context import Actor
from desk.errors import Refused
from desk.recusal import is_named
from desk.rules.secrecy import masked_name, masked_phone, tells

_OF_THE_CALLER = (("姓名", "requester_name"), ("电话", "contact_phone"), ("住址", "home_address"))


def is_crisis(order: Any) -> bool:
    """Whether a row is of a 危机来电; a row that does not say so is read for something that no crisis is part of."""
    return "is_crisis" in order.keys() and bool(order["is_crisis"])  # noqa: SIM118 - a row of the store is no mapping


def is_hidden(actor: Actor, order: Any) -> bool:
    """Whether a list shows an order to this person as nothing but that there is one.

    At the centre a 危机来电 is seen by 班长 and 应急值班员 (P25), what a 专报 was made of by the leaders too (P26).
    """
    if not actor.is_at_the_centre or "is_opened" in order.keys():  # noqa: SIM118 - a row of the store is no mapping
        return False
    if is_crisis(order):
        return not actor.roles & _ON_CRISES
    return _is_special(order) and not actor.roles & _ON_SPECIALS


def opened(order: Any) -> Any:
    """Return the row of an order that this person may see, for its own page: there whoever did something on it reads it."""
    return {**dict(order), "is_opened": True}


def sees_specials(actor: Actor) -> bool:
    """Whether this person of the centre is one of those who see what a 专报 was made of."""
    return bool(actor.roles & _ON_SPECIALS)


def _is_special(order: Any) -> bool:
    return "is_special" in order.keys() and bool(order["is_special"])  # noqa: SIM118 - a row of the store is no mapping


_ON_CRISES = frozenset({Role.SUPERVISOR, Role.DUTY_OFFICER})
_ON_SPECIALS = _ON_CRISES | {Role.LEADER}
_CRISIS, _SPECIAL = "危机来电（只有经办的人能看）", "专报件"


def is_secret(order: Any) -> bool:
    """Whether an order is 举报 or 保密."""
    return bool(order["kind"] == OrderKind.TIP_OFF or order["is_confidential"])


def check_told(value: Callable[[str], Any], text: str) -> None:
    """Raise Refused when words meant for a unit tell who called on a secret order (practice P32 b).

    `value` gives a column of the order, as a deed under way will leave it.
    """
    if not is_secret({name: value(name) for name in ("kind", "is_confidential")}):
        return
    for field, column in _OF_THE_CALLER:
        if tells(text, str(value(column) or "")):
            raise Refused(f"单位看得到的文字里仍有诉求人{field}，请隐去后再提交")


def is_accused(reader: Reader, actor: Actor, order: Any, accused_path: str | None) -> bool:
    """Whether the actor stands in the accused unit's own house, or is the person named (P32 a)."""
    accused = str(order["accused_name"] or "")
    is_the_person = bool(actor.name) and actor.name in accused
    if actor.is_at_the_centre or is_the_person:
        return is_the_person
    if accused_path is not None and actor.unit_path.startswith(accused_path):
        return True
    return bool(accused) and any(is_named(accused, unit) for unit in units.above(reader, actor.unit_path))


def may_see(reader: Reader, actor: Actor, order: Any) -> bool:
    """Whether the actor may open this order at all."""
    accused_path = sight.path_of(reader, order["accused_unit_id"])
    if is_accused(reader, actor, order, accused_path):
        return False
    if is_hidden(actor, order) and actor.uid not in sight.who_did(reader, order["uid"]):
        return False
    if actor.is_at_the_centre:
        return str(order["centre_path"] or "/").startswith(actor.centre_path)
    if sight.is_held_below(reader, order["id"], actor.unit_path):
        return actor.is_in_a_unit
    return Role.STATION_CLERK in actor.roles and is_of_the_station(reader, actor, order["uid"])


def is_of_the_station(reader: Reader, actor: Actor, order_uid: str) -> bool:
    """Whether this clerk made an order, or a colleague of the same 服务站 did: whoever comes back meets another clerk."""
    return sight.registered_by(reader, order_uid, actor.uid) or sight.is_of_the_station(
        reader, order_uid, actor.uid
    )


def sees_caller(actor: Actor, order: Any) -> bool:
    """Whether name, address and number of the caller may be shown at all: never to a unit on a secret order."""
    return not is_hidden(actor, order) and (not is_secret(order) or actor.reads_secrets)


def caller_name(actor: Actor, order: Any) -> str:
    """Return the caller's name as this person may see it."""
    if order["is_anonymous"]:
        return "匿名"
    if is_secret(order) or is_hidden(actor, order):
        return "（保密）"
    name = str(order["requester_name"] or "未留姓名")
    return name if actor.is_at_the_centre or actor.is_in_a_unit else masked_name(name)


def caller_phone(order: Any) -> str:
    """Return the caller's number masked; hidden altogether on a secret order (P32, P33)."""
    if is_secret(order):
        return "（保密）"
    return masked_phone(str(order["contact_phone"] or ""))


def title_for(actor: Actor, order: Mapping[str, Any] | Any) -> str:
    """Return the title on a list: for a secret order only `举报（保密）`, unless the centre may read it (P32 c)."""
    if is_hidden(actor, order):
        return _CRISIS if is_crisis(order) else _SPECIAL
    if actor.reads_secrets or not is_secret(order):
        return str(order["title"])
    return bare_title(order)


def bare_title(order: Mapping[str, Any] | Any) -> str:
    """Return the title on a list that others look at too: a secret order is only its kind, whoever looks (P32 c)."""
    if is_crisis(order):
        return _CRISIS
    if _is_special(order):
        return _SPECIAL
    if not is_secret(order):
        return str(order["title"])
    return "举报（保密）" if order["kind"] == OrderKind.TIP_OFF else "保密工单"


def content_for(actor: Actor, order: Any) -> str:
    """Return the words a person may read: the original at the centre by right, else 转办内容 (P32 b)."""
    if is_hidden(actor, order):
        return _CRISIS if is_crisis(order) else _SPECIAL
    if not is_secret(order) or actor.reads_secrets:
        return str(order["content"])
    return str(order["forward_text"] or "（转办内容未定，原文仅中心可阅）")
