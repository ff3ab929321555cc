"""Which reports are called for: the next of a 群体事件, what many tell of, what rises in a place (practice P26).

The header counts them at every desk that sees reports, so this loads nothing that only drafting or signing needs.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from db.codes import Deed, ReportKind, ReportStage
from db.doors import Reader, Row
from db.queries import emergencies, reports
from db.times import from_ms, maybe_from_ms, to_ms
from desk.context import Desk
from desk.errors import NotAllowed
from desk.report_rows import ReportRow
from desk.rules import reports as rules
from desk.rules import rights
from desk.rules.reports import DAY, Step
from desk.thresholds import threshold

MOST, MOST_CALLED = 200, 20
GROUP_NUMBERS, WARNING_ORDERS = 5, 6
DAYS_BEFORE = 7


def may_read(desk: Desk) -> bool:
    """Whether this person is one of those who see reports: 应急值班员, 班长 and the leaders of the centre (practice P26)."""
    roles = desk.actor.roles
    return desk.actor.is_at_the_centre and any(
        rights.scopes(roles, deed) for deed in (Deed.DRAFT_REPORT, Deed.APPROVE_REPORT)
    )


def check_may_read(desk: Desk) -> None:
    """Raise NotAllowed for everybody else."""
    if not may_read(desk):
        raise NotAllowed("快报、专报由应急值班员、班长和调度领导办理")


def count_called(desk: Desk, reader: Reader) -> int:
    """Return how many reports are called for or wait to be approved; 0 for who does not see them."""
    if not may_read(desk):
        return 0
    drafts = [
        row for row in reports.of_centre(reader, desk.actor.centre_id, MOST) if row["approved_at"] is None
    ]
    return len(drafts) + sum(1 for _ in called(desk, reader))


def called(desk: Desk, reader: Reader) -> Iterator[ReportRow]:
    """Yield what is called for and not drafted yet; whoever asks may read reports."""
    yield from _owed(desk, reader)
    yield from _told_by_many(desk, reader)
    yield from _risen(desk, reader)


def _owed(desk: Desk, reader: Reader) -> Iterator[ReportRow]:
    """The next report of each 群体事件 under way, and the 续报 of what was reported before."""
    begun = {
        row["order_id"] for row in reports.of_centre(reader, desk.actor.centre_id, MOST) if row["order_id"]
    }
    groups = emergencies.of_type(reader, desk.actor.centre_id, rules.GROUP_EVENT)
    for order_id in sorted({*begun, *(row["order_id"] for row in groups)}):
        row = owed_for(desk, reader, order_id)
        if row is not None:
            yield row


def owed_for(desk: Desk, reader: Reader, order_id: int) -> ReportRow | None:
    """Return the report that one matter needs next, or None: after a 终报, and while a draft waits."""
    known = reports.of_order(reader, order_id)
    emergency = emergencies.of_order(reader, order_id)
    if any(row["approved_at"] is None for row in known) or emergency is None:
        return None
    steps = [Step(ReportStage(row["stage"]), row["stage_no"]) for row in known]
    step = rules.next_step(
        steps, is_over=emergency["ended_at"] is not None or emergency["finished_at"] is not None
    )
    if step is None or (not known and emergency["type"] != rules.GROUP_EVENT):
        return None
    kind = ReportKind(known[-1]["kind"]) if known else ReportKind.SPECIAL
    due = due_of(desk, step, from_ms(emergency["started_at"]), known)
    return ReportRow(
        0,
        kind,
        rules.stage_words(step.stage, step.number),
        "",
        f"{emergency['type']} {'' if known else '还没有报告'}".strip(),
        emergency["order_no"],
        due_at=due,
        phone_due_at=None if known else from_ms(emergency["started_at"]) + _by_phone(desk),
        why="该报",
    )


def _by_phone(desk: Desk) -> timedelta:
    usual = rules.BY_PHONE / timedelta(minutes=1)
    return timedelta(minutes=float(threshold(desk, "report.phone_minutes", usual)))


def due_of(desk: Desk, step: Step, accepted_at: datetime, known: Sequence[Row]) -> datetime:
    """Return when a report is due in writing (settings, minutes)."""
    every = timedelta(minutes=float(threshold(desk, "emergency.report_every_minutes", 30)))
    written = timedelta(
        minutes=float(threshold(desk, "report.written_minutes", rules.WRITTEN / timedelta(minutes=1)))
    )
    last = max((maybe_from_ms(row["approved_at"]) or accepted_at for row in known), default=None)
    return rules.due_at(step, accepted_at, last, every, written)


def _told_by_many(desk: Desk, reader: Reader) -> Iterator[ReportRow]:
    least = int(threshold(desk, "emergency.group_numbers", GROUP_NUMBERS))
    since = to_ms(desk.now() - DAY)
    for row in reports.told_by_many(reader, desk.actor.centre_id, since, least, MOST_CALLED):
        why = f"24 小时 {row['persons']} 个号码 {row['orders']} 件反映同一事"
        yield ReportRow(0, ReportKind.SPECIAL, "初报", "", why, row["order_no"], why="疑似群体事件")


def _risen(desk: Desk, reader: Reader) -> Iterator[ReportRow]:
    least = int(threshold(desk, "emergency.warning_orders", WARNING_ORDERS))
    now = to_ms(desk.now())
    for row in reports.risen(reader, desk.actor.centre_id, now, least, DAYS_BEFORE, MOST_CALLED):
        daily = row["orders_before"] / DAYS_BEFORE
        if rules.rises(row["orders"], daily, least):
            yield ReportRow(
                0,
                ReportKind.WARNING,
                "初报",
                "",
                f"{row['area_name']} {row['category_name']} 24 小时 {row['orders']} 件，此前日均 {daily:.1f} 件",
                "",
                why="诉求上升",
                area_code=row["area_code"],
                category_code=row["category_code"],
            )
