"""The answer is given and the caller rung back: each attempt is a call out on record (practice P5, P17)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.codes import CallDirection, CallSummary, Deed
from db.doors import Row, Writer
from db.queries import callers, promises
from db.times import to_ms
from desk import calls, history
from desk.births import check_birth_right
from desk.calls import CallNote
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow
from desk.history import Happening
from desk.promise_rows import PromiseRow
from desk.promises.reading import may_answer, row_of
from desk.rules.text import cleaned, required

_LONGEST = 2_000
_ATTEMPTS = 3


@dataclass(slots=True)
class _Step:
    """One step of a promise under way: the row as it was, and what becomes of it."""

    writer: Writer
    row: Row
    at: datetime
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def answer(desk: Desk, promise_id: int, words: str) -> PromiseRow:
    """答复: who was asked writes what to say; whoever left the question rings back. One event.

    Raises BadInput for empty words, NotAllowed for anybody else but 班长, NotNow once it has ended.
    """
    said = required(words, "答复", _LONGEST)
    with _step(desk, Deed.ANSWER_PROMISE, promise_id) as step:
        _refuse_others(desk, step.row)
        _note_answer(desk, step, said)
    return _now(desk, promise_id)


def keep(desk: Desk, promise_id: int, words: str = "") -> PromiseRow:
    """已回电: the caller was rung back and told; `words` is the answer unless it was written before. One event.

    The call out is on record. Raises BadInput without any answer, NotAllowed for words of somebody who was not asked,
    NotNow once it has ended.
    """
    said = cleaned(words, _LONGEST, "答复")
    with _step(desk, Deed.KEEP_PROMISE, promise_id) as step:
        if said and said != step.row["answer"]:
            _refuse_others(desk, step.row)
            _note_answer(desk, step, said)
        elif not step.row["answer"]:
            raise BadInput("还没有答复：请先写答复内容，再记回电", "答复")
        _ring_out(desk, step, was_answered=True)
        _end(desk, step, "kept")
    return _now(desk, promise_id)


def log_attempt(desk: Desk, promise_id: int) -> PromiseRow:
    """未接通: the caller was rung back in vain; with the `ring_back.attempts`th time the promise ends. One event."""
    with _step(desk, Deed.LOG_PROMISE_ATTEMPT, promise_id) as step:
        attempts = step.row["attempts"] + 1
        step.changes["attempts"] = step.data["attempts"] = attempts
        _ring_out(desk, step, was_answered=False)
        if attempts >= int(desk.settings.get("ring_back.attempts", _ATTEMPTS)):
            _end(desk, step, "unreached")
    return _now(desk, promise_id)


@contextmanager
def _step(desk: Desk, kind: Deed, promise_id: int) -> Iterator[_Step]:
    check_birth_right(desk, kind)
    with desk.writing() as writer:
        row = promises.by_id(writer, promise_id)
        if row is None or not str(row["unit_path"]).startswith(desk.actor.centre_path):
            raise BadInput("没有这个承诺回电", "承诺回电")
        if row["ended_at"] is not None:
            raise NotNow("这个承诺回电已经办结")
        step = _Step(writer, row, history.moment_after_head(writer, desk.now()), data={"promise": row["uid"]})
        yield step
        promises.change(writer, promise_id, step.changes)
        history.record(
            writer,
            Happening(kind, step.at, desk.actor.uid, desk.seat, data=step.data, texts=step.texts),
        )


def _refuse_others(desk: Desk, row: Row) -> None:
    if not may_answer(desk, row["target"]):
        raise NotAllowed(f"问题留给了{row['target']}，请由其答复；班长也可以")


def _note_answer(desk: Desk, step: _Step, said: str) -> None:
    step.changes |= {"answer": said, "answered_at": to_ms(step.at), "answered_by": desk.actor.id}
    step.texts["answer"] = said


def _ring_out(desk: Desk, step: _Step, *, was_answered: bool) -> None:
    call = CallNote(
        number=step.row["number"],
        line=step.row["line"],
        direction=CallDirection.OUTBOUND,
        summary=CallSummary.CALL_OUT,
        note="承诺回电" if was_answered else "承诺回电，未接通",
        was_answered=was_answered,
    )
    step.data["call"] = callers.call_uid(step.writer, calls.keep(desk, step.writer, call, step.at))


def _end(desk: Desk, step: _Step, outcome: str) -> None:
    step.changes |= {"ended_at": to_ms(step.at), "ended_by": desk.actor.id, "outcome": outcome}
    step.data |= {"outcome": outcome, "is_late": to_ms(step.at) >= step.row["due_at"]}


def _now(desk: Desk, promise_id: int) -> PromiseRow:
    with desk.reading() as reader:
        return row_of(desk, promises.by_id(reader, promise_id))
