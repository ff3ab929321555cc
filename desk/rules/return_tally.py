"""The figures of 退单: what counts against the centre, what against the unit, and how fast it was decided (P7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from desk.rules.returns import AGAINST_THE_CENTRE, Fate

_DECIDED = frozenset({Fate.GRANTED, Fate.REFUSED})


@dataclass(frozen=True, slots=True)
class Return:
    """One 退单 as the figures see it.

    `took` is the office time to its verdict, None without one; `is_late` whether the limit passed before the verdict,
    or has passed without; `is_first` whether the order's very first dispatch is given back.
    """

    fate: Fate
    unit_id: int
    sender_id: int | None = None
    decider_id: int | None = None
    took: timedelta | None = None
    is_late: bool = False
    is_first: bool = True
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked, and what became of them; `wrong` counts against the centre, `refused` against the unit."""

    asked: int = 0
    wrong: int = 0
    first_wrong: int = 0
    refused: int = 0
    pending: int = 0
    lapsed: int = 0
    decided: int = 0
    in_time: int = 0
    late: int = 0
    mean: timedelta | None = None

    @property
    def in_time_share(self) -> int | None:
        """Decided in time, in percent of what was decided or is past its limit; None where nothing is."""
        return share(self.in_time, self.in_time + self.late)


def tally(returns: Iterable[Return]) -> Tally:
    """Count returns. Taken back by the centre counts as its wrong dispatch, but is no verdict that was timed."""
    every = list(returns)
    fates = Counter(each.fate for each in every)
    decided = [each for each in every if each.fate in _DECIDED]
    spans = [each.took for each in decided if each.took is not None]
    wrong = [each for each in every if each.fate in AGAINST_THE_CENTRE]
    return Tally(
        asked=len(every),
        wrong=len(wrong),
        first_wrong=sum(each.is_first for each in wrong),
        refused=fates[Fate.REFUSED],
        pending=fates[Fate.PENDING],
        lapsed=fates[Fate.LAPSED],
        decided=len(decided),
        in_time=sum(not each.is_late for each in decided),
        late=sum(each.is_late for each in every),
        mean=sum(spans, timedelta()) / len(spans) if spans else None,
    )


def share(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in percent, None of nothing."""
    return None if whole == 0 else round(100 * part / whole)
