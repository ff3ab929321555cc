"""What people paste into a field that was meant for words, and how to see what a store made of it."""

import dataclasses
import inspect
import json
import re
import sqlite3
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from db.work import work_path
from desk.calls import CallNote
from desk.dispatch_rows import SplitPart
from desk.errors import Refused
from desk.insurance_rows import IdentityClaim
from desk.intake_rows import CounterForm, OrderForm, PhraseForm
from desk.knowledge_rows import EntryText
from desk.notices import NoticeForm
from desk.panel_rows import FileText
from desk.ruling_rows import PanelForm, RulingForm
from desk.social_review import NewPanelist
from tests.world import World

ZWJ = "\u200d"
FAMILY = f"👨{ZWJ}👩{ZWJ}👧"
UNHARMED = (f"👍🏽{FAMILY}🇨🇳", "１２３ＡＢ　Ｃ", "[/b][red]{x}", "';DROP x;--", "𠮷𡋾㐂𬴃龘⿰é")
"""Writing, every one of it, short enough for any field: comes back as it was."""

ALL_AT_ONCE = f"{' '.join(UNHARMED)} [@click=app.quit]'); DROP TABLE work_orders; -- %s %(x)s \\n \\x1b"

CHANGED = "甲\u202e乙\u200b丙\r\n丁\t戊\u2066\ufeff己\u2028庚"
CHANGED_INTO = ("甲乙丙\n丁 戊己\n庚", "甲乙丙 丁 戊己 庚")
"""Direction and zero-width marks go, line ends and tabs become plain ones (desk/rules/text.py)."""

FORBIDDEN = (
    "甲\x00乙",
    "甲\ud83d",
    "\udc4d乙",
    "甲\x1b]52;c;ZWNobw==\x07",
    "甲\x1b[2J乙",
    "甲\x9b31m",
    "甲\x7f\x08",
)
"""What a terminal obeys, or no file can hold."""

LONG, LONGER = "长" * 10_000, "长" * 25_000
EMPTY = ("", "  \u3000\t\n ")

STEERS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_ENGLISH = re.compile(r"Error|Traceback|Exception|codec|sqlite|NoneType|invalid|object at 0x", re.IGNORECASE)
_HANZI = re.compile("[\u4e00-\u9fff]")


def assert_clear(refusal: Refused, given: str = "") -> None:
    """Fail unless a refusal is one Chinese line that does the terminal no harm; it may quote what was `given`."""
    line = str(refusal)
    assert "\n" not in line, ascii(line)
    assert not STEERS.search(line), ascii(line)
    assert _HANZI.search(line), line
    own = line.replace(given.strip(), "") if given.strip() else line
    assert not _ENGLISH.search(own), line
    assert len(line) <= 300, line[:300]


def deeds_of(module: types.ModuleType) -> dict[str, Callable[..., Any]]:
    """Return the public functions of a flow."""
    names = (name for name in module.__all__ if inspect.isfunction(getattr(module, name)))
    return {name: getattr(module, name) for name in names}


def text_fields(function: Callable[..., Any]) -> list[str]:
    """Return the parameters of a deed that take words: `title`, `form.name`, `answers[]`, `order_nos[]`."""
    found = []
    for name, hint in typing.get_type_hints(function).items():
        if name not in ("desk", "return", "tab"):  # a tab is the screen's own key
            found += _text_fields_of(name, hint)
    return found


def _text_fields_of(name: str, hint: Any) -> list[str]:
    kinds = _members(hint)
    if str in kinds:
        return [name]
    inner = [
        kind
        for kind in kinds
        if kind
        in (
            OrderForm,
            CounterForm,
            CallNote,
            PanelForm,
            RulingForm,
            NoticeForm,
            EntryText,
            PhraseForm,
            IdentityClaim,
            FileText,
            NewPanelist,
        )
    ]
    if inner:
        hints = typing.get_type_hints(inner[0])
        return [f"{name}.{field}" for field, kind in hints.items() if str in _members(kind)]
    if SplitPart in (held for kind in kinds for held in typing.get_args(kind)):
        hints = typing.get_type_hints(SplitPart)
        return [f"{name}[].{field}" for field, kind in hints.items() if str in _members(kind)]
    holds_text = any(str in typing.get_args(kind) for kind in kinds)
    return [f"{name}[]"] if holds_text else []


def _members(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)


def with_text(arguments: dict[str, Any], field: str, text: str) -> dict[str, Any]:
    """Return the arguments of a deed with `text` in one of its fields."""
    if "[]." in field:
        name, _, part = field.partition("[].")
        return {**arguments, name: [dataclasses.replace(each, **{part: text}) for each in arguments[name]]}
    if field.endswith("[]"):
        name = field[:-2]
        given = arguments.get(name)
        is_form = isinstance(given, Mapping)
        held = {**dict.fromkeys(given, text), "words": text, text[:9]: "x"} if is_form else (text,)
        return {**arguments, name: held}
    name, _, part = field.partition(".")
    if part:
        return {**arguments, name: dataclasses.replace(arguments[name], **{part: text})}
    return {**arguments, name: text}


class Kept:
    """Everything that deeds leave in a store and its work file, and the way back to how the store was."""

    def __init__(self, world: World) -> None:
        self._store = _opened(world.path)
        self._work = _opened(work_path(world.path))
        self._before = sqlite3.connect(":memory:")
        self._store.backup(self._before)
        self._version = self._data_version()

    def is_written(self) -> bool:
        """Whether anybody has committed anything to the store since the last restoring."""
        return self._data_version() != self._version

    def restore(self) -> None:
        """Bring the store back to where it was."""
        self._before.backup(self._store)
        self._version = self._data_version()

    def holds(self, wanted: Iterable[str]) -> bool:
        """Whether one of these texts stands in the store or the work file, plain or inside JSON."""
        forms = [form for text in wanted for form in (text, json.dumps(text, ensure_ascii=False)[1:-1])]
        return any(form in text for text in (*self.texts(), *_texts_of(self._work)) for form in forms)

    def texts(self) -> list[str]:
        """Return every text in the store that a deed may have left there."""
        return _texts_of(self._store)

    def close(self) -> None:
        """Let go of the files."""
        for connection in (self._store, self._work, self._before):
            connection.close()

    def _data_version(self) -> int:
        return int(self._store.execute("PRAGMA data_version").fetchone()[0])


_GIVEN = ("areas", "categories", "duty_items", "sections", "settings", "staff", "staff_roles", "units")


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogatepass")
    return connection


def _texts_of(connection: sqlite3.Connection) -> list[str]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
    tables = [name for (name,) in connection.execute(names) if name not in _GIVEN]
    rows = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
    return [value for row in rows for value in row if isinstance(value, str)]
