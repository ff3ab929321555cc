"""`python -m tests.pictures [SCENE …]`: the manual's pictures, taken from the real program and drawn from the lifecycle table.

Each picture is the terminal's grid as SVG: text that stays text, every run of characters at its own cells. Hanzi are
drawn at 16 pixels and the rest at 13.3, so that in any usual monospace font two cells are as wide as one hanzi.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from desk.codes import Deed, Status, word
from desk.rules import lifecycle
from tests.terminal.pty_desk import Terminal

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MANUAL = ROOT / "docs" / "manual.zh.md"
SIZES = ((120, 36), (80, 24))
DEMO_TIME = "2026-11-23T14:32"

CELL, LINE, MARGIN = 8, 19, 8
FOREGROUND, BACKGROUND = "e4e4e4", "14181d"
NARROW = "Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
WIDE = (
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif"
)
NAMED = {
    "black": "000000",
    "red": "cd3131",
    "green": "0dbc79",
    "brown": "e5e510",
    "blue": "2472c8",
    "magenta": "bc3fbc",
    "cyan": "11a8cd",
    "white": "e5e5e5",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is drawn."""

    ink: str
    paper: str
    is_bold: bool
    is_underlined: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Characters side by side that are drawn alike: from which cell, how many cells."""

    column: int
    cells: int
    text: str
    look: Look
    is_wide: bool


def look_of(cell: Any) -> Look:
    """Return how pyte's cell is drawn, with its reversal worked in."""
    ink, paper = _colour(cell.fg, FOREGROUND), _colour(cell.bg, BACKGROUND)
    if cell.reverse:
        ink, paper = paper, ink
    return Look(ink, paper, cell.bold, cell.underscore)


def _colour(name: str, default: str) -> str:
    return default if name == "default" else NAMED.get(name.removeprefix("bright"), name)


def runs_of(line: Mapping[int, Any], columns: int) -> Iterator[Run]:
    """Yield the runs of one line of the terminal; the second cell of a wide character belongs to the first."""
    cells = [
        (column, line[column], column + 1 < columns and line[column + 1].data == "")
        for column in range(columns)
        if line[column].data
    ]
    for (look, is_wide), group in groupby(cells, key=lambda each: (look_of(each[1]), each[2])):
        found = list(group)
        text = "".join(cell.data for _, cell, _ in found)
        yield Run(found[0][0], len(found) * (2 if is_wide else 1), text, look, is_wide)


def svg_of(screen: Any, title: str) -> str:
    """Return the terminal's screen as one SVG picture."""
    width, height = screen.columns * CELL + 2 * MARGIN, screen.lines * LINE + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape(title)}</title>",
        f"<style>text{{font:13.3px {NARROW}}}.w{{font:16px {WIDE}}}.b{{font-weight:bold}}.u{{text-decoration:underline}}</style>",
        f'<rect width="{width}" height="{height}" rx="6" fill="#{BACKGROUND}"/>',
    ]
    runs = [(row, run) for row in range(screen.lines) for run in runs_of(screen.buffer[row], screen.columns)]
    lines += [_paper(row, run) for row, run in runs if run.look.paper != BACKGROUND]
    lines += [words for row, run in runs for words in _ink(row, run)]
    return "\n".join([*lines, "</svg>", ""])


def _paper(row: int, run: Run) -> str:
    x, y = MARGIN + run.column * CELL, MARGIN + row * LINE
    return f'<rect x="{x}" y="{y}" width="{run.cells * CELL}" height="{LINE}" fill="#{run.look.paper}"/>'


