"""Fields that only the intake form has: a choice that is not made yet, and a field that picks from a list in line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rich.text import Text
from textual.message import Message
from textual.widget import Widget
from textual.widgets.input import Selection

from desk.rows import PickRow
from screens.cells import safe, width_of
from screens.widgets import Choice, Field

MOST_PICKS = 9


class OpenChoice(Choice):
    """A choice in which nothing is chosen at first: 诉求类型 has no usual answer."""

    def __init__(self, label: str, options: Sequence[tuple[str, str]], *, id: str) -> None:  # noqa: A002
        super().__init__(label, options, id=id)
        self.set_reactive(Choice.index, -1)

    @property
    def value(self) -> str:
        """The chosen option's value, "" until one is chosen."""
        return self.options[self.index][0] if self.index >= 0 else ""

    @value.setter
    def value(self, value: str) -> None:
        known = [option for option, _ in self.options]
        self.index = known.index(value) if value in known else -1

    @property
    def word(self) -> str:
        """The chosen option's Chinese word."""
        return self.options[self.index][1] if self.index >= 0 else "未选"


class NumberField(Field):
    """A telephone number: full-width digits of an input method become plain ones when the field is left."""

    def on_blur(self) -> None:
        plain = unicodedata.normalize("NFKC", self.value).strip()
        if plain != self.value:
            self.value = plain


class ProposedField(Field):
    """A field in which what is known stands first; typing replaces it, and what was typed is never touched."""

    def __init__(self, label: str, *, max_length: int, id: str) -> None:  # noqa: A002
        super().__init__(label, max_length=max_length, id=id)
        self._proposed = ""
        self._about = ""

    @property
    def is_proposed(self) -> bool:
        """Whether there stands what was proposed, and nobody has changed it."""
        return bool(self._proposed) and self.value == self._proposed

    def propose(self, words: str, about: str) -> None:
        """Put `words` into the field unless something was typed; once for each `about`, so that it can be deleted."""
        if about != self._about:
            self._about = about
            self._replace(words)

    def withdraw(self) -> None:
        """Take back what was proposed, unless it was changed."""
        self._replace("")

    def put(self, words: str) -> None:
        """Set the value as a draft brings it back: it counts as typed."""
        self._proposed = self._about = ""
        self.value = words

    def _replace(self, words: str) -> None:
        if self.value == self._proposed and words != self.value:
            self._proposed = self.value = words
            self._mark_for_replacement()

    def on_focus(self) -> None:
        self._mark_for_replacement()

    def _mark_for_replacement(self) -> None:
        if self.is_proposed:
            self.selection = Selection(0, len(self.value))


