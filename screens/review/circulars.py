"""F6 `c` 通报: drafted with figures and examples, mended, signed by another person, sent, read and saved by keys (P30)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from desk.codes import Deed, word
from desk.rules import circulars as rules
from desk.rules import rights
from desk.rules.calendar import local
from desk.rules.circulars import QUALITY, TIMELINESS
from screens.cells import GOOD, NEAR, CellText, day_time, fit
from screens.dialogs.ask import Answers, AskForm, AskText
from screens.dialogs.base import Dialog
from screens.dialogs.confirm import Confirm
from screens.dialogs.kept import KeptForm
from screens.widgets.choice import Choice
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.circular_rows import CircularPage, CircularRow
    from desk.context import Desk

NOTHING = "还没有通报：按 n 拟一份，数据和正反面典型按规则算好"
NOTHING_FOR_A_UNIT = "还没有发给本单位的通报"
_KEYS: tuple[tuple[Deed, tuple[Hint, ...]], ...] = (
    (Deed.DRAFT_CIRCULAR, (("n", "拟稿"), ("e", "改稿"), ("r", "重算"))),
    (Deed.DROP_CIRCULAR, (("x", "撤稿"),)),
    (Deed.APPROVE_CIRCULAR, (("p", "签发"),)),
    (Deed.SEND_CIRCULAR, (("s", "印发"),)),
    (Deed.READ_CIRCULAR, (("y", "签收"),)),
)
_REST: tuple[Hint, ...] = (("o", "存文件"), ("Tab", "看全文"), ("Esc", "关闭"))
_PERIODS = ((rules.MONTH, "上个整月"), (rules.WEEK, "上个整周"), (rules.ANY, "自定日期"))
_NAME_CELLS, _FIGURE_CELLS = 13, 8


class CircularsPage(Dialog[None]):
    """What a centre has written and signed, or what was sent to one's unit."""

    FLOW = "desk.circulars"
    HINTS = (*(hint for _, hints in _KEYS for hint in hints), *_REST)
    BINDINGS = [
        ("n", "draft"),
        ("e", "rewrite"),
        ("r", "recount"),
        ("x", "drop"),
        ("p", "approve"),
        ("s", "send"),
        ("y", "mark_read"),
        ("o", "save"),
    ]
    DEFAULT_CSS = """
    CircularsPage > #box { width: 100%; max-width: 116; height: 100%; }
    CircularsPage #title { margin: 0; }
    CircularsPage #circulars { height: 1fr; min-height: 4; }
    CircularsPage #circular { height: 3fr; }
    """

    def __init__(self) -> None:
        super().__init__("督查通报")
        self._typed: dict[int, Answers] = {}
        """What is half typed, by the circular it is about."""

    def questions(self) -> ComposeResult:
        yield RowList["CircularRow"](
            [
                Column("状态", 8, _state),
                Column("编号", 24, lambda row: row.number),
                Column("标题", 20, lambda row: row.title, flex=1),
                Column("签收", 7, _read),
            ],
            key=lambda row: str(row.id),
            hint="正在读..",
            id="circulars",
        )
        yield Detail(hint="", id="circular")

    @property
    def _rows(self) -> RowList[CircularRow]:
        return self.query_one("#circulars", RowList)

    def on_mount(self) -> None:
        self._rows.focus()
        self._rows.hint = NOTHING if self._may_draft else NOTHING_FOR_A_UNIT
        able = [hint for deed, hints in _KEYS if self._has(deed) for hint in hints]
        self.query_one(KeyHints).hints = (*able, *_REST)
        self.deed_done()

    @property
    def _may_draft(self) -> bool:
        return self._has(Deed.DRAFT_CIRCULAR) or self._has(Deed.APPROVE_CIRCULAR)

    def _has(self, deed: Deed) -> bool:
        desk = self.desk_app.desk
        return desk is not None and bool(rights.scopes(desk.actor.roles, deed))

    def deed_done(self) -> None:
        self._read_page(self._rows.start)

    def _read_page(self, start: int) -> None:
        self.read(lambda flow, desk: flow.page(desk, start), self._show)

    def _show(self, page: CircularPage) -> None:
        self._rows.show_page(page)
        self._show_circular()

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self._read_page(event.start)

    def on_row_list_moved(self) -> None:
        self._show_circular()

    def on_row_list_opened(self) -> None:
        self.query_one(Detail).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_circular)

    def _show_circular(self) -> None:
        row = self._rows.cursor_row
        wide = self.size.width >= 100
        self.query_one(Detail).show(tuple(_sections(row, wide=wide)) if row else ())

    def _may(self, deed: Deed) -> bool:
        if self._has(deed):
            return True
        allowed = "、".join(word(role) for role in rights.roles_for(deed))
        self.refuse(f"“{word(deed)}”由{allowed}办理")
        return False

    def _chosen(self, deed: Deed) -> CircularRow | None:
        """The circular under the cursor, if this person may do `deed` on one."""
        row = self._rows.cursor_row
        if not self._may(deed):
            return None
        if row is None:
            self.refuse(self._rows.hint)
        return row

    # -- words

    def action_draft(self) -> None:
        """n: a draft of a period, its figures taken now."""
        if not self._may(Deed.DRAFT_CIRCULAR):
            return

        def given(answers: Answers | None) -> None:
            if answers is not None:
                asked = (answers["kind"], answers["first"], answers["last"])
                self.act(
                    lambda flow, desk: flow.draft(desk, *asked),
                    lambda row: self.say(f"已拟稿，待签发：{row.title}", "done"),
                )

        today = local(self.desk_app.now())
        fields: list[Field | Choice | LongText] = [
            Choice("时段", _PERIODS, id="kind"),
            Field("从", f"{today:%Y-%m}-01", max_length=10, placeholder="自定日期时用", id="first"),
            Field("到", f"{today:%Y-%m-%d}", max_length=10, placeholder="最后一天（含）", id="last"),
        ]
        self.app.push_screen(AskForm("拟通报：数据和典型按规则算好，再改", fields), given)

    def action_rewrite(self) -> None:
        """e: other words for the draft under the cursor."""
        row = self._chosen(Deed.DRAFT_CIRCULAR)
        if row is None:
            return
        if row.approved_at is not None:
            self.refuse("通报已签发，不能再改；有出入请在下一期说明")
            return

        def keep(answers: Answers) -> None:
            self._typed[row.id] = answers

        def saved(done: CircularRow) -> None:
            self._typed.pop(done.id, None)
            self.say(f"已存稿，待签发：{done.title}", "done")

        def given(answers: Answers | None) -> None:
            if answers is not None:
                keep(answers)
                self.act(lambda flow, desk: flow.rewrite(desk, row.id, answers), saved)

        form = CircularForm(
            f"改稿：{row.title}",
            _fields(row.words),
            keep=keep,
            kept=self._typed.get(row.id, {}),
            required=("title",),
        )
        self.app.push_screen(form, given)

    def action_recount(self) -> None:
        """r: take the figures again; what was written about them is written anew."""
        row = self._chosen(Deed.DRAFT_CIRCULAR)
        self._confirm(
            row,
            "重算数据、重选典型？改过的文字除标题和工作要求外重写",
            lambda flow, desk, key: flow.recount(desk, key),
            "已重算",
        )

    def action_drop(self) -> None:
        """x: the draft under the cursor is not needed."""
        row = self._chosen(Deed.DROP_CIRCULAR)

        def given(why: str | None) -> None:
            if why and row is not None:
                self.act(lambda flow, desk: flow.drop(desk, row.id, why), done="已撤稿")

        if row is not None:
            self.app.push_screen(AskText(f"撤稿：{row.title}", "理由", max_length=200), given)

    # -- signing, sending, reading

    def _confirm(
        self, row: CircularRow | None, question: str, deed: Callable[[Any, Desk, int], Any], done: str
    ) -> None:
        def answered(is_sure: bool | None) -> None:
            if is_sure and row is not None:
                self.act(lambda flow, desk: deed(flow, desk, row.id), done=done)

        if row is not None:
            self.app.push_screen(Confirm(question), answered)

    def action_approve(self) -> None:
        """p: sign the draft under the cursor; it gets its number."""
        row = self._chosen(Deed.APPROVE_CIRCULAR)
        title = row.title if row is not None else ""
        self._confirm(
            row, f"签发：{title}？签发后不能再改", lambda flow, desk, key: flow.approve(desk, key), "已签发"
        )

    def action_send(self) -> None:
        """s: to every unit that has figures in it."""
        row = self._chosen(Deed.SEND_CIRCULAR)
        count = len(row.lines) - 1 if row is not None else 0
        self._confirm(
            row,
            f"印发给本期有数据的 {count} 个单位？",
            lambda flow, desk, key: flow.send(desk, key),
            "已印发",
        )

    def action_mark_read(self) -> None:
        """y: this person's unit has read it."""
        row = self._chosen(Deed.READ_CIRCULAR)
        if row is not None:
            self.act(lambda flow, desk: flow.mark_read(desk, row.id), done=f"已签收：{row.title}")

    def action_save(self) -> None:
        """o: the circular as a .docx file."""
        row = self._rows.cursor_row
        if row is None:
            self.refuse(self._rows.hint)
            return

        def given(answers: Answers | None) -> None:
            if answers is not None:
                path = Path(answers["path"]).expanduser().absolute()
                self.act(
                    lambda flow, desk: flow.save(desk, row.id, path),
                    lambda made: self.say(f"已存 {made}", "done"),
                )

        name = f"{row.number or '草稿'}.docx"
        field = Field("文件", name, max_length=200, placeholder="以 .docx 结尾", id="path")
        self.app.push_screen(
            AskForm("存成 .docx 文件", [field], required=("path",), check=_flaw_of_name), given
        )


