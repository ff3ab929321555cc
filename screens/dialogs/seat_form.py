"""One form of a 专席, made of its table of questions: the same on the line, and when something has to be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desk.codes import SpecialForm, word
from desk.errors import BadInput
from desk.rules.special_checks import checked
from desk.rules.special_forms import FORMS, Ask
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.widgets import Choice, Field, LongText

LONG = 500
"""From so many characters on an answer gets several lines."""


class SeatForm(KeptForm):
    """The questions of one form. `known` stands in the fields from the start, `kept` was typed before."""

    DEFAULT_CSS = "SeatForm LongText { height: 3; }"

    def __init__(
        self,
        form: SpecialForm,
        *,
        today: date,
        keep: Callable[[Answers], object],
        kept: Answers,
        known: Answers,
        title: str = "",
        keeps_secrets: bool = False,
    ) -> None:
        """`keeps_secrets`: a number that is left empty stays as it was, so it need not be typed again."""
        asks = FORMS[form]
        self._form, self._today, self._keeps_secrets = form, today, keeps_secrets
        super().__init__(
            title or f"{word(form)}：逐项问，填完 ^S 登记",
            [_widget(ask, known.get(ask.name, "")) for ask in asks],
            keep=keep,
            kept=kept,
            required=[ask.name for ask in asks if ask.is_required and not self._is_kept(ask)],
            check=self._why_not,
        )
        self.fresh = self.answers
        """What an untouched form says."""

    def _is_kept(self, ask: Ask) -> bool:
        return ask.is_secret and self._keeps_secrets

    def _why_not(self, answers: Answers) -> str:
        """Say what does not fit together, with the cursor where it is to be mended."""
        if self._keeps_secrets and not all(answers[ask.name] for ask in FORMS[self._form] if ask.is_secret):
            return ""  # the desk, which knows the numbers, checks the whole
        try:
            checked(self._form, answers, self._today)
        except BadInput as why:
            self.go_to(why.field)
            return str(why)
        return ""


def _widget(ask: Ask, known: str) -> Field | Choice | LongText:
    if ask.options:
        is_open = not ask.is_preset and not known
        return Choice(ask.label, ask.options, value=known or None, is_open=is_open, id=ask.name)
    if ask.most >= LONG:
        return LongText(ask.label, known, max_length=ask.most, placeholder=ask.hint, id=ask.name)
    return Field(ask.label, known, max_length=ask.most, placeholder=ask.hint, id=ask.name)
