"""What a deed counts for in the 考核, kept with its event (practice P30); the rules stand in `desk/rules/assessment.py`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from db.codes import AssessmentMark, Deed, Status
from db.doors import Writer
from db.queries import assessment
from db.times import from_ms
from desk.rules import assessment as rules
from desk.rules.assessment import Done

M = AssessmentMark
_SENT = (M.RECEIVED, M.FIRST_SENT, M.SENT_IN_TIME, M.SENT_LATE)
"""What a dispatch counts for, and no longer does when it is taken back."""


class Ledger(Protocol):
    """Where the marks of one order are kept: in the store, or in memory while the events are read once more."""

    def standing(self, kind: AssessmentMark) -> Sequence[tuple[int, int]]:
        """Return key and unit of the marks of one kind that were not undone, oldest first."""

    def add(self, kind: AssessmentMark, unit_id: int, round_: int, at_ms: int) -> None:
        """Write a mark that counts at `at_ms` (ms UTC)."""

    def undo_since(self, key: int, kinds: Collection[AssessmentMark], at_ms: int) -> None:
        """Undo the marks of some kinds from the one with this key on."""

    def undo_procedure(self, unit_id: int, at_ms: int) -> None:
        """Undo what the unit's last 转法定程序 counted for as overdue."""

    def helpers(self, round_: int) -> Sequence[int]:
        """Return the units that helped in a round and did not give their part back."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The marks of one order in the store, in the transaction of a deed."""

    writer: Writer
    order_id: int

    def standing(self, kind: AssessmentMark) -> Sequence[tuple[int, int]]:
        """As `Ledger.standing`."""
        found = assessment.standing(self.writer, self.order_id, kind)
        return [(row["id"], row["unit_id"]) for row in found]

    def add(self, kind: AssessmentMark, unit_id: int, round_: int, at_ms: int) -> None:
        """As `Ledger.add`."""
        assessment.add_mark(
            self.writer,
            order_id=self.order_id,
            unit_id=unit_id,
            kind=str(kind),
            round=round_,
            month=rules.month_of(from_ms(at_ms)),
            at=at_ms,
        )

    def undo_since(self, key: int, kinds: Collection[AssessmentMark], at_ms: int) -> None:
        """As `Ledger.undo_since`."""
        assessment.undo_since(self.writer, self.order_id, key, kinds, at_ms)

    def undo_procedure(self, unit_id: int, at_ms: int) -> None:
        """As `Ledger.undo_procedure`."""
        assessment.undo_procedure(self.writer, self.order_id, unit_id, at_ms)

    def helpers(self, round_: int) -> Sequence[int]:
        """As `Ledger.helpers`."""
        return [row["unit_id"] for row in assessment.helped(self.writer, self.order_id, round_)]


def keep(ledger: Ledger, done: Done) -> None:
    """Write what a deed counts for. What a round brought counts for that round, also where the deed begins the next one."""
    if done.deed is Deed.RECALL:
        _undo_dispatch(ledger, done)
        return
    if done.deed is Deed.REFUSE_PROCEDURE:
        # The clock never stopped: lateness will be counted with the answer that holds.
        ledger.undo_procedure(done.old["steward_id"], done.at_ms)
    if done.deed in rules.WRONG_FIRST:
        _keep_wrong_first(ledger, done)
    for mark, unit_id in rules.counted(done):
        ledger.add(mark, unit_id, done.old["round"], done.at_ms)
    if done.deed in (Deed.SEND, Deed.CALL_OUT) and done.before is not Status.TO_SIGN:
        _keep_first(ledger, done)
    if done.new["status"] == Status.CLOSED and done.before is not Status.CLOSED:
        for unit_id in ledger.helpers(done.new["round"]):
            ledger.add(M.HELPED, unit_id, done.new["round"], done.at_ms)


def _keep_first(ledger: Ledger, done: Done) -> None:
    """首派: the first dispatch to a unit that was not taken back."""
    if done.old["centre_id"] is not None and not ledger.standing(M.FIRST_SENT):
        ledger.add(M.FIRST_SENT, done.old["centre_id"], done.old["round"], done.at_ms)


def _keep_wrong_first(ledger: Ledger, done: Done) -> None:
    """The order leaves the unit to which it was sent first: that counts against the centre that sent it (P7)."""
    first = ledger.standing(M.FIRST_SENT)
    if first and len(ledger.standing(M.RECEIVED)) == 1:
        ledger.add(M.FIRST_WRONG, first[0][1], done.old["round"], done.at_ms)


def _undo_dispatch(ledger: Ledger, done: Done) -> None:
    received = ledger.standing(M.RECEIVED)
    if received:
        ledger.undo_since(received[-1][0], _SENT, done.at_ms)
