"""A checked list becomes the list in force: written in short transactions, and in force all at once at the end.

Rows of the coming edition count for nobody until it is in force (db/queries/duty_items.py), so that a reader sees the
old list whole or the new one whole, also when the import is long, breaks off, or the disk is full half way.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from datetime import time as time_of_day
from typing import Any

from db.codes import Deed
from db.doors import Writer
from db.ids import new_uid
from db.queries import duty_items
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.duties.plans import Change, Plan
from desk.errors import BadInput, Refused, Stale
from desk.history import Happening
from desk.rules.calendar import CHINA

_LONGEST_SECONDS = 0.03
_PAUSE_SECONDS = 0.02
_LEFTOVERS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a list: the edition in force (that before, where nothing changed), and the counts."""

    edition: int
    added: int
    changed: int
    retired: int
    unchanged: int


def take_in(
    desk: Desk,
    plan: Plan,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> TakenIn:
    """Put a checked list in force; one event IMPORT_DUTY with the counts and the file's SHA-256, none without a change.

    Raises BadInput for a plan with flaws, NotAllowed, Stale when the list was changed since the plan was made, Locked
    or StoreUnusable; then the list is as it was.
    """
    check_birth_right(desk, Deed.IMPORT_DUTY)
    if not plan.is_good:
        raise BadInput(f"{plan.table.path.name} 有错，未写入任何内容；请按提示修改后再导入", "文件")
    counts = (len(plan.added), len(plan.changed), len(plan.retired), plan.unchanged)
    if not plan.changes:
        return TakenIn(plan.edition, *counts)
    stage = _Stage(desk, plan)
    try:
        while not stage.write_some():
            if on_progress is not None:
                on_progress(stage.done, len(plan.changes))
            pause(_PAUSE_SECONDS)
    except BaseException:
        with suppress(Refused):
            stage.give_up()
        raise
    return TakenIn(stage.edition, *counts)


class _Stage:
    """An edition under way."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self._desk, self._plan = desk, plan
        self._uid, self._at = new_uid(), to_ms(desk.now())
        self._is_claimed = self._is_clear = False
        self.edition = plan.edition + 1
        self.done = 0

    def write_some(self) -> bool:
        """Write for one short transaction; return whether the edition is in force."""
        ends = time.monotonic() + _LONGEST_SECONDS
        with self._desk.light_writing() as writer:
            self._claim(writer)
            if not self._is_clear and duty_items.clear_leftovers(writer, _LEFTOVERS_AT_ONCE):
                return False
            self._is_clear = True
            for change in self._plan.changes[self.done :]:
                self._write(writer, change)
                self.done += 1
                if time.monotonic() > ends and self.done < len(self._plan.changes):
                    return False
            self._put_in_force(writer)
        return True

    def _claim(self, writer: Writer) -> None:
        """Claim the edition, or see that it is still ours: of two imports at once the later one goes on."""
        if not self._is_claimed:
            if duty_items.edition(writer)[0] != self._plan.edition:
                raise Stale("职责清单刚被另一次导入改过，本次未写入；请重新检查（--dry-run）后再导入")
            duty_items.begin_edition(writer, self._uid, self._at)
            self._is_claimed = True
        elif not duty_items.is_claimed(writer, self.edition, self._uid):
            raise Stale("另一人同时导入了职责清单，本次未生效；请重新检查（--dry-run）后再导入")

    def _write(self, writer: Writer, change: Change) -> None:
        if change.before is not None:
            duty_items.end(writer, change.before.id, self.edition, self._at)
        if change.after is not None:
            duty_items.add(writer, **self._row(change), **change.after.columns())

    def _row(self, change: Change) -> dict[str, Any]:
        begins = self._at
        if change.valid_from is not None:
            begins = to_ms(datetime.combine(change.valid_from, time_of_day(), CHINA))
        return {
            "number": change.number,
            "version": change.version,
            "edition": self.edition,
            "valid_from": min(begins, self._at),
        }

    def _put_in_force(self, writer: Writer) -> None:
        at = history.moment_after_head(writer, self._desk.now())
        duty_items.put_in_force(writer, self.edition, to_ms(at))
        actor = self._desk.actor
        words = {"file": self._plan.table.path.name}
        history.record(
            writer,
            Happening(Deed.IMPORT_DUTY, at, actor.uid, self._desk.seat, data=self._data(), texts=words),
        )

    def _data(self) -> dict[str, Any]:
        plan = self._plan
        return {
            "edition": self.edition,
            "added": len(plan.added),
            "changed": len(plan.changed),
            "retired": len(plan.retired),
            "unchanged": plan.unchanged,
            "whole": plan.is_whole,
            "form": plan.table.form,
            "sha256": plan.table.digest,
        }

    def give_up(self) -> None:
        """Clear away what was written, then the claim; what cannot be cleared now the next import clears."""
        while self._cleared_some():
            time.sleep(_PAUSE_SECONDS)

    def _cleared_some(self) -> bool:
        with self._desk.light_writing() as writer:
            if not duty_items.is_claimed(writer, self.edition, self._uid):
                return False
            if duty_items.clear_leftovers(writer, _LEFTOVERS_AT_ONCE):
                return True
            duty_items.forget_claim(writer, self._uid)
        return False
