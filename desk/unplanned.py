"""班长 is told, once a month, when by the 20th no 热线日 is planned, until one is (practice P22)."""

from db.codes import Deed
from db.doors import Reader, Writer
from db.queries import hotline_days, messages, units
from db.times import from_ms, to_ms
from desk import history
from desk.context import Desk
from desk.rules import hotline_day as rule
from desk.rules import rights
from desk.rules.calendar import local

TEMPLATE, PLAN_BY = "hotline_day_unplanned", 20


def is_unplanned(desk: Desk, reader: Reader) -> bool:
    """Whether the day has come by which this month's session should stand in the calendar, and none does."""
    first, after = rule.month_of(desk.now())
    planned = hotline_days.planned_between(reader, desk.actor.centre_id, to_ms(first), to_ms(after))
    plan_by = int(desk.settings.get("hotline_day.plan_by", PLAN_BY))
    return rule.is_unplanned(desk.now(), (from_ms(moment) for moment in planned), plan_by)


def warning(desk: Desk, reader: Reader) -> str:
    """Return `11月还没有安排县长热线日` once that is late, '' before and when one is planned."""
    centre = units.unit(reader, desk.actor.centre_id)
    if centre is None or not is_unplanned(desk, reader):
        return ""
    name = rule.day_name(centre["level"], centre["name"])
    return f"{local(desk.now()).month}月还没有安排{name}"


def day_warning(desk: Desk) -> str:
    """Return that line to whoever may plan the session, '' to everybody else."""
    if not rights.scopes(desk.actor.roles, Deed.PLAN_DAY):
        return ""
    with desk.reading() as reader:
        return warning(desk, reader)


def tell_unplanned(desk: Desk) -> int:
    """Queue one message a month to the centre's own 班长 when no session is planned; return how many. Raises Locked."""
    first, _ = rule.month_of(desk.now())
    with desk.reading() as reader:
        words = warning(desk, reader)
        if not words or hotline_days.was_told(reader, desk.actor.centre_id, TEMPLATE, to_ms(first)):
            return 0
    with desk.writing() as writer:
        at_ms = to_ms(history.moment_after_head(writer, desk.now()))
        messages.to_unit(writer, None, desk.actor.centre_id, TEMPLATE, f"请班长安排：{words}", at_ms)
    return 1


def withdraw_told(desk: Desk, writer: Writer) -> None:
    """Take the message back once this month's session stands in the calendar, unless it has been sent already."""
    if not is_unplanned(desk, writer):
        first, _ = rule.month_of(desk.now())
        messages.withdraw(writer, desk.actor.centre_id, TEMPLATE, to_ms(first))
