"""The first frame waits for nothing heavy: what an import pulls in is counted in a fresh process."""

import subprocess
import sys

import pytest

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "openpyxl", "holidays", "chinese_calendar", "argon2", "nacl")


def loaded_by(module: str) -> set[str]:
    """Return which heavy packages are loaded after importing `module` alone."""
    code = f"import sys, {module}; print(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return set(printed.split())


@pytest.mark.parametrize("module", ["screens.app", "desk.cli.main", "desk.cli.front"])
def test_the_first_frame_is_drawn_before_the_store_is_loaded(module: str) -> None:
    assert loaded_by(module) == set()


def test_the_screens_themselves_know_no_store() -> None:
    modules = (
        "screens.app, screens.intake, screens.dispatch, screens.my_tickets, screens.emergency, screens.review"
    )
    assert loaded_by(modules) == set()


@pytest.mark.parametrize("module", ["desk.session", "desk.counts", "desk.lists", "desk.watch", "desk.card"])
def test_log_in_counts_and_lists_go_through_the_light_door(module: str) -> None:
    assert loaded_by(module) == set()


def test_the_rules_need_neither_store_nor_screen() -> None:
    modules = (
        "desk.rules.lifecycle, desk.rules.rights, desk.rules.deadlines, desk.rows, desk.codes, desk.errors"
    )
    code = f"import sys, {modules}; print([n for n in ('sqlite3', 'textual', 'rich', 'db.models') if n in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"
