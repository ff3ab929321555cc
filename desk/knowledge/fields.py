"""The fields of an entry at the door: cleaned and checked, or one Chinese line says what is wrong."""

import re
from datetime import date
from typing import Any

from db.doors import Reader
from desk.context import Desk
from desk.errors import BadInput
from desk.house_units import unit_named
from desk.knowledge_rows import EntryText
from desk.rules.text import cleaned, required

TOPIC, TITLE, KEYWORDS, ANSWER, BASIS = 20, 100, 300, 3000, 500
LINES = ("", "12345", "12333")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def columns_of(desk: Desk, reader: Reader, text: EntryText) -> dict[str, Any]:
    """Return a version as columns, with the `owner_path` of its unit beside them. Raises BadInput naming the field."""
    unit = unit_named(reader, text.owner, desk.actor.centre_path) if text.owner.strip() else None
    return {
        **checked_words(text),
        "owner_id": unit["id"] if unit else None,
        "owner_path": unit["path"] if unit else None,
        "is_sample": text.is_sample,
    }


def checked_words(text: EntryText) -> dict[str, str]:
    """Return the words and days of a version as columns. Raises BadInput naming the field."""
    begins, ends = day_in(text.valid_from, "生效日期"), day_in(text.valid_to, "失效日期")
    if begins and ends and ends < begins:
        raise BadInput(f"失效日期 {ends} 早于生效日期 {begins}，请核对", "失效日期")
    return {
        "line": line_in(text.line),
        "topic": required(text.topic, "主题", TOPIC, one_line=True),
        "title": required(text.title, "标题", TITLE, one_line=True),
        "keywords": cleaned(text.keywords, KEYWORDS, "关键词", one_line=True),
        "answer": required(text.answer, "答复", ANSWER),
        "basis": cleaned(text.basis, BASIS, "依据"),
        "valid_from": begins,
        "valid_to": ends,
        "review_by": day_in(text.review_by, "复核日期"),
    }


def line_in(text: str) -> str:
    """Return the hotline of an entry, '' for both. Raises BadInput."""
    line = cleaned(text, 40, "热线", one_line=True)
    if line not in LINES:
        raise BadInput("热线只能写 12345、12333，两条线都答的空着", "热线")
    return line


def day_in(text: str, field: str) -> str:
    """Return a day as `2026-11-23`, '' for none. Raises BadInput."""
    plain = cleaned(text, 40, field, one_line=True)
    if not plain:
        return ""
    try:
        return date.fromisoformat(plain if _DAY.fullmatch(plain) else "").isoformat()
    except ValueError:
        raise BadInput(f"{field}看不懂，请写成 2026-11-23，或空着", field) from None
