"""The monitoring pool: in by C or D, the worse grade stands, out with evidence."""

from pathlib import Path
from typing import Any

import pytest

from db.codes import Deed, Grade
from desk.deed import deed_on
from desk.pool import enter_pool, give_grade, leave_pool
from tests.world import World

DAY = 86_400_000


def _enter(world: World, order_no: str, grade: Grade, reason: str) -> None:
    with deed_on(world.desk("1301"), Deed.NOTE, order_no) as deed:
        enter_pool(deed, grade, reason)


def _order(world: World, order_no: str) -> dict[str, Any]:
    found: dict[str, Any] = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=order_no)
    return found


def _entries(world: World) -> list[dict[str, Any]]:
    return world.rows("SELECT * FROM pool_entries ORDER BY id")


def test_an_order_in_the_pool_has_grade_entry_and_next_review(world: World) -> None:
    order = world.order()
    _enter(world, order.order_no, Grade.D, "不满意：结果")
    row = _order(world, order.order_no)
    (entry,) = _entries(world)
    assert (row["grade"], row["pool_grade"], row["sort_rank"]) == ("D", "D", 1)
    assert row["pool_review_at"] == entry["review_at"] == entry["entered_at"] + 7 * DAY
    assert world.event_data(order.order_no)["pool_grade"] == "D"
    assert [each["grade"] for each in world.rows("SELECT grade FROM grades")] == ["D"]


def test_the_worse_grade_stands_whichever_comes_first(world: World) -> None:
    order = world.order()
    _enter(world, order.order_no, Grade.C, "延期")
    _enter(world, order.order_no, Grade.D, "不满意")
    world.clock.tick(days=1)
    before = _order(world, order.order_no)["pool_review_at"]
    _enter(world, order.order_no, Grade.C, "再次延期")
    row = _order(world, order.order_no)
    assert (row["grade"], row["pool_grade"], row["pool_review_at"]) == ("D", "D", before)
    assert [(each["grade"], each["reason"]) for each in _entries(world)] == [("D", "不满意")]


def test_the_city_sets_how_soon_the_pool_looks_again(tmp_path: Path) -> None:
    world = World(tmp_path / "own.db", settings={"pool.review_days": {"C": 3}})
    order = world.order()
    _enter(world, order.order_no, Grade.C, "延期")
    (entry,) = _entries(world)
    assert entry["review_at"] == entry["entered_at"] + 3 * DAY


def test_leaving_the_pool_keeps_the_evidence_and_the_grade(world: World) -> None:
    order = world.order()
    _enter(world, order.order_no, Grade.C, "延期")
    with deed_on(world.desk("1301"), Deed.NOTE, order.order_no) as deed:
        leave_pool(deed, "回访满意")
    row = _order(world, order.order_no)
    (entry,) = _entries(world)
    assert (row["grade"], row["pool_grade"], row["pool_review_at"]) == ("C", None, None)
    assert entry["evidence"] == "回访满意"
    assert entry["left_at"]
    assert entry["left_by"]


def test_leaving_a_pool_one_is_not_in_changes_nothing(world: World) -> None:
    order = world.order()
    with deed_on(world.desk("1301"), Deed.NOTE, order.order_no) as deed:
        leave_pool(deed, "无")
        assert "pool_grade" not in deed.changes


def test_a_and_b_are_grades_without_a_pool(world: World) -> None:
    order = world.order()
    with world.nothing_written(), pytest.raises(ValueError, match="does not enter the pool"):
        _enter(world, order.order_no, Grade.B, "接受解释")
    with deed_on(world.desk("1301"), Deed.NOTE, order.order_no) as deed:
        give_grade(deed, Grade.B, "接受解释")
    row = _order(world, order.order_no)
    assert (row["grade"], row["pool_grade"]) == ("B", None)
