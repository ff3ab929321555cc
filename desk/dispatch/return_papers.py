"""What the dispatcher has before him when he judges a 退单: the paper, those before it, and the clock (practice P7)."""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import RequestKind, ReturnReason
from db.doors import Reader, Row
from db.queries import requests
from db.times import from_ms, maybe_from_ms
from desk import lists, part_returns, return_figures, return_records, scopes
from desk.codes import word
from desk.context import Desk
from desk.dispatch import return_guards
from desk.dispatch_rows import ReturnedPage, ReturnMark, ReturnPaper
from desk.return_records import fate
from desk.rules import returns
from desk.rules.returns import Fate
from desk.words import stored

_FATES = {Fate.GRANTED: "同意", Fate.REFUSED: "不同意", Fate.TAKEN_BACK: "自行收回改派"}


def returned(desk: Desk, offset: int = 0) -> ReturnedPage:
    """Return one window of the orders whose 退单 waits, the soonest to be decided first, with their marks."""
    where, parameters = scopes.of(desk.actor)
    page = lists.load(
        desk,
        f"{where} AND {requests.RETURN_ASKED}",
        offset=offset,
        order_by=requests.SOONEST_DECISION,
        **parameters,
    )
    keys = {row.id: row.order_no for row in page.rows}
    with desk.reading() as reader:
        waiting = requests.pending_of_orders(reader, RequestKind.RETURN, list(keys))
        helping = {key: part_returns.waiting(reader, key) for key in keys if key not in waiting}
        marks = {keys[key]: _part_mark(desk, rows) for key, rows in helping.items() if rows}
        marks |= {keys[key]: _mark(desk, reader, row) for key, row in waiting.items()}
        month = return_figures.this_month(desk, reader)
    return ReturnedPage(page, marks, month)


def _mark(desk: Desk, reader: Reader, waiting: Row) -> ReturnMark:
    return ReturnMark(
        unit=waiting["asking_unit_name"] or "",
        reason=_reason(waiting),
        target=waiting["target_unit_name"] or "",
        count=_count(return_records.asked(reader, waiting["order_id"])),
        left=_left(desk, waiting),
        turn=returns.turn_words(return_guards.turn(desk, waiting)),
    )


def _part_mark(desk: Desk, papers: Sequence[Row]) -> ReturnMark:
    """The mark of an order where only helpers give their parts back: the paper that was asked first, or how many they are."""
    waiting, count = papers[0], len(papers)
    return ReturnMark(
        unit=f"{count}家协办" if count > 1 else waiting["asking_unit_name"] or "",
        reason="退协办",
        target=waiting["target_unit_name"] or "不另请",
        count=1,
        left=_left(desk, waiting),
        turn=returns.turn_words(return_guards.turn(desk, waiting)),
    )


def paper_of(desk: Desk, reader: Reader, order: Row) -> ReturnPaper | None:
    """Return the paper of the 退单 that waits on an order (a row), None when none does."""
    asked = return_records.asked(reader, order["id"])
    waiting = next((row for row in asked if fate(row) is Fate.PENDING), None)
    if waiting is None:
        return None
    return ReturnPaper(
        unit=waiting["asking_unit_name"] or "",
        reason=ReturnReason(waiting["reason_code"]) if waiting["reason_code"] else None,
        words=waiting["reason"],
        target=waiting["target_unit_name"] or "",
        asked_at=from_ms(waiting["asked_at"]),
        due_at=maybe_from_ms(waiting["due_at"]),
        earlier=tuple(_earlier(asked)),
        duty_item=waiting["evidence"],
        finding=waiting["finding"],
        count=_count(asked),
        left=_left(desk, waiting),
        turn=returns.turn_words(return_guards.turn(desk, waiting)),
        target_note=_target_note(asked, waiting),
    )


def _count(asked: Sequence[Row]) -> int:
    return sum(map(return_records.counts, asked))


def _left(desk: Desk, waiting: Row) -> str:
    due = maybe_from_ms(waiting["due_at"])
    return returns.decision_left(due, desk.now(), desk.settings.limits, desk.calendar) if due else ""


def _reason(row: Any) -> str:
    return word(ReturnReason(row["reason_code"])) if row["reason_code"] in set(ReturnReason) else ""


def _target_note(asked: Sequence[Row], waiting: Row) -> str:
    """Say that the unit named has returned this order itself: the two push it to and fro."""
    has_returned = any(
        row["asking_unit_id"] == waiting["target_unit_id"] and fate(row) in returns.AGAINST_THE_CENTRE
        for row in asked
    )
    return f"{waiting['target_unit_name']}已退过本单" if has_returned else ""


def _earlier(asked: Sequence[Row]) -> Iterator[str]:
    """The first papers: who asked what by which duty item, and what was decided by whom."""
    number = 0
    for row in asked:
        verdict = _FATES.get(fate(row))
        if verdict is None:
            continue
        number += 1
        basis = f"，依据 {row['evidence']}" if row["evidence"] else ""
        found = f"，现场 {row['finding']}" if row["finding"] else ""
        target = f"，应派 {row['target_unit_name']}" if row["target_unit_name"] else ""
        yield (
            f"第{number}次 {stored(row['asked_at'])} {row['asking_unit_name']}：{_reason(row)} {row['reason']}"
            f"{basis}{found}{target}"
        )
        decision = f"：{row['decision']}" if row["decision"] else ""
        yield f"  {stored(row['decided_at'])} {row['decider_name']} {verdict}{decision}"
