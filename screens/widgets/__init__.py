"""The desk's own widgets: import them from here. Each is loaded when first asked for: the log-in page needs few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.lazy import later

if TYPE_CHECKING:
    from screens.widgets.choice import Choice, WideChoice
    from screens.widgets.columns import Column
    from screens.widgets.detail import Detail, Marked, Pair, Section
    from screens.widgets.field import Field, FormRow
    from screens.widgets.header import Header
    from screens.widgets.key_hints import KeyHints, MessageLine
    from screens.widgets.long_text import LongText
    from screens.widgets.row_list import RowList
    from screens.widgets.several import Several
    from screens.widgets.tabs import Tab, Tabs
    from screens.widgets.window import PAGE

__getattr__ = later(
    __name__,
    choice="Choice WideChoice",
    columns="Column",
    detail="Detail Marked Pair Section",
    field="Field FormRow",
    header="Header",
    key_hints="KeyHints MessageLine",
    long_text="LongText",
    row_list="RowList",
    several="Several",
    tabs="Tab Tabs",
    window="PAGE",
)
__all__ = [
    "PAGE",
    "Choice",
    "Column",
    "Detail",
    "Field",
    "FormRow",
    "Header",
    "KeyHints",
    "LongText",
    "Marked",
    "MessageLine",
    "Pair",
    "RowList",
    "Section",
    "Several",
    "Tab",
    "Tabs",
    "WideChoice",
]
