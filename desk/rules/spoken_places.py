"""Places as people say them: 组, 自然村, 屋场, 圩 below a village; 桩号 and direction, 电杆号, 表号, 小区 栋-单元 (practice P16).

Nothing is changed in what was said: the words stay as they were spoken, and what was understood stands beside them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 200
_HAN = "\u3400-\u9fff"
_ROADS = rf"[GSXYC]\d{{2,4}}|(?:\d{{3}}|[{_HAN}]{{1,6}}?)(?:国道|省道|县道|高速|公路)"
_DIRECTION = re.compile(
    rf"(?:往|向|去|朝)(?P<to>[{_HAN}]{{1,6}}?)(?:方向|去的方向)|(?P<side>[上下]行|[东南西北]{{1,2}}向|(?:左|右)侧)"
)
_STAKE = re.compile(
    rf"(?P<road>{_ROADS})?[{_HAN},、]{{0,4}}?(?<![A-Za-z])[Kk](?P<km>\d{{1,4}})(?:\+(?P<m>\d{{1,3}}))?(?![楼层\d])|"
    rf"(?P<road2>{_ROADS})(?P<km2>\d{{1,4}})(?:公里|千米)(?:加?(?P<m2>\d{{1,3}})米)?处?"
)
_POLE = re.compile(
    rf"(?P<line>(?:\d{{1,3}}(?:kV|KV|kv|千伏))?[{_HAN}]{{0,8}}?线(?:路)?)?(?P<number>[A-Za-z]?\d{{1,4}}(?:[-+#]\d{{1,3}})?)[号#]{{0,2}}(?:电线|电|路灯|灯|线)?杆"
    r"|(?:电线|电|路灯|灯)杆(?:编)?号?[是为:]?(?P<after>[A-Za-z]{0,3}\d{1,8}(?:-\d{1,4})?)"
)
_METER = re.compile(
    r"(?P<kind>水表|电表|气表|燃气表|用电|用水|用气|户)(?:编|户)?号?码?[是为:]?(?P<number>[A-Za-z]{0,4}\d{4,20})"
)
_HOME = re.compile(
    rf"(?P<estate>[{_HAN}A-Za-z]{{2,12}}?)(?P<building>\d{{1,3}}|[A-Z]|[一二三四五六七八九十]{{1,3}})(?:栋|幢|号楼|座)"
    r"(?:-?(?P<unit>\d{1,2}|[一二三四五六七八九十]{1,2})(?:单元|门))?"
    r"|(?P<estate2>[\u3400-\u9fff]{2,10}(?:小区|花园|家园|公寓|新村|佳苑|嘉园|府|城|苑))(?P<building2>\d{1,3})-(?P<unit2>\d{1,2})(?:-\d{1,4})?"
)
_UNKNOWN = re.compile("不详|不清楚|说不清|讲不清|不知道|不晓得|记不清|记不得|未知")
_TOWN = re.compile(rf"^[{_HAN}]{{1,6}}?(?:镇|乡|街道)(?=[{_HAN}])")
_VILLAGE = re.compile(rf"^[{_HAN}]{{1,5}}?(?<!自然)(?:村|社区)(?![民小])(?=[{_HAN}\d])")
_HAMLET = r"(?:自然村|村民小组|小组|屋场|圩镇|圩上|组(?![织长合])|圩(?!日)|墟|屋(?!顶|面|檐|里|后|前))"
_LANDMARK = re.compile(rf"^[{_HAN}\d]{{1,8}}?{_HAMLET}(?:[{_HAN}\d]{{0,5}}?{_HAMLET})?")


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """One thing by which a place is found again: its kind and the words for it."""

    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind} {self.words}".rstrip()


def place_marks(place: str) -> tuple[PlaceMark, ...]:
    """Return what the words of a place hold that finds it again; at most one of each kind, 200 characters are read."""
    plain = unicodedata.normalize("NFKC", place[:LONGEST]).replace(" ", "")
    return tuple(_marks(plain))


def _marks(plain: str) -> Iterator[PlaceMark]:
    if stake := _STAKE.search(plain):
        yield PlaceMark("桩号", _stake_words(stake) + _direction(plain))
    if pole := _POLE.search(plain):
        yield PlaceMark("电杆号", f"{pole['line'] or ''}{pole['number'] or pole['after']}")
    if meter := _METER.search(plain):
        yield PlaceMark(
            "户号" if meter["kind"].startswith(("用", "户")) else f"{meter['kind']}号", meter["number"]
        )
    if home := _HOME.search(plain):
        unit = home["unit"] or home["unit2"]
        where = f"{home['estate'] or home['estate2']}{home['building'] or home['building2']}栋"
        yield PlaceMark("楼栋", f"{where}{unit}单元" if unit else where)
    if _UNKNOWN.search(plain):
        yield PlaceMark("地点不详", "")


def _stake_words(stake: re.Match[str]) -> str:
    road, km, metres = (stake[name] or stake[f"{name}2"] for name in ("road", "km", "m"))
    return f"{road or ''} K{km}+{int(metres or 0):03d}".lstrip()


def _direction(plain: str) -> str:
    found = _DIRECTION.search(plain)
    if found is None:
        return ""
    return f" 往{found['to']}方向" if found["to"] else f" {found['side']}"


def landmark(place: str) -> str:
    """Return the 组, 自然村, 屋场 or 圩 that the words begin with, below town and village; '' for none.

    What stands behind it (a door, a name) is not remembered: it may be somebody's home.
    """
    plain = "".join(place[:LONGEST].split())
    below = _VILLAGE.sub("", _TOWN.sub("", plain))
    found = _LANDMARK.match(below)
    return found[0] if found else ""


def remembered(places: Iterable[str], most: int) -> tuple[str, ...]:
    """Return the landmarks of these places (newest first), the most frequent first, each once."""
    counted = Counter(filter(None, map(landmark, places)))
    return tuple(words for words, _ in counted.most_common(most))
