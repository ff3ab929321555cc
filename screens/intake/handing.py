"""交接 at a station's own desk: the file for the centre is written, the centre's is taken in, without a command (practice P18)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding

from screens.dialogs.base import Dialog
from screens.widgets.choice import Choice
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field, FormRow

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.stations import Done

OUT, IN = "out", "in"
_WHAT = (
    "写出：带上中心还没有确认收到的所有工单；文件只有热线中心打得开",
    "收取：中心写给本站的回执、状态和答复；同一份收两遍只算一遍",
)


class HandOver(Dialog[None]):
    """Which way, and which file on the stick; it stays open and says what came of it."""

    FLOW = "desk.stations"
    OPENS_PAGES = False
    HINTS = (("^S", "办理"), ("Tab", "下一栏"), ("Esc", "关闭"))
    BINDINGS = [Binding("ctrl+s", "hand_over", priority=True)]
    DEFAULT_CSS = "HandOver Detail { height: 10; }"

    def __init__(self) -> None:
        super().__init__("与热线中心交接")

    def questions(self) -> ComposeResult:
        yield FormRow(Choice("交接", ((OUT, "写出给中心"), (IN, "收取中心回复")), id="way"))
        yield FormRow(Field("文件", max_length=400, placeholder="如 /media/usb/上1123.dat", id="file"))
        yield Detail(id="handed")

    def on_mount(self) -> None:
        super().on_mount()
        self._tell(*_WHAT)

    def action_hand_over(self) -> None:
        """Write or read the file that was named."""
        named = self.query_one("#file", Field).text
        if not named:
            self.refuse("请填写文件：U 盘上的路径，写出时须是新文件名")
            return
        path, way = Path(named), self.query_one("#way", Choice).value

        def work(flow: Any, desk: Desk) -> Done:
            done: Done = flow.write_file(desk, path) if way == OUT else flow.take_file(desk, path)
            return done

        self.act(work, then=lambda done: self._handed(path, way, done))

    def _handed(self, path: Path, way: str, done: Done) -> None:
        from desk.stations import words

        said = words.written(path, done) if way == OUT else words.taken(done, is_station=True)
        self._tell(said, *done.lines)
        self.say("已写出" if way == OUT else "已收取", "done")

    def _tell(self, *lines: str) -> None:
        self.query_one(Detail).show([Section("", lines)])
