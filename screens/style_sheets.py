"""Style sheets that are parsed once."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class StyleSheets(Stylesheet):
    """Textual's style sheets without its second and third parsing.

    Stock Textual parses every sheet again at each new mode, dialog and theme, though the variables are the same:
    half of the CPU between start and first frame. All our sheets are our own, so a faulty one may end the program.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables; the same ones again change nothing."""
        if variables != self._variables:
            super().set_variables(variables)
            self._require_parse = True

    def reparse(self) -> None:
        """Parse what has not been parsed with these variables."""
        self.parse()
