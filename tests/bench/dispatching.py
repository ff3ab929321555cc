"""`make bench-dispatch`: how right the proposals are on real messages, how sure, how fast, and beside a linear SVM.

Predict, then learn, in the order of time; only rows of good quality count. The messages lie outside the project: where
they are absent this is skipped. `verdicts.csv` holds what a person found on reading the surest misses: by row id only.
"""

import csv
import json
import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.learned import LearnedStore
from desk import proposals, session
from desk.cli import front
from desk.context import Desk
from desk.dispatch_rows import Proposals
from desk.learning.teaching import teach
from tests.bench.programs import ROOT
from tests.bench.table import Figure, Skipped

DATA = ROOT.parent / "shared" / "data" / "dispatch_pairs_open.jsonl"
VERDICTS = Path(__file__).with_name("verdicts.csv")
_PIN = "000000"
_RESAMPLES = 2_000
_TOP = 5
_NOTHING = Proposals("", ())


@dataclass(frozen=True, slots=True)
class Answer:
    """One row and what was proposed for it: departments, the best first, each once."""

    row: dict[str, Any]
    departments: tuple[str, ...]
    sure: float
    cpu: float

    @property
    def is_right(self) -> bool:
        return self.departments[:1] == (self.row["unit"],)

    @property
    def is_among(self) -> bool:
        return self.row["unit"] in self.departments[:3]


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield the figures of accuracy, then those of speed and memory (a quick run: without the SVM and the million)."""
    rows = messages()
    with _desk() as desk:
        yield from _accuracy("no history", _answers(desk, rows, None), (0.60, 0.80))
        learned = LearnedStore(":memory:")
        again: list[bool] = []
        online = _answers(desk, rows, learned, again)
        yield from _accuracy("predict, then learn", online, (0.70, 0.88))
        yield _at_least("the same message again after its correction: top-1", sum(again) / len(again), 0.98)
        yield from _sureness(online)
        yield from _by_department(online)
        if not is_quick:
            yield from _beside_svm(rows)
        yield from _speed(desk, rows, 2_000 if is_quick else 20_000)


def messages() -> list[dict[str, Any]]:
    """The real messages whose answering department is known well, in the order of time. Raises Skipped."""
    if not DATA.exists():
        raise Skipped(f"{DATA.name} is not there")
    with DATA.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return sorted((row for row in rows if row["quality"] == "clean"), key=lambda row: row["time"])


@contextmanager
def _desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        front.make_store(path, site="CY01", staff_no="100", name="测", pin=_PIN, now=datetime.now(UTC))
        opening = session.open_store(path, is_throw_away=True)
        desk = session.log_in_without_pin(opening, "100")
        yield desk
        desk.close()
        opening.database.close()


def _ask(desk: Desk, row: dict[str, Any], learned: LearnedStore) -> tuple[Proposals, Answer]:
    began = time.process_time()
    found = proposals.suggest(desk, row["detail"], title=row["subject"], top=_TOP, learned=learned)
    cpu = time.process_time() - began
    departments = tuple(dict.fromkeys(each.department for each in found.rows))
    sure = found.rows[0].likelihood if found.rows else 0.0
    return found, Answer(row, departments, sure, cpu)


def _answers(
    desk: Desk, rows: Sequence[dict[str, Any]], learned: LearnedStore | None, again: list[bool] | None = None
) -> list[Answer]:
    answers = []
    for row in rows:
        found, answer = _ask(desk, row, learned or LearnedStore(":memory:"))
        answers.append(answer)
        if learned is not None:
            teach(learned, str(row["id"]), row["subject"], row["detail"], row["unit"], found)
        if learned is not None and again is not None:
            again.append(_ask(desk, row, learned)[1].is_right)
    return answers


def _accuracy(name: str, answers: Sequence[Answer], least: tuple[float, float]) -> Iterator[Figure]:
    for words, test, bound in (
        ("top-1", lambda each: each.is_right, least[0]),
        ("top-3", lambda each: each.is_among, least[1]),
    ):
        right = [bool(test(answer)) for answer in answers]
        low, high = _interval(right)
        yield _at_least(f"{name}: {words} [95 %: {low:.3f}–{high:.3f}]", sum(right) / len(right), bound)


def _interval(right: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval by bootstrap, always the same one."""
    chance = random.Random(1)
    means = sorted(sum(chance.choices(right, k=len(right))) / len(right) for _ in range(_RESAMPLES))
    return means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES)]


