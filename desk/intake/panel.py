"""The right side of the form: who calls, what looks alike, what is known already (practice P12, P14, P25).

Read in a worker while one types: nothing here may write, and nothing here may take long.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto

from db.codes import CallerMarkKind, SpecialForm, Status
from db.doors import Row
from db.queries import caller_marks, callers, calls, knowledge, pages, station_orders, work_orders
from db.queries import notices as notice_rows
from db.times import from_ms, maybe_from_ms, to_ms
from desk import lists, scopes, sight
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.intake import sentences
from desk.intake_rows import (
    CallerMarkRow,
    CallerRow,
    MatterRow,
    NoticeRow,
    Offer,
    QuestionRow,
    SimilarRow,
    UnitOffer,
)
from desk.known_answers import offered
from desk.notices.announcing import may_publish, notice_row
from desk.proposals import suggest
from desk.rows import OrderRow
from desk.rules.areas import area_prefix, is_inside
from desk.rules.likeness import bigrams, likeness
from desk.rules.text import normalised_phone
from desk.rules.titles import proposed_title
from desk.rules.urgency import proposed_urgency
from desk.special_seats.reading import of_number

MOST_ORDERS = 20
_MOST_QUESTIONS = 2
_MOST_SIMILAR, _LEAST_LIKE = 5, 0.12
_TOWNSHIP_DIGITS = 9
_COMPARED = 300
_LEAST_WORDS, _MOST_UNITS = 4, 3
_PLACE_NAMES = re.compile("^.*[县区镇乡村街]")
_SAYS_LITTLE = frozenset({"居民", "群众", "提示", "通知", "公告"})


class _Fit(Enum):
    """How the place of a notice fits the place of a matter."""

    HERE = auto()
    UNKNOWN = auto()
    ELSEWHERE = auto()


def caller(desk: Desk, phone: str) -> CallerRow:
    """Return who is known under a number, with their orders: open ones first, never a secret one (P32 c).

    A number half typed gives an empty row, and so does one asked for by anybody outside the centre: who called is the
    centre's to know (practice P33). Raises StoreUnusable.
    """
    try:
        number = normalised_phone(phone)
    except BadInput:
        number = ""
    if not number or not desk.actor.is_at_the_centre:
        return CallerRow("")
    with desk.reading() as reader:
        known = calls.requester_by_phone(reader, number)
        history = callers.calls_of_number(reader, number)
        marks = caller_marks.of_number(reader, number, to_ms(desk.now()))
        asked = knowledge.questions_of_number(reader, number, _MOST_QUESTIONS)
        keys = callers.orders_of_number(reader, number, desk.actor.centre_path, MOST_ORDERS)
        orders = [lists.order_row(desk.actor, row, desk.now()) for row in pages.by_keys(reader, keys)]
        applications = of_number(desk, reader, number)
    return CallerRow(
        phone=number,
        name=known["name"] if known else "",
        is_company=bool(known and known["is_company"]),
        language=known["language"] if known else "",
        special_needs=known["special_needs"] if known else "",
        call_count=history["calls"],
        last_call_at=maybe_from_ms(history["last_at"]),
        nuisance_count=history["nuisance"],
        marks=tuple(_mark_row(desk, row) for row in marks),
        orders=tuple(orders),
        applications=applications,
        questions=tuple(_question_row(row) for row in asked),
    )


def _question_row(row: Row) -> QuestionRow:
    answer = row["settlement"] if row["settled_at"] is not None else ""
    return QuestionRow(row["words"], row["unit"] or "", from_ms(row["made_at"]), answer)


def _mark_row(desk: Desk, row: Row) -> CallerMarkRow:
    kind, ends_at = CallerMarkKind(row["kind"]), from_ms(row["ends_at"])
    sentence = sentences.settled(desk, row["title"], row["ground"]) if row["order_no"] else ""
    return CallerMarkRow(kind, row["ground"], ends_at, row["order_no"] or "", sentence)


def matter(
    desk: Desk, text: str, area_code: str | None = None, line: str = "12345", place: str = ""
) -> MatterRow:
    """Return what the words of a matter bring up: proposals, similar orders, notices, entries of 知识库.

    `line` is the hotline that was dialled: its entries come first. Words of danger count in `place` too (滑坡处).
    Raises StoreUnusable.
    """
    return MatterRow(
        offer(desk, text, place),
        similar(desk, text, area_code),
        notices(desk, text, area_code),
        likely_units(desk, text, area_code),
        offered(desk, text, line),
    )


def likely_units(desk: Desk, text: str, area_code: str | None = None) -> tuple[UnitOffer, ...]:
    """Return the units that the duty list speaks for, the best first; none for a few words."""
    if len(text.strip()) < _LEAST_WORDS:
        return ()
    found = suggest(desk, text, area_code=area_code or "", top=_MOST_UNITS)
    return tuple(UnitOffer(row.name, row.share, row.why) for row in found.rows if row.unit_id)


def offer(desk: Desk, text: str, place: str = "") -> Offer:
    """Propose title and urgency from words of danger; a person decides (practice P11, P25)."""
    settings = desk.settings
    proposal = proposed_urgency(
        f"{text} {place}",
        settings.words("urgent.words"),
        settings.words("danger.words"),
        settings.words("danger.negations"),
    )
    crisis = tuple(word for word in settings.words("crisis.words") if word in text)
    wage = tuple(word for word in settings.words("wages.words") if word in text)
    seat = _seat(settings.get("special_seats.words", {}), text)
    return Offer(
        proposed_title(text), proposal.urgency, proposal.words, proposal.doubtful, crisis, wage, seat
    )


def _seat(words: Mapping[str, Sequence[str]], text: str) -> tuple[SpecialForm, str] | None:
    """The first form of a 专席 one of whose words was said, and that word."""
    said = ((form, word) for form in SpecialForm for word in words.get(form, ()) if word in text)
    return next(said, None)


def similar(desk: Desk, text: str, area_code: str | None = None) -> tuple[SimilarRow, ...]:
    """Return recent orders about what may be the same matter, the likest first; never secret ones (P32 c).

    Recent is `similar.days` (30); with an area only orders of its township, or of no area, count.
    """
    if not desk.actor.is_at_the_centre:
        return ()
    since = to_ms(desk.now() - timedelta(days=int(desk.settings.get("similar.days", 30))))
    area = area_prefix(area_code)[:_TOWNSHIP_DIGITS]
    with desk.reading() as reader:
        rows = callers.like_this(reader, text, desk.actor.centre_path, since, area)
        ranked = _ranked(text, rows)
        orders = pages.by_keys(reader, [key for _, key in ranked])
        listed = [lists.order_row(desk.actor, row, desk.now()) for row in orders]
    return tuple(SimilarRow(order, like) for order, (like, _) in zip(listed, ranked, strict=True))


def _ranked(text: str, rows: Sequence[Row]) -> list[tuple[float, int]]:
    found = [(_like(text, row), int(row["id"])) for row in rows]
    return sorted((pair for pair in found if pair[0] >= _LEAST_LIKE), reverse=True)[:_MOST_SIMILAR]


def _like(text: str, row: Row) -> float:
    """Against title and content: what is typed may be as short as the one or as long as the other."""
    short = text[:_COMPARED]
    return max(likeness(short, row["title"]), likeness(short, row["content"][:_COMPARED]))


def notices(desk: Desk, text: str = "", area_code: str | None = None) -> tuple[NoticeRow, ...]:
    """Return the notices that hold now, first those that say what is typed, of the same place before of any (P14).

    Below stand those whose place alone fits, last the others. What waits for 班长 stands above all to who may publish it.
    """
    with desk.reading() as reader:
        rows = notice_rows.running(reader, to_ms(desk.now()))
        waiting = notice_rows.waiting(reader, to_ms(desk.now()), None) if may_publish(desk) else ()
    words = text[:_COMPARED]
    rated = [(_fit_of_place(row, area_code), _fit_of_words(row, words), row) for row in rows]
    rated.sort(key=lambda rate: _rank(rate[0], rate[1]))
    return (*map(notice_row, waiting), *(_notice(row, place, share) for place, share, row in rated))


def _rank(place: _Fit, words: float) -> tuple[int, float]:
    if words and place is not _Fit.ELSEWHERE:
        return (0 if place is _Fit.HERE else 1), -words
    return (2 if place is _Fit.HERE else 3), -words


def _notice(row: Row, place: _Fit, words: float) -> NoticeRow:
    is_near = words > 0 and place is not _Fit.ELSEWHERE
    return replace(notice_row(row), is_near=is_near, is_here=place is _Fit.HERE and not is_near)


def _fit_of_place(row: Row, area_code: str | None) -> _Fit:
    here, there = area_code, row["area_code"]
    if not here or not there:
        return _Fit.UNKNOWN
    return _Fit.HERE if is_inside(here, there) or is_inside(there, here) else _Fit.ELSEWHERE


def _fit_of_words(row: Row, text: str) -> float:
    """Which part of what a notice is about is said in `text`: 0 for nothing.

    The names of places in its title do not count: every matter of 老城区 would be a 停水 there.
    """
    subject = _PLACE_NAMES.sub("", row["title"]) or row["title"]
    asked = {pair for pair in bigrams(subject) if len(pair) > 1} - _SAYS_LITTLE
    return len(asked & set(bigrams(text))) / len(asked) if asked else 0.0


def to_complete(desk: Desk) -> tuple[OrderRow, ...]:
    """Return the orders that the dispatcher sent back for more words, most pressing first (practice P21).

    At a station: those of which its centre has said so; of a clerk on the centre's own store, those that this clerk made.
    """
    if desk.station is not None:
        return lists.load(desk, station_orders.ASKED_BACK).rows
    where, parameters = scopes.of(desk.actor)
    if desk.actor.is_at_a_station:
        where, parameters = station_orders.MADE_BY, {"clerk": desk.actor.uid}
    status = str(Status.TO_COMPLETE)
    return lists.load(desk, f"{where} AND o.status = :status", status=status, **parameters).rows


def progress(desk: Desk, order: str, *, phone: str = "", proof: str = "") -> str:
    """查询进度: the sentence to read out about an order (its number or 查询码) to somebody who proved to be its caller.

    Two facts must fit (practice P12): the 查询码 with the number that was left, the name, or an anonymous order; or the
    number with the name, which does not do for a secret order. `phone` is 来电号码, `proof` a name or the 查询码. Raises
    Refused with one line for an unknown order and for a proof that does not fit.
    """
    wanted, told = order.strip(), proof.strip()
    with desk.reading() as reader:
        row = work_orders.by_number(reader, callers.number_of_code(reader, wanted) or wanted)
        is_known = row is not None and sight.may_see(reader, desk.actor, row)
    if row is None or not is_known or not _fits(row, wanted, told, phone):
        raise Refused("与登记的查询码、姓名、电话对不上，不能告知：请诉求人核对后再报")
    return sentences.progress(row)


def _fits(row: Row, wanted: str, told: str, phone: str) -> bool:
    has_code = row["query_code"] in (wanted, told)
    has_name = bool(told) and told == row["requester_name"]
    has_phone = bool(phone) and normalised_phone(phone) == row["contact_phone"]
    if has_code:
        return has_phone or has_name or bool(row["is_anonymous"])
    return has_phone and has_name and not sight.is_secret(row)
