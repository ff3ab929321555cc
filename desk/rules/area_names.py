"""Areas as people call them: 横水 for 横水镇, 密溪村 for 密溪村委会, 横水密溪 for the village of a town, and all by pinyin."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from desk.rules.pinyin import pattern, spellings, typed_keys

_COMMITTEE = re.compile("(?:社区)?(?:居民|村民)?委员会$|(?:居|村)委会$")
_RANK = re.compile("(?:镇|乡|街道|村|社区|县|区|市|管委会)(?:办事处|管理处)?$")
_LEVELS = {"city": 0, "county": 1, "township": 2}
_TOWNSHIP, _COUNTY = 9, 6
"""Digits of an area code that say the township, the county."""


class Fit(IntEnum):
    """How what was typed fits a name, the best first."""

    WHOLE = 0
    BEGINNING = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area: its name as it is kept, and the name of the area above."""

    code: str
    name: str
    level: str
    parent_name: str


def short_name(name: str) -> str:
    """`密溪村委会` is 密溪村, `老城社区居民委员会` 老城社区, `尚书街居委会` 尚书街社区."""
    stem = _COMMITTEE.sub("", name)
    if stem == name or not stem:
        return name
    kind = "村" if "村" in name[len(stem) :] else "社区"
    return stem if stem.endswith(kind) else stem + kind


def plain_name(name: str) -> str:
    """The name alone, without what kind of area it is: 横水, 密溪, 老城; a name of two characters stays whole."""
    short = short_name(name)
    stem = _RANK.sub("", short)
    return stem if len(stem) > 1 else short


