"""班长 is told, once a month, when by the 20th no 热线日 is planned (practice P22)."""

from db.doors import Reader
from db.queries import hotline_days, messages, units
from db.times import from_ms, to_ms
from desk import history
from desk.context import Desk
from desk.rules import hotline_day as rule
from desk.rules.calendar import local

TEMPLATE, PLAN_BY = "hotline_day_unplanned", 20


def is_unplanned(desk: Desk, reader: Reader) -> bool:
    """Whether the day has come by which this month's session should stand in the calendar, and none does."""
    first, after = rule.month_of(desk.now())
    planned = hotline_days.planned_between(reader, desk.actor.centre_id, to_ms(first), to_ms(after))
    plan_by = int(desk.settings.get("hotline_day.plan_by", PLAN_BY))
    return rule.is_unplanned(desk.now(), (from_ms(moment) for moment in planned), plan_by)


def tell_unplanned(desk: Desk) -> int:
    """Queue one message a month to the centre's own 班长 when no session is planned; return how many. Raises Locked."""
    first, _ = rule.month_of(desk.now())
    with desk.reading() as reader:
        centre = units.unit(reader, desk.actor.centre_id)
        if centre is None or not is_unplanned(desk, reader):
            return 0
        if hotline_days.was_told(reader, centre["id"], TEMPLATE, to_ms(first)):
            return 0
    name = rule.day_name(centre["level"], centre["name"])
    words = f"请班长安排：{local(desk.now()).month}月还没有安排{name}"
    with desk.writing() as writer:
        at_ms = to_ms(history.moment_after_head(writer, desk.now()))
        messages.to_unit(writer, None, centre["id"], TEMPLATE, words, at_ms)
    return 1
