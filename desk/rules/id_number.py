"""居民身份证号码: 17 digits of area, birth and sequence, and a check digit (GB 11643-1999).

The numbers of 15 digits ended on 2013-01-01 (居民身份证法 of 2011), so they are refused. No refusal repeats what was
typed: a line may be printed or logged.
"""

import unicodedata
from datetime import date

from desk.errors import BadInput

LENGTH = 18
_FIELD = "身份证号"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"
"""GB/T 2260; 81–83 begin the numbers of 港澳台居民居住证, 91 those of a 外国人永久居留身份证."""
_OLDEST, _NEVER = date(1900, 1, 1), date.max
_BETWEEN = str.maketrans("", "", " -‐–—.·")


def id_number(text: str, today: date, field: str = _FIELD) -> str:
    """Return the number as 18 characters with a capital X. `today` is the local date: nobody is born after it.

    Takes full-width digits, blanks and hyphens. Raises BadInput naming `field` and what is wrong, never the number.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_BETWEEN).upper()
    if not plain:
        raise BadInput(f"请填写{field}", field)
    if len(plain) != LENGTH:
        raise BadInput(f"{field}须为 {LENGTH} 位，现有 {len(plain)} 位：请和来电人逐位核对", field)
    if not (_is_digits(plain[:-1]) and plain[-1] in _CHECKS):
        raise BadInput(f"{field}前 17 位须为数字，末位为数字或 X：请核对", field)
    if plain[:2] not in _PROVINCES.split():
        raise BadInput(f"{field}开头两位不是省份代码：请核对", field)
    if not _OLDEST <= _born(plain) <= today:
        raise BadInput(f"{field}第 7 至 14 位不是出生日期：请核对", field)
    if check_digit(plain) != plain[-1]:
        raise BadInput(f"{field}校验位不对，有一位说错或打错：请和来电人逐位核对", field)
    return plain


def check_digit(number: str) -> str:
    """Return the 18th character that belongs to the first 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11]


def born_on(number: str) -> date:
    """Return the date of birth that a checked number says."""
    born = _born(number)
    assert born != _NEVER, "a checked number has one"
    return born


def masked_id(number: str) -> str:
    """Return `360***********1X`: enough to tell two papers apart, too little to use (practice P33)."""
    if len(number) <= 5:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _born(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return _NEVER
