"""F1: the keys of the present screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.screen import Screen

from screens.base import DeskScreen
from screens.cells import width_of
from screens.dialogs.base import Dialog
from screens.errands import Errands
from screens.widgets.detail import Detail, Section
from screens.widgets.key_hints import HelpGroup, Hint, KeyHints
from screens.widgets.row_list import RowList

PAGES: Sequence[Hint] = (
    ("Ctrl+P", "查找任何工单（工单号、查询码、电话、内容）"),
    ("Ctrl+D", "看光标所在工单的详情和经过"),
    ("Ctrl+F", "知识库：按字查、按主题看，朗读、报告有误、请责任单位答"),
)
"""What opens over a screen, not over another page."""
EVERYWHERE: Sequence[Hint] = (
    ("F2 F3 F4 F5 F6", "受理、派单、我的工单、应急、审核评议"),
    *PAGES,
    ("F10 F11", "转接、呼叫、承诺回电（转来的、留下的问题、班长被呼叫的）；F11 不接转来的电话"),
    ("Ctrl+L", "离席锁定；换人登录；锁定页输 PIN 后按 F9 可改 PIN"),
    ("Ctrl+Q", "退出"),
    ("F1 ?", "本页按键（? 在填写栏里就是问号）"),
    ("Tab Shift+Tab", "下一栏、上一栏"),
    ("Esc", "关闭弹出的页"),
)
_APART = frozenset({"Ctrl+Q", "F1 ?", "Tab Shift+Tab", "Esc"})
"""What holds even on a page that stands apart."""
IN_LISTS: Sequence[Hint] = (
    ("Up Down", "上一行、下一行"),
    ("PgUp PgDn", "上一页、下一页"),
    ("Home End", "第一行、最后一行"),
    ("Enter", "打开"),
    ("Space", "作标记（成批办理）"),
    ("[ ]", "上一个、下一个标签"),
)


class Help(Dialog[None]):
    """What each key does here, grouped: this page, lists, everywhere."""

    OPENS_PAGES = False
    HAS_HELP = False
    HINTS = (("Up/Down", "滚动"), ("Esc", "关闭"))
    BINDINGS = [("f1,question_mark,q", "cancel")]
    DEFAULT_CSS = "Help > #box { height: 100%; max-height: 34; }"

    def __init__(self, about: Screen[object]) -> None:
        super().__init__("按键")
        of_page: Sequence[HelpGroup] = (
            about.help_groups() if isinstance(about, DeskScreen) else (("本页", _keys_of(about)),)
        )
        opens_pages = not isinstance(about, Errands) or about.OPENS_PAGES
        everywhere = EVERYWHERE if opens_pages else [hint for hint in EVERYWHERE if hint not in PAGES]
        if isinstance(about, Errands) and about.IS_APART:
            everywhere = [hint for hint in EVERYWHERE if hint[0] in _APART]
        in_lists = IN_LISTS if about.query(RowList) else ()
        self._groups: list[HelpGroup] = [*of_page, ("列表", in_lists), ("处处可用", everywhere)]

    def questions(self) -> ComposeResult:
        yield Detail(id="keys")

    def on_mount(self) -> None:
        widest = max(width_of(key) for _, hints in self._groups for key, _ in hints)
        self.query_one(Detail).show(
            Section(heading, [*((key + " " * (widest - width_of(key)), word) for key, word in hints), ""])
            for heading, hints in self._groups
            if hints
        )


def _keys_of(page: Screen[object]) -> Sequence[Hint]:
    """The keys that a page names in its last row at this moment."""
    return next((row.hints for row in page.query(KeyHints)), ())
