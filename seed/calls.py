"""The calls behind the invented orders, as the telephone system would have told of them: when each rang, was taken, ended.

They draw no lots: how long a call rang follows from its moment, so that the rest of the day stays what it is.
"""

from datetime import timedelta

from db.codes import CallSummary
from desk.calls import CallNote
from desk.context import Desk
from desk.rules.calendar import local

_RINGS = (3, 6, 4, 9, 5, 12, 7, 18, 4, 8)
"""Seconds until a call is taken; one in ten is slow."""
_TALKS = timedelta(minutes=4)


def call_note(desk: Desk, number: str, line: str = "12345", summary: CallSummary | None = None) -> CallNote:
    """Return the call that this agent ends now, with the number of its recording."""
    ended = desk.now()
    second = int(ended.timestamp())
    answered = ended - _TALKS - timedelta(seconds=second % 97)
    return CallNote(
        number=number,
        line=line,
        summary=summary,
        rang_at=answered - timedelta(seconds=_RINGS[second % len(_RINGS)]),
        answered_at=answered,
        ended_at=ended,
        recording_no=f"{local(answered):%Y%m%d%H%M%S}-{desk.actor.staff_no}",
    )