class CircularForm(KeptForm):
    """The words of a circular; longer than a low screen, so it scrolls."""

    DEFAULT_CSS = """
    CircularForm > #box { width: 100%; max-width: 100; height: 100%; overflow-y: auto; }
    CircularForm LongText { height: 5; }
    """


def _fields(words: Any) -> list[Field | Choice | LongText]:
    return [
        Field(label, words.get(name, ""), max_length=rules.LONGEST_TITLE, id=name)
        if name == "title"
        else LongText(label, words.get(name, ""), max_length=rules.LONGEST_FIELD, id=name)
        for name, label in rules.FIELDS.items()
    ]


def _flaw_of_name(answers: Answers) -> str:
    return "" if Path(answers["path"]).suffix.lower() == ".docx" else "文件名要以 .docx 结尾"


def _state(row: CircularRow) -> CellText:
    if row.is_own_unread:
        return "待签收", NEAR
    return (row.state, NEAR) if row.approved_at is None else row.state


def _read(row: CircularRow) -> CellText:
    if not row.readers:
        return ""
    count = f"{row.read_count}/{len(row.readers)}"
    return (count, GOOD) if row.read_count == len(row.readers) else count


def _sections(row: CircularRow, *, wide: bool) -> Iterator[Section]:
    signed = f"签发 {row.approved_by} {day_time(row.approved_at)}" if row.approved_at else "草稿，未签发"
    drafted = f"拟稿 {row.drafted_by} {day_time(row.drafted_at)}" if row.drafted_by else ""
    period = f"{rules.period_words(row.since, row.until)}，数据截至 {day_time(row.as_of)}"
    yield Section(row.title, tuple(filter(None, (period, f"{drafted}  {signed}".strip()))))
    for name, label in rules.FIELDS.items():
        if name != "title" and (words := row.words.get(name)):
            yield Section(f"【{label}】", words.split("\n"))
    yield Section("【各单位】", tuple(_table(row, wide=wide)))
    if row.examples:
        yield Section("【典型的工单和理由】（只在中心看得到）", tuple(_examples(row)))
    if row.readers:
        yield Section("【签收】", tuple(_readers(row)))


