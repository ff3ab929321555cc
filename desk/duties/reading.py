"""职责清单 as one reads it: an item in all its versions, and items by the words that somebody remembers of them."""

from dataclasses import dataclass

from db.bigrams import folded
from db.codes import DutyListName
from db.queries import duty_items
from desk.context import Desk
from desk.duties.names import Names
from desk.duty_item import DutyItem, item_from
from desk.errors import Refused
from desk.rules.text import cleaned

_LONGEST_QUESTION = 100


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """An item in all its versions, the newest first."""

    number: int
    versions: tuple[DutyItem, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class Found:
    """The items in force that a question found, by number."""

    versions: tuple[DutyItem, ...]
    names: Names


def item(desk: Desk, number: int) -> ItemHistory:
    """Return an item in all its versions, also a retired one. Raises Refused for a number that no item has."""
    with desk.reading() as reader:
        rows = duty_items.versions(reader, number)
        names = Names(reader)
    if not rows:
        raise Refused(f"清单没有第{number}项；用 desk duty list 文字 查序号")
    return ItemHistory(number, tuple(map(item_from, rows)), names)


def find(desk: Desk, text: str = "", list_name: DutyListName | None = None) -> Found:
    """Return the items in force of one list (or all) in which every word of `text` stands; all of them for ''.

    A word is looked for in name, keywords, phrases, category, unit and section; a number is that of the item.
    """
    words = folded(cleaned(text, _LONGEST_QUESTION, "查找", one_line=True)).split()
    with desk.reading() as reader:
        rows = duty_items.in_force(reader)
        names = Names(reader)
    versions = (item_from(row) for row in rows if list_name in (None, row["list_name"]))
    found = (each for each in versions if all(_holds(names, each, word) for word in words))
    return Found(tuple(found), names)


def _holds(names: Names, version: DutyItem, word: str) -> bool:
    content = version.content
    if word.isascii() and word.isdigit():
        return str(version.number) == word or content.category_code.startswith(word)
    texts = (
        content.item,
        *content.keywords,
        *content.phrases,
        *names.category_path(content.category_code),
        names.unit_name(content.unit_code),
        names.section_name(content.unit_code, content.section_code),
        content.unit_code,
    )
    return any(word in folded(text) for text in texts)
