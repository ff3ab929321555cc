"""What was reported as wrong, and asked of the owner units, until somebody settles it."""

from __future__ import annotations

from textual.app import ComposeResult

from desk.knowledge_rows import NoteRow
from screens.cells import day_time
from screens.dialogs.ask import Answers
from screens.dialogs.kept import AsksKept, Keep, KeptForm
from screens.dialogs.knowledge.forms import WORDS, Fields
from screens.dialogs.knowledge.reading import KNOWLEDGE
from screens.dialogs.pages import WholePage
from screens.widgets.columns import Column
from screens.widgets.field import Field
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList


class OpenNotes(AsksKept[None], WholePage[None]):
    """Reports and questions that nobody has settled; Enter settles one with an answer, an entry's number beside it."""

    FLOW = KNOWLEDGE
    HINTS = (("Enter", "办结"), ("Up/Down", "移动"), ("Esc", "关闭"))

    def __init__(self) -> None:
        super().__init__("知识库：有误报告和请责任单位答的问题（未办结）")

    def questions(self) -> ComposeResult:
        yield RowList[NoteRow](
            [
                Column("何时", 11, lambda row: day_time(row.made_at)),
                Column("类别", 12, lambda row: row.kind),
                Column("条目", 12, lambda row: row.number),
                Column("单位", 10, lambda row: row.unit),
                Column("内容", 20, lambda row: row.words, flex=1),
            ],
            key=lambda row: row.key,
            hint="没有未办结的",
            id="notes",
        )

    def on_mount(self) -> None:
        self.deed_done()
        self.query_one("#notes", RowList).focus()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.open_notes(desk), self._show)

    def _show(self, notes: tuple[NoteRow, ...]) -> None:
        self.query_one("#notes", RowList).set_page(notes, len(notes))

    def on_row_list_opened(self) -> None:
        row = self.query_one("#notes", RowList).cursor_row
        if row is None:
            return

        def form(keep: Keep, kept: Answers) -> KeptForm:
            fields: Fields = [
                LongText("答复", max_length=WORDS, id="answer"),
                Field("条目", max_length=24, placeholder="新写或已有的条目编号，可空", id="number"),
            ]
            title = f"办结 {row.kind}：{row.words}"[:300]
            return KeptForm(title, fields, keep=keep, kept=kept, required=("answer",))

        self.ask_kept(
            row.key,
            "settle",
            form,
            lambda flow, desk, answers: flow.settle(desk, row.id, answers["answer"], answers["number"]),
            lambda _: "已办结",
        )
