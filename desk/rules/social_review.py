"""社会评议: who may sit, how seats are drawn, when ballots count and what they come to (practice P29).

The draw is a plain reckoning: whoever holds the seed of its event draws the same people again, by hand if need be.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Any

from db.codes import PanelChoice, PanelVerdict, Profession, RecusalReason
from desk.rules.anonymising import Known, anonymised
from desk.rules.calendar import local

SEATS, QUORUM_SHARE, QUORUM_LEAST, REPEAT_MONTHS = 7, "2/3", 5, 3
QUOTA = {"people_deputy": 1, "cppcc_member": 1, "lawyer": 1}
"""Seats that a profession has for itself, unless the setting `panel.quota` says otherwise; the rest go round [P]."""
MOST_SEATS = 31


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the pool as the draw sees him: who, and of which profession."""

    uid: str
    profession: str


@dataclass(frozen=True, slots=True)
class Sitter:
    """What is known of somebody of the pool when it is asked whether he may sit; paths are those of units."""

    name: str
    number: str
    area_code: str
    employer_path: str
    unit_paths: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    lately: frozenset[int] = frozenset()
    """The units (keys) over whose orders he sat within the months that the city sets."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of an order on the agenda: its units, those involved by name and number, its village."""

    unit_id: int
    unit_paths: tuple[str, ...]
    people: frozenset[str]
    area_code: str


def rank(seed: str, uid: str) -> str:
    """Return by what a candidate stands in the draw: SHA-256 of `seed:uid`, the least first."""
    return sha256(f"{seed}:{uid}".encode()).hexdigest()


def drawn(
    pool: Iterable[Candidate], quota: Mapping[str, int], seats: int, seed: str
) -> tuple[Candidate, ...]:
    """Return who sits: first the quota of each profession, then whoever's profession has the fewest seats yet.

    Among equals the least `rank` sits. Fewer come back when the pool has no more; `lacking` says of which profession.
    """
    waiting = sorted(pool, key=lambda each: rank(seed, each.uid))
    sitting: list[Candidate] = []
    for profession, number in quota.items():
        found = [each for each in waiting if each.profession == profession][:number]
        sitting += found[: seats - len(sitting)]
    while len(sitting) < seats and (left := [each for each in waiting if each not in sitting]):
        taken = [each.profession for each in sitting]
        sitting.append(min(left, key=lambda each: taken.count(each.profession)))
    return tuple(sitting)


def lacking(pool: Iterable[Candidate], quota: Mapping[str, int], seats: int) -> str:
    """Return the profession of which the pool has too few, `seats` when it is too small altogether, or ''."""
    professions = [each.profession for each in pool]
    short = (name for name, number in quota.items() if professions.count(name) < number)
    return next(short, "" if len(professions) >= seats else "seats")


def replacement(pool: Iterable[Candidate], profession: str, seed: str) -> Candidate | None:
    """Return who takes an empty seat: of the same profession if there is one, else anybody; None for nobody."""
    waiting = sorted(pool, key=lambda each: (each.profession != profession, rank(seed, each.uid)))
    return waiting[0] if waiting else None


def why_recused(sitter: Sitter, matter: Matter) -> RecusalReason | None:
    """Return why somebody may not sit over an order, or None: his unit, his relations, his village, his last sitting."""
    for reason, holds in _RECUSALS:
        if holds(sitter, matter):
            return reason
    return None


def _works_there(sitter: Sitter, matter: Matter) -> bool:
    return _is_under((sitter.employer_path,), matter.unit_paths)


def _is_under(paths: Iterable[str], units: Iterable[str]) -> bool:
    return any(path.startswith(unit) for path in paths if path for unit in units)


def _is_tied(sitter: Sitter, matter: Matter) -> bool:
    return _is_under(sitter.unit_paths, matter.unit_paths)


def _knows_somebody(sitter: Sitter, matter: Matter) -> bool:
    return _are_named(sitter.people, matter)


def _is_involved(sitter: Sitter, matter: Matter) -> bool:
    return _are_named((sitter.name, sitter.number), matter)


def _are_named(people: Iterable[str], matter: Matter) -> bool:
    return bool((matter.people & {folded(each) for each in people}) - {""})


def _lives_there(sitter: Sitter, matter: Matter) -> bool:
    return is_village(matter.area_code) and sitter.area_code == matter.area_code


def _sat_lately(sitter: Sitter, matter: Matter) -> bool:
    return matter.unit_id in sitter.lately


_RECUSALS: tuple[tuple[RecusalReason, Callable[[Sitter, Matter], bool]], ...] = (
    (RecusalReason.EMPLOYER, _works_there),
    (RecusalReason.TIED_UNIT, _is_tied),
    (RecusalReason.SAME_PERSON, _is_involved),
    (RecusalReason.TIED_PERSON, _knows_somebody),
    (RecusalReason.SAME_VILLAGE, _lives_there),
    (RecusalReason.SAT_LATELY, _sat_lately),
)


def folded(words: str) -> str:
    """Return a name or number without blanks and marks, to be compared; '' for what names nobody."""
    plain = re.sub(r"[\W_]+", "", words)
    return plain if len(plain) > 1 else ""


def is_village(area_code: str) -> bool:
    """Whether a statistical code (12 digits) is a village's or a community's."""
    return len(area_code) == 12 and not area_code.endswith("000")


