"""What the dispatch screen reads: queues, figures, who has an order open, units by words, what was half written."""

from datetime import timedelta

import pytest

from db.codes import Urgency
from desk import dispatch
from desk.dispatch_rows import Target
from desk.errors import NotAllowed, Refused
from tests.desk.dispatching import (
    D,
    fill_duty_list,
    section_id,
    sent,
    unit_id,
)
from tests.world import World


@pytest.fixture(autouse=True)
def _duty_list(world: World) -> None:
    fill_duty_list(world)


class TestNotes:
    def test_what_was_written_is_kept_for_its_writer_until_the_order_has_gone(self, world: World) -> None:
        order = world.order()
        desk = world.desk(D)
        dispatch.keep_note(desk, order.order_no, "今晚到场", "有人收钱[/b]")
        dispatch.keep_note(desk, order.order_no, "明早到场", "有人收钱[/b]")
        (note,) = dispatch.kept_notes(world.desk(D))
        assert (note.order_no, note.demand) == (order.order_no, "明早到场")
        assert note.forward_text == "有人收钱[/b]"
        assert dispatch.kept_notes(world.desk("1302")) == ()
        dispatch.send(world.desk("1302"), order.order_no, unit_id(world, "CY-CGJ"))
        assert dispatch.kept_notes(desk) == ()
        assert desk.work is not None
        assert desk.work.drafts_of(desk.actor.uid) == []

    def test_two_empty_words_are_forgotten(self, world: World) -> None:
        order = world.order()
        dispatch.keep_note(world.desk(D), order.order_no, "要求", "")
        dispatch.keep_note(world.desk(D), order.order_no, "", "")
        assert dispatch.kept_notes(world.desk(D)) == ()


class TestReading:
    def test_the_queue_is_most_pressing_first_by_tab(self, world: World) -> None:
        plain = world.order()
        urgent = world.order(urgency=Urgency.URGENT)
        away = sent(world)
        desk = world.desk(D)
        assert [row.order_no for row in dispatch.queue(desk, "to_dispatch").rows] == [
            urgent.order_no,
            plain.order_no,
        ]
        assert [row.order_no for row in dispatch.queue(desk, "unsigned").rows] == [away]
        assert dispatch.queue(desk, "returned").total == 0
        assert dispatch.queue(world.desk("2101"), "to_dispatch").total == 0

    def test_a_long_queue_comes_in_windows(self, world: World) -> None:
        for _ in range(53):
            world.order()
        page = dispatch.queue(world.desk(D), "to_dispatch", offset=50)
        assert (len(page.rows), page.total, page.offset) == (3, 53, 50)

    def test_todays_average_wait_counts_first_dispatches(self, world: World) -> None:
        assert dispatch.figures(world.desk(D)).mean_wait is None
        first, second = world.order(), world.order()
        world.clock.tick(minutes=10)
        dispatch.send(world.desk(D), first.order_no, unit_id(world, "CY-CGJ"))
        world.clock.tick(minutes=20)
        dispatch.send(world.desk(D), second.order_no, unit_id(world, "CY-CGJ"))
        dispatch.recall(world.desk(D), second.order_no, "错")
        figures = dispatch.figures(world.desk(D))
        assert (figures.mean_wait, figures.sent_today) == (timedelta(minutes=10), 1), "taken back is not sent"
        assert figures.counts["unsigned"] == figures.counts["to_dispatch"] == 1
        world.clock.tick(minutes=10)
        dispatch.send(world.desk(D), second.order_no, unit_id(world, "CY-CGJ"), proposal=1)
        figures = dispatch.figures(world.desk(D))
        assert (figures.mean_wait, figures.sent_today) == (timedelta(minutes=25), 2)
        assert figures.first_share == 50, "of the three, the one taken back counts nowhere"

    def test_what_was_accepted_yesterday_and_sent_today_counts_today(self, world: World) -> None:
        waiting, sent_before = world.order(), world.order()
        dispatch.send(world.desk(D), sent_before.order_no, unit_id(world, "CY-CGJ"))
        world.clock.tick(hours=24)
        assert dispatch.figures(world.desk(D)).sent_today == 0
        dispatch.send(world.desk(D), waiting.order_no, unit_id(world, "CY-CGJ"))
        dispatch.reassign(world.desk(D), sent_before.order_no, unit_id(world, "CY-RSJ"), reason="属劳动监察")
        figures = dispatch.figures(world.desk(D))
        assert (figures.mean_wait, figures.sent_today) == (timedelta(hours=24), 1)

    def test_who_else_has_the_order_open_is_shown_until_they_leave(self, world: World) -> None:
        order = world.order()
        other = world.desk("1302")
        assert dispatch.order_detail(other, order.order_no).others == ()
        assert dispatch.order_detail(world.desk(D), order.order_no).others == ("派单乙",)
        dispatch.order_detail(other, world.order().order_no, leaving=order.order_no)
        assert dispatch.order_detail(world.desk(D), order.order_no).others == ()

    def test_units_sections_and_duty_items_are_found_by_words(self, world: World) -> None:
        found = dispatch.units(world.desk(D), "劳动监察")
        assert [row.name for row in found] == ["县人社局 劳动监察大队"]
        assert Target.from_key(found[0].key) == Target(unit_id(world, "CY-RSJ"), section_id(world, "LD"))
        by_item = dispatch.units(world.desk(D), "打桩")
        assert by_item[0].hint == "清单第118项 夜间施工噪音"
        assert Target.from_key(by_item[0].key).duty_item_id == 1
        assert [row.name for row in dispatch.areas(world.desk(D), "横水")] == ["横水镇"]
        assert [row.key for row in dispatch.categories(world.desk(D), "0101")] == ["010100", "010101"]
        assert dispatch.units(world.desk(D), "%_[/b]") == []
        assert dispatch.sections(world.desk(D), unit_id(world, "CY-CGJ"))[0].name == "执法大队"

    @pytest.mark.parametrize("target", [Target(7), Target(7, 12), Target(7, 12, 118), Target(7, None, 118)])
    def test_a_target_survives_as_a_key(self, target: Target) -> None:
        assert Target.from_key(target.key) == target

    def test_an_order_of_another_house_is_not_opened(self, world: World) -> None:
        order = world.order()
        with pytest.raises(NotAllowed):
            dispatch.order_detail(world.desk("2101"), order.order_no)
        with pytest.raises(Refused, match="没有编号"):
            dispatch.proposals(world.desk(D), "CY01-20261123-9999")
