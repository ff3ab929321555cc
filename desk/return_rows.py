"""What the figures of 退单 look like to a screen and a command."""

from __future__ import annotations

from dataclasses import dataclass

from desk.rules.return_tally import Tally, share


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: what it got, what it gave back, and what nobody there signed in time (超时未签收)."""

    unit: str
    received: int
    unsigned: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One dispatcher: how many dispatches, how many of these were wrong, and the returns that he judged."""

    name: str
    sent: int
    wrong: int
    judged: Tally


@dataclass(frozen=True, slots=True)
class ReturnFigures:
    """退单 of a month, by the day each was asked (China time), for a centre or for one unit.

    `sent` counts dispatches of the month, `received` for a unit. `today` is None for a month that is over. `people` are
    all for 班长 and 调度领导, oneself for the others.
    """

    whose: str
    month: str
    is_centre: bool
    sent: int
    sent_today: int
    unsigned: int
    whole: Tally
    today: Tally | None
    units: tuple[UnitLine, ...]
    people: tuple[PersonLine, ...]

    @property
    def returned_share(self) -> int | None:
        """退单 in percent of the dispatches."""
        return share(self.whole.asked, self.sent)
