"""The top of every screen: who sits here, and what presses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from desk.rows import HeaderCounts, Uploads
from screens.cells import NEAR, OVERDUE, clock, day_time, fit, local, minutes_left, safe, weekday, width_of
from screens.modes import MODES

WIDE = 110
NOTICE = "bold reverse"
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class HeaderState:
    """All that the header draws."""

    mode: str = ""
    centre: str = ""
    name: str = ""
    staff_no: str = ""
    role: str = ""
    counts: HeaderCounts | None = None
    now: datetime | None = None
    notice: str = ""
    """What stands in place of the figures while it lasts: a call put through to this seat, 班长 called for."""


def _place(unit: str) -> str:
    """A unit's name for a narrow header: two hanzi of a centre's county, a unit's own short name."""
    county = unit.removesuffix("热线中心")
    return county[:2] if county != unit else unit[:5]


def uploads_words(uploads: Uploads, now: datetime | None) -> str:
    """`待上传 3，最早 09:12` of a 服务站; with the day when that was not today."""
    if uploads.oldest is None:
        return "待上传 0"
    is_today = now is not None and local(now).date() == local(uploads.oldest).date()
    oldest = clock(uploads.oldest) if is_today else day_time(uploads.oldest)
    return f"{'!' if uploads.is_late else ''}待上传 {uploads.count}，最早 {oldest}"


class Header(Widget):
    """One row at 80 columns, two from 110 on (the second is the bar of the five screens)."""

    DEFAULT_CSS = """
    Header { height: 1; width: 1fr; background: $panel; color: $foreground; }
    Header:ansi { background: ansi_default; color: ansi_default; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.state = HeaderState()
        self._drawn: dict[int, list[Part]] = {}

    def show(self, state: HeaderState) -> None:
        """Draw the new state; repaints from the first cell that differs."""
        if state == self.state:
            return
        self.state = state
        for y in range(self.size.height):
            self._refresh_difference(y, self._drawn.get(y, []), self._parts(y))

    def _refresh_difference(self, y: int, old: list[Part], new: list[Part]) -> None:
        x = 0
        for was, now in zip(old, new, strict=False):
            if was != now:
                break
            x += width_of(now[0])
        if old != new:
            self.refresh(Region(x, y, max(1, self.size.width - x), 1))

    def on_click(self, event: events.Click) -> None:
        begin = 0
        for (text, _), (mode, _, _) in zip(self._bar(), MODES, strict=True):
            if event.y == 1 and begin <= event.x < begin + width_of(text):
                self.app.call_later(self.app.run_action, f"app.go('{mode}')")
            begin += width_of(text)

    def render_line(self, y: int) -> Strip:
        parts = self._parts(y)
        self._drawn[y] = parts
        base = self.rich_style
        segments = [Segment(text, base + Style.parse(style) if style else base) for text, style in parts]
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width, base)

    def _parts(self, y: int) -> list[Part]:
        if y:
            return self._bar()
        return self._wide() if self.size.width >= WIDE else self._narrow()

    def _narrow(self) -> list[Part]:
        state = self.state
        who = safe(f"{state.name}{state.staff_no}")
        left: list[Part] = [(f" {_place(safe(state.centre))} ", "bold"), (f"{who} ", "")]
        return self._with_clock(
            left + self._said(("派", "超", "应", "D")), clock(state.now) if state.now else ""
        )

    def _wide(self) -> list[Part]:
        state = self.state
        who = " ".join(safe(part) for part in (state.name, state.staff_no, state.role) if part)
        left: list[Part] = [(f" 民意速办 {safe(state.centre)}   ", "bold"), (f"{who}   ", "")]
        time = f"{weekday(state.now)} {clock(state.now)}" if state.now else ""
        return self._with_clock(left + self._said(("待派", "超期", "应急", "D级")), time)

    def _said(self, words: tuple[str, str, str, str]) -> list[Part]:
        notice = safe(self.state.notice)
        return [(f" {notice} ", NOTICE)] if notice else self._figures(words)

    def _with_clock(self, parts: list[Part], time: str) -> list[Part]:
        used = sum(width_of(text) for text, _ in parts)
        gap = self.size.width - used - width_of(time) - 1
        if gap < 1:
            style = NOTICE if self.state.notice else ""
            return [
                (fit("".join(text for text, _ in parts), self.size.width - width_of(time) - 2), style),
                (f" {time} ", ""),
            ]
        return [*parts, (" " * gap, ""), (time + " ", "bold")]

    def _figures(self, words: tuple[str, str, str, str]) -> list[Part]:
        counts, gap = self.state.counts, "  " if len(words[0]) > 1 else " "
        if counts is None:
            return []
        if counts.uploads is not None:
            return [
                (uploads_words(counts.uploads, self.state.now), OVERDUE if counts.uploads.is_late else "")
            ]
        figures = [
            (words[0], counts.to_dispatch, ""),
            (words[1], counts.overdue, OVERDUE),
            (words[2], counts.emergencies, OVERDUE),
            (words[3], counts.d_level, OVERDUE),
        ]
        parts: list[Part] = []
        for word, count, style in figures:
            parts.append((f"{word}{count}", style if count else ""))
            if word == words[2] and counts.emergency_due_at and self.state.now:
                parts.append((" " + minutes_left(counts.emergency_due_at, self.state.now), OVERDUE))
            parts.append((gap, ""))
        if counts.reports:
            parts += [(f"{'待报' if len(gap) > 1 else '报'}{counts.reports}", NEAR), (gap, "")]
        if counts.to_take:
            parts += [(f"{'待接班' if len(gap) > 1 else '接'}{counts.to_take}", NEAR), (gap, "")]
        if counts.gaps:
            parts += [(f"{'空班' if len(gap) > 1 else '空'}{counts.gaps}", NEAR), (gap, "")]
        if counts.to_answer:
            parts += [(f"{'质检' if len(gap) > 1 else '检'}{counts.to_answer}", NEAR), (gap, "")]
        if counts.unread:
            parts += [(f"{'待阅' if len(gap) > 1 else '阅'}{counts.unread}", NEAR), (gap, "")]
        return parts

    def _bar(self) -> list[Part]:
        counts = self.state.counts or HeaderCounts()
        figure = {
            "dispatch": counts.to_dispatch,
            "my_tickets": counts.mine,
            "emergency": counts.emergencies,
            "review": counts.to_review,
        }
        bar: list[Part] = []
        for mode, key, word in MODES:
            count = figure.get(mode, 0)
            cry = "!" if mode == "emergency" and count else ""
            style = "bold reverse" if mode == self.state.mode else (OVERDUE if cry else "")
            bar.append((f" {key} {word}{f' {count}{cry}' if count else ''}  ", style))
        return bar
