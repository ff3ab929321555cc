"""Good replies spoiled on purpose, one defect each: what a reviewer would send back, by a fixed seed.

The words stand in `spoiling.csv`, apart from the rules' own: its part `tuning` was written before them; its parts
`second` and `kept` after the rules were thought done, and measured before anything was changed. `claim` is a danger of its own, `words` what is written into the reply.
"""

import csv
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from desk.rules.calendar import WEEKDAYS
from desk.rules.reply_checks import Check, Matter

WORDS = Path(__file__).with_name("spoiling.csv")
_SENTENCE_END = re.compile(r"(?<=[。！])")
_COUNTINGS = (
    "1、{}；2、{}",
    "一、{}。二、{}",
    "（1）{}（2）{}",
    "①{}；②{}",
    "第一，{}。第二，{}",
    "一是{}；二是{}",
)
_NAMES = ("赖春生", "欧阳文娟", "钟九妹", "刘建平", "谢小兰", "曾祥福")
_ADDRESSES = ("章江路18号3栋502室", "石井村上屋组27号", "金湾家园B座1203", "老城街道文明巷6号")


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim and its reply; `matter` knows what the desk would know of the order."""

    id: str
    matter: Matter
    reply: str


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A reply with one defect: which one, and the claim that it was given to."""

    check: Check
    answered: Answered


def spoiled(good: Sequence[Answered], part: str, count: int, seed: int) -> list[Spoiled]:
    """Return `count` spoiled replies, made of the good ones, the kinds in turn, the same for the same seed."""
    chance = random.Random(seed)
    kinds = tuple(_SPOILERS)
    found = []
    for turn in range(count):
        kind = kinds[turn % len(kinds)]
        one = good[turn % len(good)]
        others = [each for each in good if each.id != one.id]
        drawn = _Draw(part, turn // len(kinds), chance)
        found.append(Spoiled(kind, _SPOILERS[kind](one, others, drawn)))
    return found


@dataclass(frozen=True, slots=True)
class _Draw:
    """Which lines of the list: those of a part, each in turn; and a source of chance for the rest."""

    part: str
    turn: int
    chance: random.Random

    def line(self, kind: Check) -> Mapping[str, str]:
        """The line of this turn."""
        lines = _lines(self.part, kind)
        return lines[self.turn % len(lines)]


@cache
def _lines(part: str, kind: Check) -> tuple[Mapping[str, str], ...]:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return tuple(row for row in csv.DictReader(lines) if (row["part"], row["kind"]) == (part, kind))


def _written_in(kind: Check) -> Callable[..., Answered]:
    """Write one of the kind's sentences somewhere between the sentences of the reply."""

    def spoil(one: Answered, _: Sequence[Answered], drawn: _Draw) -> Answered:
        matter = _known(one.matter, drawn.chance)
        words = drawn.line(kind)["words"].format(**_values(matter, drawn.chance))
        parts = _SENTENCE_END.split(one.reply)
        at = 0 if words.endswith("，") else drawn.chance.randrange(1, len(parts) + 1)
        return Answered(one.id, matter, "".join((*parts[:at], words, *parts[at:])))

    return spoil


def _instead(kind: Check) -> Callable[..., Answered]:
    """Put one of the kind's lines in the place of the reply."""

    def spoil(one: Answered, _: Sequence[Answered], drawn: _Draw) -> Answered:
        subject = one.matter.gist.partition("\n")[0].rstrip("？?！!。")
        return replace(one, reply=drawn.line(kind)["words"].format(subject=subject))

    return spoil


def _of_another(one: Answered, others: Sequence[Answered], drawn: _Draw) -> Answered:
    return replace(one, reply=drawn.chance.choice(others).reply)


def _one_point_more(one: Answered, others: Sequence[Answered], drawn: _Draw) -> Answered:
    other = drawn.chance.choice(others).matter
    claim = drawn.chance.choice(_COUNTINGS).format(one.matter.content[:120], other.gist.partition("\n")[0])
    return replace(one, matter=replace(one.matter, content=claim))


def _no_advice(one: Answered, _: Sequence[Answered], drawn: _Draw) -> Answered:
    line = drawn.line(Check.SAFETY)
    matter = replace(one.matter, gist=line["claim"].partition("，")[0], content=line["claim"])
    return Answered(one.id, matter, f"您好！{line['words']}感谢您的理解与支持！")


def _known(matter: Matter, chance: random.Random) -> Matter:
    """The caller with a name, a number and an address of the imagination: the messages have none."""
    phone = f"1{chance.choice('3578')}{chance.randrange(10**9):09}"
    return replace(matter, name=chance.choice(_NAMES), phone=phone, address=chance.choice(_ADDRESSES))


def _values(matter: Matter, chance: random.Random) -> dict[str, object]:
    phone, today = matter.phone, matter.today or date(2026, 11, 23)
    soon = today + timedelta(days=chance.randrange(2, 9))
    before = (matter.accepted_on or today) - timedelta(days=chance.randrange(30, 90))
    other = f"13{chance.randrange(10**9):09}"
    return {
        "name": matter.name,
        "address": matter.address,
        "phone": phone,
        "spaced": f"{phone[:3]} {phone[3:7]} {phone[7:]}",
        "hyphened": f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
        "other": other,
        "prefixed": f"+86{other}",
        "wide": "".join(chr(ord(each) + 0xFEE0) for each in phone),
        "id_number": f"36210119{chance.randrange(50, 99)}0{chance.randrange(1, 9)}1{chance.randrange(10)}{chance.randrange(1000):03}X",
        "plate": f"赣B{chance.choice('ABCDEFGH')}{chance.randrange(10**4):04}",
        "account": f"6222{chance.randrange(10**15):015}",
        "year": today.year,
        "long_ago": f"{today.year - chance.randrange(2, 5)}年{chance.randrange(1, 13)}月",
        "next_year": f"{today.year + 1}年{chance.randrange(1, 13)}月{chance.randrange(1, 28)}日",
        "soon": f"{soon.month}月{soon.day}日",
        "wrong_weekday": f"星期{WEEKDAYS[(soon.weekday() + chance.randrange(1, 7)) % 7]}",
        "before_claim": f"{before.year}年{before.month}月{before.day}日",
    }


_SPOILERS: Mapping[Check, Callable[..., Answered]] = {
    Check.POINT: _of_another,
    Check.UNANSWERED: _one_point_more,
    Check.PROMISE: _written_in(Check.PROMISE),
    Check.ABSOLUTE: _written_in(Check.ABSOLUTE),
    Check.DATE: _written_in(Check.DATE),
    Check.PERSONAL: _written_in(Check.PERSONAL),
    Check.BUCK_PASSING: _written_in(Check.BUCK_PASSING),
    Check.SAFETY: _no_advice,
    Check.BASIS: _instead(Check.BASIS),
    Check.GAP: _written_in(Check.GAP),
    Check.EMPTY: _instead(Check.EMPTY),
}
