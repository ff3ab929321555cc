"""The figures of the 考核 equal those of a second, naive implementation that reads the events alone."""

from pathlib import Path

from desk import assessment
from desk.assessment.recounting import fill
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


def world_of(path: Path) -> World:
    """A store in which one sort of emergency is a 危机来电."""
    settings = {"emergency.types": list(EMERGENCIES), "crisis.types": [EMERGENCIES[1]]}
    return World(path, settings=settings)


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
        recounted = assessment.verify(world.desk("1002"))
        assert (recounted.differing, recounted.orders) == ((), 70)
        numbers = [row["month"] for row in world.rows("SELECT DISTINCT month FROM assessment_marks")]
        assert len(numbers) > 1, "the lives go on beyond one month"
        for number in numbers:
            month = f"{number // 100}-{number % 100:02d}"
            product, naive = table(world, month), scores(world.path, month)
            assert product == naive, (seed, month)
            counted |= {name for each in product.values() for name in each}
    assert counted >= SEEN


def test_a_mark_that_no_event_gave_is_found_and_a_store_without_marks_is_filled(tmp_path: Path) -> None:
    world = world_of(tmp_path / "desk.db")
    many = ManyOrders(world, 7)
    many.live(orders=20, steps=300)
    kept = {month: table(world, month) for month in ("2026-11", "2026-12")}
    with world.database.write() as writer:
        writer.run("UPDATE assessment_marks SET kind = 'signed_in_time' WHERE kind = 'received' AND id < 20")
    assert assessment.verify(world.desk("1002")).differing
    with world.database.write() as writer:
        assert fill(writer) == 0, "what was counted once is not counted again"
        writer.run("DELETE FROM assessment_marks")
        assert fill(writer) > 50
    assert assessment.verify(world.desk("1002")).differing == ()
    assert {month: table(world, month) for month in kept} == kept
