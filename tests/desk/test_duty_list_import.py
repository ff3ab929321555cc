"""An import of 职责清单: what it would do is said first; done, it is done whole, once, and leaves one event."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db.engine import Database
from db.queries import duty_items
from db.times import to_ms
from desk import card, dispatch, duties, proposals
from desk.duties import taking_in
from desk.errors import BadInput, NotAllowed, Stale, StoreUnusable
from tests.desk.dispatching import unit_id
from tests.desk.duty_files import (
    ADMIN,
    ITEMS,
    LITTER,
    NOISE,
    SUPERVISOR,
    WAGES,
    file_of,
    fill,
    in_force,
    plan_of,
    table_of,
    taken,
)
from tests.world import World

LOUDER = {**NOISE, "关键词": "施工噪音;打桩机", "科室代码": ""}
DUST = {**NOISE, "序号": 300, "事项": "工地扬尘", "关键词": "扬尘", "短语": "灰大"}


@pytest.fixture(autouse=True)
def _list(world: World) -> None:
    fill(world)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One item changed, one new, one as it is, one absent."""
    return file_of(tmp_path / "list.xlsx", (LOUDER, DUST, LITTER))


def test_a_plan_tells_what_is_new_changed_and_as_it_was_and_writes_nothing(world: World, file: Path) -> None:
    before = table_of(world)
    with world.nothing_written():
        plan = plan_of(world.desk(SUPERVISOR), file)
    assert ([each.number for each in plan.added], [each.number for each in plan.changed]) == ([300], [118])
    assert (plan.retired, plan.unchanged, plan.is_good) == ((), 1, True)
    (change,) = plan.changed
    assert change.before is not None
    assert change.after is not None
    assert list(duties.differences(change.before.content, change.after)) == ["keywords", "section_code"]
    assert table_of(world) == before


def test_an_import_brings_new_versions_and_the_old_ones_stay_readable(world: World, file: Path) -> None:
    world.clock.tick(days=1)
    done = taken(world.desk(SUPERVISOR), file)
    assert (done.edition, done.added, done.changed, done.retired, done.unchanged) == (1, 1, 1, 0, 1)
    assert in_force(world) == {
        7: (1, "垃圾;保洁"),
        118: (2, "施工噪音;打桩机"),
        201: (1, "工资;讨薪"),
        300: (1, "扬尘"),
    }
    new, old = duties.item(world.desk("1203"), 118).versions
    now = to_ms(world.clock.now)
    assert (old.version, old.valid_to, old.content.section_code) == (1, now, "ZF")
    assert (new.version, new.valid_from, new.valid_to, new.content.section_code) == (2, now, None, "")
    assert world.row("SELECT valid_to FROM duty_items WHERE id = :id", id=old.id)["valid_to"] == now


