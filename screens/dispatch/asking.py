"""What the dispatcher is asked about one order: only what may be done, and no word of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from desk.dispatch_rows import DispatchOrder
from desk.errors import Refused
from desk.rows import OrderRow
from screens.dialogs.ask import Answers
from screens.dialogs.base import Dialog
from screens.dispatch.dialogs import KeepingText
from screens.dispatch.sending import SENDABLE, SendingScreen

if TYPE_CHECKING:
    from desk.context import Desk

Keep = Callable[[Answers], object]
Form = Dialog[Answers] | Dialog[str]
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Paper:
    """A form about one order: `make` builds it from what was kept, `do(flow, desk, answer)` files what it gives."""

    deed: Deed
    make: Callable[[Answers, Keep], Form]
    do: Callable[[Any, Desk, Any], Any]
    done: str
    then: Callable[[Any], object] | None = None


def words_paper(
    deed: Deed, title: str, label: str, do: Callable[[Any, Desk, str], Any], done: str, **more: Any
) -> Paper:
    """A form of one text."""

    def make(kept: Answers, keep: Keep) -> KeepingText:
        return KeepingText(title, label, lambda words: keep({WORDS: words}), text=kept.get(WORDS, ""))

    return Paper(deed, make, do, done, **more)


class AskingScreen(SendingScreen):
    """Refuses a key before its form; a form that was refused comes back as it was typed, one left with Esc later."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: DispatchOrder | None = None
        self.typed: dict[tuple[str, str], Answers] = {}

    def if_may(self, row: OrderRow, deed: Deed, then: Callable[[], object]) -> None:
        """Do `then()`, or say at once why this person cannot do `deed` with this order.

        What was read beside the list says yes without waiting; a no is asked for again, it may be old.
        """
        shown = self.shown
        if shown is not None and shown.order.order_no == row.order_no and deed not in shown.refusals:
            then()
        else:
            self.read(
                lambda flow, desk: flow.why_not(desk, row.order_no, deed),
                lambda why: self.refuse(why) if why else then(),
                group="key",
            )

    def action_propose(self, place: int) -> None:
        row = self.queue.cursor_row
        if row is None or self.tab not in SENDABLE:
            super().action_propose(place)
        else:
            self.if_may(row, Deed.SEND, lambda: super(AskingScreen, self).action_propose(place))

    def ask(self, row: OrderRow, paper: Paper) -> None:
        """Ask for a paper if the deed may be done, and file it."""
        self.if_may(row, paper.deed, lambda: self._open(row, paper))

    def read_forms(self) -> None:
        """Bring back what stood in forms when the connection was lost."""
        self.read(lambda flow, desk: flow.kept_forms(desk), self._take_forms, group="forms")

    def _take_forms(self, kept: dict[tuple[str, str], Answers]) -> None:
        self.typed = {**kept, **self.typed}

    def _open(self, row: OrderRow, paper: Paper, why: str = "") -> None:
        order_no, form = row.order_no, str(paper.deed)

        def keep(answers: Answers) -> None:
            self.typed[order_no, form] = answers
            self.read(
                lambda flow, desk: flow.keep_words(desk, order_no, form, answers),
                lambda _: None,
                group="words",
            )

        def given(answer: Any) -> None:
            if answer is not None:
                self._file(row, paper, answer)
            else:
                self.look_again(row)

        dialog = paper.make(self.typed.get((order_no, form), {}), keep)
        self.app.push_screen(dialog, given)
        if why:
            dialog.call_after_refresh(dialog.refuse, why)

    def _file(self, row: OrderRow, paper: Paper, answer: Any) -> None:
        order_no, form = row.order_no, str(paper.deed)

        def file(flow: Any, desk: Desk) -> Any:
            done = paper.do(flow, desk, answer)
            flow.forget_words(desk, order_no, form)
            return done

        def filed(done: Any) -> None:
            self.typed.pop((order_no, form), None)
            if paper.then is not None:
                paper.then(done)

        def again(refused: Refused) -> None:
            self._open(row, paper, str(refused))

        self.act(file, filed, done=paper.done, otherwise=again)
