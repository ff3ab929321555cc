"""The door for the caller's text: what may be stored and shown, and what is refused in words (design part 7).

Everything that a terminal could obey instead of show stays outside; everything that is writing, rare hanzi and
emoji included, passes unharmed.
"""

import re
import unicodedata

from desk.errors import BadInput

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Zero width, soft hyphen, byte order mark and the marks that turn the direction of writing.
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
# The joiner holds families and professions of emoji together; anywhere else it only hides.
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

_SEPARATORS = re.compile(r"[\s().\-_/‐-―−]")
_EXTENSION = re.compile(r"(?:转|分机|ext|x|#)+(\d{1,6})$", re.IGNORECASE)
_CHINA_PREFIX = re.compile(r"(?:\+|00)86")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
_OTHER_NUMBER = re.compile(r"[1-9]\d{2,7}|[48]00\d{7}|(?:\+|00)[1-9]\d{5,14}")


def cleaned(text: str, limit: int, field: str, *, one_line: bool = False) -> str:
    """`text` as it may be stored: line ends as LF, no invisible characters, no blanks at its ends.

    `limit` counts characters; `field` is the Chinese label that stands in the refusal; `one_line` turns line ends
    into blanks. Raises BadInput for a control character, NUL, a lone surrogate, or too many characters.
    """
    plain = _LINE_ENDS.sub("\n", text)
    found = _FORBIDDEN.search(plain)
    if found:
        raise BadInput(_forbidden_words(field, found.start(), found[0]), field)
    plain = _LOOSE_JOINER.sub("", _UNSEEN.sub("", plain)).replace("\t", " ")
    plain = (plain.replace("\n", " ") if one_line else plain).strip()
    if len(plain) > limit:
        raise BadInput(f"{field}最多 {limit} 字，现有 {len(plain)} 字：请删减后再存。", field)
    return plain


def required(text: str, field: str, limit: int = 500, *, one_line: bool = False) -> str:
    """`text` cleaned, which must not be empty. Raises BadInput when it is, or cannot be kept."""
    plain = cleaned(text, limit, field, one_line=one_line)
    if not plain:
        raise BadInput(f"请填写{field}", field)
    return plain


def _forbidden_words(field: str, position: int, character: str) -> str:
    """Says where it is and what, without sending the character to the terminal."""
    code = ord(character)
    name = "半个字符" if 0xD800 <= code <= 0xDFFF else "控制字符"
    return f"{field}第 {position + 1} 个字是{name}（U+{code:04X}），不能保存：请删去它再存。"


def normalised_phone(text: str, field: str = "联系电话") -> str:
    """A phone number as digits only, so that one number is written one way; '' when nothing was typed.

    Takes full-width digits, blanks, hyphens, brackets, +86; keeps `转801` as `转801` and a foreign number's `+`.
    Raises BadInput when it is no number; the line does not repeat what was typed (it may be printed or logged).
    """
    plain = unicodedata.normalize("NFKC", cleaned(text, 60, field, one_line=True))
    number = _SEPARATORS.sub("", plain)
    extension = _EXTENSION.search(number)
    number = _at_home(number[: extension.start()] if extension else number)
    if not number and not extension:
        return ""
    if not any(shape.fullmatch(number) for shape in (_MOBILE, _LANDLINE, _OTHER_NUMBER)):
        raise BadInput(
            f"{field}不像电话号码：手机 11 位，固话带区号（如 0797-8212345），请核对后重填。", field
        )
    return number + (f"转{extension[1]}" if extension else "")


def _at_home(number: str) -> str:
    """The number as it is dialled in China: +86 138… is 138…, +86 797… is 0797…."""
    prefix = _CHINA_PREFIX.match(number)
    if not prefix:
        return number
    rest = number[prefix.end() :]
    return rest if rest.startswith("0") or _MOBILE.fullmatch(rest) else f"0{rest}"


def address(area: str | None, place: str | None) -> str:
    """Where it is in one breath: the area stands before the place unless the place names it already."""
    area, place = area or "", place or ""
    return place if area in place else area + place
