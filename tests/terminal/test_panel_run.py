"""The run of a whole panel session: asked, checked, told, drawn, read without names, voted in secret, counted, written off."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal import panel_run as run
from tests.terminal.conftest import DESK
from tests.terminal.seat import PIN, Seat

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
def test_one_panel_from_the_request_to_the_write_off(
    sit_down: Callable[..., Seat], store: Path, tmp_path: Path, columns: int, rows: int
) -> None:
    size = {"columns": columns, "rows": rows}
    quiet: run.Note = lambda _: None  # noqa: E731
    beside = run.Store(store)
    order_no = beside.dissatisfied()

    def seat(name: str) -> Seat:
        return sit_down("--store", str(store), **size, DESK_SEAT=name)

    with seat("A01") as auditor, seat("A03") as unit:
        auditor.log_in(run.AUDITOR)
        unit.log_in(run.UNIT)
        run.asked(unit, quiet)
        run.checked(auditor, quiet)
        run.prepared(auditor, quiet)
        first, second, *others = run.pins_given(auditor)
        with seat("A02") as panelist, seat("A04") as neighbour:
            run.read(panelist, first, quiet)
            run.read(neighbour, second, quiet)
            beside.signed(others)
            run.opened(auditor, quiet)
            run.voted(panelist, "2", "程序合法，依据充分", quiet)
            run.voted(neighbour, "1", "孩子要中考，应再想办法", quiet)
            beside.voted(others)
            run.closed(auditor, panelist, quiet)
        path = tmp_path / "纪要.docx"
        run.saved(auditor, path, quiet)
        assert path.exists()
        run.explained(auditor, quiet)
        unit.switch_to(run.SUPERVISOR)
        run.written_off(unit, quiet)
    with closing(sqlite3.connect(store)) as kept:
        found = kept.execute(
            "SELECT status, outcome, excluded_from_assessment FROM work_orders WHERE order_no = ?",
            (order_no,),
        ).fetchone()
        assert found == ("closed", "unreasonable", 1)
        assert kept.execute("SELECT reasonable, unreasonable FROM panel_lines").fetchone() == (2, 5)
    checked = subprocess.run(
        (*DESK, "check", "--store", str(store)), capture_output=True, text=True, check=False, input=PIN
    )
    assert "完整" in checked.stdout, checked