@pytest.mark.parametrize("who", [ADMIN, SUPERVISOR])
def test_exactly_one_event_says_who_how_many_and_which_file(world: World, file: Path, who: str) -> None:
    seq = world.row("SELECT seq FROM chain_head")["seq"]
    desk = world.desk(who)
    taken(desk, file)
    (event,) = world.rows("SELECT uid, kind, actor_uid, data FROM events WHERE seq > :seq", seq=seq)
    data = json.loads(event["data"])
    assert (event["kind"], event["actor_uid"]) == ("import_duty", desk.actor.uid)
    assert {name: data[name] for name in ("added", "changed", "retired", "unchanged", "edition")} == {
        **{"added": 1, "changed": 1, "retired": 0, "unchanged": 1},
        "edition": 1,
    }
    assert data["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    text = world.row("SELECT body FROM event_texts WHERE event_uid = :uid", uid=event["uid"])
    assert text["body"] == "list.xlsx"


def test_a_file_without_a_change_leaves_nothing(world: World, tmp_path: Path) -> None:
    before = table_of(world)
    with world.nothing_written():
        done = taken(world.desk(SUPERVISOR), file_of(tmp_path / "same.csv", ITEMS), is_whole=True)
    assert (done.edition, done.unchanged) == (0, 3)
    assert table_of(world) == before


@pytest.mark.parametrize("who", ["1203", "1301", "1501", "1701", "2101"])
def test_nobody_else_may(world: World, file: Path, who: str) -> None:
    plan = plan_of(world.desk(SUPERVISOR), file)
    desk = world.desk(who)
    for deed in (lambda: plan_of(desk, file), lambda: duties.take_in(desk, plan)):
        with world.nothing_written(), pytest.raises(NotAllowed, match="导入职责清单.*班长、管理员"):
            deed()
    with pytest.raises(NotAllowed, match="导出"):
        duties.export(desk, file.with_name("out.csv"))


class TestRetiring:
    def test_what_the_file_does_not_name_stays_unless_it_is_the_whole_list(
        self, world: World, tmp_path: Path
    ) -> None:
        path = file_of(tmp_path / "list.csv", (NOISE,))
        assert plan_of(world.desk(SUPERVISOR), path).retired == ()
        assert taken(world.desk(SUPERVISOR), path, is_whole=True).retired == 1
        assert sorted(in_force(world)) == [118, 201], "the other list was not named by the file"
        assert duties.item(world.desk("1203"), 7).versions[0].valid_to is not None

    def test_a_line_with_an_error_does_not_count_as_absent(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "list.csv", (NOISE, {**LITTER, "关键词": ""}))
        plan = plan_of(world.desk(SUPERVISOR), path, is_whole=True)
        assert (plan.retired, len(plan.flaws)) == ((), 1)

    def test_an_end_date_retires_the_item_of_its_line(self, world: World, tmp_path: Path) -> None:
        path = file_of(
            tmp_path / "list.xlsx", ({**NOISE, "失效日期": ""}, {**LITTER, "失效日期": "2026-11-23"})
        )
        assert [each.number for each in plan_of(world.desk(SUPERVISOR), path).retired] == [7]
        taken(world.desk(SUPERVISOR), path)
        assert sorted(in_force(world)) == [118, 201]

    def test_a_retired_item_comes_back_as_its_next_version(self, world: World, tmp_path: Path) -> None:
        taken(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", (NOISE,)), is_whole=True)
        world.clock.tick(days=1)
        plan = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "b.csv", (LITTER,)))
        assert [(each.number, each.version) for each in plan.added] == [(7, 2)]
        taken(world.desk(SUPERVISOR), file_of(tmp_path / "b.csv", (LITTER,)))
        assert in_force(world)[7] == (2, "垃圾;保洁")


