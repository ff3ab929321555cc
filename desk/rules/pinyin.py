"""Names found from the keyboard: `hsz`, `hengsz` and `hengshuizhen` all find 横水镇; a hanzi may have several readings."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

TABLE = Path(__file__).with_name("readings.txt")
"""Made by `python -m seed.readings`; the usual reading of a hanzi stands first."""

LONGEST = 24
"""More keys than any name needs: the rest is not looked at."""

_MOST_WAYS = 8


@lru_cache(maxsize=1)
def readings() -> Mapping[str, tuple[str, ...]]:
    """Return hanzi → readings without tones, the usual one first (`ü` is `v`)."""
    found: dict[str, tuple[str, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        said, _, hanzi_read_so = line.partition("\t")
        found.update(dict.fromkeys(hanzi_read_so, tuple(said.split())))
    return found


def spellings(name: str) -> list[str]:
    """Return the ways to spell `name`, the usual one first, at most 8: `["heng shui zhen"]`.

    A character without a known reading stands for itself; blanks fall away.
    """
    known = readings()
    ways = [known.get(character, (character,)) for character in name.lower() if not character.isspace()]
    return [" ".join(way) for way in islice(product(*ways), _MOST_WAYS)]


def typed_keys(text: str) -> str:
    """Return what was typed as it is compared: lower case, narrow letters, no blanks or apostrophes, at most 24."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).lower()
    return "".join(plain.replace("'", "").replace("ü", "v").split())[:LONGEST]


def pattern(keys: str) -> re.Pattern[str]:
    """Return what finds `keys` in spellings: each character typed in full or by its first letters, none left out."""
    return re.compile(r"(?<![^ \n])" + "(?:[^ \n]* )?".join(map(re.escape, keys)))
