"""For developers: `python -m tests.recording` does the two runs at real terminals and writes down what each of them showed.

The runs are those of `tests/terminal/test_emergency_run.py` and `test_panel_run.py`; the records are
`docs/emergency-run.zh.md` and `docs/panel-run.zh.md`. `python -m tests.recording panel` does the second alone.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.terminal import emergency_run as run
from tests.terminal import panel_run
from tests.terminal.furnished import furnish
from tests.terminal.seat import Seat

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "docs" / "emergency-run.zh.md"
PANEL_RECORD = ROOT / "docs" / "panel-run.zh.md"
COLUMNS, ROWS = 80, 24
_HEAD = """# 一起群体事件，从来电到专报

两台终端同时开着（80×24）：话务员 1203 在 A01，应急值班员 1501、后来班长 1002 在 A02。每一步之后两边各显示什么。
重做一遍：`python -m tests.recording`。
"""
_PANEL_HEAD = """# 一期社会评议，从单位申请到销号

四台终端同时开着（80×24）：审核员 1401 在 A01；承办单位联络员 2101、后来班长 1002 在 A03；两位评议员在 A02、A04，其余五位不上屏幕、照样签署和投票。
每一步之后，这一步有关的终端显示什么。人和事都是编的。重做一遍：`python -m tests.recording panel`。
"""


def _seats(home: Path) -> Callable[[str], Seat]:
    store = furnish(home / "desk.db")
    command = (sys.executable, "-m", "desk", "--store", str(store))
    return lambda name: Seat(command, home, columns=COLUMNS, rows=ROWS, env={"DESK_SEAT": name})


def record_emergency() -> None:
    """Run the emergency and write its record."""
    parts = [_HEAD]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        seat = _seats(home)
        with seat("A01") as agent, seat("A02") as officer:
            agent.log_in(run.AGENT)
            officer.log_in(run.OFFICER)
            note = _noting(parts, {"A01": agent, "A02": officer})
            number = run.registered(agent, note)
            run.heard(officer, number, note)
            for step in (run.called_out, run.handed_over, run.controlled, run.reported):
                step(officer, note)
            made = home / "专报.md"
            run.saved(officer, made, note)
            parts.append(f"## 存下的专报\n\n```markdown\n{made.read_text(encoding='utf-8').rstrip()}\n```\n")
            _write(RECORD, parts, home)


def record_panel() -> None:
    """Run the panel session and write its record."""
    parts = [_PANEL_HEAD]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        seat = _seats(home)
        beside = panel_run.Store(home / "desk.db")
        beside.dissatisfied()
        auditor, unit = stack.enter_context(seat("A01")), stack.enter_context(seat("A03"))
        auditor.log_in(panel_run.AUDITOR)
        unit.log_in(panel_run.UNIT)
        at_a01 = _noting(parts, {"A01": auditor})
        panel_run.asked(unit, _noting(parts, {"A03": unit}))
        panel_run.checked(auditor, at_a01)
        panel_run.prepared(auditor, at_a01)
        first, second, *others = panel_run.pins_given(auditor)
        panelist, neighbour = stack.enter_context(seat("A02")), stack.enter_context(seat("A04"))
        panel_run.read(panelist, first, _noting(parts, {"A02": panelist}))
        panel_run.read(neighbour, second, lambda _: None)
        beside.signed(others)
        panel_run.opened(auditor, at_a01)
        panel_run.voted(panelist, "2", "程序合法，依据充分", _noting(parts, {"A02": panelist}))
        panel_run.voted(neighbour, "1", "孩子要中考，应再想办法", _noting(parts, {"A04": neighbour}))
        beside.voted(others)
        panel_run.closed(auditor, panelist, _noting(parts, {"A01": auditor, "A02": panelist}))
        made = home / "纪要.docx"
        panel_run.saved(auditor, made, at_a01)
        parts.append(f"## 存下的纪要\n\n```text\n{_words_of(made)}\n```\n")
        panel_run.explained(auditor, at_a01)
        unit.switch_to(panel_run.SUPERVISOR)
        panel_run.written_off(unit, _noting(parts, {"A03": unit}))
        _write(PANEL_RECORD, parts, home)


def _noting(parts: list[str], seats: Mapping[str, Seat]) -> Callable[[str], None]:
    """What takes down these terminals under the words of a step."""

    def note(step: str) -> None:
        shown = []
        for name, seat in seats.items():
            seat.settle(0.5)
            shown.append(f"{name}\n\n{_screen(seat)}\n")
        parts.append(f"## {step}\n\n" + "\n".join(shown))

    return note


def _write(record: Path, parts: list[str], home: Path) -> None:
    record.write_text("\n".join(parts).replace(str(home), "~"), encoding="utf-8")


def _screen(seat: Seat) -> str:
    return "```text\n" + "\n".join(line.rstrip() for line in seat.lines).rstrip() + "\n```"


def _words_of(path: Path) -> str:
    import docx

    page = docx.Document(str(path))
    rows = ["　".join(cell.text for cell in row.cells) for table in page.tables for row in table.rows]
    return "\n".join([*(line.text for line in page.paragraphs if line.text), "", *rows])


RECORDS = {"emergency": record_emergency, "panel": record_panel}

if __name__ == "__main__":
    for each in sys.argv[1:] or RECORDS:
        RECORDS[each]()
