"""A day of real messages dispatched by keys alone in a real terminal: key presses an order, and what they were.

`python -m tests.bench.dispatch_day [COUNT] [--record FILE]`. The dispatcher knows each message's answer: Enter where the
first proposal is right, a digit where another is, else the unit is looked for. Needs the messages beside the project.
"""

import argparse
import csv
import json
import re
import subprocess
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.cli import front
from tests.bench.dispatching import messages
from tests.bench.programs import DESK, ROOT
from tests.terminal.seat import PIN, Seat

_READING = 0.55
"""What the desk itself wants between an order that went and the Enter for the next."""
_MOST_SHOWN = 5


def main() -> None:
    """Dispatch COUNT messages and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dispatch_day", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("--record", type=Path, help="append every screen that was read to this file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_day(Path(folder), given.count, given.record), ensure_ascii=False, indent=1))


def _day(home: Path, count: int, record: Path | None) -> dict[str, Any]:
    rows = messages()[:count]
    store = _store(home, rows)
    answers = {row["subject"].strip()[:8]: row["unit"] for row in rows}
    departments = _departments()
    presses: Counter[str] = Counter()
    went: Counter[str] = Counter()
    with Seat((*DESK, "--store", str(store)), home, columns=120, rows=36, env={}) as seat:
        seat.log_in("100")
        seat.press("f3")
        for _ in rows:
            seat.wait_for("1 ", 20)
            seat.settle(0.15)
            time.sleep(_READING)
            if record is not None:
                with record.open("a", encoding="utf-8") as file:
                    file.write(f"{datetime.now(UTC):%H:%M:%S}\n{seat.text}\n")
            key, kind = _key(seat, answers, departments)
            presses[kind] += sum(len(each) if each != "enter" else 1 for each in key)
            went[kind] += 1
            for each in key:
                (seat.press if each in ("enter", "/") or each.isdigit() else seat.type)(each)
                seat.settle(0.15)
    right = went["first"]
    return {
        "orders": len(rows),
        "went": dict(went),
        "presses": dict(presses),
        "presses an order where the first proposal is right": presses["first"] / right if right else None,
    }


def _key(seat: Seat, answers: dict[str, str], departments: dict[str, str]) -> tuple[list[str], str]:
    """What the dispatcher presses for the order that is shown, by what the pane proposes."""
    title = _shown_title(seat)
    wanted = answers.get(title[:8], "")
    shown = re.findall(r"(?m)(?:^|\s)([1-5]) (\S+)(?: \S+)? +\d+%", seat.text)
    for digit, unit in shown[:_MOST_SHOWN]:
        if departments.get(unit) == wanted:
            return (["enter"], "first") if digit == "1" else ([digit], "another")
    unit = next((name for name, department in departments.items() if department == wanted), "")
    return (["/", unit, "enter"], "looked for") if unit else (["enter"], "wrong")


def _shown_title(seat: Seat) -> str:
    found = re.search(r"标题 (\S+)", seat.text)
    return found[1] if found else ""


def _departments() -> dict[str, str]:
    with (ROOT / "seed" / "units.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"].startswith("CY-")]
        return {row["short_name"]: row["department"] for row in rows}


def _store(home: Path, rows: list[dict[str, Any]]) -> Path:
    """A store with the messages waiting for dispatch, as an operator had registered them: kind and township are known."""
    store, file, pin = home / "desk.db", home / "day.jsonl", home / "pin"
    front.make_store(store, site="CY01", staff_no="100", name="派单", pin=PIN, now=datetime.now(UTC))
    pin.write_text(PIN, encoding="utf-8")
    with file.open("w", encoding="utf-8") as lines:
        for row in rows:
            known = {name: row[name] for name in ("id", "subject", "detail", "time")}
            line = {**known, "id": str(row["id"]), "kind": "求助", "area": "横水镇"}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    command = [*DESK, "import", str(file), "--store", str(store), "--as", "100", "--pin-file", str(pin)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return store


if __name__ == "__main__":
    main()
