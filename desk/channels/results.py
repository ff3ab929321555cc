"""What goes back to a channel, in the shape in which its orders came (practice P20).

Our number goes at acceptance, the result only after 办结审核. An order goes again when something of it is new. 举报 and 保密
orders go with both numbers and their state alone (practice P32 c).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.codes import Deed, OrderKind, Outcome, Status
from db.doors import Reader, StoreTrouble, Writer
from db.files import new_file, put_in_place, remove_with_logs
from db.ids import new_uid
from db.queries import channels
from db.times import maybe_from_ms, to_ms
from desk import exporting, history, sight
from desk.births import check_birth_right
from desk.codes import code_for, word
from desk.context import Desk
from desk.exporting import without_numbers
from desk.history import Happening
from desk.importing.heads import RESULT_HEADS, label
from desk.importing.sources import Source
from desk.rules.lifecycle import AT_THE_CENTRE, AT_THE_UNIT, ENDS
from desk.rules.marks import marks_of
from desk.rules.rights import Scope
from desk.rules.secrecy import masked_name, masked_phone
from desk.troubles import unusable
from desk.words import moment

_WINDOW = 500
_PLAIN = ("id", "subject", "time")
SECRET_RESULT = "按保密规定另行报送"


@dataclass(frozen=True, slots=True)
class Returned:
    """What was written: where, how many orders, and how many of them with their result."""

    path: Path
    orders: int
    results: int


@dataclass(slots=True)
class _Told:
    """Which orders a file tells of, by key: all of them, and those with a result."""

    orders: list[int]
    results: list[int]


def give_back(
    desk: Desk, source: Source, path: Path, *, is_all: bool = False, may_overwrite: bool = False
) -> Returned:
    """Write what is new about a channel's orders to a file (0600), in the columns of its 列对照. One event EXPORTED.

    With `is_all` every order of the channel, told before or not. Raises NotAllowed, BadInput for another form, Refused
    when the file is there already, StoreUnusable when it cannot be written.
    """
    form = exporting.form_of(path)
    check_birth_right(desk, Deed.EXPORTED, Scope.HOUSE)
    made = path.with_name(f".{path.name}.{new_uid()}.new")
    columns = columns_of(source)
    told = _Told([], [])
    try:
        exporting.refuse_overwriting(path, may_overwrite=may_overwrite)
        new_file(made)
        read_at = desk.now()
        with desk.reading() as reader:
            rows = _rows(desk, reader, source, columns, told, is_all=is_all)
            exporting.WRITERS[form](made, rows, tuple(head for head, _ in columns))
        with desk.writing() as writer:
            channels.mark_told(writer, told.orders, told.results, to_ms(read_at))
            _record(desk, writer, source, path, told)
            put_in_place(made, path, may_overwrite=may_overwrite)
    except StoreTrouble as error:
        raise unusable(error) from error
    finally:
        remove_with_logs(made)
    return Returned(path, len(told.orders), len(told.results))


def columns_of(source: Source) -> tuple[tuple[str, str], ...]:
    """Return (column, field) of the way back: those of the 列对照, then what it has no column for, by its usual name."""
    own = source.columns or tuple((label(name), name) for name in _PLAIN)
    there = {name for _, name in own}
    heads = {head for head, _ in own}
    more = ((label(name), name) for name in RESULT_HEADS if name not in there)
    return (*own, *((head, name) for head, name in more if head not in heads))


def _rows(
    desk: Desk,
    reader: Reader,
    source: Source,
    columns: tuple[tuple[str, str], ...],
    told: _Told,
    *,
    is_all: bool,
) -> Iterator[dict[str, str]]:
    after, where = 0, (desk.actor.centre_path, str(source.channel), source.name)
    while window := channels.back_window(reader, *where, after=after, limit=_WINDOW):
        for order in window:
            is_told = is_all or is_news(order)
            if is_told and not sight.is_accused(reader, desk.actor, order, order["accused_path"]):
                told.orders.append(order["id"])
                told.results += [order["id"]] if has_result(order) else []
                fields = back_fields(order)
                yield {head: fields.get(name, "") for head, name in columns}
        after = window[-1]["id"]


def has_result(order: Any) -> bool:
    """Whether the result may go: 办结审核 has passed in this round, or the order ended without ever being handled."""
    if order["status"] in ENDS:
        return Status(order["status"]) is not Status.MERGED
    return order["review_passed_at"] is not None


def is_news(order: Any) -> bool:
    """Whether the channel has not yet been told our number, or the result of the latest 办结审核."""
    if order["number_told_at"] is None:
        return True
    since = order["review_passed_at"] or order["closed_at"] or 0
    return has_result(order) and (order["result_told_at"] is None or order["result_told_at"] < since)


def back_fields(order: Any) -> dict[str, str]:
    """Return what each field says on the way back; numbers of telephones and identity cards masked."""
    common = {
        "id": order["outside_no"],
        "our_no": order["order_no"],
        "our_state": state_of(order),
    }
    if sight.is_secret(order):
        return {**common, "result": SECRET_RESULT if has_result(order) else ""}
    return {**common, **_matter(order), **_upstream(order), **_result(order)}


def state_of(order: Any) -> str:
    """Return how far we are, in the words that go outside: 已受理, 办理中, 已办结, or how the order ended."""
    status = Status(order["status"])
    if status in AT_THE_CENTRE:
        return "已受理"
    if status in (*AT_THE_UNIT, Status.CLOSE_REVIEW, Status.MERGED):
        return "办理中"
    if status in (Status.CLOSED, Status.ARCHIVED) or (has_result(order) and status not in ENDS):
        return "已办结"
    return word(status) if status in ENDS else "办理中"


def _matter(order: Any) -> dict[str, str]:
    return {
        "subject": without_numbers(order["title"]),
        "detail": without_numbers(order["content"]),
        "time": _moment(order["raised_at"]),
        "kind": word(OrderKind(order["kind"])),
        "name": "匿名" if order["is_anonymous"] else masked_name(order["requester_name"]),
        "phone": masked_phone(order["contact_phone"] or ""),
        "place": without_numbers(order["place"]),
        "area": order["area_name"] or "",
        "category": order["category_name"] or "",
    }


def _upstream(order: Any) -> dict[str, str]:
    return {
        "upstream_no": order["upstream_no"] or "",
        "upstream_due": _moment(order["upstream_due_at"]),
        "upstream_state": order["state"] or "",
        "upstream_return": order["sent_back"] or "",
        "upstream_demand": without_numbers(order["upstream_demand"]),
        "marks": "、".join(map(word, marks_of(order["marks"]))),
    }


def _result(order: Any) -> dict[str, str]:
    unit = {"our_unit": order["steward_name"] or ""}
    if not has_result(order):
        return unit
    outcome = code_for(Outcome, order["outcome"]) if order["outcome"] else None
    said = order["passed_reply"] or order["said"] or (word(outcome) if outcome else "")
    ended = order["closed_at"] or order["review_passed_at"]
    return {**unit, "result": without_numbers(said), "result_time": _moment(ended)}


def _moment(milliseconds: int | None) -> str:
    at = maybe_from_ms(milliseconds)
    return moment(at) if at is not None else ""


def _record(desk: Desk, writer: Writer, source: Source, path: Path, told: _Told) -> None:
    at = history.moment_after_head(writer, desk.now())
    data = {
        "orders": len(told.orders),
        "results": len(told.results),
        "channel": str(source.channel),
        "form": path.suffix.lower(),
    }
    words = {"file": str(path), "map": source.name}
    history.record(writer, Happening(Deed.EXPORTED, at, desk.actor.uid, desk.seat, data=data, texts=words))
