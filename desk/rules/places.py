"""Whether a text names a township or a village: what happened there is first of all the township's (属地管理)."""

import re
from dataclasses import dataclass

_HANZI = "[\u4e00-\u9fff]{1,3}"
_TOWNSHIP = re.compile(f"{_HANZI}(?:镇(?![压定静上痛])|乡(?![亲村下里镇愁])|街道(?![两上路边口旁灯]))")
_VILLAGE = re.compile(f"{_HANZI}(?:村(?![民里干委上镇庄支])|社区(?![居服])|组(?![织长合建团成装员]))|\\d+组")
_COUNTY = re.compile("[A-Za-z][0-9]*[县市区]+|[\u4e00-\u9fff]{2}[县市区](?![里内上长政委级人区民域])")
_TOWN = re.compile("([\u4e00-\u9fff]{2})(?:镇|乡|街道|社区|村)")
_READ = 1_500


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Which of a township and a village the title names, and which the text; the first county and the first town by name."""

    township_in_title: bool = False
    village_in_title: bool = False
    township_in_text: bool = False
    village_in_text: bool = False
    county: str = ""
    town: str = ""

    @property
    def is_named(self) -> bool:
        """Whether any was named at all."""
        return any(
            (self.township_in_title, self.village_in_title, self.township_in_text, self.village_in_text)
        )

    @property
    def is_in_title(self) -> bool:
        """Whether the title names one."""
        return self.township_in_title or self.village_in_title


def named_place(title: str, text: str) -> NamedPlace:
    """Return which places below the county the words name; the first 1,500 characters of the text are read."""
    text = text[:_READ]
    return NamedPlace(
        bool(_TOWNSHIP.search(title)),
        bool(_VILLAGE.search(title)),
        bool(_TOWNSHIP.search(text)),
        bool(_VILLAGE.search(text)),
        _first(_COUNTY, title, text),
        _first(_TOWN, title, text),
    )


def _first(pattern: re.Pattern[str], title: str, text: str) -> str:
    found = pattern.search(title) or pattern.search(text)
    return found[found.lastindex or 0] if found else ""
