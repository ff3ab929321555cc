"""Good messages become orders: batches in one transaction each, every order whole, none twice (design part 8)."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.codes import Deed
from db.doors import Writer
from db.ids import new_uid
from db.queries import calls, work_orders
from db.times import to_ms
from desk.births import Birth, bear
from desk.context import Desk
from desk.importing.fields import Message

BATCH = 100
_LONGEST_SECONDS = 0.05
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the good lines: how many are new orders, how many the store had already."""

    imported: int
    known: int


def take_in(
    desk: Desk,
    messages: Sequence[Message],
    on_progress: Callable[[int, int], None] | None = None,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> Taken:
    """Write messages as orders, at most 100 a transaction, with a pause for the other desks after each.

    What the store has already, by channel and outside number, is left alone: a broken run is continued by running
    it again. `on_progress(done, all)` counts messages. Raises NotAllowed, Locked, StoreUnusable.
    """
    imported = done = 0
    for batch in _batches(messages):
        taken, new = _take_batch(desk, batch)
        while taken < len(batch):
            pause(_PAUSE_SECONDS)
            more, more_new = _take_batch(desk, batch[taken:])
            taken, new = taken + more, new + more_new
        imported, done = imported + new, done + len(batch)
        if on_progress is not None:
            on_progress(done, len(messages))
        if new:
            pause(_PAUSE_SECONDS)
    return Taken(imported, done - imported)


def _batches(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    return (messages[start : start + BATCH] for start in range(0, len(messages), BATCH))


def _take_batch(desk: Desk, batch: Sequence[Message]) -> tuple[int, int]:
    """Write as much of a batch as fits into one short transaction; return how many were looked at, and how many new."""
    new = 0
    with desk.writing() as writer:
        ends = time.monotonic() + _LONGEST_SECONDS
        for looked_at, message in enumerate(batch, 1):
            if work_orders.id_of_outside(writer, *message.outside) is None:
                _bear(desk, writer, message)
                new += 1
            if time.monotonic() > ends:
                return looked_at, new
    return len(batch), new


def _bear(desk: Desk, writer: Writer, message: Message) -> None:
    values = {**message.values, "requester_id": _requester(desk, writer, message.values)}
    bear(
        desk,
        writer,
        Birth(Deed.IMPORT_ORDER, message.kind, message.urgency, values, message.data, message.texts),
    )


def _requester(desk: Desk, writer: Writer, values: dict[str, Any]) -> int | None:
    """Return who has this number, kept if not yet known; nobody for an anonymous or secret order (practice P32)."""
    phone = values["contact_phone"]
    if not phone or values["is_anonymous"] or values["is_confidential"]:
        return None
    known = calls.requester_by_phone(writer, phone)
    if known is not None:
        return int(known["id"])
    return calls.add_requester(
        writer,
        {
            "uid": new_uid(),
            "phone": phone,
            "name": values["requester_name"],
            "created_at": to_ms(desk.now()),
        },
    )
