"""交接班: one shift of the centre leaves the next what is open, line by line, and the next one signs for it (practice P27)."""

from desk.shift_change.making import hand_over, sign, sign_all
from desk.shift_change.reading import current
from desk.shift_change.rows import HandoverLine, HandoverPage

__all__ = ["HandoverLine", "HandoverPage", "current", "hand_over", "sign", "sign_all"]
