"""The first page: 工号 and PIN."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from screens.cells import plain
from screens.errands import Errands
from screens.widgets.field import Field, FormRow
from screens.widgets.key_hints import KeyHints, MessageLine

PAGE_STYLE = """
    {name} {{
        align: center middle; background: $background; color: $foreground;
        & > #box {{ width: 60; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $surface; }}
        & #title {{ text-style: bold; width: 1fr; height: auto; margin: 0 0 1 0; }}
        & #about {{ width: 1fr; height: auto; color: $label; margin: 0 0 1 0; }}
        & FormRow > .label {{ width: 12; }}
        &:ansi, &:ansi > #box {{ background: ansi_default; color: ansi_default; }}
    }}
"""


class LogIn(Errands[None]):
    """Drawn before the store is opened; what is typed meanwhile is kept, Enter waits for the store."""

    DEFAULT_CSS = PAGE_STYLE.format(name="LogIn")
    BINDINGS = [Binding("f9", "new_pin", priority=True)]

    def __init__(self) -> None:
        super().__init__()
        self._waiting = False
        self._wants_new_pin = False

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("民意速办坐席台", id="title", markup=False)
            yield Static("", id="about", markup=False)
            yield FormRow(Field("工号", max_length=32, id="staff_no"))
            yield FormRow(Field("PIN", password=True, max_length=64, id="pin"))
            yield MessageLine()
            yield KeyHints(
                (("Enter", "登录"), ("F9", "登录并改 PIN"), ("Tab", "下一栏"), ("^Q", "退出")), last=None
            )

    def on_mount(self) -> None:
        known = self.desk_app.options.as_staff_no
        if known:
            self.query_one("#staff_no", Field).value = known
        self.query_one("#pin" if known else "#staff_no").focus()

    def opened(self) -> None:
        """The store is open: say whose it is, and log in if Enter was pressed already."""
        self._say_whose()
        self.say("")
        if self._waiting:
            self._send()

    def _say_whose(self) -> None:
        opening = self.desk_app.opening
        words = () if opening is None else (opening.centre_name, opening.hint)
        self.query_one("#about", Static).update(plain("  ".join(part for part in words if part)))

    def locked(self, staff_no: str, name: str) -> None:
        """Somebody left the seat: the same person finds everything as it was."""
        self._say_whose()
        self.query_one("#staff_no", Field).value = staff_no
        self.query_one("#pin", Field).value = ""
        self.query_one("#pin").focus()
        self.say(f"{name} 已锁定，输入 PIN 继续；换人按 Shift+Tab 改工号")

    def entered(self, field: Field) -> None:
        if field.id == "staff_no":
            self.query_one("#pin").focus()
        else:
            self._wants_new_pin = False
            self._send()

    def action_new_pin(self) -> None:
        """F9: as Enter, but with the page for another PIN in between; it is the old PIN that allows it."""
        self._wants_new_pin = True
        self._send()

    def _send(self) -> None:
        staff_no, pin = self.query_one("#staff_no", Field).text, self.query_one("#pin", Field).value
        if not staff_no or not pin:
            self.refuse("请填写工号和 PIN")
        elif self.desk_app.opening is None:
            self._waiting = True
            self.say("正在打开坐席库，请稍候")
        else:
            self._waiting = False
            self.say("正在登录")
            self.desk_app.session.log_in(staff_no, pin, wants_new_pin=self._wants_new_pin)

    def not_taken(self) -> None:
        """The PIN was wrong (or the person is locked out): type it again."""
        self.query_one("#pin", Field).value = ""
        self.query_one("#pin").focus()
