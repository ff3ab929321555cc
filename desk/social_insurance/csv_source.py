"""社保记录 from a .csv file that 人社 hands over: UTF-8 or GB18030, one line a person and kind of insurance."""

import csv
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.errors import BadInput
from desk.importing.sources import plain_head
from desk.rules.text import cleaned
from desk.social_insurance.sources import Person, SourceAway

ID, NAME, PHONE, PLACE, EMPLOYER = "身份证号", "姓名", "手机号", "参保地", "单位"
NEEDED = (ID, NAME)
"""Columns that every file must have; all but 身份证号 and 手机号 are shown as they stand."""
_ENCODINGS = ("utf-8-sig", "gb18030")
_LONGEST_CELL, _MOST_ITEMS = 200, 60
_PARTS = str.maketrans(";；、/", ",,,,")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class CsvSource:
    """Reads the file anew at each look: a new one takes its place without a restart. A person's line is one line: no line ends in cells."""

    path: Path
    name: str = "csv"

    @classmethod
    def of(cls, path: str) -> "CsvSource":
        """Return the source for a setting. Raises BadInput for a path that is none."""
        if not path or not Path(path).is_absolute():
            raise BadInput(
                "设置 insurance.csv_path 须是社保数据文件的完整路径，请管理员先填写", "insurance.csv_path"
            )
        return cls(Path(path))

    def where(self) -> str:
        """Where it looks."""
        try:
            is_open_to_all = bool(self.path.stat().st_mode & stat.S_IROTH)
        except OSError:
            return f"{self.path}（文件不在或读不了）"
        return f"{self.path}{'（本机其他账户也能读，请改权限：chmod o-r）' if is_open_to_all else ''}"

    def find(self, id_number: str) -> Person | None:
        """Return the person of this ID number. Raises SourceAway."""
        rows = self._rows_of(id_number)
        return _person(rows) if rows else None

    def _rows_of(self, id_number: str) -> list[Row]:
        for encoding in _ENCODINGS:
            try:
                with self.path.open(encoding=encoding, newline="") as file:
                    rows = _rows(csv.reader(_lines_with(file, id_number)))
                    return [row for row in rows if row[ID].upper() == id_number]
            except UnicodeDecodeError:
                continue
            except OSError:
                raise SourceAway("社保数据文件读不了，请管理员检查 insurance.csv_path") from None
            except csv.Error:
                break
        raise SourceAway("社保数据文件不是 UTF-8 或 GB18030 的 .csv，请管理员重新导出")


def _lines_with(file: Iterable[str], id_number: str) -> Iterator[str]:
    """Yield the head and the lines that hold the number: reading every line of a city as cells takes ten times as long."""
    for place, line in enumerate(file):
        if place == 0 or id_number in line or id_number.lower() in line:
            yield line


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    known = {plain_head(name): name for name in (ID, NAME, PHONE, PLACE, EMPLOYER)}
    heads = [known.get(plain_head(head), head.strip()) for head in next(lines, [])]
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        raise SourceAway(f"社保数据文件缺少列：{'、'.join(missing)}，请管理员重新导出")
    for cells in lines:
        row = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if row.get(ID):
            yield row


def _person(rows: list[Row]) -> Person:
    first = rows[0]
    hidden = {ID, PHONE, NAME, PLACE, EMPLOYER}
    items = [(head, value) for row in rows for head, value in row.items() if value and head not in hidden]
    return Person(
        name=shown(first[NAME]),
        place=shown(first.get(PLACE, "")),
        employer=shown(first.get(EMPLOYER, "")),
        phones=tuple(first.get(PHONE, "").translate(_PARTS).split(",")),
        items=tuple((shown(head), shown(value)) for head, value in items[:_MOST_ITEMS]),
    )


def shown(words: str) -> str:
    """Return a cell as a terminal may show it, cut to its first 200 characters; '?' for one that it may not."""
    try:
        return cleaned(words[:_LONGEST_CELL], _LONGEST_CELL, "社保记录", one_line=True)
    except BadInput:
        return "?"
