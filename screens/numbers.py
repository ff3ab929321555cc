"""F8 看号码: the caller's number in the message line, with a reason where one is due, covered again by itself."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, TypeVar

from textual.binding import Binding

from screens.dialogs.ask import AskText
from screens.errands import Errands
from screens.widgets.key_hints import MessageLine

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.rows import PhoneRow

Result = TypeVar("Result")
PHONES = "desk.phones"
COVERED = "秒后遮蔽"


class ShowsNumbers(Errands[Result]):
    """A page about one order (`order_no()`): F8 shows who called and from which number (practice P33)."""

    BINDINGS = [Binding("f8", "reveal_phone", priority=True)]
    PHONE_REASON = ""
    """What stands in the reason's field at first."""

    def action_reveal_phone(self) -> None:
        """Refuse at once what will be refused; a unit's 经办人, who has to ring, is not asked why."""
        order_no = self.order_no()
        if order_no is None:
            self.refuse("这里没有工单")
            return

        def looked(found: tuple[str, bool]) -> None:
            refused, is_routine = found
            if refused:
                self.refuse(refused)
            elif is_routine:
                self._reveal(order_no, "")
            else:
                self._ask_why(order_no)

        self.read(
            lambda _, desk: (_phones().why_hidden(desk, order_no), _phones().is_routine(desk)),
            looked,
            group="phone",
        )

    def _ask_why(self, order_no: str) -> None:
        def answered(reason: str | None) -> None:
            if reason:
                self._reveal(order_no, reason)

        ask = AskText(f"查看号码  {order_no}", "查看事由", text=self.PHONE_REASON, max_length=200)
        self.app.push_screen(ask, answered)

    def _reveal(self, order_no: str, reason: str) -> None:
        def deed(_: Any, desk: Desk) -> PhoneRow:
            phone: PhoneRow = _phones().reveal(desk, order_no, reason)
            return phone

        self.act(deed, self._show_phone)

    def _show_phone(self, phone: PhoneRow) -> None:
        words = f"{phone.name}  {phone.number}  （{phone.seconds} {COVERED}，已记入办理经过）"
        self.say(words)
        self.set_timer(phone.seconds, lambda: self._cover_up(words))

    def _cover_up(self, words: str) -> None:
        for line in self.query(MessageLine):
            if line.words == words:
                line.say("")

    def on_screen_suspend(self) -> None:
        """Nobody reads the number on a page that somebody else comes back to."""
        for line in self.query(MessageLine):
            if COVERED in line.words:
                line.say("")


def _phones() -> Any:
    return importlib.import_module(PHONES)