def _ink(row: int, run: Run) -> Iterator[str]:
    """Yield the words of a run, each at its own cell."""
    marks = (run.is_wide, "w"), (run.look.is_bold, "b"), (run.look.is_underlined, "u")
    classes = " ".join(name for is_so, name in marks if is_so)
    named = f' class="{classes}"' if classes else ""
    for word_ in re.finditer(r"\S+", run.text):
        cell = 2 * CELL if run.is_wide else CELL
        x, y = MARGIN + run.column * CELL + word_.start() * cell, MARGIN + row * LINE + 15
        length = len(word_[0]) * cell
        text = escape(word_[0])
        yield f'<text x="{x}" y="{y}" fill="#{run.look.ink}" textLength="{length}"{named}>{text}</text>'


# -- what is photographed

Steps = Callable[[Terminal], None]


def _press(*keys: str, until: str = "") -> Steps:
    def steps(terminal: Terminal) -> None:
        for key in keys:
            if len(key) > 1 and not key.isascii():
                terminal.type(key)
            else:
                terminal.press(key)
            terminal.settle(0.4)
        if until:
            terminal.wait_for(until)
        terminal.settle(1.0)

    return steps


def _filled(then: Steps) -> Steps:
    """Wait until the invented day is complete (its counts in the header stand still), then go on."""

    def steps(terminal: Terminal) -> None:
        terminal.wait_for("D", 60)
        terminal.settle(3.0, 60)
        then(terminal)

    return steps


_CALL = (
    *"13807970091",
    "tab",
    "林九妹",
    "tab",
    "3",
    "tab",
    "横水镇",
    "enter",
    "阳岭大道中段工地",
    "enter",
    "工地凌晨一点还在打桩，已经连续四晚，老人睡不着",
)
_ANSWERED = ("2", "enter", "2", "enter", "2", "enter", "1", "enter", "1")
SCENES: Mapping[str, tuple[str, str, Steps]] = {
    "intake": ("F2 受理", "1203", _press(*_CALL, until="知识库：")),
    "dispatch": ("F3 派单", "1301", _press("f3", until="清单第")),
    "my-tickets": ("F4 我的工单", "2101", _press("f4", "]", "]", until="起草答复")),
    "emergency": ("F5 应急", "1501", _press("f5", until="接令")),
    "roster": ("F5 应急值班表", "1501", _press("f5", "r", "g", until="无人")),
    "review": ("F6 审核评议", "1402", _press("f6", until="【答复】")),
    "close-review": ("F6 办结审核", "1401", _press("f6", until="【检查】")),
    "callback": ("F6 回访单", "1402", _press("f6", "h", *_ANSWERED, until="按规则评为")),
    "pool": ("F6 监测池", "1401", _press("f6", *"]]", until="【监测池】")),
    "long-term": ("F6 长期事项", "1401", _press("f6", *"]]]", until="下次")),
    "procedure": ("F6 法定程序", "1401", _press("f6", *"]]]]", until="立案〔")),
    "panel-queue": ("F6 评议", "1401", _press("f6", *"]]]]]", until="待评议")),
    "write-off": ("F6 销号", "1401", _press("f6", *"]]]]]]", until="入池后回访满意")),
    "to-archive": ("F6 归档", "1401", _press("f6", *"]]]]]]]]", until="答复")),
    "supervision": ("F6 督办", "1003", _press("f6", *"]]]]]", until="要求和回复")),
    "circular": ("F6 督查通报", "1401", _press("f6", "c", until="【工作作风】")),
    "panel": ("F6 社会评议", "1401", _press("f6", "m", until="已告知诉求人")),
    "assessment": ("F6 考核", "1002", _press("f6", "a", until="总分由")),
    "quality": ("F6 质检", "1002", _press("f6", "q", "]", until="评语")),
    "shift-board": ("F6 当班", "1002", _press("f6", "i", until="最久的")),
    "card": ("工单卡片", "1002", _press("ctrl+p", "1110-0005", "enter", until="【诉求内容】")),
    "finder": ("Ctrl+P 查找", "1002", _press("ctrl+p", "打桩", until="待评议")),
}
"""By the picture's name: its title, who sits at the desk, and what is pressed."""


