"""Which open orders are a person's: the WHERE of counts and lists, by centre or by unit (design part 4)."""

from typing import Any

from desk.context import Actor

OPEN = "o.is_open = 1"


def of(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Return SQL over `o` and its parameters for the open orders that stand on this person's lists."""
    if actor.is_at_the_centre:
        return f"{OPEN} AND o.centre_id = :centre_id", {"centre_id": actor.centre_id}
    return f"{OPEN} AND o.steward_id IN {UNITS_BELOW}", {"unit_path": actor.unit_path + "%"}


UNITS_BELOW = "(SELECT id FROM units WHERE path LIKE :unit_path)"
"""The keys of a unit and of every unit below it; bind `unit_path` to the path with `%` at its end."""
