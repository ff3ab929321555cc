"""What the operator reads out (practice P11, P12): short, true, and without a word that the caller may not hear."""

from collections.abc import Mapping
from typing import Any

from db.codes import OrderKind, Status, Urgency
from db.times import maybe_from_ms
from desk.births import Born
from desk.codes import word
from desk.context import Desk
from desk.intake.form import Checked
from desk.rules.deadlines import Due, read_out
from desk.rules.declining import DeclineReason, where_to_go
from desk.sight import is_secret

ACCEPTED = "已受理，查询码 {code}，最迟{due}前由承办单位答复您"
ACCEPTED_BY_THE_CENTRE = "已受理，查询码 {code}，最迟{due}前由热线中心答复您"
ACCEPTED_NO_ANSWER = "已受理，查询码 {code}，按您的意愿办结后不再答复，可凭查询码查询"
ACCEPTED_ANONYMOUS = "已受理，查询码 {code}，请记下，最迟{due}后凭查询码来电查询结果"
ACCEPTED_WITHOUT_LIMIT = "已受理，查询码 {code}，可凭查询码来电查询结果"
PRAISED = "已登记，查询码 {code}，感谢您的表扬，我们会转达"
EMERGENCY = "已启动应急处置，请您注意安全，保持电话畅通"
DECLINED = "您反映的事项依法由其他渠道处理，请联系 {where}"

_PROGRESS: dict[Status, str] = {
    Status.TO_DISPATCH: "已受理，正在转派承办单位",
    Status.TO_COMPLETE: "已受理，正在核对补充信息",
    Status.IN_TRIAGE: "正在研究确定承办单位",
    Status.TO_SIGN: "已转{unit}",
    Status.IN_PROGRESS: "{unit}正在办理",
    Status.UNIT_REVIEW: "{unit}已提出办理意见，正在审核",
    Status.TO_ANSWER: "{unit}已办理，将与您联系答复",
    Status.CLOSE_REVIEW: "已答复，热线中心正在审核",
    Status.TO_CALL_BACK: "已答复，热线中心将回访您",
    Status.DISSATISFIED: "您的意见已记录，正在研究重新办理",
    Status.TO_PANEL: "正在组织社会评议",
    Status.MERGED: "正在与同一事项的工单一并办理，办理后单独答复您",
}


def accepted(desk: Desk, given: Checked, born: Born) -> str:
    """Return the sentence after ^S: 查询码, by when, and who answers (on a secret order the centre, practice P1)."""
    due = _due_words(born.columns, given.urgency)
    # A city's own words may hold any brace: they are filled, never formatted, for the order stands already.
    return _pattern(desk, given, due).replace("{code}", born.query_code).replace("{due}", due)


def _pattern(desk: Desk, given: Checked, due: str) -> str:
    if given.kind is OrderKind.PRAISE:
        return PRAISED
    if not given.columns["needs_answer"]:
        return ACCEPTED_NO_ANSWER
    if not due:
        return ACCEPTED_WITHOUT_LIMIT
    if not given.columns["contact_phone"]:
        return ACCEPTED_ANONYMOUS
    if given.is_secret:
        return ACCEPTED_BY_THE_CENTRE
    return str(desk.settings.get("read_out.accepted", ACCEPTED))


def _due_words(order: Mapping[str, Any] | Any, urgency: Urgency) -> str:
    at = maybe_from_ms(order["citizen_due_at"])
    if at is None:
        return ""
    return read_out(Due(at, False, "", "", wall_clock=urgency is not Urgency.NORMAL))


def answered(born: Born) -> str:
    """Return the sentence after a direct answer."""
    return f"已答复并登记，查询码 {born.query_code}，感谢来电"


def emergency(desk: Desk, born: Born) -> str:
    """Return the sentence after ^E."""
    return f"{desk.settings.get('read_out.emergency', EMERGENCY)}（查询码 {born.query_code}）"


def declined(desk: Desk, reason: DeclineReason) -> str:
    """Return the sentence of a 不予受理: where to go instead (practice P9)."""
    where = where_to_go(reason, desk.settings.get("directory.declined", {}))
    return str(desk.settings.get("read_out.declined", DECLINED)).replace("{where}", where)


def transferred(number: str, name: str) -> str:
    """Return what to say while the caller is put through."""
    return f"正在为您转接 {number}（{name}），请不要挂机"


def progress(order: Any) -> str:
    """Return 查询进度: state, unit and by when; on a secret order no unit is named (practice P12, P32).

    Inner steps are not told: a request, a return or a draft is nobody's business outside.
    """
    status = Status(order["status"])
    unit = "承办单位" if is_secret(order) else str(order["steward_name"] or "承办单位")
    words = _PROGRESS.get(status, f"已{word(status)}").format(unit=unit)
    due = _due_words(order, Urgency(order["urgency"])) if status in _PROGRESS else ""
    is_owed = bool(due) and order["answered_at"] is None and order["needs_answer"]
    who = "热线中心" if is_secret(order) else "承办单位"
    kind = "" if is_secret(order) else f"{word(OrderKind(order['kind']))}件"
    return f"您的{kind}（{order['query_code']}）{words}" + (f"，最迟{due}前由{who}答复您" if is_owed else "")


def settled(desk: Desk, title: str, ground: str) -> str:
    """Return what to say to somebody whose matter 班长 marked as 已依法办结、无新情况 (practice P15)."""
    pattern = str(desk.settings.get("settled.sentence", "{title}：{ground}"))
    return pattern.replace("{title}", title).replace("{ground}", ground)
