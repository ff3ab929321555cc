"""What an import of 职责清单 would do, as one value: the changes, and whatever stands in their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.duties.names import Names
from desk.duty_item import Content, DutyItem
from desk.importing.checking import Flaw
from desk.importing.tables import Table


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one item: without `before` it is new, without `after` it is retired. `line` is 0 if it has none.

    `version` is the one that comes (or the one that ends); `valid_from` is the day of a new item that the file names.
    """

    line: int
    number: int
    version: int
    before: DutyItem | None
    after: Content | None
    valid_from: date | None = None

    @property
    def content(self) -> Content:
        """What the item says then, or said until it ended."""
        if self.after is not None:
            return self.after
        assert self.before is not None, "a change has at least one side"
        return self.before.content


@dataclass(frozen=True, slots=True)
class Plan:
    """A file that was checked against the list of edition `edition`; it can be taken in when nothing is wrong with it.

    `past` counts the lines that only repeat a version which has ended.
    """

    table: Table
    names: Names
    edition: int
    is_whole: bool
    changes: tuple[Change, ...]
    unchanged: int
    past: int
    flaws: tuple[Flaw, ...]
    conflicts: tuple[Flaw, ...]
    unknown_heads: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether the file can be taken in."""
        return not self.flaws and not self.conflicts

    @property
    def added(self) -> tuple[Change, ...]:
        """The items that are new, or come back after they were retired."""
        return tuple(each for each in self.changes if each.before is None)

    @property
    def changed(self) -> tuple[Change, ...]:
        """The items that get a new version."""
        return tuple(each for each in self.changes if each.before is not None and each.after is not None)

    @property
    def retired(self) -> tuple[Change, ...]:
        """The items that end."""
        return tuple(each for each in self.changes if each.after is None)


def in_force(versions: Sequence[DutyItem]) -> DutyItem | None:
    """Return the version of an item that has not ended, or None."""
    return next((each for each in reversed(versions) if each.valid_to is None), None)
