"""^W 专席登记: a digit chooses the form, its questions are asked, and it is filed with the call in hand (press conference)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import SpecialForm
from desk.errors import Refused
from desk.rules.calendar import local
from screens.dialogs.ask import Answers
from screens.dialogs.base import Dialog
from screens.dialogs.seat_form import SeatForm
from screens.intake.call import CallInHand
from screens.intake.seat_lines import MENU, WAGES
from screens.intake.wages import WageQuestions

if TYPE_CHECKING:
    from desk.special_rows import FiledApplication


class SeatMenu(Dialog[str]):
    """A digit for each form; one that was begun and not filed says so."""

    HINTS = (("1-6", "选登记表"), ("Esc", "返回"))
    DEFAULT_CSS = "SeatMenu #forms { height: auto; width: 1fr; }"

    def __init__(self, begun: Collection[str]) -> None:
        super().__init__("专席登记")
        self._begun = begun

    def questions(self) -> ComposeResult:
        lines = [
            f"  {digit}  {name}{'（已填一半，接着填）' if code in self._begun else ''}"
            for digit, (code, name) in enumerate(MENU, 1)
        ]
        yield Static("\n".join(lines), id="forms", markup=False)

    def on_key(self, event: events.Key) -> None:
        chosen = {str(digit): code for digit, (code, _) in enumerate(MENU, 1)}.get(event.character or "")
        if chosen is not None:
            event.stop()
            self.dismiss(chosen)


class SeatQuestions(WageQuestions):
    """The part of the intake screen that takes the forms of the 专席."""

    def action_seats(self) -> None:
        """Ctrl+W: which form."""

        def chosen(code: str | None) -> None:
            if code == WAGES:
                self.action_wages()
            elif code is not None:
                self._ask_seat(SpecialForm(code))

        begun = {*self.call.seats, *([WAGES] if self.call.wages else [])}
        self.app.push_screen(SeatMenu(begun), chosen)

    def _ask_seat(self, form: SpecialForm, why: Refused | None = None) -> None:
        """Ask the questions of a form; after a refusal it comes back as it was typed."""

        def keep(answers: Answers) -> None:
            typed = {name: words for name, words in answers.items() if words and words != dialog.fresh[name]}
            self._keep_seat(form, typed)

        def given(answers: Answers | None) -> None:
            if answers is not None:
                call = self.in_hand()
                self.act(
                    lambda flow, desk: flow.special_seats.file_application(
                        desk, form, answers, call.note(flow)
                    ),
                    lambda done: self._seat_filed(form, call, done),
                    otherwise=lambda refused: self._ask_seat(form, refused),
                    name="register",
                )

        today = local(self.desk_app.now()).date()
        known = self._known_of_the_caller()
        dialog = SeatForm(form, today=today, keep=keep, kept=self.call.seats.get(form, {}), known=known)
        self.app.push_screen(dialog, given)
        if why is not None:
            dialog.call_after_refresh(dialog.point_out, why)

    def _known_of_the_caller(self) -> Answers:
        """Name and number of the form in hand: the caller has said them already."""
        values = self.form.values()
        is_named = values.get("identity", "named") == "named"
        name = values.get("name", "") if is_named else ""
        return {"name": name, "phone": values.get("contact") or values.get("number", "")}

    def _keep_seat(self, form: SpecialForm, typed: Answers) -> None:
        if typed:
            self.call.seats[str(form)] = typed
        else:
            self.call.seats.pop(str(form), None)
        self.keep_now()

    def _seat_filed(self, form: SpecialForm, call: CallInHand, done: FiledApplication) -> None:
        """Say what is to be read out; a form without a matter makes room, one with a matter belongs to the same call."""
        call.is_kept = True
        self.call.seats.pop(str(form), None)
        if self.form.values().keys() & {"content", "title"}:
            self.keep_now()
        else:
            begun = self.call.seats
            self.drop_draft(self.draft_id)
            self.begin_anew()
            self.call.seats = begun
            self.last_call = call
        sentence = done.sentence + ("（日期暂定）" if done.is_provisional else "")
        self.panel.say(sentence)
        self.say(sentence, "done")
