"""快报与专报: what is called for on top, then drafts and what was signed; drafted, signed, sent and saved by keys (P26)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from desk.codes import Deed, ReportKind, word
from desk.rules import reports as rules
from desk.rules import rights
from screens import columns
from screens.cells import NEAR, OVERDUE, CellText, day_time
from screens.dialogs.ask import Answers, AskForm, AskText
from screens.dialogs.base import Dialog
from screens.dialogs.confirm import Confirm
from screens.dialogs.kept import KeptForm
from screens.dialogs.pick import Pick
from screens.widgets.choice import Choice
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from desk.reports import ReaderRow, ReportRow
    from desk.rows import PickRow

_NOTHING = "没有该报的，也没有报告。F5 里光标停在应急工单上，按 z 再按 n 拟报"
_MOVE: tuple[Hint, ...] = (("Up/Down", "移动"), ("Esc", "关闭"))
_KEYS = (
    (Deed.DRAFT_REPORT, (("n", "拟报"), ("e", "改稿"), ("x", "撤稿"))),
    (Deed.APPROVE_REPORT, (("p", "签发"),)),
    (Deed.SEND_REPORT, (("s", "送阅"), ("y", "已阅"))),
    (Deed.INSTRUCT_REPORT, (("i", "批示"),)),
)
_SHOW_DAYS = "2"


class ReportsPage(Dialog[None]):
    """Reports of this centre; `order_no` is the emergency under F5's cursor, which `n` is about if nothing else is meant."""

    FLOW = "desk.reports"
    HINTS = (*(hint for _, hints in _KEYS for hint in hints), ("o", "存文件"), ("^D", "卡片"), *_MOVE)
    BINDINGS = [
        ("n", "draft"),
        ("e", "rewrite"),
        ("x", "drop"),
        ("p", "approve"),
        ("s", "send"),
        ("y", "mark_read"),
        ("i", "instruct"),
        ("o", "save"),
    ]
    DEFAULT_CSS = """
    ReportsPage > #box { width: 100%; max-width: 116; height: 100%; }
    ReportsPage #reports { height: 1fr; }
    ReportsPage #report { height: 2fr; }
    """

    def __init__(self, order_no: str = "") -> None:
        super().__init__("快报、专报、预警快报")
        self._about = order_no
        self._typed: dict[str, Answers] = {}
        """What is half typed, by the row it is about."""

    def questions(self) -> ComposeResult:
        yield RowList["ReportRow"](
            [
                Column("状态", 12, self._state),
                Column("种类", 8, lambda row: word(row.kind)),
                Column("稿次", 5, lambda row: row.stage),
                Column("标题", 24, lambda row: row.title, flex=1),
                Column("工单号", 9, lambda row: columns.short_number(row.order_no)),
            ],
            key=lambda row: row.key,
            hint=_NOTHING,
            id="reports",
        )
        yield Detail(hint="", id="report")

    def _state(self, row: ReportRow) -> CellText:
        if row.approved_at is not None:
            return "已签发"
        is_late = row.due_at is not None and row.due_at <= self.desk_app.now()
        style = OVERDUE if is_late else NEAR
        if row.id:
            return ("!待签发" if is_late else "待签发"), style
        return ("!" if is_late else "") + row.why, style

    @property
    def _rows(self) -> RowList[ReportRow]:
        return self.query_one("#reports", RowList)

    def order_no(self) -> str | None:
        row = self._rows.cursor_row
        return row.order_no or None if row else None

    def on_mount(self) -> None:
        self._rows.focus()
        desk = self.desk_app.desk
        able = [
            hint for deed, hints in _KEYS if desk and rights.scopes(desk.actor.roles, deed) for hint in hints
        ]
        self.query_one(KeyHints).hints = (*able, ("o", "存文件"), ("^D", "卡片"), *_MOVE)
        self.deed_done()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.page(desk), self._show)

    def _show(self, rows: tuple[ReportRow, ...]) -> None:
        self._rows.set_page(rows, len(rows))
        self._show_report()

    def on_row_list_moved(self) -> None:
        self._show_report()

    def _show_report(self) -> None:
        row = self._rows.cursor_row
        self.query_one(Detail).show(tuple(_sections(row)) if row else ())

    def _may(self, deed: Deed) -> bool:
        desk = self.desk_app.desk
        if desk is not None and rights.scopes(desk.actor.roles, deed):
            return True
        allowed = "、".join(word(role) for role in rights.roles_for(deed))
        self.refuse(f"“{word(deed)}”由{allowed}办理")
        return False

    def _kept(self, deed: Deed) -> ReportRow | None:
        """The report under the cursor, if this person may do `deed` on it; one that is only called for is drafted first."""
        row = self._rows.cursor_row
        if not self._may(deed):
            return None
        if row is None or not row.id:
            self.refuse("还没有稿子：按 n 拟报" if row else _NOTHING)
            return None
        return row

    # -- words

    def action_draft(self) -> None:
        """n: a draft of what is called for under the cursor, else about the emergency of F5's cursor."""
        row = self._rows.cursor_row
        if not self._may(Deed.DRAFT_REPORT):
            return
        about = (
            (row.order_no, row.area_code, row.category_code) if row and not row.id else (self._about, "", "")
        )
        if not any(about):
            self.refuse(_NOTHING)
            return

        def opened(found: tuple[ReportKind, Mapping[str, str]]) -> None:
            kind, words = found
            self._write(
                kind,
                dict(words),
                f"拟{word(kind)}",
                " ".join(about),
                lambda flow, desk, answers: flow.draft(desk, kind, answers, *about),
            )

        self.read(lambda flow, desk: flow.proposed(desk, *about), opened, group="proposed")

    def action_rewrite(self) -> None:
        """e: other words for the draft under the cursor."""
        row = self._kept(Deed.DRAFT_REPORT)
        if row is not None and row.approved_at is not None:
            self.refuse("报告已签发，不能再改；有新情况请写续报")
        elif row is not None:
            self._write(
                row.kind,
                dict(row.words),
                f"改{word(row.kind)}",
                row.key,
                lambda flow, desk, answers: flow.rewrite(desk, row.id, answers),
            )

    def _write(
        self,
        kind: ReportKind,
        words: Answers,
        title: str,
        name: str,
        deed: Callable[..., ReportRow],
    ) -> None:
        def keep(answers: Answers) -> None:
            self._typed[name] = answers

        def saved(row: ReportRow) -> None:
            self._typed.pop(name, None)
            self.say(f"已存稿，待签发：{row.title}", "done")

        def given(answers: Answers | None) -> None:
            if answers is not None:
                keep(answers)
                self.act(lambda flow, desk: deed(flow, desk, answers), saved)

        form = ReportForm(
            title, _fields(kind, words), keep=keep, kept=self._typed.get(name, {}), required=("title",)
        )
        self.app.push_screen(form, given)

    def action_drop(self) -> None:
        """x: the draft under the cursor is not needed."""
        row = self._kept(Deed.DROP_REPORT)

        def given(why: str | None) -> None:
            if why and row is not None:
                self.act(lambda flow, desk: flow.drop(desk, row.id, why), done="已撤稿")

        if row is not None:
            self.app.push_screen(AskText(f"撤稿：{row.title}", "理由", max_length=200), given)

    # -- signing, sending, reading

    def action_approve(self) -> None:
        """p: sign the draft under the cursor; it gets its number."""
        row = self._kept(Deed.APPROVE_REPORT)

        def answered(is_sure: bool | None) -> None:
            if is_sure and row is not None:
                self.act(
                    lambda flow, desk: flow.approve(desk, row.id),
                    lambda done: self.say(f"已签发 {done.number}", "done"),
                )

        if row is not None:
            self.app.push_screen(
                Confirm(f"签发{word(row.kind)}（{row.stage}）：{row.title}？签发后不能再改"), answered
            )

    def action_send(self) -> None:
        """s: keep to whom the report was sent; whoever is to get a copy and has not is proposed."""
        row = self._kept(Deed.SEND_REPORT)
        if row is None:
            return
        left = [name for name in _copied(row) if name not in {each.name for each in row.readers}]

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: flow.send(desk, row.id, answers["name"], answers["way"]),
                    done=f"已送 {answers['name']}",
                )

        fields = [
            Field("送谁", left[0] if left else "", max_length=40, id="name"),
            Field("方式", "电话", max_length=40, id="way"),
        ]
        self.app.push_screen(AskForm(f"送阅 {row.number}", fields, required=("name",)), given)

    def action_mark_read(self) -> None:
        """y: somebody has read it."""
        row = self._kept(Deed.READ_REPORT)
        if row is not None:
            self._choose(
                row,
                [each for each in row.readers if each.read_at is None],
                lambda reader: self.act(
                    lambda flow, desk: flow.mark_read(desk, reader.id), done=f"{reader.name} 已阅"
                ),
            )

    def action_instruct(self) -> None:
        """i: what a leader wrote on it; it may become a 督办 with a limit."""
        row = self._kept(Deed.INSTRUCT_REPORT)
        if row is not None:
            left = [each for each in row.readers if not each.instruction]
            self._choose(row, left, lambda reader: self._instruct(row, reader))

    def _instruct(self, row: ReportRow, reader: ReaderRow) -> None:
        def given(answers: Answers | None) -> None:
            if answers is not None:
                days = (
                    int(answers["days"]) if answers["days"].isascii() and answers["days"].isdigit() else None
                )
                self.act(
                    lambda flow, desk: flow.instruct(desk, reader.id, answers["words"], days),
                    done="已记批示，并转督办" if days is not None else "已记批示",
                )

        words = LongText("批示", max_length=rules.LONGEST_FIELD, id="words")
        days: Field | Choice = (
            Field("督办", _SHOW_DAYS, max_length=2, placeholder="几个工作日内回复；空着不督办", id="days")
            if row.order_no
            else Choice("督办", [("", "预警快报没有对应工单，不督办")], id="days")
        )
        fields = [words, days]
        self.app.push_screen(AskForm(f"{reader.name}的批示", fields, required=("words",)), given)

    def _choose(self, row: ReportRow, readers: list[ReaderRow], then: Callable[[ReaderRow], object]) -> None:
        """The one reader that is meant; asked only where there are several."""
        if not readers:
            self.refuse("没有等着的：先按 s 记送给了谁" if not row.readers else "送过的人都已记下")
        elif len(readers) == 1:
            then(readers[0])
        else:
            by_key = {str(each.id): each for each in readers}

            def picked(chosen: PickRow | None) -> None:
                if chosen is not None:
                    then(by_key[chosen.key])

            pick = Pick("是哪一位", self.FLOW, lambda flow, _, text: flow.readers_to_pick(row, text))
            self.app.push_screen(pick, picked)

    def action_save(self) -> None:
        """o: the report as a file."""
        row = self._rows.cursor_row
        if row is None or not row.id:
            self.refuse("还没有稿子：按 n 拟报" if row else _NOTHING)
            return

        def given(answers: Answers | None) -> None:
            if answers is not None:
                path = Path(answers["path"]).expanduser().absolute()
                self.act(
                    lambda flow, desk: flow.save(desk, row.id, path),
                    lambda made: self.say(f"已存 {made}", "done"),
                )

        name = f"{row.number or '草稿'}{row.stage}.docx"
        field = Field("文件", name, max_length=200, placeholder="以 .docx 或 .md 结尾", id="path")
        self.app.push_screen(
            AskForm("存成文件：.docx 打印，.md 粘贴", [field], required=("path",), check=_flaw_of_name), given
        )


