"""Half-typed forms of the page of 社会评议: kept beside the store until they are filed. A ballot is never among them."""

from collections.abc import Mapping

from desk import form_words
from desk.context import Desk

_KIND = "social_review"


def keep_words(desk: Desk, about: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form about an order or a session. No deed, no event."""
    form_words.keep_words(desk, _KIND, about, f"panel-{form}", answers)


def kept_words(desk: Desk, about: str, form: str) -> dict[str, str]:
    """Return what this person last typed into one form; empty when nothing was kept."""
    return form_words.kept_words(desk, _KIND, about, f"panel-{form}")


def forget_words(desk: Desk, about: str, form: str) -> None:
    """Forget what was kept: the form was filed."""
    form_words.forget_words(desk, about, f"panel-{form}")
