"""The round of a running desk: what is due is sent, whoever sits there (practice P19)."""

from collections.abc import Callable

from db.doors import StoreBusy, StoreTrouble
from desk.context import Desk
from desk.messages.sending import send_waiting


def post(desk: Desk, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """Send what is due and return how many messages failed for good. A store that is busy or away waits for the next round."""
    try:
        return send_waiting(desk.database, desk.settings, desk.now, is_over=is_over).failed
    except (StoreBusy, StoreTrouble):
        return 0