def _table(row: CircularRow, *, wide: bool) -> Iterator[str]:
    """Units by lines, figures by columns; on a narrow screen in two halves."""
    halves = ((*TIMELINESS, *QUALITY),) if wide else (TIMELINESS, QUALITY)
    for figures in halves:
        heads = "".join(fit(_short(each.name), _FIGURE_CELLS) for each in figures)
        yield f"{fit('单位', _NAME_CELLS)}{heads}".rstrip()
        for line in row.lines:
            cells = "".join(fit(line.text(each), _FIGURE_CELLS) for each in figures)
            yield f"{fit(line.name, _NAME_CELLS)}{cells}".rstrip()


_SHORT = {
    "接单及时率": "接单率",
    "按时答复率": "答复率",
    "审核退回": "退回",
    "督办催办按时回复率": "督办率",
    "满意率原始": "原始率",
    "回访未通": "未通",
}
"""Heads of three characters at most: twelve figures stand side by side at 120 columns."""


def _short(name: str) -> str:
    return _SHORT.get(name, name)


def _examples(row: CircularRow) -> Iterator[str]:
    for each in row.examples:
        yield f"{'正面' if each.is_good else '反面'} {each.order_no} {each.unit}：{each.why}"


def _readers(row: CircularRow) -> Iterator[str]:
    for each in row.readers:
        read = f"{day_time(each.read_at)} {each.read_by} 签收" if each.read_at else "未签收"
        yield f"{each.unit}  印发 {day_time(each.sent_at)}  {read}"
