"""The pages that few people see: the first administrator's, who makes the store, and everybody's for a new PIN."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from screens.errands import Errands
from screens.log_in import PAGE_STYLE
from screens.widgets.choice import Choice
from screens.widgets.field import Field, FormRow
from screens.widgets.key_hints import KeyHints, MessageLine


class NewPin(Errands[bool]):
    """修改 PIN: twice the new one, between the right old one and the first screen."""

    DEFAULT_CSS = PAGE_STYLE.format(name="NewPin")
    BINDINGS = [("escape", "cancel")]
    OPENS_PAGES = False

    def __init__(self, *, must: bool) -> None:
        super().__init__()
        self._must = must

    def compose(self) -> ComposeResult:
        why = "现用 PIN 由管理员设置，请先换成只有自己知道的" if self._must else "新 PIN 不能与现用的相同"
        escape = "不改，退出登录" if self._must else "不改，直接进入"
        with Vertical(id="box"):
            yield Static("修改 PIN", id="title", markup=False)
            yield Static(why, id="about", markup=False)
            yield FormRow(Field("新 PIN", password=True, max_length=64, id="pin"))
            yield FormRow(Field("再输一次", password=True, max_length=64, id="pin_again"))
            yield MessageLine()
            yield KeyHints((("Enter", "下一栏，末栏修改"), ("Esc", escape)), last=None)

    def on_mount(self) -> None:
        self.query_one("#pin").focus()

    def entered(self, field: Field) -> None:
        if field.id == "pin":
            self.query_one("#pin_again").focus()
            return
        pin, again = (part.value for part in self.query(Field))
        if not pin:
            self.refuse("请填写新 PIN")
            self.not_taken()
        elif pin != again:
            self.refuse("两次输入的 PIN 不一致，请重新输入")
            self.not_taken()
        else:
            self.say("正在修改")
            self.desk_app.session.change_pin(pin)

    def not_taken(self) -> None:
        """The PIN will not do: type another one."""
        for field in self.query(Field):
            field.value = ""
        self.query_one("#pin").focus()

    def action_cancel(self) -> None:
        self.dismiss(False)


ABOUT = "站点代码前两位是县区，如 CY 崇义、ZG 章贡、GZ 市本级；PIN 至少 6 位数字。建好后用 desk staff add 添加其他人员。"


class SetUp(Errands[None]):
    """首次使用: makes the store and its first administrator, or opens the demo."""

    DEFAULT_CSS = PAGE_STYLE.format(name="SetUp")

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("首次使用：建立坐席库", id="title", markup=False)
            yield Static(ABOUT, id="about", markup=False)
            yield FormRow(Choice("开始", [("new", "建立坐席库"), ("demo", "先看演示")], id="kind"))
            yield FormRow(Field("站点代码", "CY01", max_length=8, id="site"))
            yield FormRow(Field("管理员工号", max_length=32, id="staff_no"))
            yield FormRow(Field("姓名", max_length=40, id="name"))
            yield FormRow(Field("PIN", password=True, max_length=64, id="pin"))
            yield FormRow(Field("再输一次", password=True, max_length=64, id="pin_again"))
            yield MessageLine()
            yield KeyHints((("Enter", "下一栏，末栏建立"), ("<- ->", "选择"), ("^Q", "退出")), last=None)

    def on_mount(self) -> None:
        self.query_one("#kind").focus()

    def entered(self, field: Field) -> None:
        if field.id == "pin_again":
            self._send()
        else:
            self.focus_next()

    def on_key(self, event: object) -> None:
        if getattr(event, "key", "") == "enter" and self._wants_demo():
            self.desk_app.session.open_demo()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        super().on_choice_changed(event)
        for row in list(self.query(FormRow))[1:]:
            row.display = not self._wants_demo()

    def _wants_demo(self) -> bool:
        return self.query_one("#kind", Choice).value == "demo"

    def _send(self) -> None:
        given = {field.id or "": field.value for field in self.query(Field)}
        missing = next((field for field in self.query(Field) if not field.value.strip()), None)
        if missing is not None:
            self.refuse(f"请填写{missing.label}")
            missing.focus()
        elif given["pin"] != given["pin_again"]:
            self.refuse("两次输入的 PIN 不一致，请重新输入")
            for name in ("#pin_again", "#pin"):
                self.query_one(name, Field).value = ""
            self.query_one("#pin").focus()
        else:
            self.say("正在建立坐席库，请稍候")
            self.desk_app.session.set_up(
                given["site"].strip(), given["staff_no"].strip(), given["name"].strip(), given["pin"]
            )
