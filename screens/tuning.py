"""Where stock Textual is put right for a long day on old terminals."""

from __future__ import annotations

import gc

from textual import events
from textual._styles_cache import StylesCache
from textual.message import Message
from textual.message_pump import MessagePump
from textual.scrollbar import ScrollBarRender


def tune() -> None:
    """Let dead widgets go, draw no block characters, outlive bugs; to be called before the App is made."""
    # An lru_cache on a method keeps the line caches of 1024 dead widgets alive (Textual issue 6665).
    StylesCache.get_inner_outer = getattr(  # type: ignore[method-assign]
        StylesCache.get_inner_outer, "__wrapped__", StylesCache.get_inner_outer
    )
    # Block characters are two cells wide on old Chinese consoles.
    ScrollBarRender.VERTICAL_BARS = [" "] * 8
    ScrollBarRender.HORIZONTAL_BARS = [" "] * 8
    MessagePump._dispatch_message = _dispatch  # type: ignore[method-assign,assignment]


def collect_again() -> None:
    """Look for garbage from now on, but not among what stands since the start."""
    gc.collect()
    gc.freeze()
    # Python looks through everything only when a quarter as much as last time is new: "last time" is nothing now.
    gc.collect()
    gc.set_threshold(1_000, 10, 5)
    gc.enable()


_stock_dispatch = MessagePump._dispatch_message


async def _dispatch(pump: MessagePump, message: Message) -> None:
    """Stock Textual stops a widget or page for ever at the first bug in one of its handlers."""
    try:
        await _stock_dispatch(pump, message)
    except Exception as error:
        if isinstance(message, events.Compose | events.Mount):
            raise
        pump.app._handle_exception(error)
