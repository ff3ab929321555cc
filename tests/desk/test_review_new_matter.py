"""Something new at a callback is a new order of the same caller, and the old one is judged by itself (practice P28)."""

import pytest

from db.codes import Grade, OrderKind, Status
from desk import review
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk import review_life as life
from tests.world import World


def test_what_is_told_anew_waits_for_dispatch_related_to_the_old_order(world: World) -> None:
    order_no = life.to_call_back(world, language="客家话")
    row = review.register_new_matter(
        world.desk(life.CALLER), order_no, "complaint", "楼下又开了一家烧烤，油烟很大"
    )
    stored = life.order_row(world, row.order_no)
    assert (stored["status"], stored["kind"]) == (Status.TO_DISPATCH, OrderKind.COMPLAINT)
    assert (stored["contact_phone"], stored["language"]) == ("13800000000", "客家话")
    assert stored["title"]
    link = world.row("SELECT kind, order_id, other_id FROM order_links")
    assert link["kind"] == "related"
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert life.order_row(world, order_no)["grade"] == Grade.A


def test_a_tip_off_at_a_callback_is_secret_and_nobody_is_known_by_it(world: World) -> None:
    order_no = life.to_call_back(world)
    row = review.register_new_matter(world.desk(life.CALLER), order_no, OrderKind.TIP_OFF, "城管收了老板的钱")
    stored = life.order_row(world, row.order_no)
    assert (stored["is_confidential"], stored["requester_id"]) == (1, None)


def test_it_needs_kind_and_words_and_an_order_that_was_reviewed(world: World) -> None:
    order_no, caller = life.to_call_back(world), world.desk(life.CALLER)
    with world.nothing_written(), pytest.raises(BadInput, match="诉求类型"):
        review.register_new_matter(caller, order_no, "", "又有新事")
    with world.nothing_written(), pytest.raises(BadInput, match="诉求内容"):
        review.register_new_matter(caller, order_no, "complaint", "  ")
    at_the_unit = life.sent(world)
    with world.nothing_written(), pytest.raises(NotNow, match="还没有到回访"):
        review.register_new_matter(caller, at_the_unit, "complaint", "又有新事")
    with pytest.raises(NotAllowed):
        review.register_new_matter(world.desk(life.HANDLER), order_no, "complaint", "又有新事")