class PickLine(Widget):
    """What a `PickField` offers, in one row under it: `1横水镇 2老城社区(横水镇)`."""

    DEFAULT_CSS = """
    PickLine { height: 1; width: 1fr; color: $label; text-wrap: nowrap; padding: 0 0 0 6; }
    PickLine:ansi { color: ansi_cyan; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: tuple[PickRow, ...] = ()
        self.at = 0
        self.note = ""

    def show(self, rows: Sequence[PickRow], at: int = 0, note: str = "") -> None:
        """Offer these rows with the cursor on one (-1: on none), behind a note; redraws only when something differs."""
        if (tuple(rows), at, note) != (self.rows, self.at, self.note):
            self.rows, self.at, self.note = tuple(rows), at, note
            self.refresh()

    def render(self) -> Text:
        text = Text(safe(self.note), end="", no_wrap=True, overflow="crop")
        room = self.size.width - 6 - width_of(text.plain)
        for place, row in enumerate(self.rows):
            words = safe(full_name(row))
            if place < self.at and room - width_of(words) < width_of(full_name(self.rows[self.at])) + 1:
                continue
            room -= width_of(words) + 1
            if room < 0:
                break
            text.append(words, "reverse" if place == self.at else "").append(" ")
        return text


def full_name(row: PickRow) -> str:
    """`老城社区(横水镇)`: a name with what tells it from its namesakes."""
    return f"{row.name}({row.hint})" if row.hint else row.name


class PickField(Field):
    """A field whose text narrows a list in the line below; Up and Down choose, Enter takes.

    `finder` names the flow's function that the screen asks. What is taken stands in `code`; words that match nothing
    stay words. Leaving the field takes the only match, or the one that is called exactly so; of other words it says `LeftLoose`.
    """

    BINDINGS = [("up", "choose(-1)"), ("down", "choose(1)")]

    class Wanted(Message):
        """Other words were typed: look them up and call `offer`."""

        def __init__(self, field: PickField, text: str) -> None:
            self.field = field
            self.words = text
            super().__init__()

    class LeftLoose(Message):
        """The cursor has left words that are no entry of the list; `is_unknown` when nothing is called like that."""

        def __init__(self, field: PickField, is_unknown: bool) -> None:
            self.field = field
            self.is_unknown = is_unknown
            super().__init__()

    def __init__(self, label: str, finder: str, line: PickLine, *, id: str, width: int | None = None) -> None:  # noqa: A002
        super().__init__(label, max_length=100, id=id, width=width)
        self._found_for = ""
        self._was_left = False
        self.finder = finder
        self.line = line
        self.code = ""
        self._taken = ""

    def watch_value(self) -> None:
        super().watch_value()
        if self.value == self._taken:
            return
        self.code, self._taken = "", ""
        if self.text:
            self.post_message(self.Wanted(self, self.text))
        else:
            self.line.show(())

    def offer(self, text: str, rows: Sequence[PickRow]) -> None:
        """Show what was found for `text`, unless something else has been typed since."""
        if text == self.text and not self.code:
            self.line.show(rows[:MOST_PICKS])
            self._found_for = text
            if not self.has_focus:
                self._take_the_plain_one()
                self._tell_if_loose()

    def take(self, row: PickRow) -> None:
        """Take a row: its code is what counts, its name is what stands in the field."""
        self.put(row.key, full_name(row))

    def put(self, code: str, name: str) -> None:
        """Set code and name, as a draft brings them back; "" empties both."""
        self.code, self._taken = code, name if code else ""
        self.value = name
        self.cursor_position = len(name)
        self.line.show(())

    @property
    def loose_words(self) -> str:
        """What was typed and is no entry of the list."""
        return "" if self.code else self.text

    def take_marked(self) -> None:
        """Take the row under the cursor of the line below, if there is one."""
        if self.line.rows and not self.code:
            self.take(self.line.rows[self.line.at])

    def on_focus(self) -> None:
        self._was_left = False

    def on_blur(self) -> None:
        self._was_left = True
        self._take_the_plain_one()
        self._tell_if_loose()

    def _tell_if_loose(self) -> None:
        """Say it when the cursor has left and the list was asked, in whichever order."""
        if self._was_left and self.loose_words and self._found_for == self.text:
            self._was_left = False
            self.post_message(self.LeftLoose(self, not self.line.rows))

    def _take_the_plain_one(self) -> None:
        rows = self.line.rows
        named = [row for row in rows if row.name == self.text]
        if not self.code and self.text and (len(rows) == 1 or len(named) == 1):
            self.take((named or list(rows))[0])

    def action_choose(self, by: int) -> None:
        rows = self.line.rows
        if rows:
            self.line.show(rows, (self.line.at + by) % len(rows))
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


class PlaceField(Field):
    """What is said of the place below the village; the line under it offers what was said there before (practice P16).

    Down goes into what is offered, Enter takes it; the words that are typed are never touched. Without an offer the line
    says what was understood of them (桩号, 电杆号 …).
    """

    BINDINGS = [("up", "choose(-1)"), ("down", "choose(1)")]

    class Said(Message):
        """Other words stand in the field: ask what is understood of them and call `understand`."""

        def __init__(self, field: PlaceField, text: str) -> None:
            self.field = field
            self.words = text
            super().__init__()

    def __init__(self, label: str, line: PickLine, *, max_length: int, placeholder: str, id: str) -> None:  # noqa: A002
        super().__init__(label, max_length=max_length, placeholder=placeholder, id=id)
        self.line = line
        self._known: tuple[str, ...] = ()
        self._understood = ""

    def remember(self, words: Sequence[str]) -> None:
        """Offer these words, which were said of the same area before."""
        self._known = tuple(words)
        self._offer()

    def understand(self, text: str, words: str) -> None:
        """Show what was understood of `text`, unless something else has been typed since."""
        if text == self.text:
            self._understood = words
            self._offer()

    def watch_value(self) -> None:
        super().watch_value()
        self._understood = ""
        self._offer()
        if self.is_mounted:
            self.post_message(self.Said(self, self.text))

    def on_focus(self) -> None:
        self._offer()

    def on_blur(self) -> None:
        self.line.show(())

    def _offer(self) -> None:
        if not self.has_focus:
            return
        fitting = [words for words in self._known if words.startswith(self.text) and words != self.text]
        rows = [PickRow(words, words, "") for words in fitting[:MOST_PICKS]]
        note = f"识别：{self._understood} " if self._understood else "以往说过：" if rows else ""
        self.line.show(() if self._understood else rows, -1, note)

    def take_marked(self) -> bool:
        """Take what the cursor of the line stands on; False when it stands on nothing."""
        if not self.line.rows or self.line.at < 0:
            return False
        self.value = self.line.rows[self.line.at].name
        self.cursor_position = len(self.value)
        return True

    def action_choose(self, by: int) -> None:
        rows, at = self.line.rows, self.line.at + by
        if rows and -1 <= at < len(rows):
            self.line.show(rows, at, self.line.note)
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()
