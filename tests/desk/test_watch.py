"""What a desk sees of the others while it is open."""

from pathlib import Path

import pytest

from db.queries import house
from desk import city_settings, telephone, watch
from desk.session import Opening
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings={"sign.normal_days": 1, "danger.words": ["着火"]})


def test_a_setting_changed_elsewhere_holds_at_once(world: World) -> None:
    desk = world.desk("1203")
    watching = watch.watch(desk)
    city_settings.set_setting(world.desk("1001"), "danger.words", '["着火", "燃气"]')
    assert desk.settings.words("danger.words") == ("着火",)
    assert watching.changed()
    assert desk.settings.words("danger.words") == ("着火", "燃气")
    watching.close()


def test_a_setting_changed_between_log_in_and_watch_is_not_missed(world: World) -> None:
    desk = world.desk("1203")
    city_settings.set_setting(world.desk("1001"), "danger.words", '["燃气"]')
    watch.watch(desk).close()
    assert desk.settings.words("danger.words") == ("燃气",)


def test_settings_are_not_read_again_for_a_mere_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = world.desk("1203")
    watching = watch.watch(desk)
    before = desk.settings
    world.order()
    monkeypatch.setattr(house, "settings", None)
    assert watching.changed()
    assert desk.settings is before
    watching.close()


def test_calls_are_told_once_and_wake_no_store(world: World) -> None:
    desk = world.desk("1203")
    watching = watch.watch(desk)
    exchange = Opening(world.database, world.clock, "pbx")
    assert watching.rings() == ()
    assert watching.rings() is None
    telephone.ring(exchange, "13800000000", "12345", seat=desk.seat, call_id="A1")
    telephone.ring(exchange, "13900000000", "12345", seat="another", call_id="A2")
    telephone.ring(exchange, "13700000000", "12345", call_id="A3")
    rung = watching.rings()
    assert rung is not None
    assert [call.call_id for call in rung] == ["A1", "A3"]
    assert not watching.changed()
    telephone.answer(exchange, "A3", seat=desk.seat)
    rung = watching.rings()
    assert rung is not None
    assert [(call.call_id, call.was_answered) for call in rung] == [("A3", True), ("A1", False)]
    watching.close()
