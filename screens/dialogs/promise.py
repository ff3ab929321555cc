"""One 承诺回电: the question, the answer, and what became of ringing back (practice P17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.widgets import Static

from screens.cells import clock, plain
from screens.dialogs.ask import Answers, AskForm
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.long_text import LongText

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.promise_rows import PromiseRow

RUNG, ASKED_TO_RING, MISSED = "rung", "operator", "missed"
_LONGEST = 2_000


class PromisePage(AskForm):
    """^S does what was chosen: rung back and told, answer written for the operator to ring, or nobody took the call."""

    FLOW = "desk.promises"
    OPENS_PAGES = False
    DEFAULT_CSS = """
    PromisePage #question { height: auto; max-height: 8; width: 1fr; margin: 0 0 1 0; }
    """

    def __init__(self, row: PromiseRow) -> None:
        self._row = row
        ways = [(RUNG, "已回电告知"), (MISSED, "未接通")]
        if row.is_to_answer and not row.is_asked_here:
            ways.insert(1, (ASKED_TO_RING, "请话务员回电"))
        fields: list[Field | Choice | LongText] = [
            LongText("答复", row.answer, max_length=_LONGEST, id="answer"),
            Choice("回电", ways, id="way"),
        ]
        caller = f"{row.caller} {row.number}".strip()
        super().__init__(f"承诺回电：{caller}，{clock(row.due_at)} 前；留给{row.target}", fields)

    def questions(self) -> ComposeResult:
        row = self._row
        tried = f"；已拨 {row.attempts} 次未接通" if row.attempts else ""
        yield Static(plain(f"{row.asked_by}：{row.question}{tried}"), id="question")
        yield from super().questions()

    def dismiss_with(self, answers: Answers) -> None:
        """Do it; the page stays with its words when that is refused."""
        key, words, way = self._row.id, answers["answer"], answers["way"]

        def deed(flow: Any, desk: Desk) -> PromiseRow:
            if way == ASKED_TO_RING:
                done: PromiseRow = flow.answer(desk, key, words)
            else:
                done = flow.log_attempt(desk, key) if way == MISSED else flow.keep(desk, key, words)
            return done

        self.act(deed, lambda _: self.dismiss(answers))
