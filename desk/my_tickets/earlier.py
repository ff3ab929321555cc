"""Why an order is on the unit's desk again: what is asked now, what the citizen said, what was replied before."""

from collections.abc import Iterator

from db.codes import Deed, Verdict
from db.doors import Reader, Row
from db.queries import assignments, cards, events, replies
from desk import card_handling, sight
from desk.context import Desk
from desk.history import data_of
from desk.rows import CardSection
from desk.words import reason_words


def why_again(desk: Desk, reader: Reader, order: Row) -> tuple[CardSection, ...]:
    """Return 重办要求, 诉求人回访意见 and 上一轮答复 of a later round, and why 办结审核 gave the order back.

    What the citizen of a secret order said stays at the centre (practice P32). Empty in a first, unbroken round.
    """
    hides = not sight.sees_caller(desk.actor, order)
    parts: tuple[tuple[str, Iterator[str]], ...] = (
        ("办结审核退回意见", sent_back_words(reader, order)),
        (f"重办要求（第{order['round']}轮）", _wanted(reader, order)),
        ("诉求人为什么不满意", _said(reader, order, hides=hides)),
        ("以前的答复", _replied(reader, order)),
    )
    found = ((heading, tuple(line for line in lines if line)) for heading, lines in parts)
    return tuple(CardSection(heading, lines) for heading, lines in found if lines)


_SAID_IN = {Deed.SEND_BACK_REPLY: "note", Deed.SEND_BACK_CLOSE_REVIEW: "reason"}


def sent_back_words(reader: Reader, order: Row, deed: Deed = Deed.SEND_BACK_CLOSE_REVIEW) -> Iterator[str]:
    """Yield why the reply was sent back in this round, if it was, by 办结审核 or the unit's 审核人; the newest time."""
    happened = [row for row in events.of_order(reader, order["uid"]) if row["round"] == order["round"]]
    back = next((row for row in reversed(happened) if row["kind"] == deed), None)
    if back is None:
        return
    yield reason_words(data_of(back).get("reasons", ()))
    for text in events.texts_of_order(reader, order["uid"]):
        if text["event_uid"] == back["uid"] and text["field"] == _SAID_IN[deed]:
            yield str(text["body"] or "")


def _wanted(reader: Reader, order: Row) -> Iterator[str]:
    part = assignments.current_steward(reader, order["id"])
    if part is not None and order["round"] > 1:
        yield str(part["requirement"] or "")


def _said(reader: Reader, order: Row, *, hides: bool) -> Iterator[str]:
    before = [row for row in cards.callbacks(reader, order["id"]) if row["round"] == order["round"] - 1]
    yield from card_handling.callbacks([row for row in before if row["is_reached"]], hides_words=hides)


def _replied(reader: Reader, order: Row) -> Iterator[str]:
    """The newest reply of the round before, or of this one when it was passed and came back all the same."""
    now = replies.latest(reader, order["id"], order["round"])
    for row in (now, replies.latest(reader, order["id"], order["round"] - 1)):
        if row is not None and row["verdict"] == Verdict.GRANTED:
            yield f"第{row['round']}轮公开答复：{row['public_reply']}"
            yield f"第{row['round']}轮办理情况：{row['internal_result']}"