def _sureness(answers: Sequence[Answer]) -> Iterator[Figure]:
    surest = sorted(answers, key=lambda each: -each.sure)[: len(answers) // 3]
    missed = [answer for answer in surest if not answer.is_right]
    verdicts = _verdicts()
    wrong_labels = sum(verdicts.get(str(answer.row["id"]), ("", ""))[0] == "label" for answer in missed)
    share = 1 - len(missed) / len(surest)
    low, high = _interval([answer.is_right for answer in surest])
    yield _at_least(f"the surest third: top-1 [95 %: {low:.3f}–{high:.3f}]", share, 0.95)
    yield _at_least(
        "the surest third without rows whose label is wrong",
        1 - (len(missed) - wrong_labels) / (len(surest) - wrong_labels),
        0.95,
    )
    for answer in missed:
        kind, words = verdicts.get(str(answer.row["id"]), ("not read", ""))
        print(f"      {answer.row['id']}: {answer.row['unit']} ← {answer.departments[0]}  {kind} {words}")
    yield Figure("share shown against share right, mean difference by tenth", _calibration(answers), 0.1, "")


def _calibration(answers: Sequence[Answer]) -> float:
    tenths: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        tenths[int(answer.sure * 10)].append(answer)
    off = 0.0
    for tenth, group in sorted(tenths.items()):
        said, right = sum(each.sure for each in group), sum(each.is_right for each in group)
        print(
            f"      {tenth * 10:>3} %: {len(group):>4} rows, shown {said / len(group):.2f}, right {right / len(group):.2f}"
        )
        off += abs(said - right)
    return off / len(answers)


def _verdicts() -> dict[str, tuple[str, str]]:
    with VERDICTS.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: (row["verdict"], row["why"]) for row in csv.DictReader(lines)}


def _by_department(answers: Sequence[Answer]) -> Iterator[Figure]:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.row["unit"]].append(answer)
    for name, group in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        if len(group) > 4:
            right = sum(each.is_right for each in group) / len(group)
            among = sum(each.is_among for each in group) / len(group)
            yield Figure(f"{name} ({len(group)}): top-1; top-3 {among:.2f}", right, None, "")


def _beside_svm(rows: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """A linear SVM on character n-grams, trained anew on the same history every 25 rows."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC
    except ImportError:
        print("      (no SVM beside it: pip install scikit-learn)")
        return
    first = among = 0
    model: Any = None
    for number, row in enumerate(rows):
        if number % 25 == 0 and len({each["unit"] for each in rows[:number]}) > 1:
            shape = TfidfVectorizer(
                analyzer="char", ngram_range=(1, 3), sublinear_tf=True, max_features=200_000
            )
            texts = shape.fit_transform(f"{each['subject']} {each['detail']}" for each in rows[:number])
            model = (shape, LinearSVC().fit(texts, [each["unit"] for each in rows[:number]]))
        if model is None:
            continue
        scores = model[1].decision_function(model[0].transform([f"{row['subject']} {row['detail']}"]))
        best = _best(list(model[1].classes_), scores)
        first += best[0] == row["unit"]
        among += row["unit"] in best
    yield Figure("a linear SVM on the same history: top-1", first / len(rows), None, "")
    yield Figure("a linear SVM on the same history: top-3", among / len(rows), None, "")


def _best(names: list[str], scores: Any) -> list[str]:
    row = [float(score) for score in scores.reshape(-1)]
    if len(names) == 2:
        return [names[1], names[0]] if row[0] > 0 else names
    return [names[place] for place in sorted(range(len(names)), key=lambda place: -row[place])[:3]]


def _speed(desk: Desk, rows: Sequence[dict[str, Any]], lessons: int) -> Iterator[Figure]:
    """One proposal among as many lessons as are ever kept, a fresh start, and what it costs in memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.learned.db"
        many = LearnedStore(path)
        chance = random.Random(2)
        before = _peak_mb()
        for number in range(lessons):
            one, other = chance.choice(rows), chance.choice(rows)
            text = f"{one['detail'][:200]}{other['detail'][200:500]}"
            teach(many, str(number), one["subject"], text, one["unit"], _NOTHING)
        many.close()
        fresh = LearnedStore(path)
        began = time.perf_counter()
        _ask(desk, rows[0], fresh)
        yield Figure(
            f"ready: the first proposal, {lessons:,} lessons", 1000 * (time.perf_counter() - began), 300, "ms"
        )
        cpu = sorted(_ask(desk, row, fresh)[1].cpu for row in rows)
        yield Figure("one proposal, CPU, median", 1000 * cpu[len(cpu) // 2], 30, "ms")
        yield Figure("one proposal, CPU, 95 of 100", 1000 * cpu[int(len(cpu) * 0.95)], None, "ms")
        yield Figure(
            "file of what was learned, per 1,000 lessons",
            path.stat().st_size / 2**20 / lessons * 1000,
            None,
            "MB",
        )
        yield Figure("memory above the desk without it", _peak_mb() - before, 60, "MB")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _at_least(name: str, value: float, bound: float) -> Figure:
    return Figure(f"{name} (at least {bound:g})", value, None, "" if value >= bound else "UNDER")
