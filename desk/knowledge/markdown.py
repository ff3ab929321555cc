"""知识库 as a folder of Markdown: one file an entry, a small front matter, the answer as text, the basis under a heading."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desk.errors import BadInput
from desk.importing.tables import Line, Table, decoded
from desk.knowledge.columns import HEADS, column_called, label

FORM = ".md"
_FENCE = "---"
_BASIS = "## 依据"
_IN_FRONT = tuple(name for name in HEADS if name not in ("title", "answer", "basis"))
_MOST_FILES = 5_000


def written(line: Mapping[str, Any]) -> str:
    """Return one entry as the text of its file."""
    front = (f"{label(name)}: {line[name]}".rstrip() for name in _IN_FRONT)
    basis = f"\n{_BASIS}\n\n{line['basis']}\n" if line["basis"] else ""
    answer = "\n".join(
        f"\\{each}" if each.lstrip("\\") == _BASIS else each for each in line["answer"].split("\n")
    )
    return "\n".join((_FENCE, *front, _FENCE, "", f"# {line['title']}", "", f"{answer}\n")) + basis


def read_folder(folder: Path) -> Table:
    """Read every .md of a folder as a table, a line for each file in the order of their names.

    `raw` is the name of the file. Raises BadInput for a folder that cannot be read, or holds none.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == FORM)
        if not files:
            raise BadInput(f"{folder} 里没有 .md 文件", "文件夹")
        if len(files) > _MOST_FILES:
            raise BadInput(f"{folder} 里有 {len(files)} 个 .md 文件，一次最多 {_MOST_FILES} 个", "文件夹")
        read = [(path.name, path.read_bytes()) for path in files]
    except OSError:
        raise BadInput(f"{folder} 读不了，请检查路径和权限", "文件夹") from None
    digest = hashlib.sha256(b"\0".join(data for _, data in read)).hexdigest()
    lines = tuple(_line(number, name, decoded(data)) for number, (name, data) in enumerate(read, 1))
    heads = tuple(dict.fromkeys(head for line in lines for head in line.fields))
    return Table(folder, FORM, lines, heads, digest)


def _line(number: int, name: str, text: str) -> Line:
    fields = dict(_fields(text))
    if any("\udc80" <= each <= "\udcff" for each in text):
        return Line(number, {}, name, "有不是 UTF-8 也不是 GB18030 的字节，请转换编码后再导入")
    if not fields:
        return Line(number, {}, name, "开头没有用 --- 围起来的编号、主题等栏")
    return Line(number, fields, name)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != _FENCE or _FENCE not in map(str.strip, lines[1:]):
        return
    end = [line.strip() for line in lines].index(_FENCE, 1)
    for line in lines[1:end]:
        head, _, value = line.partition(":" if ":" in line else "：")
        if column_called(head):
            yield head.strip(), value.strip()
    title, answer, basis = _body(lines[end + 1 :])
    yield from ((label("title"), title), (label("answer"), answer), (label("basis"), basis))


def _body(lines: list[str]) -> tuple[str, str, str]:
    title, answer, basis = "", list[str](), list[str]()
    into = answer
    for line in lines:
        if line.startswith("# ") and not title:
            title = line[2:].strip()
        elif line.rstrip() == _BASIS:
            into = basis
        else:
            into.append(line[1:] if line.startswith("\\") and line.lstrip("\\") == _BASIS else line)
    return title, "\n".join(answer).strip(), "\n".join(basis).strip()
