"""The two profiles: colours for a usual terminal, and the plain one for slow lines and old consoles."""

from __future__ import annotations

from textual.theme import Theme

NORMAL = Theme(
    name="minyi",
    primary="#1f5f99",
    secondary="#3d7ea6",
    warning="#e0b040",
    error="#ff6b60",
    success="#7fc97f",
    accent="#e0b040",
    foreground="#e4e4e4",
    background="#14181d",
    surface="#1b2127",
    panel="#252d36",
    dark=True,
    variables={
        "field": "#222a33",
        "field-focus": "#2f3b48",
        "label": "#8fa3b5",
        "cursor-text": "#ffffff",
        "input-cursor-background": "#e4e4e4",
        "input-cursor-foreground": "#14181d",
    },
)
PLAIN = "ansi-dark"
VARIABLES = {
    "field": "ansi_default",
    "field-focus": "ansi_default",
    "label": "ansi_cyan",
    "cursor-text": "ansi_black",
}
"""What the desk's style sheets use beyond Textual's own variables, for themes that lack them."""
