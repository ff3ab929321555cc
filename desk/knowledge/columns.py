"""The columns of an exchanged 知识库, the front matter of a Markdown file, and how one entry of either is read."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from db.doors import Reader, Row
from desk.context import Desk
from desk.errors import BadInput
from desk.exchange import written
from desk.house_units import unit_named
from desk.knowledge.common import number_in
from desk.knowledge.fields import checked_words
from desk.knowledge_rows import EntryText
from desk.rules.written_times import day_written

HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("编号", "number", "条目编号"),
    "version": ("版本", "version"),
    "line": ("热线", "line"),
    "topic": ("主题", "topic"),
    "title": ("标题", "title", "问题"),
    "keywords": ("关键词", "keywords"),
    "answer": ("答复", "answer", "答案"),
    "basis": ("依据", "basis", "法律依据"),
    "owner": ("责任单位代码", "owner", "unit_code"),
    "owner_name": ("责任单位", "owner_name", "unit"),
    "valid_from": ("生效日期", "valid_from"),
    "valid_to": ("失效日期", "valid_to"),
    "review_by": ("复核日期", "review_by"),
    "is_sample": ("样例", "is_sample"),
    "retired": ("停用", "retired"),
}
"""The columns in the order of an export, each under the names by which it may come; the first is its Chinese label."""

NEEDED = ("number", "topic", "title", "answer")
WORDS = ("line", "topic", "title", "keywords", "answer", "basis", "valid_from", "valid_to", "review_by")
YES = ("是", "1", "yes", "y", "true")


@lru_cache(maxsize=256)
def column_called(head: str) -> str | None:
    """Return the column that stands under a head, or None for one that the desk does not know."""
    plain = unicodedata.normalize("NFKC", head).strip().rstrip("*").lower()
    return next((name for name, heads in HEADS.items() if plain in heads), None)


def label(name: str) -> str:
    """Return a column's Chinese label."""
    return HEADS[name][0]


@dataclass(frozen=True, slots=True)
class Given:
    """One entry of a file that can be read: its columns as kept, `version` None where nothing stands."""

    line: int
    number: str
    text: EntryText
    version: int | None
    is_retired: bool


class EntryReader:
    """Reads one line (or file); `flaws` are pairs of a column's label and what is wrong, all of them."""

    def __init__(self, desk: Desk, reader: Reader, cells: Mapping[str, Any], *, is_csv: bool) -> None:
        self._desk, self._reader, self._is_csv = desk, reader, is_csv
        self._cells = {name: value for head, value in cells.items() if (name := column_called(head))}
        self.flaws: list[tuple[str, str]] = []

    def given(self, line: int, current: Callable[[str], Row | None]) -> Given | None:
        """Return what the line says; a column that is not there keeps what `current(number)` says. None with `flaws`."""
        number = self._read("number", number_in)
        version = self._read("version", _version)
        before = current(number) if number else None
        text = self._text_of(before)
        retired = self._read("retired", _yes)
        if self.flaws or number is None or text is None:
            return None
        return Given(line, number, text, version, bool(retired))

    def _text_of(self, before: Row | None) -> EntryText | None:
        known = {name: str(before[name]) if before is not None else "" for name in WORDS}
        values = {name: self._read(name, _as_written) for name in WORDS if name in self._cells}
        for name in ("valid_from", "valid_to", "review_by"):
            if values.get(name):
                values[name] = self._read(name, _day)
        owner = self._owner(before)
        is_sample = self._read("is_sample", _yes) if "is_sample" in self._cells else None
        if self.flaws or owner is None:
            return None
        words: dict[str, Any] = {**known, **{name: value or "" for name, value in values.items()}}
        text = EntryText(**words, owner=owner)
        if is_sample is None:
            is_sample = bool(before["is_sample"]) if before is not None else False
        return self._checked(replace(text, is_sample=is_sample))

    def _checked(self, text: EntryText) -> EntryText | None:
        try:
            words: dict[str, Any] = checked_words(text)
            return replace(text, **words)
        except BadInput as error:
            self.flaws.append((error.field, error.message.removeprefix(error.field)))
            return None

    def _owner(self, before: Row | None) -> str | None:
        """The code of the unit, by code or by name; '' for none."""
        if "owner" not in self._cells and "owner_name" not in self._cells:
            return str(before["owner_code"] or "") if before is not None else ""
        named = self._read("owner", _as_written) or self._read("owner_name", _as_written) or ""
        if not named:
            return ""
        try:
            return str(unit_named(self._reader, named, self._desk.actor.centre_path)["code"])
        except BadInput as error:
            self.flaws.append((label("owner_name"), error.message))
            return None

    def _read(self, name: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(written(self._cells.get(name), is_csv=self._is_csv))
        except BadInput as error:
            self.flaws.append((label(name), error.message.removeprefix(label(name))))
            return None


def _as_written(text: str) -> str:
    return text


def _version(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and 0 < len(text) < 6):
        raise BadInput(f"“{text[:20]}”不是版本号，请照导出的写，或清空")
    return int(text) if text else None


def _yes(text: str) -> bool:
    if text.lower() not in ("", "否", "0", "no", "n", "false", *YES):
        raise BadInput(f"“{text[:20]}”看不懂，请写“是”，或空着")
    return text.lower() in YES


def _day(text: str) -> str:
    plain = re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", text)
    return day_written(plain, "").isoformat()


def line_of(row: Row) -> dict[str, Any]:
    """Return a version in force as the cells of an exchanged line, by column."""
    return {
        **{name: row[name] for name in ("number", "version", *WORDS)},
        "owner": row["owner_code"] or "",
        "owner_name": row["owner"] or "",
        "is_sample": "是" if row["is_sample"] else "",
        "retired": "",
    }
