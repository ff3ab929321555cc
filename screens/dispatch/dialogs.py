"""What the dispatcher is asked before an order goes out: the kind still open, the words that point to the caller."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static, TextArea

from desk.codes import OrderKind, word
from desk.dispatch_rows import ForwardText
from desk.rules.secrecy import Span, blanked
from screens.cells import GOOD, NEAR
from screens.dialogs import AskText
from screens.dialogs.base import Dialog
from screens.widgets import Column, Detail, RowList, Section

KINDS = tuple(kind for kind in OrderKind if kind is not OrderKind.UNDETERMINED)
_REASONS = {
    "address": "住址",
    "kinship": "亲属",
    "job": "职业身份",
    "plate": "车牌",
    "only_me": "独知",
    "name": "姓名",
    "phone": "电话",
    "contact": "联系方式",
    "id_number": "证件号",
    "known": "诉求人资料",
}


class AskKind(Dialog[OrderKind]):
    """诉求类型 still 待定: one digit names it, Enter takes the one that such matters mostly are."""

    HINTS = (("1-6", "选类型"), ("Enter", "选建议的"), ("Esc", "取消"))
    BINDINGS = [("enter", "take"), *((str(place), f"choose({place})") for place in range(1, len(KINDS) + 1))]

    def __init__(self, title: str, proposed: OrderKind | None) -> None:
        super().__init__(title)
        self._proposed = proposed

    def questions(self) -> ComposeResult:
        words = "  ".join(f"{place} {word(kind)}" for place, kind in enumerate(KINDS, start=1))
        yield Static(words, markup=False)
        if self._proposed is not None:
            yield Static(f"此类事项多为：{word(self._proposed)}（Enter）", markup=False)

    def action_choose(self, place: int) -> None:
        self.dismiss(KINDS[place - 1])

    def action_take(self) -> None:
        if self._proposed is None:
            self.refuse("请按数字选定类型")
        else:
            self.dismiss(self._proposed)


class KeepingText(AskText):
    """A text that is kept while it is typed: `keep(words)` runs here after each change, and hands it to the desk."""

    def __init__(
        self,
        title: str,
        label: str,
        keep: Callable[[str], object],
        *,
        text: str = "",
        required: bool = True,
        max_length: int = 500,
    ) -> None:
        super().__init__(title, label, text=text, required=required, max_length=max_length)
        self._keep = keep

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._keep(event.text_area.text.strip())


class AskMarks(Dialog[str]):
    """Every word that may point to the caller: removed unless kept by hand; Ctrl+S gives the text (P32 b)."""

    HINTS = (("Space", "保留/隐去"), ("^S", "下一步：核对全文"), ("Esc", "取消"))
    BINDINGS = [Binding("ctrl+s", "give", priority=True), Binding("space", "switch", priority=True)]
    DEFAULT_CSS = """
    AskMarks > #box { height: 100%; max-height: 100%; }
    AskMarks #spans { height: 2fr; }
    AskMarks #preview { height: 3fr; }
    """

    def __init__(self, text: ForwardText) -> None:
        super().__init__("转办内容：以下词可能指向诉求人，默认隐去")
        self._text = text
        self._kept: set[Span] = set()

    def questions(self) -> ComposeResult:
        yield RowList[Span](
            [
                Column("处理", 6, self._treatment),
                Column("原文中的词", 20, lambda span: span.word, flex=2),
                Column("指向", 12, lambda span: _REASONS.get(span.why, span.why)),
            ],
            key=lambda span: span.start,
            hint="没有标出指向诉求人的词，仍请逐句核对",
            id="spans",
        )
        yield Detail(id="preview")

    def on_mount(self) -> None:
        self._spans.set_page(self._text.spans, len(self._text.spans))
        self._show()

    @property
    def _spans(self) -> RowList[Span]:
        return self.query_one("#spans", RowList)

    def _treatment(self, span: Span) -> tuple[str, str]:
        return ("保留", NEAR) if span in self._kept else ("隐去", GOOD)

    def _result(self) -> str:
        return blanked(self._text.original, self._text.spans, self._kept)

    def _show(self) -> None:
        sections: Sequence[Section] = [Section("转给单位的文字", self._result().splitlines())]
        self.query_one("#preview", Detail).show(sections, keep_place=True)

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        event.row_list.set_page(self._text.spans, len(self._text.spans))

    def action_switch(self) -> None:
        span = self._spans.cursor_row
        if span is None:
            self.say("没有可切换的词")
            return
        self._kept ^= {span}
        self._spans.refresh()
        self._spans.action_move(1)
        self._show()

    def action_give(self) -> None:
        self.dismiss(self._result())
