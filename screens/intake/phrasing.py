"""短语 in the form: Ctrl+Y turns the abbreviation before the cursor into its words, or goes to what is still to be filled."""

from __future__ import annotations

from desk.intake_rows import PhraseRow
from desk.rules.phrases import abbreviation_before, begins_any, gap, meant
from screens.intake.deeds import OldOrderDeeds
from screens.intake.phrase_list import PhraseList
from screens.widgets import LongText


class Phrasing(OldOrderDeeds):
    """The part of the intake screen that knows the phrases. They are at hand before the key: nothing waits for the store."""

    def __init__(self) -> None:
        super().__init__()
        self._phrases: tuple[PhraseRow, ...] = ()
        self._gap_shown_in = ""

    def ask_phrases(self) -> None:
        """Read the phrases of the line and category at hand."""
        line, category = self._line_and_category
        self.read(lambda flow, desk: flow.phrases(desk, line, category), self._have_phrases, group="phrases")

    def _have_phrases(self, phrases: tuple[PhraseRow, ...]) -> None:
        self._phrases = phrases

    @property
    def _line_and_category(self) -> tuple[str, str]:
        values = self.form.values()
        return values.get("line") or "12345", values.get("category_code", "")

    @property
    def _content(self) -> LongText:
        content = self.form.part("content")
        assert isinstance(content, LongText)
        return content

    def action_phrase(self) -> None:
        """Ctrl+Y: expand the abbreviation, go to the next ___, or open the list."""
        content = self._content
        if self.focused is not content:
            self.form.focus_part("content")
            self._open_phrases("")
            return
        row, column = content.cursor_location
        typed = abbreviation_before(content.document.get_line(row)[:column])
        phrase = meant(typed, self._phrases)
        if phrase is not None:
            self._put_phrase(phrase, len(typed))
        elif not self._to_gap(content.index_of(content.selection.end)):
            self._open_phrases(typed if begins_any(typed, self._phrases) else "")

    def _put_phrase(self, phrase: PhraseRow, typed: int) -> None:
        """Put the words where the cursor stands, in place of the `typed` characters before it."""
        content = self._content
        row, column = content.cursor_location
        start = (row, column - typed)
        at = content.index_of(start)
        content.replace(phrase.body, start, (row, column), maintain_selection_offset=False)
        content.move_cursor(content.location_of(at + len(phrase.body)))
        found = gap(phrase.body)
        if found is not None:
            self._content.select_span(at + found[0], at + found[1])
        uid = phrase.uid
        self.read(
            lambda flow, desk: flow.phrase_used(desk, uid), lambda _: self.ask_phrases(), group="phrase used"
        )

    def _to_gap(self, start: int) -> bool:
        """Mark the next ___ at or behind `start`, so that what is typed takes its place; False when there is none."""
        found = gap(self._content.text, start)
        if found is not None:
            self._content.select_span(*found)
        return found is not None

    def _open_phrases(self, typed: str) -> None:
        def chosen(phrase: PhraseRow | None) -> None:
            self.ask_phrases()
            if phrase is not None:
                self._put_phrase(phrase, len(typed))

        self.app.push_screen(PhraseList(*self._line_and_category, typed), chosen)

    def has_gap_to_show(self) -> bool:
        """Whether a ___ still stands in the content, which nobody was shown yet; the cursor goes there."""
        text = self._content.text
        if gap(text) is None or self._gap_shown_in == text:
            return False
        self._gap_shown_in = text
        self.form.focus_part("content")
        self._to_gap(0)
        self.refuse("内容里还有没填的 ___，已移到该处；确实不填，再按一次 ^S")
        return True
