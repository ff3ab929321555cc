"""What the clocks of emergencies look like: bars, words, figures. ASCII and hanzi only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from desk.codes import Deed, word
from desk.emergency_rows import EmergencyRow, FiguresRow, StepRow
from desk.rules.emergency import Figures
from screens.cells import NEAR, OVERDUE, QUIET, CellText, clock, minutes_left

BAR_CELLS = 10
CLOCK_CELLS = 22
_MINUTE = timedelta(minutes=1)
_LAST = timedelta(minutes=5)
_STEPS_ON_A_LINE = 3
_SHORT = {
    Deed.CALL_OUT: "派出",
    Deed.CONTAIN: "控制",
    Deed.FINISH: "完毕",
}


def bar(run: timedelta, limit: timedelta) -> str:
    """`[######----]`: how much of the limit is left; a begun tenth is still there, over the limit it is empty."""
    left = max(limit - run, timedelta())
    cells = min(BAR_CELLS, -(-(left * BAR_CELLS) // limit)) if limit else 0
    return f"[{'#' * cells}{'-' * (BAR_CELLS - cells)}]"


def left_words(run: timedelta, limit: timedelta) -> str:
    """`剩18分`, in the last five minutes `剩4:32`, afterwards `!超3分`: as in the header."""
    now = datetime(2000, 1, 1, tzinfo=UTC)
    return minutes_left(now + limit - run, now)


def clock_cell(row: EmergencyRow, run: timedelta) -> CellText:
    """The bar and the time left; once under control how long it took, marked for good when that was too long."""
    if row.end_word:
        return row.end_word, QUIET
    took = row.took
    if took is None:
        style = OVERDUE if run > row.limit else NEAR if row.limit - run < _LAST else ""
        return f"{bar(run, row.limit)} {left_words(run, row.limit)}", style
    words = f"{took // _MINUTE}分控制"
    mark, style = ("!", OVERDUE) if took > row.limit else ("", QUIET)
    return f"{bar(took, row.limit)} {mark}{words}", style


def standing_cell(row: EmergencyRow, run: timedelta) -> CellText:
    """待接令, 待控制 …; `!该续报` as soon as a report is owed."""
    if row.report_due_at is not None and run >= row.report_due_at - row.started_at:
        return "!该续报", OVERDUE
    return row.standing, "" if row.next_step else QUIET


def step_word(deed: Deed) -> str:
    """A step in two hanzi."""
    return _SHORT.get(deed) or word(deed)


def steps_lines(steps: Sequence[StepRow]) -> Iterator[str]:
    """`派出 09:03 +3分  接令 09:05 +5分  出动 --`: every step with its time and how long after acceptance.

    Three stand on a line, so that no width breaks inside a time.
    """
    for first in range(0, len(steps), _STEPS_ON_A_LINE):
        yield "  ".join(_step(step) for step in steps[first : first + _STEPS_ON_A_LINE])


def _step(step: StepRow) -> str:
    if step.at is None or step.after is None:
        return f"{step_word(step.deed)} --"
    return f"{step_word(step.deed)} {clock(step.at)} +{step.after // _MINUTE}分"


def figures_line(row: FiguresRow) -> str:
    """`今日3起 平均18分 时限内67%(2/3)   本月…`: both figures of practice P24, and the named period that runs."""
    watch = f"   {row.watch}" if row.watch else ""
    return f" 今日{_figures(row.today)}   本月{_figures(row.month)}{watch}"


def _figures(figures: Figures) -> str:
    words = f"{figures.count}起"
    if figures.average_minutes is not None:
        words += f" 平均{figures.average_minutes:.0f}分"
    if figures.share is not None:
        words += f" 时限内{figures.share:.0%}({figures.within}/{figures.judged})"
    return words
