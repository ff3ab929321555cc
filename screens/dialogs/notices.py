"""公告与口径: what is announced and what waits for 班长, as one list, and the form for a new one (practice P14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from desk.errors import Refused
from desk.intake_rows import NoticeRow
from screens.cells import NEAR, CellText, day_time
from screens.dialogs.ask import Answers, AskText
from screens.dialogs.base import Dialog
from screens.dialogs.kept import KeptForm
from screens.widgets.choice import Choice
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.notices import ReaderRow

_NOTHING = "现在没有公告：按 n 拟写"


class NoticeBoard(Dialog[None]):
    """Every notice that stands, is to come, or waits for 班长; drawn up, published and ended here."""

    FLOW = "desk.notices"
    OPENS_PAGES = False
    HINTS = (
        ("n", "拟公告"),
        ("p", "发布"),
        ("e", "结束"),
        ("y", "已阅"),
        ("w", "谁没看"),
        ("Up/Down", "移动"),
        ("Esc", "关闭"),
    )
    BINDINGS = [("n", "draw_up"), ("p", "publish"), ("e", "end"), ("y", "confirm"), ("w", "readers")]
    DEFAULT_CSS = """
    NoticeBoard > #box { width: 100%; max-width: 116; height: 100%; }
    NoticeBoard #sentence { height: 5; }
    """

    def __init__(self) -> None:
        super().__init__("公告与口径")
        self._typed: Answers = {}

    def questions(self) -> ComposeResult:
        yield RowList[NoticeRow](
            [
                Column("状态", 7, self._state),
                Column("地点", 10, lambda row: row.area or "全县"),
                Column("标题", 20, lambda row: row.title, flex=1),
                Column("单位", 12, lambda row: row.unit),
                Column("至", 11, lambda row: day_time(row.ends_at)),
                Column("告知", 4, lambda row: str(row.told_count or "")),
                Column("登记", 4, lambda row: str(row.order_count or "")),
            ],
            key=lambda row: str(row.id),
            hint=_NOTHING,
            id="notices",
        )
        yield Detail(hint="", id="sentence")

    def _state(self, row: NoticeRow) -> CellText:
        if row.is_waiting:
            return "待发布", NEAR
        if row.is_unread:
            return "待阅", NEAR
        is_to_come = row.starts_at is not None and row.starts_at > self.desk_app.now()
        return "未开始" if is_to_come else "内部" if row.for_staff else "公告中"

    @property
    def _rows(self) -> RowList[NoticeRow]:
        return self.query_one("#notices", RowList)

    def on_mount(self) -> None:
        self._rows.focus()
        self.deed_done()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.board(desk), self._show)

    def _show(self, rows: tuple[NoticeRow, ...]) -> None:
        self._rows.set_page(rows, len(rows))
        self._show_sentence()

    def on_row_list_moved(self) -> None:
        self._show_sentence()

    def _show_sentence(self) -> None:
        row = self._rows.cursor_row
        whom = "内部公告" if row and row.for_staff else "读给诉求人"
        sections = [Section(f"{whom}：{row.sentence}")] if row else []
        self.query_one("#sentence", Detail).show(sections)

    def action_draw_up(self, why: Refused | None = None) -> None:
        """n: a new notice; 班长's stands at once, anybody else's waits for 班长."""

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._typed = answers
                for_staff = answers["for_staff"] == _STAFF
                form: dict[str, Any] = {**answers, "for_staff": for_staff}
                self.act(
                    lambda flow, desk: flow.announce(desk, flow.NoticeForm(**form)),
                    self._drawn_up,
                    otherwise=self.action_draw_up,
                )

        form = _notice_form(self._typed, self._keep)
        self.app.push_screen(form, given)
        if why is not None:
            form.call_after_refresh(form.refuse, str(why))

    def _keep(self, answers: Answers) -> None:
        self._typed = answers

    def _drawn_up(self, row: NoticeRow) -> None:
        self._typed = {}
        self.say("已拟公告，待班长发布" if row.is_waiting else "公告已发布", "done")

    def action_publish(self) -> None:
        """p: the notice under the cursor stands from now on."""
        row = self._rows.cursor_row
        if row is not None:
            self.act(lambda flow, desk: flow.publish(desk, row.id), done=f"已发布：{row.title}")

    def action_confirm(self) -> None:
        """y: this person has read the notice under the cursor."""
        row = self._rows.cursor_row
        if row is not None:
            self.act(lambda flow, desk: flow.confirm(desk, row.id), done=f"已阅：{row.title}")

    def action_readers(self) -> None:
        """w: who has not read the notice under the cursor, and who has (班长)."""
        row = self._rows.cursor_row
        if row is not None:
            self.read(lambda flow, desk: flow.readers(desk, row.id), self._show_readers, group="readers")

    def _show_readers(self, readers: tuple[ReaderRow, ...]) -> None:
        unread = sum(reader.read_at is None for reader in readers)
        head = f"未阅 {unread} 人，已阅 {len(readers) - unread} 人"
        self.query_one("#sentence", Detail).show([Section(head, tuple(map(_reader_words, readers)))])
        self.say(head)

    def action_end(self) -> None:
        """e: the notice under the cursor is over."""
        row = self._rows.cursor_row

        def given(reason: str | None) -> None:
            if reason and row is not None:
                self.act(lambda flow, desk: flow.end(desk, row.id, reason), done=f"已结束：{row.title}")

        if row is not None:
            self.app.push_screen(AskText(f"结束公告：{row.title}", "理由", max_length=200), given)


def _reader_words(reader: ReaderRow) -> str:
    read = f"{day_time(reader.read_at)} 已阅" if reader.read_at else "未阅"
    return f"{reader.name} {reader.staff_no}  {read}"


_STAFF = "staff"


def _notice_form(typed: Answers, keep: Callable[[Answers], object]) -> KeptForm:
    return KeptForm(
        "拟公告：到结束时间自动失效",
        [
            Field("标题", max_length=60, placeholder="如 老城区上街片区停水", id="title"),
            LongText("告知语", max_length=300, placeholder="读给诉求人的话", id="sentence"),
            Field("地点", max_length=60, placeholder="县、乡镇或村的全名，空着是全县", id="area"),
            Field("开始", max_length=40, placeholder="空着是现在；如 2026-11-24 8:00", id="starts"),
            Field("结束", max_length=40, placeholder="如 18:00（今天）、2026-11-24 18:00", id="ends"),
            Field("单位", max_length=100, placeholder="空着是本单位", id="unit"),
            Choice("对象", [("callers", "诉求人"), (_STAFF, "本中心人员（须已阅）")], id="for_staff"),
        ],
        keep=keep,
        kept=typed,
        required=("title", "sentence", "ends"),
    )
