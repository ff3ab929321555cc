"""更正: title, type, urgency, place and category edited with the old value kept (practice P3, P21)."""

from datetime import datetime
from typing import Any

from db.codes import AssignmentPart, Deed, OrderKind, RequestKind, Role, Status, Urgency, Verdict
from db.queries import assignments, events, house, requests
from db.times import from_ms, maybe_from_ms, to_ms
from desk import clocks, lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common
from desk.errors import BadInput, NotAllowed, Refused
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.deadlines import Due
from desk.rules.lifecycle import AT_THE_CENTRE
from desk.rules.text import cleaned, required
from desk.rules.urgency import is_lengthening

_TITLE = 60
_SETS_THE_LIMIT = (Deed.REGISTER, Deed.REGISTER_NEW_MATTER, Deed.SEND, Deed.CORRECT)
_FASTER = {Urgency.CRITICAL: 0, Urgency.URGENT: 1, Urgency.NORMAL: 2}


def correct(
    desk: Desk,
    order_no: str,
    *,
    reason: str = "",
    title: str | None = None,
    kind: OrderKind | None = None,
    urgency: Urgency | None = None,
    area_code: str | None = None,
    category_code: str | None = None,
) -> OrderRow:
    """更正: change what is named, leave the rest; old values stay in the event.

    A new type or urgency needs a reason and moves the due times; what lengthens them only the 班长 may do, and 特急 is
    neither given nor taken here (P3, P24). Raises BadInput, NotAllowed, NotNow.
    """
    with deed_on(desk, Deed.CORRECT, order_no) as deed:
        wanted = _wanted(deed, title, kind, urgency, area_code, category_code)
        changed = {name: value for name, value in wanted.items() if value != deed.order[name]}
        if not changed:
            raise BadInput("没有改动：请先修改要更正的内容")
        moves_clock = bool({"kind", "urgency"} & changed.keys())
        words = (required if moves_clock else cleaned)(reason, field="更正理由", limit=common.SHORT)
        if moves_clock:
            _check_clock(deed, changed)
        deed.set(**changed)
        if "kind" in changed:
            common.keep_secret(deed)
        _keep_old(deed, changed, words)
        if moves_clock:
            _move_clocks(deed)
    return lists.after(desk, deed.order_id)


def _wanted(
    deed: OrderDeed,
    title: str | None,
    kind: OrderKind | None,
    urgency: Urgency | None,
    area_code: str | None,
    category_code: str | None,
) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if title is not None:
        wanted["title"] = required(title, "标题", _TITLE, one_line=True)
    if kind is not None:
        wanted["kind"] = str(kind)
    if urgency is not None:
        wanted["urgency"] = str(urgency)
    if area_code:
        if house.area(deed.writer, area_code) is None:
            raise BadInput("没有这个地区，请重新选择", "事发地点")
        wanted["area_code"] = area_code
    if category_code:
        found = house.find_categories(deed.writer, category_code, 1)
        if not found or found[0]["code"] != category_code:
            raise BadInput("没有这个诉求分类，请重新选择", "诉求分类")
        wanted["category_code"] = category_code
    return wanted


def _check_clock(deed: OrderDeed, changed: dict[str, Any]) -> None:
    before, after = deed.order["urgency"], changed.get("urgency", deed.order["urgency"])
    if before != after and Urgency.CRITICAL in (before, after):
        raise Refused("特急走应急绿色通道：升级请在受理页按 Ctrl+E 登记应急，降级请班长在 F5 办理")
    kind = changed.get("kind", deed.order["kind"])
    if kind == OrderKind.UNDETERMINED and deed.order["kind"] != kind:
        raise BadInput("类型已定，不能再改回待定", "诉求类型")
    # Naming a kind that was 待定 is no change of a given limit.
    old_kind = kind if deed.order["kind"] == OrderKind.UNDETERMINED else deed.order["kind"]
    limits = deed.desk.settings.limits
    is_longer = is_lengthening(old_kind, before, kind, after, limits)
    if not is_longer:
        return
    if Role.SUPERVISOR not in deed.desk.actor.roles:
        raise NotAllowed("这样更正会放宽时限，须由第二人办理：请班长更正")
    # The second person is another person, whatever their 工号 (P3, P27).
    if deed.desk.actor.person_uid in events.persons_who(deed.writer, deed.order["uid"], _SETS_THE_LIMIT):
        raise NotAllowed("这样更正会放宽时限，须由第二人办理：本单由您受理、派出或更正过，请另一名班长更正")


