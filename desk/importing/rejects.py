"""The lines that were not taken, kept beside the file with what is wrong, to be mended and imported by themselves.

A table gets one column more at its end, a .jsonl one key more in each line, both 错误, which an import passes over.
A line that is no JSON, or empty, stays as it stood, below a line that holds nothing but its 错误.
"""

import csv
import io
import json
import re
from pathlib import Path

from db.files import new_file, said_of
from desk.errors import BadInput
from desk.importing.checking import Checked
from desk.importing.tables import REASON, REJECTS, Line

_OLD_REASON = re.compile(rf',\s*"{REASON}":\s*"(?:[^"\\]|\\.)*"\s*}}$')
_BYTE_ORDER_MARK = "\ufeff"


def rejects_path(path: Path) -> Path:
    """Return where the bad lines of a file are kept: `FILE.rejects`."""
    return path.with_name(path.name + REJECTS)


def keep_rejects(checked: Checked) -> Path | None:
    """Write the bad lines to `FILE.rejects` (0600) and return that path; None when there are none.

    Raises BadInput if other lines stand there already: somebody may be mending them. StoreTrouble if it cannot be written.
    """
    if not checked.bad_lines:
        return None
    path, data = rejects_path(checked.table.path), _text(checked).encode(errors="surrogateescape")
    with said_of(path):
        if path.exists():
            if path.read_bytes() == data:
                return path
            raise BadInput(f"{path} 已有其他内容，未做任何改动；请先移走它再导入", "文件")
        new_file(path)
        path.write_bytes(data)
    return path


def _text(checked: Checked) -> str:
    table = checked.table
    reasons: dict[int, list[str]] = {}
    for flaw in checked.flaws:
        reasons.setdefault(flaw.line, []).append(
            f"{flaw.field}：{flaw.reason}" if flaw.field else flaw.reason
        )
    bad = [(line, "；".join(reasons[line.number])) for line in checked.bad_lines]
    if table.is_jsonl:
        return "".join(_with_reason(line, reason) for line, reason in bad)
    text, heads = io.StringIO(), tuple(head for head in table.heads if head != REASON)
    writer = csv.writer(text)
    writer.writerow((*heads, REASON))
    had_reasons = REASON in table.heads
    writer.writerows(_cells(line, len(heads), had_reasons, reason) for line, reason in bad)
    return _BYTE_ORDER_MARK + text.getvalue()


def _with_reason(line: Line, reason: str) -> str:
    said = f"{json.dumps(REASON, ensure_ascii=False)}: {json.dumps(reason, ensure_ascii=False)}"
    raw = _OLD_REASON.sub("}", str(line.raw).rstrip())
    if line.flaw or not line.fields:
        return f"{{{said}}}\n{raw}\n"
    return f"{raw.removesuffix('}').rstrip()}, {said}}}\n"


def _cells(line: Line, width: int, had_reasons: bool, reason: str) -> tuple[str, ...]:
    """The cells of a line without the reason of an earlier import, and the reason of this one."""
    cells = tuple(line.raw)
    if had_reasons and len(cells) > width:
        cells = cells[:-1]
    return (*cells, *[""] * (width - len(cells)), reason)
