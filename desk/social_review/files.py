"""评议材料: what a panel reads of an order, proposed without names, mended and released by the auditor (practice P29, P32)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from db.codes import AreaLevel, Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import assignments, cards, house, replies, social_review, units, work_orders
from desk import lists, sight
from desk.abilities import why_not
from desk.cases.known import known_of
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow, Refused
from desk.panel_rows import FILE_FIELDS, FileDraft, FileText
from desk.rows import OrderRow
from desk.rules.anonymising import Known, left_over
from desk.rules.secrecy import marked_words
from desk.rules.social_review import file_words, is_village, village_stem
from desk.rules.text import cleaned, required
from desk.social_review.planning import told_file

LONGEST, LONGEST_TITLE, LONGEST_PLACE = 4000, 60, 30
_LIMITS = {"title": LONGEST_TITLE, "place": LONGEST_PLACE}
_NEEDED = ("place", "title", "claim", "handling")


@dataclass(frozen=True, slots=True)
class _Masks:
    """Whose names a file must not hold: people, and the units that handled the order."""

    known: Known
    units: tuple[str, ...]
    sections: tuple[str, ...]
    """Named as any unit's may be (办公室): masked in what is proposed, and not looked for in what a person wrote."""


def open_file(desk: Desk, order_no: str) -> FileDraft:
    """Return the file of an order to be mended: as it was saved, else as proposed. Raises Refused, NotNow."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if why := why_not(desk, reader, Deed.EDIT_PANEL_FILE, order):
            raise NotNow(why)
        file = social_review.file_of(reader, order["id"], order["round"])
        masks = _masks(reader, order)
        is_saved = file is not None and file["edited_at"] is not None
        text = _saved(file) if file is not None and is_saved else _proposed(reader, order, file, masks)
        is_released = file is not None and file["released_at"] is not None
        return FileDraft(order["order_no"], text, marks_of(text, masks.known), is_released)


def _saved(file: Row) -> FileText:
    return FileText(
        file["place"], file["file_title"], file["claim"], file["handling"], file["explained"], file["page"]
    )


def _proposed(reader: Reader, order: Row, file: Row | None, masks: _Masks) -> FileText:
    asked = _request(reader, order)
    words = {
        "title": str(order["title"])[:LONGEST_TITLE],
        # Of a 保密 order a panel reads no more than the unit did (practice P32 b).
        "claim": str((order["forward_text"] or "") if sight.is_secret(order) else order["content"]),
        "handling": "\n".join(filter(None, (asked["reason"], _handled(reader, order)))),
        "explained": asked["evidence"],
        "page": "" if file is None else str(file["own_words"]),
    }
    masked = {
        name: file_words(text, masks.known, (*masks.units, *masks.sections))[:LONGEST]
        for name, text in words.items()
    }
    return FileText(place=township_of(reader, str(order["area_code"] or "")), **masked)


def _request(reader: Reader, order: Row) -> dict[str, str]:
    """What the unit wrote when it asked for the panel; nothing for an order that was sent without its words."""
    for row in reversed(cards.requests(reader, order["id"])):
        if row["kind"] == RequestKind.PANEL and row["verdict"] == Verdict.GRANTED:
            return {"reason": str(row["reason"] or ""), "evidence": str(row["evidence"] or "")}
    return {"reason": "", "evidence": ""}


def _handled(reader: Reader, order: Row) -> str:
    reply = replies.latest(reader, order["id"], order["round"])
    return "" if reply is None else str(reply["public_reply"] or "")


def township_of(reader: Reader, area_code: str) -> str:
    """Return the name of the township (of the county, if the order names no township), never of the village (P29)."""
    code = f"{area_code[:9]}000" if is_village(area_code) else area_code
    area = house.area(reader, code) if code else None
    return "" if area is None else str(area["name"])


def _masks(reader: Reader, order: Row) -> _Masks:
    area_code = str(order["area_code"] or "")
    held_by = {part["unit_id"] for part in assignments.of_order(reader, order["id"])}
    found = [
        unit for unit in (units.unit(reader, unit_id) for unit_id in sorted(held_by)) if unit is not None
    ]
    names = dict.fromkeys(str(unit[name]) for unit in found for name in ("name", "short_name"))
    # A township's government is called as the township is, which may be said.
    names.pop(township_of(reader, area_code), None)
    sections = [str(row["name"]) for unit in found for row in units.sections_of(reader, unit["id"])]
    known = known_of(reader, order)
    places = (*known.places, *_villages(reader, area_code))
    return _Masks(replace(known, places=places), tuple(names), tuple(sections))


def _villages(reader: Reader, area_code: str) -> Iterator[str]:
    """Every village of the county, as people call it: a file names none (P29)."""
    for area in house.areas_within(reader, area_code[:6]) if area_code else ():
        if area["level"] == AreaLevel.VILLAGE:
            yield village_stem(str(area["name"]))


def marks_of(text: FileText, known: Known) -> tuple[str, ...]:
    """Return what in a file may still point to somebody: `诉求：三栋二单元`; a person judges (desk/rules/secrecy)."""
    return tuple(
        f"{FILE_FIELDS[name]}：{each}"
        for name, words in asdict(text).items()
        for each in _marked(words, known)
    )


def _marked(words: str, known: Known) -> Iterator[str]:
    for span in marked_words(words, known=(*known.persons, *known.places, *known.numbers)):
        yield span.word.replace("\n", " ")[:30]


def edit_file(desk: Desk, order_no: str, text: FileText) -> OrderRow:
    """整理评议材料: keep the words as a person mended them; a released file is a draft again.

    Raises BadInput for what is missing or still names somebody, NotNow once the panel reads it.
    """
    with deed_on(desk, Deed.EDIT_PANEL_FILE, order_no) as deed:
        file = told_file(deed)
        _not_before_the_panel(deed)
        kept = _checked(deed, text)
        edited = {
            "edited_at": deed.at_ms,
            "edited_by": desk.actor.id,
            "released_at": None,
            "released_by": None,
        }
        social_review.change_file(deed.writer, file["id"], {**kept, **edited})
        deed.note(file=file["uid"])
        deed.quote(**kept)
    return lists.after(desk, deed.order_id)


def release_file(desk: Desk, order_no: str) -> OrderRow:
    """评议材料定稿: from now on the panel may read it. Raises NotNow before it was mended by hand, BadInput as `edit_file`."""
    with deed_on(desk, Deed.RELEASE_PANEL_FILE, order_no) as deed:
        file = told_file(deed)
        if file["edited_at"] is None:
            raise NotNow("材料还没有整理：先按 f 逐句看过并保存")
        if file["released_at"] is not None:
            raise NotNow("材料已定稿")
        _checked(deed, _saved(file))
        released = {"released_at": deed.at_ms, "released_by": desk.actor.id}
        social_review.change_file(deed.writer, file["id"], released)
        deed.note(file=file["uid"])
    return lists.after(desk, deed.order_id)


def _not_before_the_panel(deed: OrderDeed) -> None:
    line = social_review.line_to_come(deed.writer, deed.order_id)
    if line is not None and line["drawn_at"] is not None:
        raise NotNow("评议员已抽取，材料已在他们面前，不能再改；确需更改请先按 x 移出议程")


def _checked(deed: OrderDeed, text: FileText) -> dict[str, Any]:
    """The words cleaned; refused while a number, a plate, somebody known or the unit's name still stands in them."""
    masks = _masks(deed.writer, deed.order)
    kept = {}
    for name, words in asdict(text).items():
        label, limit = FILE_FIELDS[name], _LIMITS.get(name, LONGEST)
        take = required if name in _NEEDED else cleaned
        kept[name] = take(words, limit=limit, field=label, one_line=name in _LIMITS)
        _refuse_names(label, kept[name], masks)
    return kept


def _refuse_names(label: str, words: str, masks: _Masks) -> None:
    left = left_over(words, masks.known)
    if left:
        shown = "、".join(each[:20] for each in left[:3]).replace("\n", " ")
        raise BadInput(f"{label}里还有“{shown}”：能认出人的姓名、号码须改掉再存", label)
    unit = next((each for each in masks.units if len(each) > 2 and each in words), "")
    if unit:
        raise BadInput(f"{label}里还有“{unit}”：请写“承办单位”", label)
    if place := next((each for each in masks.known.places if len(each) > 2 and each in words), ""):
        raise BadInput(f"{label}里还有“{place}”：地点只写到乡镇", label)


def file_lines(text: FileText) -> tuple[tuple[str, str], ...]:
    """Return what a file says, label and words, without the title and what is empty."""
    return tuple(
        (label, getattr(text, name))
        for name, label in FILE_FIELDS.items()
        if name != "title" and getattr(text, name)
    )
