"""The manual says what the program does: its keys, its commands, its lines, its picture of a life."""

import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyte
import pytest

from desk.cli import commands
from screens.app import DeskApp
from screens.base import DeskScreen
from screens.dialogs.help import EVERYWHERE, IN_LISTS
from screens.dispatch import DispatchScreen
from screens.emergency import EmergencyScreen
from screens.intake import IntakeScreen
from screens.my_tickets import MyTicketsScreen
from screens.review import ReviewScreen
from screens.widgets.key_hints import Hint
from tests import pictures

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", pictures.MANUAL)
PICTURED = (*PAGES, ROOT / "docs" / "review-tabs.zh.md")
CHAPTERS: dict[type[DeskScreen], str] = {
    IntakeScreen: "F2 受理",
    DispatchScreen: "F3 派单",
    MyTicketsScreen: "F4 我的工单",
    EmergencyScreen: "F5 应急",
    ReviewScreen: "F6 审核评议",
}


def manual() -> str:
    return pictures.MANUAL.read_text(encoding="utf-8")


def chapter(heading: str) -> str:
    """Return the text of one chapter of the manual."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", manual(), re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1]


def keys_of(hints: Iterable[Hint]) -> set[str]:
    return {key for written, _ in hints for key in written.split()}


def missing(keys: Iterable[str], text: str) -> list[str]:
    return sorted(key for key in keys if f"`{key}`" not in text)


@pytest.mark.parametrize("screen", CHAPTERS, ids=lambda screen: screen.__name__)
def test_every_key_that_a_screen_offers_is_in_its_chapter(screen: type[DeskScreen]) -> None:
    hints = [*screen.HINTS, *(hint for _, group in screen.MORE_KEYS for hint in group)]
    assert missing(keys_of(hints), chapter(CHAPTERS[screen])) == []


def test_every_key_that_works_everywhere_is_in_the_manual() -> None:
    bound = {binding.key for binding in DeskApp.BINDINGS}
    written = {re.sub(r"^ctrl\+(.)$", lambda found: f"Ctrl+{found[1].upper()}", key) for key in bound}
    written = {key.upper() if re.fullmatch(r"f\d+", key) else key for key in written}
    text = chapter("处处可用的按键")
    assert missing(written | keys_of(EVERYWHERE) | keys_of(IN_LISTS), text) == []


def test_every_command_is_in_the_manual() -> None:
    text = chapter("命令行")
    assert [name for name in commands.COMMANDS if f"desk {name}" not in text] == []


def test_no_page_speaks_of_a_command_that_is_not_there() -> None:
    for page in PAGES:
        named = set(
            re.findall(
                r"(?:`|^    |^\$ )(?:\S+/)?desk ([a-z][a-z-]*)",
                page.read_text(encoding="utf-8"),
                re.MULTILINE,
            )
        )
        assert named
        assert named <= set(commands.COMMANDS), page.name


def links() -> Iterator[tuple[Path, str]]:
    for page in PICTURED:
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:")):
                yield page, target


def test_every_picture_and_every_page_that_is_linked_is_there() -> None:
    gone = [(page.name, link) for page, link in links() if not (page.parent / link.split("#")[0]).exists()]
    assert gone == []


def test_every_chapter_that_is_linked_is_there() -> None:
    names = {anchor(found) for found in re.findall(r"^## (.+)$", manual(), re.MULTILINE)}
    asked = {link[1:] for page, link in links() if page == pictures.MANUAL and link.startswith("#")}
    assert asked <= names


def anchor(heading: str) -> str:
    """Return GitHub's name for a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_no_picture_is_left_that_nobody_shows() -> None:
    shown = {(page.parent / link).resolve() for page, link in links()}
    assert [
        picture.name for picture in pictures.PICTURES.glob("*.svg") if picture.resolve() not in shown
    ] == []


def test_the_picture_of_a_life_is_drawn_from_the_table_of_today() -> None:
    assert pictures.with_lifecycle(manual()) == manual(), "run: python -m tests.pictures"


def examples() -> list[tuple[str, str]]:
    """The commands that the manual shows with their answers."""
    blocks = re.findall(r"```console\n\$ (.+?)\n(.*?)```", manual(), re.DOTALL)
    assert blocks
    return blocks


@pytest.mark.parametrize(("line", "answer"), examples())
def test_a_command_answers_as_the_manual_shows(
    line: str,
    answer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DESK_STORE", str(tmp_path / "none.db"))
    assert commands.run(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out == answer


def refused_lines() -> list[str]:
    return re.findall(r"^\| `(.+?)` \|", chapter("常见提示行与怎么办"), re.MULTILINE)


def test_every_refused_line_that_the_manual_explains_is_one_of_the_program() -> None:
    sources = [path for folder in ("desk", "screens") for path in (ROOT / folder).rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    lines = refused_lines()
    assert len(lines) > 20
    strange = [line for line in lines if not all(piece.strip() in code for piece in line.split(".."))]
    assert strange == []


def test_a_picture_puts_every_character_at_its_own_cells() -> None:
    screen = pyte.Screen(20, 2)
    pyte.Stream(screen).feed("ab 派单<\x1b[7m!\x1b[0m")
    drawn = pictures.svg_of(screen, "试")
    found = re.findall(r'<text x="(\d+)".*?textLength="(\d+)".*?>(.+?)</text>', drawn)
    cells = [
        ((int(x) - pictures.MARGIN) // pictures.CELL, int(length) // pictures.CELL, text)
        for x, length, text in found
    ]
    assert cells == [(0, 2, "ab"), (3, 4, "派单"), (7, 1, "&lt;"), (8, 1, "!")]
    assert f'fill="#{pictures.FOREGROUND}"/>' in drawn
