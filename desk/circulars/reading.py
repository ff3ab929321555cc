"""The page of circulars: a centre's drafts and what was signed, or what was sent to one's unit, and who has read it."""

import json

from db.codes import Deed
from db.doors import Reader, Row
from db.queries import circulars
from db.times import from_ms, maybe_from_ms
from desk.circular_rows import CircularPage, CircularRow, UnitReader
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.rules import circulars as rules
from desk.rules import rights
from desk.rules.circulars import Example, UnitLine
from desk.rules.reports import number_words

WINDOW = 50
_CENTRE_DEEDS = (Deed.DRAFT_CIRCULAR, Deed.APPROVE_CIRCULAR)


def sees_drafts(desk: Desk) -> bool:
    """Whether this person is one of those of the centre who write or sign circulars."""
    actor = desk.actor
    return actor.is_at_the_centre and any(rights.scopes(actor.roles, deed) for deed in _CENTRE_DEEDS)


def check_may_read(desk: Desk) -> None:
    """Raise NotAllowed for who neither makes circulars nor belongs to a unit that gets them."""
    if not sees_drafts(desk) and not desk.actor.is_in_a_unit:
        raise NotAllowed("通报由审核员、班长、调度领导办理，承办单位查看发给本单位的")


def page(desk: Desk, offset: int = 0) -> CircularPage:
    """Return one window: the centre's drafts, then what was signed; of a unit what was sent to it. Raises NotAllowed."""
    check_may_read(desk)
    with desk.reading() as reader:
        if sees_drafts(desk):
            rows = circulars.of_centre(reader, desk.actor.centre_id, WINDOW, offset)
            total = circulars.count_of_centre(reader, desk.actor.centre_id)
        else:
            rows = circulars.sent_to(reader, desk.actor.unit_path, WINDOW, offset)
            total = circulars.count_sent_to(reader, desk.actor.unit_path)
        shown = tuple(row_of(desk, reader, row) for row in rows)
    return CircularPage(shown, total, offset)


def one(desk: Desk, circular_id: int) -> CircularRow:
    """Return one circular. Raises NotAllowed, BadInput for one that this person does not see."""
    check_may_read(desk)
    with desk.reading() as reader:
        return row_of(desk, reader, known(desk, reader, circular_id))


def known(desk: Desk, reader: Reader, circular_id: int) -> Row:
    """Return the row of a circular of this centre, or one that was sent to this unit. Raises BadInput."""
    row = circulars.one(reader, circular_id)
    if row is not None and (
        (sees_drafts(desk) and row["centre_id"] == desk.actor.centre_id)
        or circulars.is_sent_to(reader, circular_id, desk.actor.unit_path)
    ):
        return row
    raise BadInput("没有这份通报，请刷新后再选", "通报")


def unread_count(desk: Desk) -> int:
    """Return how many circulars wait to be read by this person's unit; 0 for who does not read them."""
    if not desk.actor.is_in_a_unit or not rights.scopes(desk.actor.roles, Deed.READ_CIRCULAR):
        return 0
    with desk.reading() as reader:
        return circulars.count_unread(reader, desk.actor.unit_path)


def row_of(desk: Desk, reader: Reader, row: Row) -> CircularRow:
    """Return a circular with words, figures, examples and receipts.

    A unit reads no order number of an example, and only its own receipt.
    """
    is_centre = sees_drafts(desk)
    words: dict[str, str] = json.loads(row["fields"])
    sent = circulars.readers(reader, row["id"])
    mine = [each for each in sent if each["path"].startswith(desk.actor.unit_path)]
    return CircularRow(
        id=row["id"],
        number=number_of(desk, row),
        title=words.get("title", ""),
        since=from_ms(row["since"]),
        until=from_ms(row["until"]),
        as_of=from_ms(row["as_of"]),
        drafted_by=row["drafted_name"] if is_centre else "",
        drafted_at=from_ms(row["drafted_at"]),
        approved_by=row["approved_name"] or "",
        approved_at=maybe_from_ms(row["approved_at"]),
        words=words,
        lines=lines_from(row["figures"]),
        examples=examples_from(row["examples"]) if is_centre else (),
        readers=tuple(_reader(each) for each in (sent if is_centre else mine)),
        is_own_unread=not is_centre and any(each["read_at"] is None for each in mine),
    )


def number_of(desk: Desk, row: Row) -> str:
    """`崇义12345督查通报〔2026〕3号`; '' for a draft."""
    if row["counter"] is None:
        return ""
    head = str(desk.settings.get(rules.HEAD_KEY, rules.HEAD))
    return number_words(head, rules.NUMBER_WORD, row["year"], row["counter"])


def lines_from(text: str) -> tuple[UnitLine, ...]:
    """Return the figures as they were kept."""
    return tuple(UnitLine(each["unit"], each["name"], each["numbers"]) for each in json.loads(text))


def examples_from(text: str) -> tuple[Example, ...]:
    """Return the examples as they were kept."""
    return tuple(Example(**each) for each in json.loads(text))


def _reader(row: Row) -> UnitReader:
    return UnitReader(
        row["unit"], from_ms(row["sent_at"]), maybe_from_ms(row["read_at"]), row["reader_name"] or ""
    )
