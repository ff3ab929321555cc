"""值班表: one day of every member unit, gaps on top; people are put on, exchanged and taken off here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import Deed, TeamRole, word
from desk.errors import BadInput
from desk.roster_rows import OnDuty, RosterDay, UnitDay
from desk.rules import rights
from desk.rules.calendar import WEEKDAYS, local
from desk.rules.roster import TWO_SHIFTS, shifts_of
from desk.rules.written_times import day_written
from screens.cells import OVERDUE, CellText
from screens.dialogs.ask import Answers, AskForm, AskText
from screens.dialogs.base import Dialog
from screens.dialogs.pick import Pick
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.roster import Turn
    from desk.roster_rows import Planned
    from desk.rows import PickRow

NOBODY = "无人"
_NO_TEAM = "没有应急成员单位：用 desk team import 导入队伍，再按 p 排班"
_LOOKING: tuple[Hint, ...] = (
    ("Left/Right", "前后一天"),
    ("g", "下一处空班"),
    ("/", "查单位"),
    ("Up/Down", "移动"),
    ("Esc", "关闭"),
)
_CHANGING: tuple[Hint, ...] = (
    ("a", "排人"),
    ("t", "换班"),
    ("x", "撤下"),
    ("m", "交班留言"),
    ("p", "自动排班"),
)
_FORTNIGHT = timedelta(days=14)


class RosterPage(Dialog[None]):
    """A day of the roster. Whoever keeps it changes it; everybody at the emergency desk reads names and numbers."""

    FLOW = "desk.roster"
    OPENS_PAGES = False
    HINTS = (*_CHANGING, *_LOOKING)
    BINDINGS = [
        ("left", "turn(-1)"),
        ("right", "turn(1)"),
        ("g", "next_gap"),
        ("slash", "find"),
        ("a", "assign"),
        ("t", "change"),
        ("x", "withdraw"),
        ("p", "plan"),
        ("m", "leave_note"),
    ]
    DEFAULT_CSS = """
    RosterPage > #box { width: 100%; max-width: 116; height: 100%; }
    RosterPage #day { height: 1; }
    RosterPage #people { height: 5; }
    """

    def __init__(self) -> None:
        super().__init__("应急值班表")
        self._day: date | None = None
        self._text = ""
        """What the names of the units must hold."""

    def questions(self) -> ComposeResult:
        desk = self.desk_app.desk
        hours = (desk.settings.get("emergency.shifts") if desk else None) or TWO_SHIFTS
        yield Static("", markup=False, id="day")
        yield RowList[UnitDay](
            [
                Column("单位", 14, lambda row: row.unit, flex=1),
                *(Column(shift.name, 16, _people_of(shift.name), flex=2) for shift in shifts_of(hours)),
            ],
            key=lambda row: str(row.unit_id),
            hint=_NO_TEAM,
            id="units",
        )
        yield Detail(hint="", id="people")

    @property
    def _rows(self) -> RowList[UnitDay]:
        return self.query_one("#units", RowList)

    @property
    def _may_change(self) -> bool:
        desk = self.desk_app.desk
        return desk is not None and bool(rights.scopes(desk.actor.roles, Deed.ROSTER_CHANGED))

    def on_mount(self) -> None:
        self._rows.focus()
        self._day = local(self.desk_app.now()).date()
        if not self._may_change:
            self.query_one(KeyHints).hints = _LOOKING
        self.deed_done()

    def deed_done(self) -> None:
        wanted, text = self._day, self._text
        assert wanted is not None, "the page has its day before anything is done on it"
        self.read(lambda flow, desk: flow.day(desk, wanted, text), self._show)

    def _show(self, page: RosterDay) -> None:
        self.query_one("#day", Static).update(_day_line(page))
        self._rows.hint = (
            f"没有名称含“{self._text}”的应急成员单位：按 / 再查，空着是全部" if self._text else _NO_TEAM
        )
        self._rows.set_page(page.units, len(page.units))
        self._show_people()

    def on_row_list_moved(self) -> None:
        self._show_people()

    def _show_people(self) -> None:
        row = self._rows.cursor_row
        lines = () if row is None else tuple(_line(name, people) for name, people in row.stands.items())
        self.query_one("#people", Detail).show([Section(row.unit, lines)] if row else [])

    # -- the day

    def action_turn(self, by: int) -> None:
        """Left, Right: the day before, the day after."""
        assert self._day is not None, "set on mount"
        self._go(self._day + timedelta(days=by))

    def _go(self, day: date) -> None:
        self._day = day
        self.deed_done()

    def action_next_gap(self) -> None:
        """g: the next day on which some shift has nobody."""
        wanted = self._day

        def found(day: date | None) -> None:
            if day is None:
                self.say("往后没有空班", "done")
            else:
                self._rows.reset()
                self._text = ""
                self._go(day)

        self.read(lambda flow, desk: flow.gap_after(desk, wanted), found, group="gap")

    def action_find(self) -> None:
        """/: only the units whose name holds a word; empty brings all of them back."""

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._text = answers["unit"]
                self._rows.reset()
                self.deed_done()

        field = Field("单位", self._text, max_length=20, placeholder="名称的一部分，空着是全部", id="unit")
        self.app.push_screen(AskForm("查单位", [field]), given)

    # -- changes

    def _if_may(self, then: Callable[[UnitDay], object]) -> None:
        row = self._rows.cursor_row
        if not self._may_change:
            allowed = "、".join(word(role) for role in rights.roles_for(Deed.ROSTER_CHANGED))
            self.refuse(f"排班由{allowed}办理")
        elif row is None:
            self.refuse(_NO_TEAM)
        else:
            then(row)

    def action_assign(self) -> None:
        """a: put somebody of the unit under the cursor on a shift of the day, the empty shifts first."""

        def pick(row: UnitDay) -> None:
            day = self._day

            def picked(chosen: PickRow | None) -> None:
                if chosen is not None:
                    self.act(
                        lambda flow, desk: flow.assign(
                            desk, row.unit_id, day, *flow.candidate_of(chosen.key)
                        ),
                        self._said("已排"),
                    )

            self._pick(
                f"{row.unit} {day:%m-%d} 排人",
                lambda flow, desk, text: flow.candidates(desk, row.unit_id, day, text),
                picked,
            )

        self._if_may(pick)

    def action_change(self) -> None:
        """t: somebody else stands a turn, or two people exchange theirs."""

        def change(shift: str, turn: OnDuty) -> None:
            def picked(chosen: PickRow | None) -> None:
                if chosen is not None:
                    self._ask_why(
                        f"{shift} {turn.name}：{chosen.name} {chosen.hint}",
                        lambda flow, desk, why: flow.change(desk, turn.key, chosen.key, why),
                        "已换班",
                    )

            self._pick(
                f"{shift} {turn.name}：谁顶班，或与谁对换",
                lambda flow, desk, text: flow.swaps(desk, turn.key, text),
                picked,
            )

        self._if_may(lambda row: self._choose_turn(row, change))

    def action_withdraw(self) -> None:
        """x: take somebody off a shift, with the reason."""

        def withdraw(shift: str, turn: OnDuty) -> None:
            self._ask_why(
                f"撤下：{shift} {turn.name}",
                lambda flow, desk, why: flow.withdraw(desk, turn.key, why),
                "已撤下",
            )

        self._if_may(lambda row: self._choose_turn(row, withdraw))

    def action_leave_note(self) -> None:
        """m: what the one who stands a turn leaves to the next."""

        def leave(shift: str, turn: OnDuty) -> None:
            def given(note: str | None) -> None:
                if note:
                    self.act(lambda flow, desk: flow.leave_note(desk, turn.key, note), self._said("已留言"))

            form = AskText(f"交班留言：{shift} {turn.name}", "留言", text=turn.note, max_length=200)
            self.app.push_screen(form, given)

        self._if_may(lambda row: self._choose_turn(row, leave))

    def _choose_turn(self, row: UnitDay, then: Callable[[str, OnDuty], object]) -> None:
        """The turn of the unit under the cursor that is meant; asked only where there are several."""
        turns = {str(each.key): (shift, each) for shift, people in row.stands.items() for each in people}
        if not turns:
            self.refuse(f"{row.unit}这一天没有人，先按 a 排人")
        elif len(turns) == 1:
            then(*next(iter(turns.values())))
        else:

            def picked(chosen: PickRow | None) -> None:
                if chosen is not None:
                    then(*turns[chosen.key])

            self._pick(
                f"{row.unit}：哪一班",
                lambda flow, _, text: flow.turns_to_pick(row, text),
                picked,
            )

    def _ask_why(self, title: str, deed: Callable[[Any, Any, str], Turn], done: str) -> None:
        def given(why: str | None) -> None:
            if why:
                self.act(lambda flow, desk: deed(flow, desk, why), self._said(done))

        self.app.push_screen(AskText(title, "理由", max_length=200), given)

    def _pick(
        self,
        title: str,
        find: Callable[[Any, Any, str], Sequence[PickRow]],
        picked: Callable[[PickRow | None], None],
    ) -> None:
        self.app.push_screen(Pick(title, self.FLOW, find, asks="输入姓名、班次的一部分", hint_flex=3), picked)

    def _said(self, done: str) -> Callable[[Turn], None]:
        def say(turn: Turn) -> None:
            rest = "，注意是连班" if turn.is_without_rest else ""
            self.say(f"{done}：{turn.unit} {turn.words} {turn.name}{rest}", "done")

        return say

    def action_plan(self) -> None:
        """p: fill the empty shifts of some days, nights and days off in turn."""

        def ask(_: UnitDay) -> None:
            first = self._day
            assert first is not None, "set on mount"

            def given(answers: Answers | None) -> None:
                if answers is not None:
                    days = (day_written(answers[name], "日期") for name in ("first", "last"))
                    self.act(lambda flow, desk: flow.plan(desk, *days, answers["unit"]), self._planned)

            self.app.push_screen(_plan_form(first), given)

        self._if_may(ask)

    def _planned(self, done: Planned) -> None:
        left = f"，还空 {len(done.gaps)} 班：人手不够，不排连班" if done.gaps else "，没有空班"
        self.say(f"排了 {done.count} 班{left}", "done" if not done.gaps else "")


def _plan_form(first: date) -> AskForm:
    return AskForm(
        "自动排班：只补空班，夜班和节假日轮流，不排连班",
        [
            Field("从", str(first), max_length=20, id="first"),
            Field("到", str(first + _FORTNIGHT), max_length=20, id="last"),
            Field("单位", max_length=40, placeholder="空着是全部应急成员单位", id="unit"),
        ],
        required=("first", "last"),
        check=_flaw_of_days,
    )


def _flaw_of_days(answers: Answers) -> str:
    try:
        first, last = (day_written(answers[name], label) for name, label in (("first", "从"), ("last", "到")))
    except BadInput as flaw:
        return flaw.message
    return "" if first <= last else "“到”不能早于“从”"


def _people_of(shift: str) -> Callable[[UnitDay], CellText]:
    def cell(row: UnitDay) -> CellText:
        people = row.stands.get(shift, ())
        return "、".join(each.name for each in people) if people else (NOBODY, OVERDUE)

    return cell


def _line(shift: str, people: tuple[OnDuty, ...]) -> str:
    who = "；".join(
        f"{each.name} {word(TeamRole(each.role))} {each.phone}{f' 留言：{each.note}' if each.note else ''}"
        for each in people
    )
    return f"{shift}  {who or NOBODY}"


def _day_line(page: RosterDay) -> str:
    gaps = (
        f"{page.days_ahead} 天内空 {page.gaps_ahead} 班"
        if page.gaps_ahead
        else f"{page.days_ahead} 天内没有空班"
    )
    kind = f"{page.name}{'（休）' if page.is_off else ''}"
    hours = "  ".join(f"{shift.name} {shift.hours}" for shift in page.shifts)
    return f"{page.day} 周{WEEKDAYS[page.day.weekday()]} {kind}   {hours}   {gaps}"
