"""知识库 as a file that comes back unchanged: .xlsx, .csv, or a folder of Markdown. One event each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.codes import Deed
from db.doors import StoreTrouble
from db.files import new_file, said_of
from db.queries import knowledge
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import Refused
from desk.exchange import Exported, Sheet, coming, form_of, write
from desk.knowledge import markdown
from desk.knowledge.columns import HEADS, label, line_of
from desk.knowledge.common import moment_of, record
from desk.rules.rights import Scope
from desk.troubles import unusable

_WIDTHS = {"title": 36, "keywords": 28, "answer": 80, "basis": 36, "owner_name": 18}
_SHEET = Sheet(
    "知识库", {name: label(name) for name in HEADS}, _WIDTHS, frozenset({"number", "line", "owner"}), "B2"
)


def export(desk: Desk, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write every version in force to a new .xlsx or .csv (0600), or into a folder, a .md for each.

    A path without an ending is a folder. Raises NotAllowed, BadInput for another form, Refused for what is there.
    """
    check_birth_right(desk, Deed.EXPORTED, Scope.HOUSE)
    is_folder = path.is_dir() or not path.suffix
    form = markdown.FORM if is_folder else form_of(path)
    with desk.reading() as reader:
        lines = [line_of(row) for row in knowledge.all_in_force(reader)]
    if is_folder:
        _into_folder(path, lines, may_overwrite=may_overwrite)
        _record(desk, path, form, len(lines))
    else:
        with coming(path, may_overwrite=may_overwrite) as made:
            with said_of(path):
                write(form, made, _SHEET, lines)
            _record(desk, path, form, len(lines))
    return Exported(path, len(lines))


@contextmanager
def _in_chinese() -> Iterator[None]:
    """Say in Chinese what the disk refuses."""
    try:
        yield
    except StoreTrouble as error:
        raise unusable(error) from error


def _record(desk: Desk, path: Path, form: str, count: int) -> None:
    with desk.light_writing() as writer:
        at = moment_of(desk, writer)
        record(desk, writer, Deed.EXPORTED, at, {"knowledge": count, "form": form}, file=str(path))


def _into_folder(folder: Path, lines: list[dict[str, Any]], *, may_overwrite: bool) -> None:
    with _in_chinese(), said_of(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = {f"{line['number']}{markdown.FORM}" for line in lines}
        there = sorted(each.name for each in folder.iterdir() if each.name in names)
        if there and not may_overwrite:
            raise Refused(
                f"{folder} 里已有 {there[0]} 等 {len(there)} 个文件，未做任何改动；请换一个文件夹，或加 --force 覆盖"
            )
        for line in lines:
            path = folder / f"{line['number']}{markdown.FORM}"
            if not path.exists():
                new_file(path)
            path.write_text(markdown.written(line), encoding="utf-8")