class ReportForm(KeptForm):
    """The words of a report; longer than a low screen, so it scrolls."""

    DEFAULT_CSS = """
    ReportForm > #box { width: 100%; max-width: 100; height: 100%; overflow-y: auto; }
    ReportForm LongText { height: 4; }
    """


def _fields(kind: ReportKind, words: Answers) -> list[Field | Choice | LongText]:
    found: list[Field | Choice | LongText] = []
    for name in rules.fields_of(kind):
        label, text = rules.FIELDS[name], words.get(name, "")
        if name in rules.LONG:
            found.append(LongText(label, text, max_length=rules.LONGEST_FIELD, id=name))
        else:
            longest = rules.LONGEST_TITLE if name == "title" else rules.LONGEST_LINE
            found.append(Field(label, text, max_length=longest, id=name))
    return found


def _flaw_of_name(answers: Answers) -> str:
    is_known = Path(answers["path"]).suffix.lower() in (".docx", ".md")
    return "" if is_known else "文件名要以 .docx 或 .md 结尾"


def _copied(row: ReportRow) -> list[str]:
    return [
        name
        for name in row.words.get(rules.COPIED, "").replace(",", "、").replace("，", "、").split("、")
        if name
    ]


def _sections(row: ReportRow) -> Iterator[Section]:
    if not row.id:
        phone = f"电话报告限 {day_time(row.phone_due_at)}，" if row.phone_due_at else ""
        due = f"{phone}书面报告限 {day_time(row.due_at)}" if row.due_at else "还没有报告"
        yield Section(f"{row.why}：{row.title}", (due, "按 n 拟报：按关联工单写好初稿，改好待签发"))
        return
    number = row.number or (f"待签发，限 {day_time(row.due_at)}" if row.due_at else "待签发")
    signed = f"签发 {row.approved_by} {day_time(row.approved_at)}" if row.approved_at else ""
    drafted = f"拟稿 {row.drafted_by} {day_time(row.drafted_at)}"
    yield Section(f"{word(row.kind)}（{row.stage}）{number}", (f"{drafted}  {signed}".rstrip(),))
    for name in rules.fields_of(row.kind):
        if name != "title" and (words := row.words.get(name)):
            yield Section(f"【{rules.FIELDS[name]}】", words.split("\n"))
    if row.readers:
        yield Section("【送阅】", [_reader_line(each) for each in row.readers])


def _reader_line(each: ReaderRow) -> str:
    read = f"{day_time(each.read_at)} 已阅" if each.read_at else "未阅"
    said = f"  批示：{each.instruction}" if each.instruction else ""
    return f"{each.name}  {day_time(each.sent_at)} {each.way}  {read}{said}"
