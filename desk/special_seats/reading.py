"""The lists of the 专席: to the operators whom to ring and what waits, to a unit what it decides and whom it visits."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from db.codes import ApplicationState, Deed, SpecialForm, VisitOutcome
from db.doors import Reader, Row
from db.queries import applications, visits
from db.times import from_ms, maybe_from_ms, to_ms
from desk import lists
from desk.codes import word
from desk.context import Desk
from desk.my_tickets_rows import TicketTab
from desk.rows import CardSection, PhoneRow
from desk.rules import rights
from desk.rules.applications import told_sentence
from desk.rules.calendar import local
from desk.rules.id_number import masked_id
from desk.rules.secrecy import masked_phone
from desk.rules.special_forms import FORMS, Ask, word_of
from desk.rules.time_words import is_overdue
from desk.rules.visits import slot_of
from desk.special_rows import ApplicationPage, ApplicationPaper, ApplicationRow
from desk.special_seats.common import able, deed_on, is_to_tell, known, scope, today, why_not_now

TAB, TAB_WORD = "seats", "专席"
_AT_THE_SEAT = f"({applications.RUNNING} OR ({applications.TO_TELL}))"
_MOST_BESIDE = 3
"""Applications of one caller that stand beside the form."""
_NEAR = "(a.due_at < :now OR (a.state = 'booked' AND v.day <= :tomorrow))"
"""SQL: overdue, or to be visited by tomorrow."""


def page(desk: Desk, offset: int = 0, *, is_whole: bool = False) -> ApplicationPage:
    """Return one window of what waits for somebody, whom to ring on top; with `is_whole` what is over, too.

    Raises NotAllowed for who is neither at the centre nor in a unit.
    """
    where, path = scope(desk)
    shown = where if is_whole else f"{where} AND {_waiting(desk)}"
    now, day = to_ms(desk.now()), today(desk).isoformat()
    with desk.reading() as reader:
        found = applications.page(
            reader,
            shown,
            path,
            now=now,
            day=day,
            offset=offset,
            limit=lists.PAGE_SIZE,
            for_the_seat=desk.actor.is_at_the_centre,
        )
        total = applications.count(reader, shown, path)
    return ApplicationPage(tuple(row_of(desk, row) for row in found), total, offset)


def tab(desk: Desk) -> tuple[TicketTab, ...]:
    """Return the tab of 我的工单 with its count, none for who has nothing to do with 专席.

    It cries out while somebody is to be rung, something is overdue, or a visit is today or tomorrow.
    """
    actor = desk.actor
    is_at_the_seat = actor.is_at_the_centre and bool(rights.scopes(actor.roles, Deed.FILE_APPLICATION))
    if not is_at_the_seat and not actor.is_in_a_unit:
        return ()
    where, path = scope(desk)
    shown = f"{where} AND {_waiting(desk)}"
    pressing = f"({_NEAR} OR ({applications.TO_TELL}))" if actor.is_at_the_centre else _NEAR
    limits = {"now": to_ms(desk.now()), "tomorrow": (today(desk) + timedelta(days=1)).isoformat()}
    with desk.reading() as reader:
        if not is_at_the_seat and not applications.count(reader, where, path):
            return ()
        count = applications.count(reader, shown, path)
        alarming = applications.count(reader, f"{shown} AND {pressing}", path, **limits)
    return (TicketTab(TAB, TAB_WORD, count, alarming > 0),)


def _waiting(desk: Desk) -> str:
    """SQL for what waits for somebody: at the seat for a call, too."""
    return _AT_THE_SEAT if desk.actor.is_at_the_centre else applications.RUNNING


def paper(desk: Desk, number: str) -> ApplicationPaper:
    """Return an application as anybody who may see it may read it: numbers of people and accounts covered."""
    with desk.reading() as reader:
        return _paper(desk, reader, known(desk, reader, number), is_full=False)


def open_application(desk: Desk, number: str) -> ApplicationPaper:
    """查看办件: all of it to the unit that decides it, one event each time; to the centre covered, and no event (P33)."""
    if desk.actor.is_at_the_centre:
        return paper(desk, number)
    with deed_on(desk, Deed.OPEN_APPLICATION, number) as deed:
        return _paper(desk, deed.writer, deed.row, is_full=True)


def reveal_phone(desk: Desk, number: str) -> PhoneRow:
    """Return whom to ring, for somebody who has to: one event (practice P33). Raises NotAllowed, Refused."""
    with deed_on(desk, Deed.OPEN_APPLICATION, number) as deed:
        seconds = int(desk.settings.get("reveal.seconds", 30))
        return PhoneRow(deed.row["name"], deed.row["phone"], seconds)


def refusal(desk: Desk, number: str, deed: Deed) -> str:
    """Return the line that says why this person does not do `deed` on an application now, '' when they may."""
    with desk.reading() as reader:
        return why_not_now(desk, deed, known(desk, reader, number))


def of_number(desk: Desk, reader: Reader, phone: str) -> tuple[ApplicationRow, ...]:
    """Return what a number has running, or is to be told of, the newest first: it stands beside the form."""
    rows = applications.of_number(reader, phone, desk.actor.centre_path + "%", _MOST_BESIDE)
    return tuple(row_of(desk, row) for row in rows)


def row_of(desk: Desk, row: Row) -> ApplicationRow:
    """Return an application as a row of the list."""
    due = maybe_from_ms(row["due_at"])
    slot = slot_of(row["visit_day"], row["visit_half"]) if row["visit_day"] else None
    form, state = SpecialForm(row["form"]), ApplicationState(row["state"])
    sentence = told_sentence(state, word(form), row["unit_name"], row["words"], row["basis"])
    return ApplicationRow(
        number=row["number"],
        form=form,
        state=state,
        name=row["name"],
        unit=row["unit_name"],
        registered_at=from_ms(row["registered_at"]),
        registered_by=row["registered_name"],
        due_at=due,
        is_overdue=due is not None and is_overdue(due, desk.now()),
        slot=slot.words if slot else "",
        slot_short=slot.short if slot else "",
        reminder=_reminder(row["visit_day"], today(desk)),
        to_tell=sentence if is_to_tell(row) and desk.actor.is_at_the_centre else "",
        able=able(desk, row),
    )


def _reminder(day: str | None, now: date) -> str:
    """The day before, on the day, and as long as nobody says what became of it."""
    if not day:
        return ""
    days = (date.fromisoformat(day) - now).days
    return "明天上门" if days == 1 else "今天上门" if days == 0 else "!未登记" if days < 0 else ""


def _paper(desk: Desk, reader: Reader, row: Row, *, is_full: bool) -> ApplicationPaper:
    answers: dict[str, str] = json.loads(row["answers"])
    form = SpecialForm(row["form"])
    asks = [ask for ask in FORMS[form] if answers.get(ask.name)]
    content = tuple(f"{ask.label}：{_said(form, ask, answers[ask.name], is_full)}" for ask in asks)
    listed = row_of(desk, row)
    sections = (
        CardSection(f"{word(form)}  {row['number']}  {word(listed.state)}", tuple(_head(reader, row))),
        CardSection("登记内容", content),
        CardSection("经过", tuple(_course(reader, row))),
    )
    plain = {ask.name: answers[ask.name] for ask in asks if not ask.is_secret}
    told = (CardSection("回电时读给本人", (listed.to_tell,)),) if listed.to_tell else ()
    return ApplicationPaper(listed, (*told, *sections), plain)


def _said(form: SpecialForm, ask: Ask, answer: str, is_full: bool) -> str:
    if is_full:
        return word_of(form, ask.name, answer)
    if ask.is_secret:
        return masked_id(answer)
    return masked_phone(answer) if ask.name == "phone" else word_of(form, ask.name, answer)


def _head(reader: Reader, row: Row) -> Iterator[str]:
    yield f"办理单位：{row['unit_name']}"
    yield f"登记：{_at(row['registered_at'])} {row['registered_name']}（{row['registered_no']}）"
    if row["due_at"] is not None:
        yield f"审批时限：{_at(row['due_at'])}{'（暂定）' if row['is_due_provisional'] else ''}"
    if row["visit_day"]:
        yield f"预约时段：{slot_of(row['visit_day'], row['visit_half']).words}"
    if row["call_id"] is not None:
        orders = applications.orders_of_call(reader, row["call_id"])
        yield f"来源：来电{'，同一来电的工单 ' + '、'.join(orders) if orders else ''}"


def _course(reader: Reader, row: Row) -> Iterator[str]:
    if row["amended_count"]:
        yield f"已补正 {row['amended_count']} 次"
    if row["decided_at"] is not None:
        basis = f"（依据：{row['basis']}）" if row["basis"] else ""
        words = f"：{row['words']}{basis}" if row["words"] else ""
        yield f"{_at(row['decided_at'])} {row['decided_name']} {word(ApplicationState(row['state']))}{words}"
    elif row["words"]:
        yield row["words"]
    for visit in visits.of_application(reader, row["id"]):
        yield _visit(visit)
    if row["told_at"] is not None:
        yield f"{_at(row['told_at'])} {row['told_name']} 已回电告知"
    elif row["tell_attempts"]:
        yield f"回电未接通 {row['tell_attempts']} 次"


def _visit(visit: Any) -> str:
    slot = slot_of(visit["day"], visit["half"]).words
    outcome = word(VisitOutcome(visit["outcome"]))
    who = f"（{visit['logged_name']}）" if visit["logged_name"] else ""
    return f"{slot} {outcome}{who}{'：' + visit['note'] if visit['note'] else ''}"


def _at(moment: int) -> str:
    return f"{local(from_ms(moment)):%m-%d %H:%M}"