def photograph(names: Sequence[str] = ()) -> None:
    """Take every picture anew, at both sizes; or only those of the scenes named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for columns, rows in SIZES:
        for name, (title, staff_no, steps) in SCENES.items():
            if names and name not in names:
                continue
            command = ["--demo", "--as", staff_no, "--at", DEMO_TIME]
            _take(f"{name}-{columns}", title, command, (columns, rows), _filled(steps))
        if names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            store = ["--store", str(Path(folder) / "desk.db")]
            _take(f"set-up-{columns}", "首次使用", store, (columns, rows), _press(until="再输一次"))
        _take(
            f"log-in-{columns}",
            "登录",
            ["--demo", "--as", "1203", "--at", DEMO_TIME],
            (columns, rows),
            _filled(_press("ctrl+l", until="已锁定")),
        )


def _take(name: str, title: str, options: list[str], size: tuple[int, int], steps: Steps) -> None:
    columns, rows = size
    command = [sys.executable, "-m", "desk", *options]
    with Terminal(command, columns=columns, rows=rows, cwd=ROOT, env={"DESK_SEAT": "3号席"}) as terminal:
        terminal.settle()
        steps(terminal)
        (PICTURES / f"{name}.svg").write_text(svg_of(terminal.screen, title), encoding="utf-8")
    print(f"docs/pictures/{name}.svg")


# -- the picture of a life

LIFE_BEGINS, LIFE_ENDS = "<!-- lifecycle -->", "<!-- /lifecycle -->"
GROUPS: Mapping[str, tuple[str, Sequence[Status]]] = {
    "centre": ("热线中心", lifecycle.AT_THE_CENTRE),
    "unit": ("承办单位", lifecycle.AT_THE_UNIT),
    "review": ("审核评议", lifecycle.AFTER_THE_UNIT),
}


def lifecycle_picture() -> str:
    """Return the lifecycle table as a Mermaid picture: every deed that moves an order, none that leaves it."""
    lines = ["```mermaid", "flowchart TB", '    caller(["来电、来件"])']
    for name, (words, statuses) in GROUPS.items():
        boxes = [f"        {_box(status)}" for status in statuses]
        lines += [f'    subgraph {name}["{words}"]', *boxes, "    end"]
    grouped = {status for _, statuses in GROUPS.values() for status in statuses}
    lines += [f"    {_box(status)}" for status in Status if status not in grouped]
    lines += [
        f'    {before} -->|"{"、".join(deeds)}"| {after}' for (before, after), deeds in _arrows().items()
    ]
    return "\n".join([*lines, "```"])


def _box(status: Status) -> str:
    return f'{status}["{word(status)}"]'


def _arrows() -> dict[tuple[str, str], list[str]]:
    """Return the deeds by where they lead from and to; what all of a group allow leads from the group."""
    found: dict[tuple[str, str], list[str]] = {}
    for deed, after in lifecycle.BIRTHS.items():
        found.setdefault(("caller", after), []).append(word(deed))
    for (before, deed), after in lifecycle.LIFECYCLE.items():
        place = _group_of(before, deed, after) or before
        deeds = found.setdefault((place, after), [])
        if before is not after and word(deed) not in deeds:
            deeds.append(word(deed))
    return {ends: deeds for ends, deeds in found.items() if deeds}


def _group_of(before: Status, deed: Deed, after: Status) -> str | None:
    return next(
        (
            name
            for name, (_, members) in GROUPS.items()
            if before in members and all(lifecycle.next_status(each, deed) is after for each in members)
        ),
        None,
    )


def with_lifecycle(manual: str) -> str:
    """Return the manual with its picture of a life drawn anew."""
    before, rest = manual.split(LIFE_BEGINS)
    _, after = rest.split(LIFE_ENDS)
    return f"{before}{LIFE_BEGINS}\n{lifecycle_picture()}\n{LIFE_ENDS}{after}"


if __name__ == "__main__":
    MANUAL.write_text(with_lifecycle(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
    photograph(sys.argv[1:])
