"""The proposals beside an order: numbered, with share and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.widget import Widget

from desk.dispatch_rows import Proposals
from screens.cells import NEAR, QUIET, STRONG, fit, wrap
from screens.dispatch.cases_pane import line

_NAME_CELLS = 24
_TWO_LINES_BELOW = 70


class ProposalPane(Widget):
    """Up to five proposals, the first one Enter's; what is unclear stands above them."""

    DEFAULT_CSS = """
    ProposalPane {
        height: 6; width: 1fr; background: $panel; color: $foreground; padding: 0 1;
        &:ansi { background: ansi_default; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._found: Proposals | None = None
        self._extra: tuple[str, ...] = ()
        self._hint = ""

    def show(self, found: Proposals | None, extra: Sequence[str] = (), hint: str = "") -> None:
        """Show proposals, what is to go along with the order (`extra`), or only a hint."""
        shown = (found, tuple(extra), hint)
        if shown != (self._found, self._extra, self._hint):
            self._found, self._extra, self._hint = shown
            self.refresh()

    def render(self) -> Text:
        width = self.content_size.width
        text = Text(end="", no_wrap=True, overflow="crop")
        for place, (words, style) in enumerate(self._lines(width)):
            if place < self.content_size.height:
                text.append(("\n" if place else "") + fit(words, width), style)
        return text

    def _lines(self, width: int) -> Iterator[tuple[str, str]]:
        if self._found is None:
            for words in wrap(self._hint, width):
                yield words, QUIET
            return
        if self._found.unclear:
            yield self._found.unclear, NEAR
        for words in self._extra:
            yield words, STRONG
        for place, row in enumerate(self._found.rows, start=1):
            head = f"{place} {fit(row.name, _NAME_CELLS)} {row.share:>2}%"
            style = STRONG if place == 1 else ""
            if width < _TWO_LINES_BELOW:
                yield head, style
                yield f"  {row.why}", QUIET
            else:
                yield f"{head}  {row.why}", style
        for note in self._found.notes:
            yield note, NEAR
        if self._found.alike:
            yield line(self._found.alike), QUIET
