"""从回复好到办好: whatever happens in whatever sequence, no C or D is lost and nothing is closed unheard.

`python -m tests.lives` lets 2,000 orders live; here it is as many as the suite has time for.
"""

from pathlib import Path

import pytest

from db import check
from tests.desk import many_lives
from tests.desk.many_orders import EMERGENCIES, ManyOrders
from tests.desk.test_assessment_agrees import table
from tests.world import World

__all__ = ["table"]
SETTINGS = {"emergency.types": list(EMERGENCIES), "crisis.types": [EMERGENCIES[1]]}
NEVER_MISSED = frozenset(
    {"call_back", "rework", "write_off", "reopen", "unreached", "set_grade", "enter_procedure", "withdraw"}
)
"""What must have happened, or the lives say nothing."""


def lived(path: Path, orders: int, seed: int) -> tuple[World, ManyOrders]:
    """Return a world in which so many orders have lived at random."""
    world = World(path, settings=SETTINGS)
    many = ManyOrders(world, seed)
    many.live(orders=orders, steps=orders * 24)
    return world, many


@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_no_c_or_d_is_lost_nothing_is_closed_unheard_and_the_scores_are_those_of_the_events(
    tmp_path: Path, seed: int
) -> None:
    world, many = lived(tmp_path / "desk.db", 80, seed)
    assert many_lives.unwatched(world.path) == []
    assert many_lives.closed_unheard(world.path) == []
    assert many_lives.months_that_differ(world, table) == []
    assert list(check.check(world.database)) == []
    assert many.done.keys() >= NEVER_MISSED
