"""For developers: `python -m tests.recording` runs one emergency at two terminals and writes down what both showed.

The run is the one of `tests/terminal/test_emergency_run.py`; the record is `docs/emergency-run.zh.md`.
"""

import sys
import tempfile
from pathlib import Path

from tests.terminal import emergency_run as run
from tests.terminal.furnished import furnish
from tests.terminal.seat import Seat

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "docs" / "emergency-run.zh.md"
COLUMNS, ROWS = 80, 24
_HEAD = """# 一起群体事件，从来电到专报

两台终端同时开着（80×24）：话务员 1203 在 A01，应急值班员 1501、后来班长 1002 在 A02。每一步之后两边各显示什么。
重做一遍：`python -m tests.recording`。
"""


def record() -> None:
    """Run it and write the record."""
    parts = [_HEAD]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = furnish(home / "desk.db")
        command = (sys.executable, "-m", "desk", "--store", str(store))

        def seat(name: str) -> Seat:
            return Seat(command, home, columns=COLUMNS, rows=ROWS, env={"DESK_SEAT": name})

        with seat("A01") as agent, seat("A02") as officer:
            agent.log_in(run.AGENT)
            officer.log_in(run.OFFICER)

            def note(step: str) -> None:
                agent.settle(0.5)
                officer.settle(0.5)
                parts.append(f"## {step}\n\nA01\n\n{_screen(agent)}\n\nA02\n\n{_screen(officer)}\n")

            number = run.registered(agent, note)
            run.heard(officer, number, note)
            for step in (run.called_out, run.handed_over, run.controlled, run.reported):
                step(officer, note)
            made = home / "专报.md"
            run.saved(officer, made, note)
            parts.append(f"## 存下的专报\n\n```markdown\n{made.read_text(encoding='utf-8').rstrip()}\n```\n")
            RECORD.write_text("\n".join(parts).replace(str(home), "~"), encoding="utf-8")


def _screen(seat: Seat) -> str:
    return "```text\n" + "\n".join(line.rstrip() for line in seat.lines).rstrip() + "\n```"


if __name__ == "__main__":
    record()
