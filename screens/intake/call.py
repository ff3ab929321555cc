"""The call in hand, as the screen knows it: one identity from the first key to the last deed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from desk.codes import CallSummary
from screens.intake.form import LINES, Values

if TYPE_CHECKING:
    from desk.insurance_rows import IdentityCheck
    from desk.telephone import RingRow

    PassedCheck = tuple[IdentityCheck, str]


@dataclass(slots=True)
class CallInHand:
    """One call: when its form was begun, what its caller said of himself, which old orders were asked about."""

    uid: str = field(default_factory=lambda: uuid4().hex)
    started_at: datetime | None = None
    caller: Values = field(default_factory=dict)
    asked_about: tuple[str, ...] = ()
    is_kept: bool = False
    is_secret: bool = False
    """Whether it has led to a 举报 or 保密 order: its caller is not shown, not even to who took the call."""
    rung: Values = field(default_factory=dict)
    """What the telephone put into the form; empty for a call that nobody heard ring."""
    wages: Values = field(default_factory=dict)
    """Answers of a 欠薪登记 that has not gone into the form yet."""
    seats: dict[str, Values] = field(default_factory=dict)
    """Answers of the forms of a 专席 that have not been filed yet, by form."""
    declined_no: str = ""
    """The order of this call that was just declined, in case its caller insists (practice P9)."""
    attempts: int = 0
    """How often it was rung back in vain (practice P12)."""
    warnings: int = 0
    """How often its caller was warned to stop (practice P15)."""
    was_answered: bool = False
    """Whether the telephone system said so."""
    has_ended: bool = False
    """Whether the caller has hung up."""
    identity: PassedCheck | None = field(default=None, repr=False)
    """The caller's 身份核验 and ID number: in memory only, until the call is over (practice P17)."""

    @property
    def is_heard(self) -> bool:
        """Whether the telephone system has told of it: it will tell of its end, too."""
        return self.was_answered or bool(self.rung)

    @property
    def half_typed(self) -> Values:
        """Every answer of a 专席登记 that has gone nowhere yet, by a name of its own."""
        answers = {"wages": self.wages, **self.seats}
        return {f"{form} {name}": words for form, typed in answers.items() for name, words in typed.items()}

    def note(self, flow: Any, summary: CallSummary | None = None, note: str = "") -> Any:
        """The call as the flow takes it; asked several times, it stays one record."""
        return flow.CallNote(
            number=self.caller.get("number", ""),
            line=self.caller.get("line") or "12345",
            language=self.caller.get("language", ""),
            rang_at=self.started_at,
            answered_at=self.started_at,
            outside_id=self.uid,
            summary=summary,
            note=note,
        )

    def as_body(self) -> dict[str, Any]:
        """What a draft keeps of the call."""
        started = self.started_at.isoformat() if self.started_at else None
        return {
            "uid": self.uid,
            "started_at": started,
            "is_kept": self.is_kept,
            "warnings": self.warnings,
            "wages": self.wages,
            "seats": self.seats,
            "attempts": self.attempts,
        }

    @classmethod
    def from_ring(cls, call: RingRow, now: datetime) -> CallInHand:
        """A call that rings here; it keeps the telephone system's id, so that its end finds the same record."""
        rung = {"number": call.phone, **({"line": call.line} if call.line != LINES[0][0] else {})}
        known = {name: value for name, value in rung.items() if value}
        return cls(uid=call.call_id, started_at=call.answered_at or now, rung=known)

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> CallInHand:
        """A call out of a draft; a new one when the draft knows none."""
        try:
            started = datetime.fromisoformat(str(body.get("started_at")))
        except ValueError:
            started = None
        return cls(
            uid=str(body.get("uid") or uuid4().hex),
            started_at=started,
            is_kept=bool(body.get("is_kept")),
            warnings=int(body.get("warnings") or 0),
            attempts=int(body.get("attempts") or 0),
            wages=_values(body.get("wages")),
            seats={str(form): _values(typed) for form, typed in dict(body.get("seats") or {}).items()},
        )


def _values(kept: Any) -> Values:
    return {str(name): str(words) for name, words in dict(kept or {}).items()}
