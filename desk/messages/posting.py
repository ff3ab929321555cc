"""The round of a running desk: what is due is sent, whoever sits there (practice P19)."""

from collections.abc import Callable

from db.doors import StoreBusy, StoreTrouble
from desk.context import Desk
from desk.messages.sending import send_waiting, start_steps


def post(desk: Desk, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """Send what is due and return how many messages failed for good. A store that is busy or away waits for the next round."""
    try:
        return send_waiting(desk.database, desk.settings, desk.now, is_over=is_over).failed
    except (StoreBusy, StoreTrouble):
        return 0


def push(desk: Desk, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """Start the commands of the emergencies' steps and return how many failed for good; busy or away is the next round's."""
    try:
        return start_steps(desk.database, desk.settings, desk.now, is_over=is_over).failed
    except (StoreBusy, StoreTrouble):
        return 0
