"""专席 in figures: what was taken in a period and what became of it, by form; visits by the day of their slot."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from db.codes import ApplicationState, SpecialForm, VisitOutcome
from db.doors import Row
from db.queries import applications, visits
from db.times import to_ms
from desk.codes import word
from desk.context import Desk
from desk.rows import CardSection
from desk.rules.calendar import local
from desk.rules.months import days_span, month_span, months_before
from desk.rules.written_times import moment_written
from desk.special_rows import FormFigures, SeatFigures
from desk.special_seats.common import scope


def figures(desk: Desk, first: str = "", last: str = "") -> SeatFigures:
    """Return the figures of the days from `first` to `last` (local dates, both included; this month up to today when empty).

    Raises BadInput for what is no date, NotAllowed for who is neither at the centre nor in a unit.
    """
    now = local(desk.now())
    begins = _day(first, "开始日期") if first.strip() else now.date().replace(day=1)
    ends = _day(last, "结束日期") if last.strip() else max(now.date(), begins)
    return _figures(desk, *days_span(begins, ends))


def sections(desk: Desk, months_back: int = 0) -> tuple[CardSection, ...]:
    """Return the figures of this month, or of one before it, in words. Raises NotAllowed."""
    since, until = month_span(months_before(months_back, desk.now()), desk.now())
    return in_words(_figures(desk, since, until))


def in_words(found: SeatFigures) -> tuple[CardSection, ...]:
    """Return figures as headings and lines."""
    return tuple(_sections(found))


def _day(text: str, field: str) -> date:
    return local(moment_written(text, field)).date()


def _figures(desk: Desk, since: datetime, until: datetime) -> SeatFigures:
    where, path = scope(desk)
    first, last = local(since).date(), local(until).date() - timedelta(days=1)
    with desk.reading() as reader:
        rows = applications.registered(reader, where, path, to_ms(since), to_ms(until), to_ms(desk.now()))
        slots = visits.outcomes(reader, where, path, first.isoformat(), last.isoformat())
    return SeatFigures(
        whose=desk.actor.unit_name,
        first=first.isoformat(),
        last=last.isoformat(),
        forms=tuple(_of_form(form, rows) for form in SpecialForm),
        visits={str(row["outcome"]): int(row["visits"]) for row in slots},
        told=sum(int(row["told"]) for row in rows),
        calls=sum(int(row["calls"]) for row in rows),
    )


def _of_form(form: SpecialForm, rows: Sequence[Row]) -> FormFigures:
    own = [row for row in rows if row["form"] == form]
    return FormFigures(
        form=form,
        by_state={ApplicationState(row["state"]): int(row["filed"]) for row in own},
        amended=sum(int(row["amended"]) for row in own),
        late=sum(int(row["late"]) for row in own),
    )


def _sections(found: SeatFigures) -> Iterator[CardSection]:
    filed = sum(each.filed for each in found.forms)
    whole = (
        f"登记 {filed} 件，其中来电 {found.calls} 件",
        f"补正 {sum(each.amended for each in found.forms)} 次，审批超期 {sum(each.late for each in found.forms)} 件",
        f"已回电告知 {found.told} 件",
    )
    yield CardSection(f"{found.first} 至 {found.last}  {found.whose}", whole)
    yield CardSection("分种类（按登记日期）", tuple(map(_line, found.forms)))
    slots = [f"{word(each)} {found.visits[each]}" for each in VisitOutcome if each in found.visits]
    yield CardSection("上门（按预约日期）", ("，".join(slots) or "没有预约",))


def _line(each: FormFigures) -> str:
    states = [f"{word(state)} {each.by_state[state]}" for state in ApplicationState if state in each.by_state]
    return f"{word(each.form)} {each.filed}{'：' + '、'.join(states) if states else ''}"
