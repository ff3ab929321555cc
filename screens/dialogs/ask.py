"""Asking for words: one long text, or several labelled fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from screens.dialogs.base import Dialog
from screens.widgets.choice import Choice
from screens.widgets.field import Field, FormRow
from screens.widgets.key_hints import Hint
from screens.widgets.long_text import LongText

Answers = dict[str, str]


class AskText(Dialog[str]):
    """One long text (a reason, a reply); Ctrl+S gives it, empty only when it is not `required`."""

    HINTS = (("^S", "确定"), ("Esc", "取消"))
    BINDINGS = [Binding("ctrl+s", "give", priority=True)]
    DEFAULT_CSS = "AskText LongText { height: 8; }"

    def __init__(
        self,
        title: str,
        label: str = "说明",
        *,
        text: str = "",
        required: bool = True,
        max_length: int = 2000,
        placeholder: str = "",
    ) -> None:
        super().__init__(title)
        self._text = LongText(label, text, max_length=max_length, placeholder=placeholder, id="text")
        self._required = required

    def questions(self) -> ComposeResult:
        yield Static(self._text.label, classes="label", markup=False)
        yield self._text

    def action_give(self) -> None:
        if self._required and not self._text.value:
            self.refuse(f"请填写{self._text.label}")
        elif self._text.too_long:
            self.refuse(self._text.too_long)
        else:
            self.dismiss(self._text.value)


class AskForm(Dialog[Answers]):
    """Several labelled fields (`Field`, `Choice`, `LongText`, each with an id); Ctrl+S gives {id: value}.

    `required` names the ids that must not be empty; `check` may refuse the whole with one line.
    """

    HINTS: ClassVar[Sequence[Hint]] = (("^S", "确定"), ("Tab", "下一栏"), ("Esc", "取消"))
    BINDINGS = [Binding("ctrl+s", "give", priority=True)]
    DEFAULT_CSS = """
    AskForm LongText { height: 5; }
    AskForm FormRow > .label { width: 14; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field | Choice | LongText],
        *,
        required: Sequence[str] = (),
        check: Callable[[Answers], str] | None = None,
    ) -> None:
        super().__init__(title)
        self._fields = tuple(fields)
        self._required = frozenset(required)
        self._check = check

    def questions(self) -> ComposeResult:
        for field in self._fields:
            yield FormRow(field)

    def action_give(self) -> None:
        answers = {str(field.id): field.value.strip() for field in self._fields}
        for field in self._fields:
            if why := self._wrong(field, answers[str(field.id)]):
                self._send_back(why, field)
                return
        if self._check is not None and (why := self._check(answers)):
            self.refuse(why)
            return
        self.dismiss_with(answers)

    def dismiss_with(self, answers: Answers) -> None:
        """Every field is as it should be: the form has its answer."""
        self.dismiss(answers)

    def _wrong(self, field: Field | Choice | LongText, answer: str) -> str:
        if str(field.id) in self._required and not answer:
            return f"请{'选择' if isinstance(field, Choice) else '填写'}{field.label}"
        return field.too_long if isinstance(field, LongText) else ""

    def _send_back(self, why: str, field: Widget) -> None:
        self.refuse(why)
        field.focus()
