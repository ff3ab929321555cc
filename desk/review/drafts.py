"""Half-typed words of the review's forms (see `desk/form_words.py`)."""

from collections.abc import Mapping

from desk import form_words
from desk.context import Desk

KIND = "review"


def keep_words(desk: Desk, order_no: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form of the review about one order."""
    form_words.keep_words(desk, KIND, order_no, _of_review(form), answers)


def kept_words(desk: Desk, order_no: str, form: str) -> dict[str, str]:
    """Return what this person last typed into it; empty when nothing was kept."""
    return form_words.kept_words(desk, KIND, order_no, _of_review(form))


def forget_words(desk: Desk, order_no: str, form: str) -> None:
    """Forget it: the form was filed."""
    form_words.forget_words(desk, order_no, _of_review(form))


def _of_review(form: str) -> str:
    """Another screen may name a form of its own by the same key."""
    return f"{KIND}.{form}"
