"""One-line field: borderless, with the terminal's cursor where the drawn one is (input methods look there)."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Paste
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.cells import one_line, typed
from screens.widgets.keys import left_to_the_desk


class Field(Input, inherit_bindings=False):
    """A one-line input. Enter and Down go to the next field, Up to the one before."""

    BINDINGS = [
        *left_to_the_desk(Input.BINDINGS),
        ("up", "app.focus_previous"),
        ("down", "app.focus_next"),
    ]
    DEFAULT_CSS = """
    Field {
        border: none; height: 1; padding: 0; width: 1fr; background: $field; color: $foreground;
        &:focus { border: none; background: $field-focus; background-tint: $foreground 0%; }
        &.-invalid, &.-invalid:focus { border: none; }
        &:ansi { background: ansi_default; text-style: underline; }
        &:ansi:focus { background: ansi_default; text-style: underline bold; }
    }
    """

    class Restricted(Message):
        """What was typed or pasted does not fit."""

        def __init__(self, field: Field, why: str) -> None:
            self.field = field
            self.why = why
            super().__init__()

        @property
        def control(self) -> Field:
            return self.field

    def __init__(
        self,
        label: str = "",
        value: str = "",
        *,
        width: int | None = None,
        max_length: int = 0,
        password: bool = False,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            typed(value),
            placeholder,
            password=password,
            max_length=max_length,
            select_on_focus=False,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.label = label
        self.cursor_blink = False
        if width is not None:
            self.styles.width = width

    @property
    def text(self) -> str:
        """The value without the blanks around it."""
        return self.value.strip()

    def validate_value(self, value: str) -> str:
        return typed(value).replace("\n", " ").replace("\t", " ")

    @property
    def cursor_screen_offset(self) -> Offset:
        x, y, _, _ = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def on_focus(self) -> None:
        self._bring_cursor_into_sight()

    def on_blur(self) -> None:
        self.call_after_refresh(self._show_its_start)

    def watch_value(self) -> None:
        # A value set by program puts the cursor at its end without scrolling there.
        if self.has_focus:
            self.call_after_refresh(self._bring_cursor_into_sight)
        else:
            self.call_after_refresh(self._show_its_start)

    def _show_its_start(self) -> None:
        """Where nobody types, a long text is read from its first character."""
        if not self.has_focus:
            self.scroll_to(x=0, force=True, animate=False)

    def _bring_cursor_into_sight(self) -> None:
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        # Textual places the terminal's cursor before the scroll is applied.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    @property
    def _value(self) -> Text:
        # The stock bullet is two cells wide on old Chinese consoles.
        return Text("*" * len(self.value), end="", no_wrap=True) if self.password else super()._value

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        pasted = one_line(event.text)
        if self.max_length and len(self.value) + len(pasted) > self.max_length:
            room = max(0, self.max_length - len(self.value) + abs(self.selection.end - self.selection.start))
            self._report(
                f"{self.label or '本栏'}最多 {self.max_length} 字，粘贴的后 {len(pasted) - room} 字没有放入"
            )
            pasted = pasted[:room]
        if pasted:
            self.replace(pasted, *sorted(self.selection))

    def restricted(self) -> None:
        self._report(f"{self.label or '本栏'}最多 {self.max_length} 字")

    def _report(self, why: str) -> None:
        self.post_message(self.Restricted(self, why))


class FormRow(Horizontal):
    """Fields side by side on one screen row, each behind its own label."""

    DEFAULT_CSS = """
    FormRow {
        height: auto; width: 1fr;
        & > .label { width: auto; height: 1; color: $label; padding: 0 1 0 1; }
    }
    """

    def __init__(self, *fields: Widget, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._fields = fields

    def compose(self) -> ComposeResult:
        for field in self._fields:
            label = getattr(field, "label", "")
            if label:
                yield Static(label, classes="label", markup=False)
            yield field
