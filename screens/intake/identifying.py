"""F12: 身份核验 and the caller's own social-insurance record, on the call and nowhere else (practice P17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.codes import Deed, word
from desk.rules import rights
from screens.intake.call import CallInHand
from screens.intake.deeds import OldOrderDeeds
from screens.widgets.key_hints import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.insurance_rows import IdentityCheck

IDENTITY_KEY: Hint = ("F12", "社保核验")
HR_LINE = "12333"
_AFTER = 3
"""Behind so many keys F12 stands in the row on 12333; elsewhere it comes last."""


class Identifying(OldOrderDeeds):
    """The part of the intake screen that looks at social-insurance records."""

    def form_hints(self) -> Sequence[Hint]:
        """The keys of the form; F12 among the first when the caller dialled 12333."""
        if self.form.part("line").value != HR_LINE:
            return self.HINTS
        others = [hint for hint in self.HINTS if hint != IDENTITY_KEY]
        return (*others[:_AFTER], IDENTITY_KEY, *others[_AFTER:])

    def action_identify(self) -> None:
        """F12: check who calls; once that has passed, show his own record."""
        from screens.intake.insurance import IdentityForm

        desk, call = self.desk_app.desk, self.in_hand()
        if desk is None:
            return
        if not rights.scopes(desk.actor.roles, Deed.VERIFY_IDENTITY):
            allowed = "、".join(word(role) for role in rights.roles_for(Deed.VERIFY_IDENTITY))
            self.refuse(f"身份核验和社保记录由{allowed}办理")
        elif call.started_at is None:
            self.refuse("还没有来电：先录来电号码，再按 F12 核验身份")
        elif call.has_ended:
            self.refuse("来电已挂断，不能再核验：请回拨本人，接通后再按 F12")
        elif call.identity is not None:
            self._show_record(call, *call.identity)
        else:
            has_source = str(desk.settings.get("insurance.source", "none")) != "none"
            name = call.caller.get("name", "")
            form = IdentityForm(
                call.uid, name, has_source=has_source, is_heard=call.is_heard, passed=self._identified
            )
            self.app.push_screen(form)

    def _identified(self, check: IdentityCheck, id_number: str) -> None:
        call = self.in_hand()
        if call.uid != check.call_key:
            return
        if check.has_source:
            call.identity = (check, id_number)
            self._show_record(call, check, id_number)
        else:
            self.say("核验通过，已记录：请在人社业务系统查本人记录，念给本人听，不要抄进工单", "done")

    def _show_record(self, call: CallInHand, check: IdentityCheck, id_number: str) -> None:
        from screens.intake.insurance import RecordPage

        def closed(why: str | None) -> None:
            if why:
                call.identity = None
                self.refuse(why)

        self.app.push_screen(RecordPage(check, id_number, is_heard=call.is_heard), closed)
