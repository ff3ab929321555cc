"""The marks of the 考核 are found again from the events: a wrong one is named, a store without any is filled."""

from pathlib import Path

from desk import assessment
from desk.assessment.recounting import fill
from tests.desk.many_lives import table
from tests.desk.many_orders import EMERGENCIES, ManyOrders
from tests.world import World


def world_of(path: Path) -> World:
    """A store in which one sort of emergency is a 危机来电."""
    settings = {"emergency.types": list(EMERGENCIES), "crisis.types": [EMERGENCIES[1]]}
    return World(path, settings=settings)


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
