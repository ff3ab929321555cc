"""当班: what the centre's seats, calls, queues and roles are doing now, for 班长 (practice P31, P27)."""

from desk.shift_board.behind import behind
from desk.shift_board.lines import board

__all__ = ["behind", "board"]
