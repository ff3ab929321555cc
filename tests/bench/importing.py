"""Files taken in: CPU and wall an order of real messages, what a second time adds, how a workbook of 50,000 rows is foretold."""

import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from desk import importing
from tests.bench.table import Figure, Skipped
from tests.world import World

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "hotline_messages_open.jsonl"
QUICK = 500
ROWS, QUICK_ROWS = 50_000, 2_000


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield the dry run of a large workbook, then time an order for the file of real messages beside the repository."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _foretold(Path(folder), QUICK_ROWS if is_quick else ROWS)
    if not MESSAGES.exists():
        raise Skipped(f"{MESSAGES.name} is not beside the repository")
    with tempfile.TemporaryDirectory() as folder:
        source = _copy(Path(folder), QUICK if is_quick else None)
        world = World(Path(folder) / "desk.db", is_throw_away=False)
        first, wall, cpu = _taken(world, source)
        yield Figure(
            f"{first.imported:,} real messages imported: CPU an order", cpu / first.imported, None, "ms"
        )
        yield Figure("the same, wall an order", wall / first.imported, None, "ms")
        second, wall, _ = _taken(world, source)
        yield Figure("imported a second time: orders added", second.imported, 0, "")
        yield Figure("the same: wall in all", wall / 1000, None, "s")


def _foretold(folder: Path, rows: int) -> Iterator[Figure]:
    """A whole dry run in this process: reading, checking every row, looking for what is here already and for doubles."""
    file, world = _workbook(folder / "rows.xlsx", rows), World(folder / "desk.db")
    desk, before, began = world.desk("1002"), _peak_mib(), time.perf_counter()
    checked = importing.examine(desk, importing.read_table(file, names_formulas=True))
    foreseen = sum(1 for _ in importing.foresee(desk, checked.messages))
    yield Figure(f"dry run of {foreseen:,} rows of a workbook: wall", time.perf_counter() - began, None, "s")
    yield Figure("the same: memory on top", _peak_mib() - before, None, "MiB")


def _workbook(path: Path, rows: int) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["编号", "标题", "内容", "时间", "联系电话", "上级时限"])
    for number in range(rows):
        words = f"横水镇第{number}号路灯坏了一个星期，晚上看不见路，请尽快修理。"
        phone = f"139{number * 7919 % 10**8:08d}"
        sheet.append([f"P{number}", f"第{number}号路灯不亮", words, "2026-11-20 21:05", phone, "2026-12-30"])
    book.save(path)
    return path


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _copy(folder: Path, most: int | None) -> Path:
    lines = MESSAGES.read_text(encoding="utf-8").splitlines()[:most]
    copy = folder / MESSAGES.name
    copy.write_text("\n".join(lines), encoding="utf-8")
    return copy


def _taken(world: World, source: Path) -> tuple[importing.Taken, float, float]:
    """Return what an import did and took: wall and CPU in milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    desk = world.desk("1002")
    checked = importing.examine(desk, importing.read_table(source))
    taken = importing.take_in(desk, checked.messages, lambda *_: None)
    return taken, (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