def _keep_old(deed: OrderDeed, changed: dict[str, Any], reason: str) -> None:
    codes = {name: value for name, value in changed.items() if name != "title"}
    deed.note(before={name: deed.order[name] for name in codes} or None, after=codes or None)
    deed.quote(reason=reason)
    if "title" in changed:
        deed.quote(title_before=deed.order["title"], title_after=changed["title"])


def _move_clocks(deed: OrderDeed) -> None:
    """Set every due time that the new type and urgency give; one that was won by 延期 or rework only shrinks."""
    order = deed.order
    is_raised = _FASTER[Urgency(deed.value("urgency"))] < _FASTER[Urgency(order["urgency"])]
    if is_raised or not _is_settled(deed):
        accepted = deed.at if is_raised else from_ms(order["accepted_at"])
        _set_due(deed, "citizen", _due(deed, deadlines.citizen_due, accepted), is_raised)
    if deed.before in AT_THE_CENTRE:
        starts = deed.at if is_raised else common.queued_since(deed.writer, order)
        _set_due(deed, "stage", _stage(deed, deadlines.dispatch_due, starts), is_raised)
    else:
        _move_unit_clocks(deed, is_raised)


def _move_unit_clocks(deed: OrderDeed, is_raised: bool) -> None:
    starts = deed.at if is_raised else from_ms(deed.order["dispatched_at"])
    if is_raised or not _is_settled(deed):
        due = _due(deed, deadlines.unit_due, starts)
        if _set_due(deed, "unit", due, is_raised):
            _move_parts(deed, due)
    if deed.before is Status.TO_SIGN:
        _set_due(deed, "stage", _stage(deed, deadlines.sign_due, starts), is_raised)
    elif deed.before is Status.IN_PROGRESS:
        _set_due(deed, "stage", _stage(deed, deadlines.contact_due, starts), is_raised)


def _is_settled(deed: OrderDeed) -> bool:
    """Whether a rework or a granted 延期 has given due times that no longer follow from acceptance."""
    asked = requests.of_order(deed.writer, deed.order_id)
    is_extended = any(
        row["kind"] == RequestKind.EXTENSION and row["verdict"] == Verdict.GRANTED for row in asked
    )
    return is_extended or deed.order["round"] > 1


def _due(deed: OrderDeed, rule: Any, starts: datetime) -> Due | None:
    desk = deed.desk
    due: Due | None = rule(
        deed.value("kind"), deed.value("urgency"), starts, desk.settings.limits, desk.calendar
    )
    return due


def _stage(deed: OrderDeed, rule: Any, starts: datetime) -> Due | None:
    desk = deed.desk
    due: Due | None = rule(deed.value("urgency"), starts, desk.settings.limits, desk.calendar)
    return due


def _set_due(deed: OrderDeed, name: str, due: Due | None, only_sooner: bool) -> bool:
    """Set one due time and say whether it moved; a raised urgency never makes a limit later."""
    column = f"{name}_due_at"
    old = maybe_from_ms(deed.order[column])
    if only_sooner and old is not None and (due is None or due.at >= old):
        return False
    deed.set(**{column: None if due is None else to_ms(due.at)})
    if name != "stage":
        deed.set(is_due_provisional=due is not None and due.provisional)
    deed.note(**{f"{name}_due": clocks.due_data(due)})
    return True


def _move_parts(deed: OrderDeed, due: Due | None) -> None:
    """Give the steward, and those inside its unit, the new limit (P6: inside it is the outer one less a margin)."""
    part = common.steward_part(deed)
    _change_part(deed, part["id"], due)
    for inner in assignments.current(deed.writer, deed.order_id, AssignmentPart.INNER):
        desk = deed.desk
        inside = due and deadlines.inner_due(
            deed.value("kind"), due, deed.at, desk.settings.limits, desk.calendar
        )
        _change_part(deed, inner["id"], inside)


def _change_part(deed: OrderDeed, part_id: int, due: Due | None) -> None:
    columns = {
        "due_at": None if due is None else to_ms(due.at),
        "due_explanation": "" if due is None else due.explanation,
    }
    assignments.change(deed.writer, part_id, **columns)