def months_ago(now: datetime, months: int) -> datetime:
    """Return the same day and hour (China's) so many months before; the last day of a shorter month."""
    at = local(now)
    counted = at.year * 12 + at.month - 1 - months
    for day in range(at.day, 0, -1):
        try:
            return at.replace(year=counted // 12, month=counted % 12 + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def quorum(seats: int, share: str = QUORUM_SHARE, least: int = QUORUM_LEAST) -> int:
    """Return how many ballots on an order count as enough: a share of the seats, and a least number."""
    return max(ceil(seats * Fraction(share)), least)


@dataclass(frozen=True, slots=True)
class Tally:
    """The ballots on one order, counted; 回避 is neither."""

    reasonable: int
    unreasonable: int
    recused: int = 0

    @property
    def counted(self) -> int:
        """How many said one or the other."""
        return self.reasonable + self.unreasonable


def tally(choices: Iterable[str]) -> Tally:
    """Count ballots."""
    given = list(choices)
    return Tally(*(given.count(choice) for choice in PanelChoice))


def verdict(counted: Tally, needed: int, tie: str = PanelVerdict.REASONABLE) -> PanelVerdict:
    """Return what the ballots come to: the majority, a tie as the city says (in the citizen's favour [P])."""
    if counted.counted < needed:
        return PanelVerdict.NO_QUORUM
    if counted.reasonable == counted.unreasonable:
        return PanelVerdict(tie)
    is_reasonable = counted.reasonable > counted.unreasonable
    return PanelVerdict.REASONABLE if is_reasonable else PanelVerdict.UNREASONABLE


# -- the file

_COMPANY = re.compile(
    r"(?P<before>投诉|反映|举报|[在向由被与和找让给是因为对到])?[一-鿿（）()A-Za-z0-9]{2,24}?"
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|集团公司|合作社|经营部|商行|酒楼)"
)
COMPANY, ROAD, UNIT = "某公司", "某路", "承办单位"
_ROAD = re.compile(
    r"[一-鿿]{2}大道|(?<=[在沿到于过])[一-鿿]{2,3}?(?<![公马道铁线水条修走])[路街巷]|(?<=反映)[一-鿿]{2}[路街巷]"
)
"""A road is a place below the township, where it has a name of its own."""


def file_words(text: str, known: Known, units: Iterable[str]) -> str:
    """Return words for a panel's file: nobody's name, no number, no address, no company; the unit is 承办单位.

    A proposal that the auditor reads and mends. Source: practice P29.
    """
    for name in sorted({each for each in units if len(each) > 1}, key=len, reverse=True):
        text = text.replace(name, UNIT)
    text = re.sub(f"(?:{UNIT})+", UNIT, text)
    text = _COMPANY.sub(lambda found: f"{found['before'] or ''}{COMPANY}", text)
    return anonymised(_ROAD.sub(ROAD, text), known)


def village_stem(name: str) -> str:
    """Return what people call a village of the statistical list: 南田村 for 南田村委会, 中山社区 for 中山社区居民委员会."""
    for tail, left in (("居民委员会", ""), ("居委会", ""), ("村民委员会", "村"), ("村委会", "村")):
        if name.endswith(tail):
            return name.removesuffix(tail) + left
    return name


# -- settings


def flaw_of_quota(value: Any) -> str:
    """Return what is wrong with `panel.quota`, or ''."""
    known = {str(each) for each in Profession}
    if not isinstance(value, Mapping) or not set(value) <= known:
        return f"界别只能写 {'、'.join(sorted(known))}"
    if not all(isinstance(number, int) and 0 <= number <= MOST_SEATS for number in value.values()):
        return f"每个界别的席数写 0 至 {MOST_SEATS}"
    return ""


def flaw_of_seats(value: Any) -> str:
    """Return what is wrong with `panel.seats`, or ''."""
    is_right = isinstance(value, int) and 3 <= value <= MOST_SEATS
    return "" if is_right else f"每期评议员人数写 3 至 {MOST_SEATS}"


def flaw_of_share(value: Any) -> str:
    """Return what is wrong with `panel.quorum_share`, or ''."""
    try:
        is_share = Fraction(1, 2) <= Fraction(str(value)) <= 1
    except (ValueError, ZeroDivisionError):
        is_share = False
    return "" if is_share else '法定人数的比例写成 "2/3" 这样，不低于一半'


def flaw_of_tie(value: Any) -> str:
    """Return what is wrong with `panel.tie`, or ''."""
    sides = (PanelVerdict.REASONABLE, PanelVerdict.UNREASONABLE)
    return "" if value in sides else "票数相同时只能写 reasonable（合理）或 unreasonable（不合理）"


def ordered(reasons: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield ballots (choice, reason) in an order that says nothing of who cast them: by their words."""
    yield from sorted(reasons)


def in_words(counted: Tally, seats: int) -> str:
    """`应到 7 人，投票 7 张：合理 2，不合理 4，回避 1`."""
    away = f"，回避 {counted.recused}" if counted.recused else ""
    cast = counted.counted + counted.recused
    return f"应到 {seats} 人，投票 {cast} 张：合理 {counted.reasonable}，不合理 {counted.unreasonable}{away}"


def professions_in_words(quota: Mapping[str, int], words: Callable[[Profession], str]) -> str:
    """`人大代表 1、律师 1`."""
    parts: Sequence[str] = [f"{words(Profession(name))} {number}" for name, number in quota.items() if number]
    return "、".join(parts)
