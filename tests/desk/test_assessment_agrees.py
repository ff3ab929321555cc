"""The figures of the 考核 equal those of a second, naive implementation that reads the events alone."""

from pathlib import Path

from desk import assessment
from tests.desk.many_orders import EMERGENCIES, ManyOrders
from tests.desk.naive_scores import scores
from tests.world import World

SEEDS = (1, 2, 3)
SEEN = frozenset(
    {
        *("received", "signed_in_time", "signed_late", "answered_in_time", "answered_late", "left_late"),
        *("sent_back", "reworked", "graded_d", "solved", "unsolved", "satisfied", "dissatisfied", "left_out"),
        *("first_right", "first_wrong_since", "called_back", "not_called_back", "citizen_late", "excused"),
        *("helped", "unscored", "handling", "handling_points", "cooperation", "cooperation_points"),
    }
)
"""What the lives must have brought about, or they have shown nothing."""


def table(world: World, month: str) -> dict[str, dict[str, int]]:
    """The product's table as the naive one is: by uid, what is 0 and what is a matter of this moment left out."""
    found = {}
    for line in assessment.table(world.desk("1002"), month).lines:
        numbers = {name: number for name, number in line.numbers.items() if name != "overdue_now" and number}
        if line.uid and numbers:
            found[line.uid] = numbers
    return found


def test_the_figures_of_many_random_lives_equal_those_read_from_the_events_alone(tmp_path: Path) -> None:
    counted: set[str] = set()
    for seed in SEEDS:
        settings = {
            "emergency.types": list(EMERGENCIES),
            "crisis.types": [EMERGENCIES[1]],
            "panel.repeat_months": 0,
        }
        world = World(tmp_path / f"desk-{seed}.db", settings=settings)
        ManyOrders(world, seed).live(orders=70, steps=1200)
        numbers = [row["month"] for row in world.rows("SELECT DISTINCT month FROM assessment_marks")]
        assert len(numbers) > 1, "the lives go on beyond one month"
        for number in numbers:
            month = f"{number // 100}-{number % 100:02d}"
            product, naive = table(world, month), scores(world.path, month)
            assert product == naive, (seed, month)
            counted |= {name for each in product.values() for name in each}
    assert counted >= SEEN
