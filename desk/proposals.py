"""Who could handle a matter: what the duty list says, the place, and what past dispatches teach, as unit and section.

The list is written for one county; elsewhere the unit of the same department stands in. A township's own matter goes
to the township of the place. What is unclear is said to be unclear. Shared by the dispatch screen and `desk suggest`.
"""

import re
import sqlite3
from dataclasses import dataclass
from itertools import islice
from typing import Any

from db.codes import OrderKind
from db.doors import Reader, Row
from db.learned import LearnedStore
from db.queries import duty_items
from desk import weighing
from desk.choosing import Choice
from desk.codes import word
from desk.context import Desk
from desk.dispatch_rows import Proposal, Proposals
from desk.duty_item import item_from
from desk.duty_list import DutyList
from desk.learning import model
from desk.learning.features import features
from desk.learning.model import Opinion
from desk.rules.places import named_place
from desk.whereabouts import place_of

_LISTS: dict[tuple[str, tuple[int, int]], DutyList] = {}

_CONSIDERED = 60
_NEAR = 0.85
_WEAK_SHARE = 35
_LONGEST_TEXT = 6_000


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a matter that wants a unit; `accused` is the order row that says who has to stay out.

    `said` is what the caller said, without the place that the form adds to every `text`.
    """

    title: str
    text: str
    kind: str = ""
    category_code: str = ""
    area_code: str = ""
    accused: Any = None
    returned_by: frozenset[int] = frozenset()
    made_below: str = ""
    """Of a 密件 from a counter: the tree path of the clerk's unit, whose own people it may be about."""
    said: str = ""


def words_of(order: Row) -> str:
    """Return what an order says besides its title: 诉求内容, place, purpose."""
    return f"{order['content'] or ''}\n{order['place'] or ''}\n{order['purpose'] or ''}"


def plain_matter(order: Row) -> Matter:
    """Return the matter of an order as it is learned: nobody has to stay out."""
    return Matter(
        order["title"] or "",
        words_of(order),
        kind=order["kind"],
        category_code=order["category_code"] or "",
        area_code=order["area_code"] or "",
        said=order["content"] or "",
    )


def suggest(
    desk: Desk,
    text: str,
    *,
    title: str = "",
    area_code: str = "",
    top: int = 5,
    learned: LearnedStore | None = None,
) -> Proposals:
    """Propose units for a text that is no order (`desk suggest`). Raises StoreUnusable.

    Without an area the places that the text names are looked for. An empty or foreign text is unclear, never an error.
    """
    with desk.reading() as reader:
        return propose(desk, reader, Matter(title, text, area_code=area_code), top=top, learned=learned)


def propose(
    desk: Desk,
    reader: Reader,
    matter: Matter,
    *,
    order_no: str = "",
    top: int = 5,
    learned: LearnedStore | None = None,
) -> Proposals:
    """Propose at most `top` units, the best first, each with its share in percent and its reason.

    `learned` is what to ask about the past instead of what this store has learned.
    """
    text = matter.text[:_LONGEST_TEXT]
    duties = duty_list(desk, reader)
    place = place_of(desk, reader, matter.title, text, matter.area_code)
    choice = Choice(desk, reader, place, matter.accused, matter.returned_by, matter.made_below)
    matches = duties.matches(matter.title, text, kind=matter.kind, category_code=matter.category_code)
    for match in matches[:_CONSIDERED]:
        choice.take(match)
    named = named_place(matter.title, matter.said or text)
    listed = choice.listed()
    category = matter.category_code or (matches[0].item.content.category_code if matches else "")
    habits = weighing.contexts(listed, named, category)
    past = learned or desk.learned
    experience = _experience(past, matter, habits)
    raw = weighing.weigh(listed, duties.doubt, named, experience)
    bucket = weighing.bucket(raw)
    shares = weighing.calibrated(raw, experience.lessons, _hits(past, bucket))
    rows = tuple(islice(choice.rows(shares, experience, kind_said(matter.title, matter.text)), top))
    return Proposals(order_no, rows, _unclear(rows), tuple(choice.notes), habits, bucket)


def _experience(past: LearnedStore, matter: Matter, habits: tuple[str, ...]) -> Opinion:
    """What past dispatches say; nothing when their file cannot be read."""
    if not past.is_usable:
        return Opinion()
    try:
        return model.opinion(past, features(matter.title, matter.text), habits)
    except sqlite3.Error:
        return Opinion()


def _hits(past: LearnedStore, bucket: str) -> tuple[int, int]:
    try:
        return past.hits(bucket) if past.is_usable else (0, 0)
    except sqlite3.Error:
        return 0, 0


def duty_list(desk: Desk, reader: Reader) -> DutyList:
    """Return the list in force, read once for each edition of a store."""
    key = (str(desk.database.path), duty_items.edition(reader))
    known = _LISTS.get(key)
    if known is None:
        known = DutyList([item_from(row) for row in duty_items.in_force(reader)])
        _LISTS.clear()
        _LISTS[key] = known
    return known


def kind_said(title: str, text: str) -> OrderKind | None:
    """The kind whose word stands first in the title, or else in the first sentence: `咨询…`, `投诉…`."""
    for words in (title, re.split("[。！？!?\n]", text, maxsplit=1)[0]):
        places = {kind: words.find(word(kind)) for kind in OrderKind if kind is not OrderKind.UNDETERMINED}
        said = [kind for kind in places if places[kind] >= 0]
        if said:
            return min(said, key=lambda kind: places[kind])
    return None


def _unclear(rows: tuple[Proposal, ...]) -> str:
    if rows and not rows[0].unit_id:
        return "属地不明：此类事项由事发地乡镇办理，但未写到乡镇，请先更正地区或退回补充"
    if not rows:
        return "不明确：文中没有职责清单的词，请按 / 查找单位，或按 y 转研判"
    if len(rows) > 1 and rows[1].share >= _NEAR * rows[0].share:
        return f"不明确：{rows[0].unit}与{rows[1].unit}相近，请核对职责"
    if rows[0].share < _WEAK_SHARE:
        return "不明确：首选把握不大，请核对职责"
    return ""
