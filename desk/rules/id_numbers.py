"""公民身份号码: its shape, its date of birth and its check digit (GB 11643-1999), and how much of it is shown (practice P33)."""

import re
import unicodedata
from datetime import date

from desk.errors import BadInput

_SHAPE = re.compile(r"[1-9]\d{16}[\dX]")
_WEIGHTS = tuple(2**place % 11 for place in range(17, 0, -1))
_CHECKS = "10X98765432"
_OLDEST = 130
"""Years: an older date of birth is a slip of the pen."""


def checked_id_number(text: str, field: str, today: date) -> str:
    """Return the number in half-width signs with a capital X. Raises BadInput, without repeating what was typed."""
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not _SHAPE.fullmatch(number):
        raise BadInput(f"{field}应为 18 位（末位可为 X），请逐位核对", field)
    born = _born(number)
    if born is None or not date(today.year - _OLDEST, 1, 1) <= born <= today:
        raise BadInput(f"{field}第 7 至 14 位不是出生日期，请逐位核对", field)
    if check_digit(number[:17]) != number[17]:
        raise BadInput(f"{field}校验位不对，多半有一位听错，请逐位核对", field)
    return number


def check_digit(first_17: str) -> str:
    """Return the last sign that belongs to 17 digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def born_on(number: str) -> date:
    """Return the date of birth that a checked number says."""
    born = _born(number)
    assert born is not None, "a checked number has one"
    return born


def masked_id(number: str) -> str:
    """Return `360***********1X`: enough to tell two papers apart, too little to use (practice P33)."""
    return (
        f"{number[:3]}{'*' * max(len(number) - 5, 0)}{number[-2:]}" if len(number) > 5 else "*" * len(number)
    )


def _born(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
