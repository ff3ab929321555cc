"""The run of issue 5: one emergency from the call to the special report, two terminals open, one of them killed in the middle."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import emergency_run as run
from tests.terminal.conftest import DESK
from tests.terminal.seat import PIN, Seat

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
def test_one_emergency_from_the_call_to_the_special_report(
    sit_down: Callable[..., Seat], store: Path, tmp_path: Path, columns: int, rows: int
) -> None:
    size = {"columns": columns, "rows": rows}
    quiet: run.Note = lambda _: None  # noqa: E731
    with sit_down("--store", str(store), **size, DESK_SEAT="A01") as agent:
        agent.log_in(run.AGENT)
        with sit_down("--store", str(store), **size, DESK_SEAT="A02") as officer:
            officer.log_in(run.OFFICER)
            number = run.registered(agent, quiet)
            run.heard(officer, number, quiet)
            run.called_out(officer, quiet)
            officer.kill()
        with sit_down("--store", str(store), **size, DESK_SEAT="A02") as officer:
            officer.log_in(run.OFFICER)
            officer.press("f5")
            for step in ("派出", "接令", "出动", "到场"):
                run.stamped(officer, step)
            assert re.search(r"剩(2[0-9]|30)分", officer.text), officer.text
            run.handed_over(officer, quiet)
            run.controlled(officer, quiet)
            run.reported(officer, quiet)
            path = tmp_path / "专报.md"
            run.saved(officer, path, quiet)
            assert "约40人" in path.read_text(encoding="utf-8")
    checked = subprocess.run(
        (*DESK, "check", "--store", str(store)), capture_output=True, text=True, check=False, input=PIN
    )
    assert "完整" in checked.stdout, checked
