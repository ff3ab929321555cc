"""What 身份核验 and a look at a social-insurance record take and give (practice P17). No store is needed to read this.

Nothing here is ever written: the ID number and the record live in memory while the call runs.
"""

from dataclasses import dataclass, field

from db.codes import IdentityFact, IdentityOutcome

__all__ = ["IdentityCheck", "IdentityClaim", "IdentityFact", "IdentityOutcome", "InsuranceRecord"]


@dataclass(frozen=True, slots=True)
class IdentityClaim:
    """What a caller says of himself; nothing in it is checked yet. `is_own` False: he asks for somebody else."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    fact: IdentityFact = IdentityFact.PLACE
    value: str = field(default="", repr=False)
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """A 身份核验 that is on record: the event that says so, its outcome, what to say.

    `key` opens the event's digest of the ID number and stands nowhere else: without it nobody can try numbers on it.
    """

    event_uid: str
    call_key: str
    outcome: IdentityOutcome
    sentence: str
    has_source: bool
    key: bytes = field(repr=False)

    @property
    def has_passed(self) -> bool:
        """Whether the caller is who he says he is."""
        return self.outcome is IdentityOutcome.PASSED


@dataclass(frozen=True, slots=True)
class InsuranceRecord:
    """本人的社保记录, to be read on the call and nowhere kept. `items` are (label, value) as the source has them."""

    name: str = field(repr=False)
    place: str = field(repr=False)
    employer: str = field(repr=False)
    items: tuple[tuple[str, str], ...] = field(repr=False)
    source: str
