"""评分与申诉: what a unit may score of its helpers, what was scored in a month, and what units say against it (P30)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from desk.codes import ScoreKind, word
from desk.rules.months import months_before
from screens import columns
from screens.cells import NEAR, QUIET, CellText, day_time
from screens.dialogs.ask import Answers
from screens.dialogs.card import Card
from screens.dialogs.kept import KeptForm
from screens.dialogs.pages import WholePage
from screens.widgets.choice import Choice
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.folded import Folded
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.long_text import LongText
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk.assessment_rows import HelperRow, ScorePage, ScoreRow
    from desk.context import Desk

POINTS = (("1", "非常不满意"), ("2", "不满意"), ("3", "基本满意"), ("4", "满意"), ("5", "非常满意"))
"""What the points mean (the source speaks of 满意度评价 on both sides), so that a digit chooses its own."""
REMOVED = "removed"
LONGEST = 500
_MOVE: tuple[Hint, ...] = (("[ ]", "上月、下月"), ("Enter", "卡片"), ("Esc", "关闭"))
_NOTHING = "这个月没有评分：中心在办结工单上按 S 评处理成效，工单管家在 F4 按 p 评配合情况"


def score_form(
    title: str, *, keep: Callable[[Answers], object], kept: Answers, may_remove: bool = False
) -> KeptForm:
    """How many points and why; for an appeal that is granted, also whether the score is removed."""
    options = list(POINTS)
    if may_remove:
        options.append((REMOVED, "撤销"))
    fields: list[Field | Choice | LongText] = [
        Choice("改为" if may_remove else "分数", options, is_open=True, id="points"),
        LongText("决定理由" if may_remove else "评分理由", max_length=LONGEST, id="text"),
    ]
    return KeptForm(title, fields, keep=keep, kept=kept, required=("points", "text"))


class ScoresPage(WholePage[None]):
    """On top the helping units that wait for a score of this unit, below the scores of a month."""

    FLOW = "desk.assessment"
    HINTS = _MOVE
    BINDINGS = [
        ("p", "score"),
        ("s", "appeal"),
        ("t", "grant"),
        ("b", "refuse_appeal"),
        ("left_square_bracket", "month(-1)"),
        ("right_square_bracket", "month(1)"),
    ]
    DEFAULT_CSS = """
    ScoresPage #helpers { height: auto; max-height: 6; display: none; }
    ScoresPage.-owes #helpers { display: block; }
    ScoresPage #scores { height: 2fr; }
    ScoresPage #score { height: 1fr; min-height: 6; }
    """

    def __init__(self, months_back: int = 0) -> None:
        super().__init__("评分与申诉")
        self._months_back = months_back
        self._typed: dict[str, Answers] = {}
        """What is half typed, by the row it is about."""

    def questions(self) -> ComposeResult:
        yield RowList["HelperRow"](
            [
                Column("待评配合情况", 14, lambda row: columns.short_number(row.order_no)),
                Column("协办单位", 12, lambda row: row.unit, flex=1),
                Column("标题", 16, lambda row: row.title, flex=2),
                Column("期限", 11, lambda row: day_time(row.until)),
            ],
            key=lambda row: row.key,
            hint="",
            id="helpers",
        )
        yield RowList["ScoreRow"](
            [
                Column("工单号", 10, lambda row: columns.short_number(row.order_no)),
                Column("项目", 8, lambda row: word(row.kind)),
                Column("被评单位", 10, lambda row: row.unit, flex=1),
                Column("分", 2, self._points),
                Column("申诉", 12, self._state),
                Column("理由", 16, lambda row: row.reason, flex=3),
            ],
            key=lambda row: row.key,
            hint=_NOTHING,
            id="scores",
        )
        yield Detail(hint="", id="score")

    def _points(self, row: ScoreRow) -> CellText:
        return (str(row.points), QUIET) if row.ended_at else str(row.points)

    def _state(self, row: ScoreRow) -> CellText:
        return (row.state, NEAR) if row.may_decide else row.state

    @property
    def _scores(self) -> RowList[ScoreRow]:
        return self.query_one("#scores", RowList)

    @property
    def _helpers(self) -> RowList[HelperRow]:
        return self.query_one("#helpers", RowList)

    def order_no(self) -> str | None:
        row = self._helpers.cursor_row if self._helpers.has_focus else self._scores.cursor_row
        return row.order_no if row else None

    def on_mount(self) -> None:
        self._scores.focus()
        self.deed_done()

    def deed_done(self) -> None:
        self._read_scores(self._scores.start)

    def _read_scores(self, start: int) -> None:
        back = self._months_back

        def ask(flow: Any, desk: Desk) -> tuple[str, tuple[HelperRow, ...], ScorePage]:
            month = months_before(back, desk.now())
            return month, flow.to_score(desk), flow.scores(desk, month, start)

        self.read(ask, self._show)

    def _show(self, found: tuple[str, tuple[HelperRow, ...], ScorePage]) -> None:
        month, helpers, page = found
        self.query_one("#title", Folded).say(f"评分与申诉 {month}  {page.total} 份")
        owed = bool(self._helpers.total)
        self._helpers.set_page(helpers, len(helpers))
        self.set_class(bool(helpers), "-owes")
        if helpers and not owed:
            self._helpers.focus()
        elif not helpers and self._helpers.has_focus:
            self._scores.focus()
        self._scores.show_page(page)
        self._show_score()

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        if event.row_list is self._scores:
            self._read_scores(event.start)

    def on_row_list_moved(self) -> None:
        self._show_score()

    def on_row_list_opened(self) -> None:
        order_no = self.order_no()
        if self._helpers.has_focus:
            self.action_score()
        elif order_no is not None:
            self.app.push_screen(Card(order_no))

    def _show_score(self) -> None:
        row = self._scores.cursor_row
        self.query_one(Detail).show(tuple(_sections(row)) if row else ())
        able = [
            hint
            for hint, may in (
                (("p", "评配合"), bool(self._helpers.total)),
                (("s", "申诉"), row is not None and row.may_appeal),
                (("t", "同意申诉"), row is not None and row.may_decide),
                (("b", "不同意"), row is not None and row.may_decide),
            )
            if may
        ]
        self.query_one(KeyHints).hints = (*able, *_MOVE)

    def action_month(self, by: int) -> None:
        """[ and ]: another month."""
        if self._months_back - by < 0:
            self.refuse("已是本月")
            return
        self._months_back -= by
        self._scores.reset()
        self._read_scores(0)

    # -- deeds

    def _keeper(self, name: str) -> Callable[[Answers], object]:
        def keep(answers: Answers) -> None:
            self._typed[name] = answers

        return keep

    def action_score(self) -> None:
        """p: how the helping unit under the upper list's cursor helped."""
        row = self._helpers.cursor_row
        if row is None:
            self.refuse("没有待评配合情况的协办单位：办结后 5 个工作日内由工单管家评")
            return

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: flow.score_cooperation(
                        desk, row.order_no, row.unit_id, int(answers["points"]), answers["text"]
                    ),
                    lambda _: self._typed.pop(row.key, None),
                    done=f"已评 {row.unit}",
                )

        form = score_form(
            f"{row.unit} 配合情况 {row.order_no}",
            keep=self._keeper(row.key),
            kept=self._typed.get(row.key, {}),
        )
        self.app.push_screen(form, given)

    def _asked(self, *, may_decide: bool) -> ScoreRow | None:
        row = self._scores.cursor_row
        if row is None:
            self.refuse(_NOTHING)
        elif may_decide and not row.may_decide:
            self.refuse("这份评分没有待您决定的申诉：由评分人、申诉人以外的审核员或班长决定")
        elif not may_decide and not row.may_appeal:
            self.refuse("这份评分不能申诉：由被评单位的联络员、审核人在 5 个工作日内提出，一份一次")
        else:
            return row
        return None

    def action_appeal(self) -> None:
        """s: what this unit says against the score under the cursor."""
        row = self._asked(may_decide=False)
        if row is not None:
            self._words(
                row,
                f"申诉：{word(row.kind)} {row.points}分",
                "申诉理由",
                lambda flow, desk, text: flow.appeal_score(desk, row.id, text),
                "已申诉，等中心决定",
            )

    def action_refuse_appeal(self) -> None:
        """b: the score stays."""
        row = self._asked(may_decide=True)
        if row is not None:
            self._words(
                row,
                f"不同意申诉：{row.unit} {row.points}分\n{row.appeal}",
                "决定理由",
                lambda flow, desk, text: flow.refuse_appeal(desk, row.id, text),
                "已决定：维持原分",
            )

    def _words(
        self,
        row: ScoreRow,
        title: str,
        label: str,
        deed: Callable[[Any, Desk, str], object],
        done: str,
    ) -> None:
        name = f"{label} {row.key}"

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: deed(flow, desk, answers["text"]),
                    lambda _: self._typed.pop(name, None),
                    done=done,
                )

        text = LongText(label, max_length=LONGEST, id="text")
        form = KeptForm(
            title, [text], keep=self._keeper(name), kept=self._typed.get(name, {}), required=("text",)
        )
        self.app.push_screen(form, given)

    def action_grant(self) -> None:
        """t: other points take the score's place, or it is removed."""
        row = self._asked(may_decide=True)
        if row is None:
            return
        name = f"同意 {row.key}"

        def given(answers: Answers | None) -> None:
            if answers is not None:
                points = None if answers["points"] == REMOVED else int(answers["points"])
                self.act(
                    lambda flow, desk: flow.grant_appeal(desk, row.id, points, answers["text"]),
                    lambda _: self._typed.pop(name, None),
                    done="已同意申诉，原分保留可查",
                )

        form = score_form(
            f"同意申诉：{row.unit} 原{row.points}分\n{row.appeal}",
            keep=self._keeper(name),
            kept=self._typed.get(name, {}),
            may_remove=True,
        )
        self.app.push_screen(form, given)


def _sections(row: ScoreRow) -> Iterator[Section]:
    by = f"{row.scorer}  {day_time(row.scored_at)}"
    ended = "  已失效" if row.ended_at else ""
    whose = "工单管家" if row.kind is ScoreKind.HANDLING else "协办单位"
    yield Section(
        f"{word(row.kind)} {row.points}分{ended}  {row.order_no} {row.title}",
        (f"{whose} {row.unit}  评分 {by}", f"理由：{row.reason}"),
    )
    if row.appeal:
        decided = f"  决定 {row.decider} {day_time(row.decided_at)}" if row.decided_at else ""
        lines = [f"申诉：{row.appeal}"] + ([f"决定：{row.decision}"] if row.decision else [])
        yield Section(f"【{row.state}】{row.asker}{decided}", lines)
