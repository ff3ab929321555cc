"""Half-typed forms of the page: kept beside the store until they are filed."""

from collections.abc import Mapping

from desk import form_words
from desk.context import Desk

_KIND = "hotline_day"


def keep_words(desk: Desk, order_no: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form about one order. No deed, no event."""
    form_words.keep_words(desk, _KIND, order_no, form, answers)


def kept_words(desk: Desk, order_no: str, form: str) -> dict[str, str]:
    """Return what this person last typed into one form about one order; empty when nothing was kept."""
    return form_words.kept_words(desk, _KIND, order_no, form)


def forget_words(desk: Desk, order_no: str, form: str) -> None:
    """Forget what was kept: the form was filed."""
    form_words.forget_words(desk, order_no, form)
