"""What a deed counts for in the 考核, kept with its event (practice P30); the rules stand in `desk/rules/assessment.py`."""

from db.codes import AssessmentMark, Deed, Status
from db.doors import Writer
from db.queries import assessment
from db.times import from_ms
from desk.rules import assessment as rules
from desk.rules.assessment import Done

M = AssessmentMark
_SENT = (M.RECEIVED, M.FIRST_SENT, M.SENT_IN_TIME, M.SENT_LATE)
"""What a dispatch counts for, and no longer does when it is taken back."""


def keep(writer: Writer, done: Done, order_id: int) -> None:
    """Write what a deed counts for. Part of the deed's transaction."""
    if done.deed is Deed.RECALL:
        _undo(writer, done, order_id)
        return
    if done.deed is Deed.REFUSE_PROCEDURE:
        # The clock never stopped: lateness will be counted with the answer that holds.
        assessment.undo_procedure(writer, order_id, done.old["steward_id"], done.at_ms)
    if done.deed in rules.WRONG_FIRST:
        _keep_wrong_first(writer, done, order_id)
    for mark, unit_id in rules.counted(done):
        _add(writer, done, order_id, mark, unit_id)
    if done.deed in (Deed.SEND, Deed.CALL_OUT) and done.before is not Status.TO_SIGN:
        _keep_first(writer, done, order_id)
    if done.new["status"] == Status.CLOSED and done.before is not Status.CLOSED:
        for row in assessment.helped(writer, order_id, done.new["round"]):
            _add(writer, done, order_id, M.HELPED, row["unit_id"])


def _add(writer: Writer, done: Done, order_id: int, mark: AssessmentMark, unit_id: int) -> None:
    assessment.add_mark(
        writer,
        order_id=order_id,
        unit_id=unit_id,
        kind=str(mark),
        # What a round brought counts for that round, also where the deed begins the next one.
        round=done.old["round"],
        month=rules.month_of(from_ms(done.at_ms)),
        at=done.at_ms,
    )


def _keep_first(writer: Writer, done: Done, order_id: int) -> None:
    """首派: the first dispatch to a unit that was not taken back."""
    if not assessment.standing(writer, order_id, M.FIRST_SENT) and done.old["centre_id"] is not None:
        _add(writer, done, order_id, M.FIRST_SENT, done.old["centre_id"])


def _keep_wrong_first(writer: Writer, done: Done, order_id: int) -> None:
    """The order leaves the unit to which it was sent first: that counts against the centre that sent it (P7)."""
    first = assessment.standing(writer, order_id, M.FIRST_SENT)
    if first and len(assessment.standing(writer, order_id, M.RECEIVED)) == 1:
        _add(writer, done, order_id, M.FIRST_WRONG, first[0]["unit_id"])


def _undo(writer: Writer, done: Done, order_id: int) -> None:
    received = assessment.standing(writer, order_id, M.RECEIVED)
    if received:
        assessment.undo_since(writer, order_id, received[-1]["id"], _SENT, done.at_ms)
