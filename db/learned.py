"""What the desk has learned of dispatch, in a file of its own beside the store: `desk.learned.db`.

Everything here is derived from the store's orders and can be made again from them; it is never a reason for a deed to
fail. A lesson is one order and the unit that got it, kept as the hashes of its word pairs, not as words. Three things
come of lessons, and each lesson can be taken out of all three again: an index of neighbours, one weight for each pair
and department (a passive-aggressive linear model), and habits (what was chosen in a context). Standard library only.
"""

import sqlite3
import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from db.work_file import is_damage

TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS departments (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS grams (gram INTEGER PRIMARY KEY, lessons INTEGER NOT NULL, weights BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS habits (
    context TEXT NOT NULL, department INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (context, department)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lessons (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, order_no TEXT NOT NULL, centre TEXT NOT NULL,
    department INTEGER NOT NULL, unit_code TEXT NOT NULL, section_code TEXT NOT NULL, contexts TEXT NOT NULL,
    title BLOB NOT NULL, body BLOB NOT NULL, length REAL NOT NULL, rival INTEGER NOT NULL, step REAL NOT NULL,
    bucket TEXT NOT NULL, was_right INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS hits (
    bucket TEXT PRIMARY KEY, right INTEGER NOT NULL, wrong INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ix_lessons_department ON lessons (department);
CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(tokens, content='', detail=none, columnsize=0);
"""
BUSY_MILLISECONDS = 2_000
VERSION = 1
"""Of what is kept here; a file of another version is forgotten and learned again."""

_WEIGHT = struct.Struct("<Hd")
_SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class Lesson:
    """One order and who got it: hashes of the pairs of its title and body, and what the learner did with them.

    `contexts` are the habits it speaks for; `rival` is the department that was pushed down by `step`, if any; `bucket`
    is how sure the first proposal had been, and `was_right` whether it was taken ('' when there was none).
    """

    key: str
    order_no: str
    centre: str
    department: str
    unit_code: str
    section_code: str
    title: tuple[int, ...]
    body: tuple[int, ...]
    length: float = 1.0
    contexts: tuple[str, ...] = ()
    rival: str = ""
    step: float = 0.0
    bucket: str = ""
    was_right: bool = False


@dataclass(frozen=True, slots=True)
class Gram:
    """How many lessons have a pair, and what it says for each department."""

    lessons: int
    weights: Mapping[str, float]


def learned_path(store: Path) -> Path:
    """Return where what was learned from a store lies: `desk.learned.db` beside `desk.db`."""
    return store.with_name(f"{store.stem}.learned.db")


class LearnedStore:
    """Lessons and what came of them. Threads may share it; `:memory:` is a copy that nobody else sees."""

    def __init__(self, path: Path | str, mode: int = 0o600) -> None:
        """Say where; the file is opened, or made, when it is first asked. A damaged one is made anew."""
        self._path, self._mode = path, mode
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._is_open = False
        self._names: dict[int, str] = {}

    @classmethod
    def beside(cls, store: Path) -> "LearnedStore":
        """Return what was learned from the store at `store`, readable by whoever may read the store."""
        mode = 0o600
        with suppress(OSError):
            mode = store.stat().st_mode & 0o660
        return cls(learned_path(store), mode)

    @property
    def is_usable(self) -> bool:
        """Whether the file can be opened; without it the desk proposes by the duty list alone."""
        with self._lock:
            if not self._is_open:
                self._is_open = True
                self._open()
            return self._connection is not None

    def _open(self) -> None:
        for _ in range(2):
            try:
                self._connection = _opened(self._path, self._mode)
            except (sqlite3.Error, OSError) as error:
                self._connection = None
                if not (isinstance(error, sqlite3.Error) and is_damage(error)):
                    return
                self._forget_file()
            else:
                return

    def _forget_file(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self._path}{ending}").unlink()

    def close(self) -> None:
        """Close the file; afterwards nothing is known."""
        with self._lock:
            self._is_open = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def copy(self) -> "LearnedStore":
        """Return a copy in memory, to learn on without anybody else learning from it."""
        made = LearnedStore(":memory:")
        with self._lock, suppress(sqlite3.Error):
            if self.is_usable and made.is_usable:
                self._held().backup(made._held())
        return made

    @contextmanager
    def writing(self) -> Iterator["LearnedStore"]:
        """Hold the file for several changes that count together or not at all. Raises sqlite3.Error."""
        with self._lock:
            connection = self._held()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                self._names.clear()
                raise

    def _held(self) -> sqlite3.Connection:
        if not self.is_usable or self._connection is None:
            raise sqlite3.OperationalError("what was learned cannot be opened")
        return self._connection

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._held().execute(sql, values).fetchall()

    # -- facts

    def fact(self, name: str) -> int | None:
        """Return a number kept by name, such as how far the events were read; None for none."""
        rows = self._rows("SELECT value FROM facts WHERE name = ?", name)
        return int(rows[0]["value"]) if rows else None

    def set_fact(self, name: str, value: int) -> None:
        """Keep a number by name."""
        self._rows(
            "INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value
        )

    def forget_all(self) -> None:
        """Forget everything: the store is another, or was restored."""
        for table in ("facts", "departments", "grams", "habits", "hits", "lessons"):
            self._rows(f"DELETE FROM {table}")
        self._rows("INSERT INTO pairs (pairs) VALUES ('delete-all')")
        self._names.clear()

    def count(self) -> int:
        """Return how many lessons are kept."""
        return int(self._rows("SELECT count(*) AS n FROM lessons")[0]["n"])

    def departments(self) -> dict[str, int]:
        """Return every department that has lessons, with how many."""
        counted = self._rows("SELECT department, count(*) AS n FROM lessons GROUP BY department")
        return {self._name(row["department"]): int(row["n"]) for row in counted}

    # -- what pairs and contexts say

    def grams(self, wanted: Iterable[int]) -> dict[int, Gram]:
        """Return what is known of pairs; one that no lesson had is left out."""
        pairs = list(wanted)
        marks = ",".join("?" * len(pairs))
        rows = self._rows(f"SELECT gram, lessons, weights FROM grams WHERE gram IN ({marks})", *pairs)
        return {row["gram"]: Gram(row["lessons"], self._unpacked(row["weights"])) for row in rows}

    def habits(self, context: str) -> Counter[str]:
        """Return which departments were chosen in a context, and how often."""
        rows = self._rows("SELECT department, times FROM habits WHERE context = ? AND times > 0", context)
        return Counter({self._name(row["department"]): row["times"] for row in rows})

    def hits(self, bucket: str) -> tuple[int, int]:
        """Return how often a first proposal as sure as `bucket` was right, and how often wrong."""
        rows = self._rows("SELECT right, wrong FROM hits WHERE bucket = ?", bucket)
        return (int(rows[0]["right"]), int(rows[0]["wrong"])) if rows else (0, 0)

    def neighbours(self, gram: int, most: int) -> list[int]:
        """Return the newest lessons that have a pair, at most `most`."""
        sql = "SELECT rowid FROM pairs WHERE pairs MATCH ? ORDER BY rowid DESC LIMIT ?"
        return [row["rowid"] for row in self._rows(sql, _token(gram), most)]

    def lessons(self, ids: Sequence[int]) -> dict[int, Lesson]:
        """Return lessons by key."""
        marks = ",".join("?" * len(ids))
        return {
            row["id"]: self._lesson(row)
            for row in self._rows(f"SELECT * FROM lessons WHERE id IN ({marks})", *ids)
        }

    def lesson_of(self, key: str) -> Lesson | None:
        """Return what was learned from one order, or None."""
        rows = self._rows("SELECT * FROM lessons WHERE key = ?", key)
        return self._lesson(rows[0]) if rows else None

    def oldest(self, most: int) -> list[str]:
        """Return the keys of the oldest lessons."""
        return [row["key"] for row in self._rows("SELECT key FROM lessons ORDER BY id LIMIT ?", most)]

    def _lesson(self, row: sqlite3.Row) -> Lesson:
        return Lesson(
            key=row["key"],
            order_no=row["order_no"],
            centre=row["centre"],
            department=self._name(row["department"]),
            unit_code=row["unit_code"],
            section_code=row["section_code"],
            title=_hashes(row["title"]),
            body=_hashes(row["body"]),
            length=row["length"],
            contexts=tuple(filter(None, row["contexts"].split("\n"))),
            rival=self._name(row["rival"]) if row["rival"] else "",
            step=row["step"],
            bucket=row["bucket"],
            was_right=bool(row["was_right"]),
        )

    # -- learning and taking back: within `writing`

    def add(self, lesson: Lesson, shares: Mapping[int, float]) -> None:
        """Keep a lesson; `shares` is how strongly each pair speaks, and by `step` of it the model moves."""
        own, rival = self._number(lesson.department), self._number(lesson.rival) if lesson.rival else 0
        cursor = self._held().execute(
            "INSERT INTO lessons (key, order_no, centre, department, unit_code, section_code, contexts, title, body,"
            " length, rival, step, bucket, was_right) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(lesson.key, lesson.order_no, lesson.centre, own, lesson.unit_code, lesson.section_code),
                *("\n".join(lesson.contexts), _blob(lesson.title), _blob(lesson.body)),
                *(lesson.length, rival, lesson.step, lesson.bucket, lesson.was_right),
            ),
        )
        self._index(int(cursor.lastrowid or 0), lesson)
        self._move(shares, {own: lesson.step, rival: -lesson.step}, 1)
        self._count_all(lesson, own, 1)

    def remove(self, lesson: Lesson, shares: Mapping[int, float]) -> None:
        """Take a lesson out of everything that it went into; `shares` as they were when it was added."""
        own, rival = self._number(lesson.department), self._number(lesson.rival) if lesson.rival else 0
        row = self._held().execute("SELECT id FROM lessons WHERE key = ?", (lesson.key,)).fetchone()
        if row is None:
            return
        self._unindex(row["id"], lesson)
        self._held().execute("DELETE FROM lessons WHERE id = ?", (row["id"],))
        self._move(shares, {own: -lesson.step, rival: lesson.step}, -1)
        self._count_all(lesson, own, -1)

    def drop_neighbour(self, lesson: Lesson) -> None:
        """Let an old lesson go from the index of neighbours; what the model learned of it stays."""
        row = self._held().execute("SELECT id FROM lessons WHERE key = ?", (lesson.key,)).fetchone()
        if row is not None:
            self._unindex(row["id"], lesson)
            self._held().execute("DELETE FROM lessons WHERE id = ?", (row["id"],))

    def _index(self, number: int, lesson: Lesson) -> None:
        self._held().execute("INSERT INTO pairs (rowid, tokens) VALUES (?, ?)", (number, _tokens(lesson)))

    def _unindex(self, number: int, lesson: Lesson) -> None:
        self._held().execute(
            "INSERT INTO pairs (pairs, rowid, tokens) VALUES ('delete', ?, ?)", (number, _tokens(lesson))
        )

    def _move(self, shares: Mapping[int, float], steps: Mapping[int, float], lessons: int) -> None:
        moved = {department: step for department, step in steps.items() if department and step}
        marks = ",".join("?" * len(shares))
        found = self._rows(f"SELECT gram, lessons, weights FROM grams WHERE gram IN ({marks})", *shares)
        known = {row["gram"]: (row["lessons"], dict(_WEIGHT.iter_unpack(row["weights"]))) for row in found}
        rows = []
        for gram, share in shares.items():
            count, weights = known.get(gram, (0, {}))
            for department, step in moved.items():
                weights[department] = weights.get(department, 0.0) + step * share
            rows.append((gram, count + lessons, _packed(weights)))
        self._held().executemany("INSERT OR REPLACE INTO grams VALUES (?, ?, ?)", rows)
        self._rows(f"DELETE FROM grams WHERE gram IN ({marks}) AND lessons <= 0", *shares)

    def _count_all(self, lesson: Lesson, own: int, times: int) -> None:
        for context in lesson.contexts:
            self._count(context, own, times)
        if lesson.bucket:
            right, wrong = (times, 0) if lesson.was_right else (0, times)
            self._rows(
                "INSERT INTO hits VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                " SET right = right + excluded.right, wrong = wrong + excluded.wrong",
                *(lesson.bucket, right, wrong),
            )

    def _count(self, context: str, department: int, times: int) -> None:
        self._rows(
            "INSERT INTO habits VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times",
            context,
            department,
            times,
        )

    # -- departments by number

    def _name(self, number: int) -> str:
        if number not in self._names:
            self._names = {row["id"]: row["name"] for row in self._rows("SELECT id, name FROM departments")}
        return self._names.get(number, "")

    def _number(self, name: str) -> int:
        self._rows("INSERT OR IGNORE INTO departments (name) VALUES (?)", name)
        return int(self._rows("SELECT id FROM departments WHERE name = ?", name)[0]["id"])

    def _unpacked(self, weights: bytes) -> dict[str, float]:
        return {self._name(number): weight for number, weight in _WEIGHT.iter_unpack(weights)}


def _opened(path: Path | str, mode: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        if isinstance(path, Path):
            path.chmod(mode)
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, VERSION):
            _empty(connection)
        connection.executescript(f"{TABLES} PRAGMA user_version={VERSION};")
    except BaseException:
        connection.close()
        raise
    return connection


def _empty(connection: sqlite3.Connection) -> None:
    for table in ("pairs", "facts", "departments", "grams", "habits", "hits", "lessons"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _token(gram: int) -> str:
    return f"{gram:08x}"


def _tokens(lesson: Lesson) -> str:
    return " ".join(map(_token, (*lesson.title, *lesson.body)))


def _blob(grams: tuple[int, ...]) -> bytes:
    return array("I", grams).tobytes()


def _hashes(blob: bytes) -> tuple[int, ...]:
    found = array("I")
    found.frombytes(blob)
    return tuple(found)


def _packed(weights: Mapping[int, float]) -> bytes:
    kept = ((number, weight) for number, weight in weights.items() if abs(weight) > _SMALLEST)
    return b"".join(_WEIGHT.pack(number, weight) for number, weight in kept)