@dataclass(slots=True)
class _Lines:
    """One long text of names, and whose each line is: the regular expression does the searching."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    enough: list[int] = field(default_factory=list)
    """How many parts of the line (syllables, or hanzi) are the name without its rank."""

    def fill(self, lines: Iterable[tuple[int, str, int]]) -> None:
        """Take the lines: owner, words, how many parts are enough."""
        at, texts = 0, []
        for owner, words, enough in lines:
            self.starts.append(at)
            self.owners.append(owner)
            self.enough.append(enough)
            texts.append(words)
            at += len(words) + 1
        self.text = "\n".join(texts)

    def hits(self, wanted: re.Pattern[str]) -> Iterator[tuple[int, int, int, int]]:
        """Yield (line, start in it, end in it, its length) of every place that fits."""
        for match in wanted.finditer(self.text):
            line = bisect_right(self.starts, match.start()) - 1
            first = self.starts[line]
            last = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
            yield line, match.start() - first, match.end() - first, last - first


class AreaNames:
    """Every area of the store, ready to be looked for. `others` maps a name that people use to the code that it means."""

    def __init__(self, areas: Sequence[NamedArea], others: Mapping[str, str] | None = None) -> None:
        self._areas = areas
        self._hanzi, self._letters, self._below = _Lines(), _Lines(), _Lines()
        self._paths = _Lines()
        also = list(_other_names(areas, others or {}))
        self._hanzi.fill([*_short_names(areas), *_full_names(areas), *also])
        # Nobody spells out 居民委员会: the short names do.
        spelt = [*_short_names(areas), *also]
        self._letters.fill((o, way, plain) for o, name, plain in spelt for way in spellings(name))
        below = [(owner, above, name) for owner, above, name in _villages(areas)]
        self._paths.fill((owner, above + name, len(above)) for owner, above, name in below)
        self._below.fill((o, way, len(above)) for o, above, name in below for way in spellings(above + name))

    def find(self, text: str, county: str, near: Sequence[str] = ()) -> list[NamedArea]:
        """Return the areas that `text` may mean.

        Those around `near` (codes of the caller's earlier orders) stand before those of `county` (6 digits), these
        before others; then the better fit, the higher level, the code.
        """
        keys = typed_keys(text)
        if not keys:
            return []
        fits = self._spelt(keys) if keys.isascii() else self._written(keys)
        around = _nearness(near)
        found = sorted((_rank(self._areas[owner], fit, around, county), owner) for owner, fit in fits.items())
        return [self._areas[owner] for _, owner in found]

    def _spelt(self, keys: str) -> dict[int, Fit]:
        """Who is spelt so: by its own name, or by the name of its town before it."""
        wanted, fits = pattern(keys), dict[int, Fit]()
        for line, start, end, length in self._letters.hits(wanted):
            first = self._letters.starts[line]
            parts = self._letters.text.count(" ", first, first + end) + 1
            all_parts = self._letters.text.count(" ", first, first + length) + 1
            is_whole = start == 0 and parts in (self._letters.enough[line], all_parts)
            _note(fits, self._letters.owners[line], _fit(start, is_whole=is_whole))
        if any(fit < Fit.INSIDE for fit in fits.values()):
            return fits
        for line, start, end, _ in self._below.hits(wanted):
            first = self._below.starts[line]
            if start == 0 and self._below.text.count(" ", first, first + end) >= self._below.enough[line]:
                _note(fits, self._below.owners[line], Fit.BEGINNING)
        return fits

    def _written(self, keys: str) -> dict[int, Fit]:
        wanted, fits = re.compile(re.escape(keys)), dict[int, Fit]()
        for line, start, end, length in self._hanzi.hits(wanted):
            is_whole = start == 0 and end in (self._hanzi.enough[line], length)
            _note(fits, self._hanzi.owners[line], _fit(start, is_whole=is_whole))
        for line, start, end, _ in self._paths.hits(wanted):
            if start == 0 and end > self._paths.enough[line]:
                _note(fits, self._paths.owners[line], Fit.BEGINNING)
        return fits


def _short_names(areas: Sequence[NamedArea]) -> Iterator[tuple[int, str, int]]:
    for owner, each in enumerate(areas):
        yield owner, short_name(each.name), len(plain_name(each.name))


def _full_names(areas: Sequence[NamedArea]) -> Iterator[tuple[int, str, int]]:
    for owner, each in enumerate(areas):
        if each.name != short_name(each.name):
            yield owner, each.name, len(plain_name(each.name))


def _other_names(areas: Sequence[NamedArea], others: Mapping[str, str]) -> Iterator[tuple[int, str, int]]:
    owners = {each.code: owner for owner, each in enumerate(areas)}
    for name, code in others.items():
        if code in owners and name.strip():
            yield owners[code], name.strip(), len(name.strip())


def _villages(areas: Sequence[NamedArea]) -> Iterator[tuple[int, str, str]]:
    for owner, each in enumerate(areas):
        if each.level == "village" and each.parent_name:
            yield owner, plain_name(each.parent_name), short_name(each.name)


def _fit(start: int, *, is_whole: bool) -> Fit:
    return Fit.WHOLE if is_whole else Fit.BEGINNING if start == 0 else Fit.INSIDE


def _note(fits: dict[int, Fit], owner: int, fit: Fit) -> None:
    fits[owner] = min(fit, fits.get(owner, fit))


def _nearness(near: Sequence[str]) -> Mapping[str, int]:
    """Codes and townships of the caller's earlier orders → how near: 0 the very place, 1 the same township."""
    townships = {code[:_TOWNSHIP]: 1 for code in near if len(code) > _TOWNSHIP}
    return {**townships, **dict.fromkeys(near, 0)}


def _rank(
    each: NamedArea, fit: Fit, around: Mapping[str, int], county: str
) -> tuple[int, bool, Fit, int, str]:
    is_far = each.code[:_COUNTY] != county
    nearness = around.get(each.code, around.get(each.code[:_TOWNSHIP], 2))
    # A name that merely holds the keys somewhere is no nearer for being around the corner.
    return nearness if fit < Fit.INSIDE else 2, is_far, fit, _LEVELS.get(each.level, 3), each.code
