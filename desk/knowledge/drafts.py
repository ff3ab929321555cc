"""Half-typed words of the library's forms (see `desk/form_words.py`)."""

from collections.abc import Mapping

from desk import form_words
from desk.context import Desk

KIND = "knowledge"


def keep_words(desk: Desk, about: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form about one entry, question or call."""
    form_words.keep_words(desk, KIND, about, _of_the_library(form), answers)


def kept_words(desk: Desk, about: str, form: str) -> dict[str, str]:
    """Return what this person last typed into it; empty when nothing was kept."""
    return form_words.kept_words(desk, KIND, about, _of_the_library(form))


def forget_words(desk: Desk, about: str, form: str) -> None:
    """Forget it: the form was filed, or emptied."""
    form_words.forget_words(desk, about, _of_the_library(form))


def _of_the_library(form: str) -> str:
    """Another screen may name a form of its own by the same key."""
    return f"{KIND}.{form}"
