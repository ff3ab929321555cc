"""承诺回电 as screens see it (practice P17). No store is needed to read this."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A question that waits: times aware UTC. `is_to_answer`: this person may answer it; `is_asked_here`: left it."""

    id: int
    target: str
    question: str
    number: str
    caller: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    answer: str
    answered_by: str
    attempts: int
    is_to_answer: bool
    is_asked_here: bool
    is_over: bool = False
