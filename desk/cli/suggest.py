"""`desk suggest`: which units could handle a text, by duty list and past dispatches."""

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import proposals, session
from desk.cli import front, options, terminal
from desk.context import Desk
from desk.dispatch_rows import Proposals
from desk.errors import BadInput
from desk.importing.tables import Line, Table, read_table
from desk.learning.teaching import teach

_SITE, _NOBODY = "CY01", "100"
_NOT_SIGNED_IN = "未指明工号，按出厂职责清单建议；用 --as 工号 可按本中心现行清单"


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk suggest`."""
    parser.add_argument("text", metavar="文字", nargs="?", help="诉求内容")
    parser.add_argument("--from", dest="file", metavar="文件", type=Path, help=_FILE)
    parser.add_argument("--top", metavar="N", type=int, default=5, help="最多建议几个单位（默认 5）")
    parser.add_argument(
        "--learn", action="store_true", help="每答一条就学它的 department（只在副本上学，不改现行学习结果）"
    )
    options.add_json(parser)
    options.add_person(parser)


_FILE = ".jsonl，每行 id、subject、detail，--learn 时还有 department"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text that wants a unit; `id` is the caller's own."""

    id: Any
    title: str
    text: str
    department: str = ""


def run(given: argparse.Namespace) -> int:
    """Answer for one text, or line by line for a file."""
    if (given.text is None) == (given.file is None):
        raise BadInput("请写出诉求内容，或用 --from 文件（二者之一）；用法见 desk suggest --help")
    if given.top < 1:
        raise BadInput("--top 须为正整数", "--top")
    asked = list(_from_file(given.file)) if given.file else [_Asked(None, "", _one(given.text))]
    if given.learn and given.file is None:
        raise BadInput("--learn 须与 --from 文件 一起用", "--learn")
    with _desk(given) as desk:
        copy = desk.learned.copy() if given.learn else None
        progress = terminal.Progress("建议") if given.file and given.is_json else None
        for number, each in enumerate(asked, 1):
            found = proposals.suggest(desk, each.text, title=each.title, top=given.top, learned=copy)
            _tell(each, found, is_json=given.is_json)
            if copy is not None and each.department:
                teach(copy, f"{number}", each.title, each.text, each.department, found)
            if progress is not None:
                progress(number, len(asked))
        if progress is not None:
            progress.close()
    return 0


def _one(text: str) -> str:
    if not text.strip():
        raise BadInput("诉求内容不能为空", "文字")
    return text


def _from_file(path: Path) -> Iterator[_Asked]:
    table = read_table(path)
    if not table.is_jsonl:
        raise BadInput(f"{path.name} 须为 .jsonl，每行一个 JSON 对象", "文件")
    flaws = [flaw for line in table.lines for flaw in _flaws(table, line)]
    if flaws:
        raise BadInput("\n".join(flaws), "文件")
    for line in table.lines:
        fields = line.fields
        department = fields.get("department") or ""
        yield _Asked(fields.get("id"), fields.get("subject", ""), fields.get("detail", ""), department)


def _flaws(table: Table, line: Line) -> Iterator[str]:
    where = f"{table.path.name} 第 {line.number} 行"
    if line.flaw:
        yield f"{where}：{line.flaw}"
        return
    if line.fields.get("id") is None:
        yield f"{where} id：缺少编号"
    for name in ("subject", "detail", "department"):
        if not isinstance(line.fields.get(name) or "", str):
            yield f"{where} {name}：须为文字"
    if "subject" not in line.fields and "detail" not in line.fields:
        yield f"{where} detail：缺少诉求内容"


@contextmanager
def _desk(given: argparse.Namespace) -> Iterator[Desk]:
    """Lend the desk of who asks; without a 工号 that of a throw-away store with the duty list as it is delivered."""
    if options.acting(given):
        with options.signed_in(given) as desk:
            yield desk
        return
    terminal.complain(_NOT_SIGNED_IN)
    with tempfile.TemporaryDirectory(prefix="desk-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "desk.db"
        front.make_store(path, site=_SITE, staff_no=_NOBODY, name="查询", pin="000000", now=session.utc_now())
        opening = session.open_store(path, is_throw_away=True)
        desk = session.log_in_without_pin(opening, _NOBODY)
        try:
            yield desk
        finally:
            desk.close()
            opening.database.close()


def _tell(asked: _Asked, found: Proposals, *, is_json: bool) -> None:
    if is_json:
        terminal.say_json({"id": asked.id, "suggestions": [_as_json(row) for row in found.rows]})
        return
    if asked.id is not None:
        terminal.say(f"【{_id_words(asked.id)}】{asked.title}")
    for number, row in enumerate(found.rows, 1):
        where = f"{row.unit} {row.section}".rstrip()
        terminal.say(f"{number} {terminal.fitted(where, 34)} {row.share:3d}%  {row.why}")
    terminal.say(*(line for line in (found.unclear, *found.notes) if line))


def _as_json(row: Any) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "department": row.department,
        "section": row.section,
        "score": round(row.likelihood, 4),
        "why": row.why,
    }


def _id_words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
