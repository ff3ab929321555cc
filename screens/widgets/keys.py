"""Which keys a text field leaves to the desk."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

GLOBAL_KEYS = frozenset(
    {*(f"f{number}" for number in range(1, 13)), "ctrl+d", "ctrl+e", "ctrl+f", "ctrl+l", "ctrl+p", "ctrl+q"}
)


def left_to_the_desk(bindings: Iterable[BindingType]) -> list[BindingType]:
    """The bindings of a stock text field without those keys that mean something to the whole desk.

    A focused TextArea otherwise keeps F6, F7, Ctrl+E, and both fields keep Ctrl+D.
    """
    return [binding for binding in Binding.make_bindings(bindings) if binding.key not in GLOBAL_KEYS]
