"""`python -m tests.bench checking`: the checker of 答复审核 on real replies: how many good ones it flags, how many spoiled it catches.

`reply_verdicts.csv` holds what a person found on reading: row ids only. The first part was looked at while the rules were
made. The second and the third were measured before anything was changed for them: 18 and 8 of 100 good ones flagged, 81 and
80 of 100 spoiled ones caught; what was missed was looked at afterwards, so that no part is unseen any more. The messages lie outside the project: where they
are absent this is skipped.
"""

import csv
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desk.rules.reply_checks import Check, Finding, Matter, Words, findings
from tests.bench.programs import ROOT
from tests.bench.spoiling import Answered, Spoiled, spoiled
from tests.bench.table import Figure, Skipped

DATA = ROOT.parent / "shared" / "data" / "hotline_messages_open.jsonl"
VERDICTS = Path(__file__).with_name("reply_verdicts.csv")
PARTS = ("tuning", "second", "kept")
COUNT = 100
MOST_FLAGGED, MOST_MISSED = 0.10, 0.10
LONG = 2_000
_SEED = 20261128


def good(part: str, count: int = COUNT) -> list[Answered]:
    """Return the real replies of a part that a person judged good, as read. Raises Skipped."""
    if not DATA.exists():
        raise Skipped(f"{DATA.name} is not there")
    with DATA.open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines) if row.get("reply")}
    with VERDICTS.open(encoding="utf-8", newline="") as lines:
        verdicts = [row for row in csv.DictReader(lines) if row["part"] == part]
    ids = [row["id"] for row in verdicts if row["verdict"] == "good"]
    return [answered(rows[each]) for each in ids[:count]]


def answered(row: dict[str, Any]) -> Answered:
    """A row of the messages as the desk would meet it: accepted when it was sent, answered when it was."""
    matter = Matter(
        row["subject"],
        row["detail"],
        accepted_on=date.fromisoformat(row["time"][:10]),
        today=date.fromisoformat(row["reply_time"][:10]),
    )
    return Answered(row["id"], matter, row["reply"])


def looked_through(one: Answered) -> tuple[Finding, ...]:
    """What the checker says of one reply, with the words that a city starts with."""
    return findings(one.reply, one.matter, _words())


def _words() -> Words:
    with (ROOT / "seed" / "settings.csv").open(encoding="utf-8", newline="") as lines:
        values = {row["key"]: row["value"] for row in csv.DictReader(lines)}
    keys = ("promise.words", "reply.absolute_words", "buck_passing.words", "danger.words")
    return Words(*(tuple(json.loads(values.get(key, "[]"))) for key in keys))


def wrongly_flagged(part: str) -> list[tuple[Answered, tuple[Finding, ...]]]:
    """The good replies of a part that get a mark."""
    found = [(one, looked_through(one)) for one in good(part)]
    return [(one, marks) for one, marks in found if marks]


def spoiled_of(part: str) -> list[Spoiled]:
    """The spoiled replies of a part, each defect in turn."""
    return spoiled(good(part), part, COUNT, _SEED)


def missed(cases: Sequence[Spoiled]) -> tuple[list[Spoiled], list[Spoiled]]:
    """Those that nothing marks, and those that the defect's own check does not."""
    found = [(case, {each.check for each in looked_through(case.answered)}) for case in cases]
    return [case for case, checks in found if not checks], [c for c, checks in found if c.check not in checks]


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield both shares for the part that was tuned on and for the one that was kept, then how fast it is."""
    for part in PARTS:
        if len(good(part)) < COUNT:
            raise Skipped(f"fewer than {COUNT} replies of {part} were judged")
        share = len(wrongly_flagged(part)) / COUNT
        yield Figure(f"{part}: good replies that get a mark", share, MOST_FLAGGED, "of all")
        cases = spoiled_of(part)
        silent, elsewhere = missed(cases)
        yield Figure(
            f"{part}: spoiled replies without a mark", len(silent) / len(cases), MOST_MISSED, "of all"
        )
        yield Figure(
            f"{part}: without the defect's own mark", len(elsewhere) / len(cases), MOST_MISSED, "of all"
        )
        if not is_quick:
            yield from _by_check(part, cases, elsewhere)
    yield _speed()


def _by_check(part: str, cases: Sequence[Spoiled], elsewhere: Sequence[Spoiled]) -> Iterator[Figure]:
    for check in Check:
        count = sum(case.check is check for case in cases)
        lost = sum(case.check is check for case in elsewhere)
        yield Figure(f"{part}: {check}, {count} spoiled, missed by its own mark", lost, unit="replies")


def _speed() -> Figure:
    """The median CPU time of one look at the longest reply, cut or repeated to 2,000 characters."""
    one = max((each for part in PARTS for each in good(part)), key=lambda each: len(each.reply))
    reply, words, took = (one.reply * LONG)[:LONG], _words(), []
    for _ in range(41):
        began = time.process_time()
        findings(reply, one.matter, words)
        took.append(time.process_time() - began)
    return Figure("a reply of 2,000 characters", statistics.median(took) * 1000, 5.0, "ms CPU")
