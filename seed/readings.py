"""For developers: write `desk/rules/readings.txt`, the readings of hanzi by which places are found from the keyboard.

`python -m seed.readings` needs `pypinyin` (a development tool: its import takes longer than the first frame may wait).
One line holds a set of readings, the usual one first, and every hanzi that is read so.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desk.rules import pinyin
from seed.load import table

LOCAL = {
    **{"圩": "xu wei", "陂": "bei pi po", "堡": "bao bu pu", "磜": "qi zhai", "圳": "zhen zun", "厦": "xia sha"},
    **{"埔": "pu bu", "都": "du dou", "乐": "le luo yue", "长": "chang zhang", "曾": "zeng ceng", "石": "shi dan"},
    **{"重": "chong zhong", "铅": "qian yan", "单": "shan dan", "六": "liu lu", "峒": "dong tong", "车": "che ju"},
    **{"涌": "yong chong", "大": "da dai", "柏": "bai bo", "盖": "gai ge", "芫": "yan yuan", "杉": "shan sha"},
    **{"行": "hang xing", "朝": "chao zhao", "盛": "sheng cheng", "解": "jie xie", "仔": "zai zi", "澄": "cheng deng"},
    **{"折": "zhe she", "薄": "bo bao", "卜": "bu", "屯": "tun", "畲": "she", "岽": "dong", "尾": "wei", "宿": "su"},
}  # fmt: skip
"""How places of Gannan are said, where the dictionary puts another reading first or where people use several."""


def lines() -> Iterator[str]:
    """Yield the lines of the table: the hanzi of GB 2312 and of every area, by their readings."""
    groups: dict[str, list[str]] = {}
    for hanzi in sorted(_common() | _of_areas()):
        if readings := LOCAL.get(hanzi) or _from_dictionary(hanzi):
            groups.setdefault(readings, []).append(hanzi)
    for readings, hanzi_read_so in sorted(groups.items()):
        yield f"{readings}\t{''.join(hanzi_read_so)}"


def _common() -> set[str]:
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return set("".join(code.decode("gb2312", "ignore") for code in codes))


def _of_areas() -> set[str]:
    return {hanzi for row in table("areas.csv") for hanzi in row["name"] if not hanzi.isascii()}


def _from_dictionary(hanzi: str) -> str:
    import pypinyin

    style: Any = pypinyin.Style.NORMAL
    found = pypinyin.pinyin(hanzi, style=style, heteronym=True, errors="ignore")
    readings = (reading.replace("ü", "v") for reading in (found[0] if found else ()))
    return next((reading for reading in readings if re.fullmatch("[a-z]+", reading)), "")


if __name__ == "__main__":
    Path(pinyin.TABLE).write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
