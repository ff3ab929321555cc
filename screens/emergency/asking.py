"""The deeds of F5 that need words: whom to ring, how it went, what was handed over, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desk.codes import CallOutcome, Deed, Urgency, word
from desk.emergency_rows import EmergencyRow, Finished
from desk.rules.calling_line import Callee
from screens import columns
from screens.base import DeskScreen
from screens.dialogs import Pick
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.emergency.forms import FORMS, Asked, Form

if TYPE_CHECKING:
    from desk.rows import PickRow

THEN = {
    Deed.DEPART: "，请回拨诉求人：救援已在路上（b）",
    Deed.FINISH: "，请答复诉求人",
    Deed.HAND_TO_RESCUE: "，有了处置结果再按 h 登记",
}
"""What is to be done after a deed."""


class AsksInEmergencies(DeskScreen):
    """Forms about the emergency under the cursor; what is half typed outlives Esc."""

    def if_may(self, deed: Deed, then: Callable[[EmergencyRow], object]) -> None:
        """Do `then(row)` if this person may do `deed` with the emergency under the cursor, or say at once why not."""
        raise NotImplementedError

    def action_call_out(self) -> None:
        """派出: whom to ring, the next in line on top; then how it went."""
        self.if_may(Deed.CALL_OUT, self._pick_callee)

    def _pick_callee(self, row: EmergencyRow) -> None:
        def picked(chosen: PickRow | None) -> None:
            if chosen is not None:
                self._ask(FORMS[Deed.CALL_OUT], row, chosen)

        find: Callable[[Any, Any, str], Any] = lambda flow, desk, text: flow.callees(desk, row.order_no, text)  # noqa: E731
        self.app.push_screen(
            Pick(f"{row.type}：叫谁，最上面的是下一个", self.FLOW, find, hint_flex=3), picked
        )

    def action_fill(self, deed: str) -> None:
        """The deeds that need words."""
        form = FORMS[Deed(deed)]
        self.if_may(form.deed, lambda row: self._ask(form, row))

    def _ask(self, form: Form, row: EmergencyRow, chosen: PickRow | None = None) -> None:
        """Open a form with what was last typed into it; of a call out, what was typed about the same person."""
        name = f"{form.deed} {chosen.key}" if chosen else str(form.deed)

        def look(flow: Any, desk: Any) -> tuple[Answers, Asked]:
            callee = flow.callee_of(chosen.key) if chosen else None
            sections = flow.sections(desk, callee.unit_id) if callee else ()
            rescue = flow.rescue_choices(desk, row.order_no) if form.deed is Deed.HAND_TO_RESCUE else ()
            return flow.kept_words(desk, row.order_no, name), Asked(row, callee, sections, rescue)

        def opened(found: tuple[Answers, Asked]) -> None:
            kept, asked = found
            what = chosen.name if chosen else row.type
            title = f"{form.title} {columns.short_number(row.order_no)} {what}"
            fields = form.fields(asked)

            def keep(answers: Answers) -> None:
                self.read(
                    lambda flow, desk: flow.keep_words(desk, row.order_no, name, answers),
                    lambda _: None,
                    group="draft",
                )

            def given(answers: Answers | None) -> None:
                if answers is not None:
                    self._do(form, row, asked.callee, name, answers)

            self.app.push_screen(
                KeptForm(title, fields, keep=keep, kept=kept, required=form.required, check=form.check), given
            )

        self.read(look, opened, group="form")

    def _do(self, form: Form, row: EmergencyRow, callee: Callee | None, name: str, answers: Answers) -> None:
        deed, values = _what(form.deed, answers, callee)

        def work(flow: Any, desk: Any) -> Any:
            done = getattr(flow, str(deed))(desk, row.order_no, **values)
            flow.forget_words(desk, row.order_no, name)
            return done

        def then(done: Any) -> None:
            if isinstance(done, Finished) and done.remainder_no:
                self.say(f"处置完毕，余下事项已另立工单 {done.remainder_no}，待派单", "done")
            elif deed is Deed.TRY_CALL_OUT:
                self._pick_callee(row)

        number = columns.short_number(row.order_no)
        self.act(work, then, done=f"已登记 {number} {word(deed)}{THEN.get(deed, '')}")


def _what(deed: Deed, answers: Answers, callee: Callee | None) -> tuple[Deed, dict[str, Any]]:
    """Which deed a form's answers are, and its values: a call that reached nobody who goes is an attempt."""
    values: dict[str, Any] = dict(answers)
    if "urgency" in values:
        values["urgency"] = Urgency(values["urgency"])
    if "was_reached" in values:
        values["was_reached"] = values["was_reached"] == "yes"
    if deed is Deed.HAND_TO_RESCUE:
        return _rescue(values)
    section = values.pop("section_id", "")
    if deed is not Deed.CALL_OUT or callee is None:
        return deed, values
    values["unit_id"] = callee.unit_id
    outcome = CallOutcome(values.pop("outcome"))
    if outcome is CallOutcome.REACHED:
        return deed, {**values, "section_id": int(section) if section else None}
    return Deed.TRY_CALL_OUT, {**values, "outcome": outcome}


def _rescue(values: dict[str, Any]) -> tuple[Deed, dict[str, Any]]:
    deed, service = str(values["what"]).split()
    if deed == Deed.HEAR_RESCUE:
        return Deed.HEAR_RESCUE, {"service": service, "result": values["note"]}
    return Deed.HAND_TO_RESCUE, {"service": service, "taker": values["taker"], "note": values["note"]}
