"""承诺回电: the question goes to who knows, the caller is rung back within ten minutes (practice P17)."""

from desk.calls import CallNote
from desk.promises.keeping import answer, keep, log_attempt
from desk.promises.making import promise
from desk.promises.reading import board

__all__ = ["CallNote", "answer", "board", "keep", "log_attempt", "promise"]
