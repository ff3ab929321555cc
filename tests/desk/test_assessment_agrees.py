"""The figures of the 考核 equal those of a second, naive implementation that reads the events alone."""

from pathlib import Path

import pytest

from desk import assessment
from tests.desk.many_orders import EMERGENCIES, ManyOrders
from tests.desk.naive_scores import scores
from tests.world import World


def _table(world: World, month: str) -> dict[str, dict[str, int]]:
    """The product's table as the naive one is: by uid, what is 0 and what is a matter of this moment left out."""
    found = {}
    for line in assessment.table(world.desk("1002"), month).lines:
        numbers = {name: number for name, number in line.numbers.items() if name != "overdue_now" and number}
        if line.uid and numbers:
            found[line.uid] = numbers
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figures_of_many_random_lives_equal_those_read_from_the_events_alone(
    tmp_path: Path, seed: int
) -> None:
    settings = {"emergency.types": list(EMERGENCIES), "crisis.types": [EMERGENCIES[1]]}
    world = World(tmp_path / "desk.db", settings=settings)
    many = ManyOrders(world, seed)
    many.live(orders=70, steps=1500)
    months = sorted({f"{row['month']}" for row in world.rows("SELECT DISTINCT month FROM assessment_marks")})
    assert len(months) > 1, "the lives go on beyond one month"
    counted = set()
    for number in months:
        month = f"{number[:4]}-{number[4:]}"
        product, naive = _table(world, month), scores(world.path, month)
        assert product == naive, month
        counted |= {name for numbers in product.values() for name in numbers}
    assert {"signed_late", "answered_late", "left_out", "handling", "first_wrong_since"} <= counted
