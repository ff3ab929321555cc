"""The PINs of one session, shown once."""

from __future__ import annotations

from textual.app import ComposeResult

from desk.codes import word
from desk.panel_rows import PinRow
from screens.dialogs.base import Dialog
from screens.widgets import Detail, Section


class PinsPage(Dialog[None]):
    """工号, name and PIN of each, to be handed over one by one; when the page is closed nobody finds them again."""

    OPENS_PAGES = False
    HINTS = (("Up/Down", "滚动"), ("Esc", "关闭，不再显示"))
    DEFAULT_CSS = "PinsPage > #box { height: 100%; max-height: 24; }"

    def __init__(self, pins: tuple[PinRow, ...]) -> None:
        super().__init__("本期评议员的 PIN：当面交给本人，只显示这一次，会后作废")
        self._pins = pins

    def questions(self) -> ComposeResult:
        yield Detail(id="pins")

    def on_mount(self) -> None:
        super().on_mount()
        lines = [
            (f"{row.staff_no} {row.name}　", f"PIN {row.pin}　{word(row.profession)}") for row in self._pins
        ]
        self.query_one(Detail).show((Section("工号 姓名", lines),))
