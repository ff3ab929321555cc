"""What is half typed into the emergency's forms, and whether this seat is on the telephone."""

from collections.abc import Mapping

from db.times import to_ms
from desk import form_words
from desk.context import Desk

KIND = "emergency"
LONGEST_CALL_MS = 60 * 60_000


def keep_words(desk: Desk, order_no: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form about one emergency."""
    form_words.keep_words(desk, KIND, order_no, form, answers)


def kept_words(desk: Desk, order_no: str, form: str) -> dict[str, str]:
    """Return what this person last typed into one form about one emergency."""
    return form_words.kept_words(desk, KIND, order_no, form)


def forget_words(desk: Desk, order_no: str, form: str) -> None:
    """Forget what was kept: the form was filed."""
    form_words.forget_words(desk, order_no, form)


def is_on_call(desk: Desk) -> bool:
    """Whether a call runs at this seat: then no bell (practice P27). A call of over an hour forgot to hang up."""
    ring = desk.work.running_ring(desk.seat)
    if ring is None or ring.answered_at is None:
        return False
    return to_ms(desk.now()) - ring.answered_at < LONGEST_CALL_MS