class TestOldFiles:
    """A file that was exported before somebody else changed the list."""

    def test_the_same_file_a_second_time_changes_nothing(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "a.csv", ({**LOUDER, "版本": 1, "生效日期": "2026-11-23"},))
        taken(world.desk(SUPERVISOR), path)
        world.clock.tick(days=1)
        assert taken(world.desk(SUPERVISOR), path).unchanged == 1

    def test_what_it_would_undo_is_a_conflict_unless_the_version_is_left_out(
        self, world: World, tmp_path: Path
    ) -> None:
        taken(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", (LOUDER,)))
        mine = {**NOISE, "短语": "半夜打桩"}
        plan = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "b.csv", ({**mine, "版本": 1},)))
        assert [(flaw.line, flaw.field) for flaw in plan.conflicts] == [(2, "版本")]
        assert "文件按第1版改，而清单第118项现为第2版：请重新导出再改" in plan.conflicts[0].reason
        with world.nothing_written(), pytest.raises(BadInput, match="有错，未写入"):
            duties.take_in(world.desk(SUPERVISOR), plan)
        assert taken(world.desk(SUPERVISOR), file_of(tmp_path / "b.csv", (mine,))).changed == 1
        assert in_force(world)[118][0] == 3

    def test_a_line_it_left_alone_is_no_conflict(self, world: World, tmp_path: Path) -> None:
        taken(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", (LOUDER,)))
        old = file_of(tmp_path / "b.csv", ({**NOISE, "版本": 1}, {**DUST, "版本": ""}))
        plan = plan_of(world.desk(SUPERVISOR), old, is_whole=True)
        assert plan.is_good
        assert ([each.number for each in plan.changes], plan.past) == ([300, 7], 1)


class TestOrders:
    def test_an_order_keeps_the_version_it_was_dispatched_by(self, world: World, file: Path) -> None:
        order = world.order()
        desk = world.desk("1301")
        dispatch.send(desk, order.order_no, unit_id(world, "CY-CGJ"), duty_item_id=1)
        assert "依据 清单第118项（第1版） 夜间施工噪音" in card.card(desk, order.order_no).as_lines
        taken(world.desk(SUPERVISOR), file)
        assert world.row("SELECT duty_item_id AS d FROM work_orders")["d"] == 1
        told = card.card(desk, order.order_no).as_lines
        assert "依据 清单第118项（第1版） 夜间施工噪音（现为第2版）" in told

    def test_a_new_order_goes_by_the_new_version(self, world: World, file: Path) -> None:
        taken(world.desk(SUPERVISOR), file)
        order = world.order()
        key = world.row("SELECT id FROM duty_items WHERE number = 118 AND version = 2")["id"]
        dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"), duty_item_id=key)
        assert (
            "依据 清单第118项（第2版） 夜间施工噪音" in card.card(world.desk("1301"), order.order_no).as_lines
        )

    def test_the_item_of_an_order_may_be_retired(self, world: World, tmp_path: Path) -> None:
        order = world.order()
        dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"), duty_item_id=1)
        taken(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", (LITTER,)), is_whole=True)
        told = card.card(world.desk("1301"), order.order_no).as_lines
        assert "依据 清单第118项（第1版） 夜间施工噪音（该项已停用）" in told


def test_a_desk_that_is_open_proposes_by_the_new_list(world: World, file: Path) -> None:
    other = Database(world.path)
    desk = world.desk("1301")
    desk.database = other
    assert proposals.suggest(desk, "扬尘很大").rows == ()
    taken(world.desk(SUPERVISOR), file)
    assert proposals.suggest(desk, "扬尘很大").rows[0].why == "清单第300项 工地扬尘：扬尘"
    assert "打桩机" in proposals.suggest(desk, "打桩机响").rows[0].why
    other.close()


def test_a_desk_that_is_open_forgets_a_retired_item(world: World, tmp_path: Path) -> None:
    desk = world.desk("1301")
    assert proposals.suggest(desk, "垃圾").rows[0].unit == "县城管局"
    taken(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", (NOISE,)), is_whole=True)
    assert proposals.suggest(desk, "垃圾").rows == ()


class TestWholeOrNotAtAll:
    """An import that takes several transactions, watched between them."""

    @pytest.fixture(autouse=True)
    def _slow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(taking_in, "_LONGEST_SECONDS", -1.0)

    def test_between_its_transactions_the_old_list_is_in_force(self, world: World, file: Path) -> None:
        before, seen = in_force(world), []
        with world.database.read() as reader:
            edition = duty_items.edition(reader)

        def look(_: float) -> None:
            with world.database.read() as reader:
                seen.append((in_force(world), duty_items.edition(reader)))
                assert [row["valid_to"] for row in duty_items.versions(reader, 118)] == [None]
                assert len(duty_items.every_version(reader)) == 3

        desk = world.desk(SUPERVISOR)
        duties.take_in(desk, plan_of(desk, file), pause=look)
        assert seen == [(before, edition)] * len(seen)
        assert len(seen) == 1, "two changes, a transaction each"
        assert in_force(world)[118] == (2, "施工噪音;打桩机")

    def test_one_that_breaks_off_leaves_the_list_as_it_was(self, world: World, file: Path) -> None:
        before = table_of(world)

        def stop(_: float) -> None:
            raise KeyboardInterrupt

        desk = world.desk(SUPERVISOR)
        with world.nothing_written(), pytest.raises(KeyboardInterrupt):
            duties.take_in(desk, plan_of(desk, file), pause=stop)
        assert table_of(world) == before
        assert taken(desk, file).changed == 1

    def test_what_a_power_cut_left_counts_for_nobody_and_is_cleared_by_the_next(
        self, world: World, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = in_force(world)
        desk = world.desk(SUPERVISOR)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(taking_in._Stage, "give_up", lambda _: None)
            duties.take_in(desk, plan_of(desk, file), pause=_power_cut)
        assert len(table_of(world)) > 3
        assert in_force(world) == before
        assert taken(desk, file).edition == 1
        assert in_force(world)[118] == (2, "施工噪音;打桩机")
        assert world.row("SELECT count(*) AS n FROM duty_items")["n"] == 5

    def test_of_two_at_once_only_one_comes_in_force(self, world: World, file: Path) -> None:
        other = world.desk(ADMIN)

        def meanwhile(_: float) -> None:
            if 118 in in_force(world) and in_force(world)[118][0] == 1:
                duties.take_in(other, plan_of(other, file), pause=lambda _: None)

        desk = world.desk(SUPERVISOR)
        with pytest.raises(Stale, match="另一人同时导入了职责清单，本次未生效"):
            duties.take_in(desk, plan_of(desk, file), pause=meanwhile)
        assert in_force(world)[118] == (2, "施工噪音;打桩机")
        assert [row["kind"] for row in world.rows("SELECT kind FROM events")] == ["import_duty"]
        assert world.row("SELECT count(*) AS n FROM duty_items")["n"] == 5


def _power_cut(_: float) -> None:
    raise KeyboardInterrupt


def test_a_plan_of_yesterday_is_refused(world: World, file: Path, tmp_path: Path) -> None:
    desk = world.desk(SUPERVISOR)
    plan = plan_of(desk, file)
    taken(world.desk(ADMIN), file_of(tmp_path / "other.csv", ({**WAGES, "关键词": "欠薪"},)))
    with world.nothing_written(), pytest.raises(Stale, match="刚被另一次导入改过，本次未写入"):
        duties.take_in(desk, plan)


@contextmanager
def _full_disk(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The store on a disk that has no page more to give."""
    from db import light

    real = light.connect

    def connect(path: Path, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(path, **how)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(light, "connect", connect)
        database = Database(world.path)
        yield database
        database.close()


def test_a_full_disk_leaves_the_list_as_it_was(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        {
            **DUST,
            "序号": 1_000 + n,
            "事项": f"扬尘{n}",
            "关键词": ";".join(f"扬尘{n}号{k}" for k in range(60)),
        }
        for n in range(300)
    ]
    path = file_of(tmp_path / "many.csv", [LOUDER, *many])
    before = table_of(world)
    desk = world.desk(SUPERVISOR)
    plan = plan_of(desk, path)
    with _full_disk(world, monkeypatch) as database:
        desk.database = database
        with pytest.raises(StoreUnusable, match="磁盘已满，本次未保存，未做任何改动"):
            duties.take_in(desk, plan, pause=lambda _: None)
    assert table_of(world) == before
    desk.database = world.database
    assert duties.take_in(desk, plan, pause=lambda _: None).added == 300


def test_a_list_of_thousands_is_taken_in_by_and_by(world: World, tmp_path: Path) -> None:
    """Fifty thousand are measured in tests/bench/duty_list.py."""
    many = [{**DUST, "序号": 1_000 + n, "事项": f"扬尘{n}号"} for n in range(4_000)]
    desk = world.desk(SUPERVISOR)
    pauses: list[float] = []
    plan = plan_of(desk, file_of(tmp_path / "many.csv", many))
    assert duties.take_in(desk, plan, pause=pauses.append).added == 4_000
    assert len(in_force(world)) == 4_003
    assert len(pauses) >= 1
    assert [row["kind"] for row in world.rows("SELECT kind FROM events")] == ["import_duty"]
