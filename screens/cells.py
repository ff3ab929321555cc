"""Text for a terminal: cut by cells, never by characters; callers' words made harmless; the desk's marks."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from string import ascii_letters, digits
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.text import Text

CellText = str | tuple[str, str]
"""What a list cell gives: its text, or its text and a rich style."""

# As desk.rules.calendar.CHINA, which the log-in page need not wait for.
LOCAL = timezone(timedelta(hours=8), "CST")
CUT = ".."
OVERDUE = "bold red"
NEAR = "yellow"
D_LEVEL = "bold reverse red"
C_LEVEL = "yellow"
QUIET = "bright_black"
STRONG = "bold"
GOOD = "green"
STOPS = frozenset("，。；：、！？）》」』”’】…,.;:!?)]%")
MOST_STOPS = 3
"""Signs that begin no line, and how many of them are followed back to their word."""
FIGURES = frozenset(ascii_letters + digits + "-:.*")
LONGEST_FIGURES = 20
"""What dates, hours and order numbers are made of, and how many of them keep together."""

_WEEKDAYS = "一二三四五六日"
# Joiners and variation selectors make one picture of several characters; terminals disagree on its width.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_TYPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff]"
)


def safe(text: str, *, keep_lines: bool = False) -> str:
    """`text` with every character that could steer the terminal made visible."""
    if keep_lines:
        return "\n".join(safe(line) for line in re.split(r"\r\n|\r|\n", text))
    if text.isascii() and text.isprintable():
        return text
    return _HARMFUL.sub(_visible, _INVISIBLE.sub("", text))


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in {0x09, 0x0A, 0x0D}:
        return " "
    if code < 0x20:
        return "^" + chr(code + 0x40)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def typed(text: str) -> str:
    """`text` as a form may hold it: without control characters, lone surrogates and zero-width marks."""
    return _NOT_TYPED.sub("", text)


def one_line(text: str) -> str:
    """Several pasted lines as one: nothing but the line ends is lost."""
    return " ".join(typed(part).replace("\t", " ").strip() for part in text.splitlines() if part.strip())


def width_of(text: str) -> int:
    """The width of `text` in terminal cells."""
    return cell_len(text)


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """`text` made harmless and exactly `width` cells wide; cut text ends in `..`."""
    if width <= 0:
        return ""
    text = safe(text)
    room = width - cell_len(text)
    if room < 0:
        return set_cell_size(text, width) if width <= len(CUT) else set_cell_size(text, width - 2) + CUT
    return " " * room + text if align == "right" else text + " " * room


def plain(text: str, style: str = "") -> Text:
    """A rich text of a caller's words: no markup is read in them."""
    return Text(safe(text, keep_lines=True), style=style, end="")


def wrap(text: str, width: int) -> list[str]:
    """`text` folded into lines of at most `width` cells: Chinese breaks anywhere, but no line begins with a comma."""
    lines: list[str] = []
    for line in safe(text, keep_lines=True).split("\n"):
        lines.extend(_fold(line, max(width, 2)))
    return lines


def _fold(line: str, width: int) -> list[str]:
    if line.isascii() and len(line) <= width:
        return [line]
    folded, begin, used = [], 0, 0
    for at, character in enumerate(line):
        cells = cell_len(character)
        if used + cells > width:
            cut = _before_figures(line, begin, _before_stops(line, begin, at, width), at, width)
            folded.append(line[begin:cut])
            begin, used = cut, cell_len(line[cut:at])
        used += cells
    return [*folded, line[begin:]]


def _before_stops(line: str, begin: int, at: int, width: int) -> int:
    """Where to break instead of at `at`: the character that a stop belongs to goes down with it."""
    cut = at
    while cut > begin and at - cut < MOST_STOPS and line[cut] in STOPS:
        cut -= 1
    is_better = cut > begin and line[cut] not in STOPS and cell_len(line[cut : at + 1]) <= width
    return cut if is_better else at


def _before_figures(line: str, begin: int, cut: int, at: int, width: int) -> int:
    """Where to break instead of at `cut`: a date, an hour or an order's number goes down whole."""
    if line[cut] not in FIGURES:
        return cut
    start = cut
    while start > begin and line[start - 1] in FIGURES:
        start -= 1
    while start < cut and line[start] in STOPS:
        start += 1
    is_better = begin < start < cut <= start + LONGEST_FIGURES and cell_len(line[start : at + 1]) <= width
    return start if is_better else cut


def due_cell(words: str) -> CellText:
    """Time left in words, styled: `!超期1天` red, `临期5时` yellow; the words alone already say it."""
    if "超期" in words:
        return (words if words.startswith("!") else "!" + words), OVERDUE
    return (words, NEAR) if words.startswith("临期") else words


def grade_cell(grade: str | None) -> CellText:
    """A grade A-D as its mark: `!D级` reversed, `C级` coloured, the good ones not at all."""
    letter = (grade or "").strip().upper().removesuffix("级").lstrip("!")
    if letter == "D":
        return "!D级", D_LEVEL
    return ("C级", C_LEVEL) if letter == "C" else ""


def local(moment: datetime) -> datetime:
    """An aware time as the clock on the wall in Ganzhou shows it."""
    return moment.astimezone(LOCAL)


def day_time(moment: datetime | None) -> str:
    """`11-23 14:32` in local time, or nothing."""
    return "" if moment is None else f"{local(moment):%m-%d %H:%M}"


def full_time(moment: datetime | None) -> str:
    """`2026-11-23 14:32` in local time, or nothing."""
    return "" if moment is None else f"{local(moment):%Y-%m-%d %H:%M}"


def clock(moment: datetime) -> str:
    """`14:32` in local time."""
    return f"{local(moment):%H:%M}"


def weekday(moment: datetime) -> str:
    """`周一` in local time."""
    return "周" + _WEEKDAYS[local(moment).weekday()]


def masked(number: str) -> str:
    """A phone number as most people may see it: `138****0000`."""
    digits = safe(number)
    return digits[:3] + "****" + digits[-4:] if len(digits) >= 9 else "*" * len(digits)


def minutes_left(due_at: datetime, now: datetime) -> str:
    """An emergency's clock: `剩18分`, below five minutes `剩4:32`, afterwards `!超3分`."""
    seconds = int((due_at - now).total_seconds())
    if seconds < 0:
        return f"!超{max(-seconds // 60, 1)}分"
    return f"剩{seconds // 60}分" if seconds >= 300 else f"剩{seconds // 60}:{seconds % 60:02d}"
