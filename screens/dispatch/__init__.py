"""派单: the queue, the order in full, who could handle it, and one key to send it."""

from screens.dispatch.screen import DispatchScreen

__all__ = ["DispatchScreen"]
