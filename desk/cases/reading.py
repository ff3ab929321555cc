"""The library read: page by page, by words, and what resembles the text in hand."""

from collections.abc import Iterator
from typing import Any

from db.bigrams import match_query
from db.codes import Deed, OrderKind, Role
from db.doors import Reader
from db.queries import cases, work_orders
from db.queries import sight as sight_queries
from db.times import from_ms
from desk import sight
from desk.abilities import why_not
from desk.case_rows import AlikeCase, CaseFull, CasePage, CaseRow, CaseText
from desk.codes import word
from desk.context import Actor, Desk
from desk.errors import NotAllowed, Refused
from desk.rules import rights
from desk.rules.likeness import likeness
from desk.telling import rarest, telling
from desk.words import stored

PAGE_SIZE = 50
_MOST_COMPARED = 10
"""So many cases are compared word by word: 5 ms in a library of 10,000."""
_COMPARED = 160
_LEAST_LIKE = 0.06


def alike(desk: Desk, reader: Reader, title: str, text: str, top: int = 3) -> tuple[AlikeCase, ...]:
    """Return the published cases that resemble a matter, the likest first; none for a panelist, or few words.

    Reads only. The price hardly grows with the library: the rarest words of the text choose what is compared.
    """
    if not may_read(desk.actor):
        return ()
    words = telling(f"{title}\n{text}")
    counts = cases.counts_of(reader, words)
    rows = cases.sharing(reader, rarest(counts), _unit_path(desk.actor), max(top, _MOST_COMPARED))
    short = f"{title} {text}"[:_COMPARED]
    found = sorted(
        ((_share(short, title, row), row["id"], row) for row in rows), reverse=True, key=_first_two
    )
    return tuple(
        AlikeCase(int(row["id"]), number_of(row["id"]), row["title"], row["unit"] or "", share)
        for share, _, row in found[:top]
        if share >= _LEAST_LIKE
    )


def beside(desk: Desk, order_no: str, top: int = 3) -> tuple[AlikeCase, ...]:
    """Return the cases that resemble an order, by the words of it that this person may read; none for an unknown one."""
    with desk.reading() as reader:
        return _like(desk, reader, order_no, top)


def _like(desk: Desk, reader: Reader, order_no: str, top: int) -> tuple[AlikeCase, ...]:
    order = work_orders.by_number(reader, order_no)
    if order is None or not sight.may_see(reader, desk.actor, order):
        return ()
    title, words = sight.title_for(desk.actor, order), sight.content_for(desk.actor, order)
    return alike(desk, reader, title, words, top)


def _first_two(found: tuple[float, int, Any]) -> tuple[float, int]:
    return found[:2]


def _share(short: str, title: str, row: Any) -> float:
    words = f"{row['title']} {row['matter']}"[:_COMPARED]
    return max(likeness(title, row["title"]), likeness(short, words))


def page(desk: Desk, text: str = "", offset: int = 0, order_no: str = "") -> CasePage:
    """Return one window of the library: what `text` finds, else what is like the order in hand, else the newest.

    Who makes cases sees on top what waits to be published. Raises NotAllowed for a panelist.
    """
    read_right(desk)
    with desk.reading() as reader:
        if order_no and not text.strip():
            return _like_the_order(desk, reader, order_no)
        query = match_query(text)
        if text.strip() and not query:
            return CasePage((), 0, 0)
        total, rows = cases.page(
            reader,
            query,
            _unit_path(desk.actor),
            with_proposed=_makes_cases(desk.actor),
            offset=max(offset, 0),
            limit=PAGE_SIZE,
        )
        return CasePage(tuple(_row(row) for row in rows), total, offset)


def _like_the_order(desk: Desk, reader: Reader, order_no: str) -> CasePage:
    found = ((like, cases.one(reader, like.id)) for like in _like(desk, reader, order_no, PAGE_SIZE))
    rows = tuple(_row(row, like.share) for like, row in found if row is not None)
    return CasePage(rows, len(rows), 0)


def full(desk: Desk, case_id: int) -> CaseFull:
    """Return one case in full. Raises Refused when there is none that this person may read."""
    read_right(desk)
    with desk.reading() as reader:
        case = cases.one(reader, case_id)
        if case is None or not _is_open(desk.actor, reader, case):
            raise Refused(f"没有编号为 {number_of(case_id)} 的案例，请核对编号")
        order = work_orders.by_number(reader, case["order_no"])
        assert order is not None, "a case has its order"
        published = f"案例 {number_of(case_id)} 已经发布" if case["published_at"] else ""
        retired = f"案例 {number_of(case_id)} 已经撤下" if case["retired_at"] else ""
        return CaseFull(
            row=_row(case),
            text=CaseText(case["title"], case["matter"], case["handling"], case["lesson"]),
            facts=tuple(line for line in _facts(desk.actor, case) if line),
            no_publishing=retired or published or why_not(desk, reader, Deed.PUBLISH_CASE, order),
            no_retiring=retired or why_not(desk, reader, Deed.RETIRE_CASE, order),
        )


def _is_open(actor: Actor, reader: Reader, case: Any) -> bool:
    """What is not published, or no longer, is for those who make cases; an accused unit reads nothing of itself (P32 a)."""
    accused = sight_queries.path_of(reader, case["accused_unit_id"])
    if accused is not None and _unit_path(actor).startswith(accused):
        return False
    is_in_the_library = case["published_at"] is not None and case["retired_at"] is None
    return is_in_the_library or _makes_cases(actor)


def _facts(actor: Actor, case: Any) -> Iterator[str]:
    yield f"{case['unit'] or ''} {case['section'] or ''}  {word(OrderKind(case['kind']))}".strip()
    yield f"分类 {case['category']}" if case["category"] else ""
    yield f"清单第{case['duty_number']}项 {case['duty_item']}" if case["duty_number"] else ""
    yield f"工单 {case['order_no']}" if actor.is_at_the_centre else ""
    yield f"提出并核对 {case['maker'] or ''} {stored(case['made_at'])}"
    yield (
        f"发布 {case['publisher'] or ''} {stored(case['published_at'])}" if case["published_at"] else "待发布"
    )
    if case["retired_at"]:
        yield f"撤下 {case['retirer'] or ''} {stored(case['retired_at'])}：{case['retire_reason']}"


def _row(case: Any, share: float | None = None) -> CaseRow:
    return CaseRow(
        id=int(case["id"]),
        case_no=number_of(case["id"]),
        title=case["title"],
        unit=case["unit"] or "",
        section=case["section"] or "",
        is_published=case["published_at"] is not None,
        made_at=from_ms(case["made_at"]),
        share=share,
    )


def number_of(case_id: int) -> str:
    """Return a case's number as people write it: `AL-0007`."""
    return f"AL-{case_id:04d}"


def may_read(actor: Actor) -> bool:
    """Whether a person reads the library: everybody but who is only a panelist (practice P29)."""
    return bool(actor.roles - {Role.PANELIST})


def read_right(desk: Desk) -> None:
    """Raise NotAllowed for who reads no case."""
    if not may_read(desk.actor):
        raise NotAllowed("评议员不查阅案例库")


def _makes_cases(actor: Actor) -> bool:
    return any(rights.scopes(actor.roles, deed) for deed in (Deed.PROPOSE_CASE, Deed.PUBLISH_CASE))


def _unit_path(actor: Actor) -> str:
    return "" if actor.is_at_the_centre else actor.unit_path
