"""A 服务站 and its centre: nothing lost, nothing twice, nothing told to the wrong one (practice P18, design part 3)."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.check import check
from db.codes import Deed
from db.times import to_ms
from desk import card, dispatch, intake, stations
from desk.counts import header_counts
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.intake_rows import OrderForm, Registered
from desk.receipt import SEALED, receipt
from desk.stations import arriving, taking_over
from tests.desk.counter import COUNTER, MATTER
from tests.desk.emergencies import unit_key
from tests.desk.station_desk import CLERK, PHONE, SITE, Pair
from tests.world import World

SECRET = replace(
    MATTER,
    is_confidential=True,
    title="低保名额",
    content="组长把低保名额给了自家舅舅",
    accused_unit="CY-HSZ",
    number="13811112222",
)
TELLTALE = ("自家舅舅", "李老伯", "水渠边", "13811112222", "侄子李某", "邻居钟某")
"""Words of the matter above and of the counter's form that stand in no table of the house."""


@pytest.fixture
def pair(world: World, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(world, tmp_path)
    yield made
    made.close()


def visit(pair: Pair, form: OrderForm = MATTER) -> Registered:
    return intake.register_at_counter(pair.station(), form, COUNTER)


def noted(pair: Pair, order_no: str) -> dict[str, Any]:
    """What the station's store holds beside an order."""
    sql = "SELECT s.*, o.status FROM station_orders s JOIN work_orders o ON o.id = s.order_id WHERE o.order_no = :no"
    with pair.station().reading() as reader:
        row = reader.one(sql, no=order_no)
        assert row is not None
        return {name: row[name] for name in row.keys()}  # noqa: SIM118


def files_of(pair: Pair) -> dict[str, bytes]:
    """Everything that lies at the station: store, work file, their logs, keys."""
    return {path.name: path.read_bytes() for path in pair.path.parent.iterdir()}


def numbers(world: World) -> list[str]:
    return [row["order_no"] for row in world.rows("SELECT order_no FROM work_orders ORDER BY id")]


class TestOrdersArrive:
    def test_with_their_number_their_acceptance_and_a_dispatch_clock_of_their_own(
        self, pair: Pair, world: World
    ) -> None:
        accepted = world.clock.tick(minutes=5)
        done = visit(pair)
        assert done.order_no == f"{SITE}-20261123-11001"
        assert done.query_code == "1123-11001"
        arrived = world.clock.tick(hours=3)
        assert pair.up().orders == 1
        row = world.row("SELECT * FROM work_orders")
        assert (row["order_no"], row["query_code"]) == (done.order_no, done.query_code)
        assert (row["content"], row["requester_name"]) == (MATTER.content, "李老伯")
        assert (row["accepted_at"], row["stage_due_at"]) == (
            to_ms(accepted),
            to_ms(arrived + timedelta(hours=4)),
        )
        with pair.station().reading() as reader:
            there = reader.one("SELECT citizen_due_at, stage_due_at FROM work_orders")
        assert there is not None
        assert (row["citizen_due_at"], there["stage_due_at"]) == (there["citizen_due_at"], None)
        shown = "\n".join(card.card(pair.centre, done.order_no).as_lines)
        assert "受理 2026-11-23 09:06" in shown
        assert "到中心 2026-11-23 12:06" in shown
        assert COUNTER.reach in shown

    def test_a_station_s_fast_clock_does_not_put_acceptance_after_arrival(
        self, pair: Pair, world: World
    ) -> None:
        now = world.clock.tick(minutes=5)
        world.clock.tick(days=2)
        visit(pair)
        path = pair.out(pair.station())
        world.clock.now = now
        stations.take_file(pair.centre, path)
        row = world.row("SELECT accepted_at, stage_due_at FROM work_orders")
        assert (row["accepted_at"], row["stage_due_at"]) == (to_ms(now), to_ms(now + timedelta(hours=4)))

    def test_and_the_clerk_is_still_known_as_who_made_them(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        pair.up()
        assert world.event_data(done.order_no)["clerk"] == world.desk(CLERK).actor.uid
        assert receipt(world.desk(CLERK), done.order_no)

    def test_twice_is_once(self, pair: Pair, world: World) -> None:
        visit(pair)
        first = pair.out(pair.station())
        assert stations.take_file(pair.centre, first).orders == 1
        with world.nothing_written():
            assert stations.take_file(pair.centre, first).orders == 0
        second = visit(pair)
        assert pair.up().orders == 1
        assert numbers(world)[1:] == [second.order_no]
        assert not list(check(world.database))

    def test_a_lost_file_loses_nothing(self, pair: Pair, world: World) -> None:
        visit(pair)
        pair.out(pair.station()).unlink()
        visit(pair)
        late = pair.out(pair.station())
        visit(pair)
        assert pair.up().orders == 3
        assert stations.take_file(pair.centre, late).orders == 0
        assert len(set(numbers(world))) == 3

    def test_a_centre_that_went_back_gets_everything_anew(self, pair: Pair, world: World) -> None:
        visit(pair)
        pair.up()
        pair.down()
        with world.database.write() as writer:
            for table in ("station_orders", "work_orders"):
                writer.run(f"DELETE FROM {table}")
            writer.run("UPDATE stations SET seq = 0, hash = :genesis, at = 0", genesis="0" * 64)
        visit(pair)
        with world.nothing_written(), pytest.raises(Refused, match="--all"):
            pair.up()
        path = pair.stick()
        stations.write_file(pair.station(), path, from_start=True)
        assert stations.take_file(pair.centre, path).orders == 2

    def test_killed_in_the_middle_the_rest_comes_with_the_next_reading(
        self, pair: Pair, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = [visit(pair).order_no for _ in range(5)]
        path = pair.out(pair.station())
        monkeypatch.setattr(arriving, "_LONGEST_SECONDS", -1.0)
        bear, left = taking_over.bear, iter(range(2))

        def killed(*given: Any) -> Any:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return bear(*given)

        with monkeypatch.context() as broken:
            broken.setattr(taking_over, "bear", killed)
            with pytest.raises(KeyboardInterrupt):
                stations.take_file(pair.centre, path)
        assert numbers(world) == made[:2]
        assert not list(check(world.database))
        assert stations.take_file(pair.centre, path).orders == 3
        assert numbers(world) == made

    def test_what_was_added_meanwhile_is_added_there_once(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        pair.up()
        intake.supplement(pair.station(), done.order_no, "又塌了一截")
        path = pair.out(pair.station())
        assert stations.take_file(pair.centre, path).told == 1
        assert stations.take_file(pair.centre, path).told == 0
        content = world.row("SELECT content FROM work_orders")["content"]
        assert content.count("又塌了一截") == 1
        assert f"服务站补充（{SITE} 11-" in content, "when it was said at the counter, beside when it came"
        assert world.events(done.order_no) == ["take_over", "supplement"]

    def test_words_for_an_order_that_is_over_are_told_and_kept(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        pair.up()
        intake.supplement(pair.station(), done.order_no, "又塌了一截")
        intake.void(world.desk("1002"), done.order_no, "误录")
        told = pair.up()
        assert told.too_late == (done.order_no,)
        sql = "SELECT body FROM event_texts WHERE field = 'too_late'"
        assert "又塌了一截" in world.row(sql)["body"]

    def test_what_was_added_before_comes_with_the_order(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        intake.supplement(pair.station(), done.order_no, "又塌了一截")
        intake.withdraw(pair.station(), done.order_no, "不反映了")
        pair.up()
        content = world.row("SELECT content FROM work_orders")["content"]
        assert content.count("又塌了一截") == 1
        assert "撤诉，请核实办理" in content
        assert "不反映了" in content


class TestAnswersComeBack:
    def test_an_order_leaves_the_station_when_the_centre_has_it(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        pair.up()
        assert noted(pair, done.order_no)["arrived_at"] is None
        assert pair.down().orders == 1
        there = noted(pair, done.order_no)
        assert (there["status"], there["centre_status"]) == ("transferred_out", "to_dispatch")
        with pytest.raises(NotNow, match="热线中心办理"):
            intake.withdraw(pair.station(), done.order_no, "不反映了")
        database = pair.station().database
        assert not list(check(database))

    def test_state_unit_and_answer_follow_once(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        pair.up()
        pair.down()
        dispatch.send(world.desk("1301"), done.order_no, unit_key(world, "CY-CGJ"))
        path = pair.out(pair.centre)
        assert stations.take_file(pair.station(), path).told == 1
        assert stations.take_file(pair.station(), path).told == 0
        there = noted(pair, done.order_no)
        assert (there["centre_status"], there["centre_unit"]) == ("to_sign", "县城管局")
        shown = "\n".join(card.card(pair.station(), done.order_no).as_lines)
        assert "中心状态 待签收  县城管局" in shown
        pair.up()
        assert pair.down().told == 0

    def test_an_older_answer_does_not_take_a_newer_one_back(self, pair: Pair, world: World) -> None:
        done = visit(pair)
        pair.up()
        old = pair.out(pair.centre)
        dispatch.send(world.desk("1301"), done.order_no, unit_key(world, "CY-CGJ"))
        pair.down()
        stations.take_file(pair.station(), old)
        assert noted(pair, done.order_no)["centre_status"] == "to_sign"


class TestAskedBack:
    def test_what_the_dispatcher_misses_is_asked_at_the_station_and_answered(
        self, pair: Pair, world: World
    ) -> None:
        done = visit(pair)
        pair.up()
        pair.down()
        assert intake.to_complete(pair.station()) == ()
        dispatch.ask_completion(world.desk("1301"), done.order_no, "水渠是哪个村小组的")
        pair.down()
        assert [row.order_no for row in intake.to_complete(pair.station())] == [done.order_no]
        assert "中心回复 请补充：水渠是哪个村小组的" in "\n".join(
            card.card(pair.station(), done.order_no).as_lines
        )
        intake.supplement(pair.station(), done.order_no, "是三组的")
        assert intake.to_complete(pair.station()) == ()
        uploads = header_counts(pair.station()).uploads
        assert uploads is not None
        assert uploads.count == 1
        assert pair.up().told == 1
        assert world.status(done.order_no) == "to_dispatch"
        assert "是三组的" in world.row("SELECT content FROM work_orders")["content"]
        pair.down()
        assert intake.to_complete(pair.station()) == ()
        assert header_counts(pair.station()).uploads == replace(uploads, count=0, oldest=None)
        for database in (world.database, pair.station().database):
            assert not list(check(database))


class TestFilesOfOthers:
    @pytest.mark.parametrize(
        ("spoil", "line"),
        [
            (lambda raw: raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:], "损坏或被改动"),
            (lambda raw: raw[: len(raw) // 2], "损坏或被改动"),
            (lambda raw: raw.replace(SITE.encode(), b"CYHS2", 1), "没有服务站"),
            (lambda raw: raw.replace(b'"CY01"', b'"CY02"', 1), "不是给本站点"),
            (lambda raw: raw.replace(b'"version": 1', b'"version": 9', 1), "更新版本"),
            (lambda raw: b"PK\x03\x04" + raw, "不是交接文件"),
        ],
    )
    def test_a_changed_file_is_refused_in_one_line(
        self, pair: Pair, world: World, spoil: Callable[[bytes], bytes], line: str
    ) -> None:
        visit(pair)
        path = pair.out(pair.station())
        path.write_bytes(spoil(path.read_bytes()))
        with world.nothing_written(), pytest.raises(Refused, match=line) as refused:
            stations.take_file(pair.centre, path)
        assert "\n" not in refused.value.message

    def test_the_other_side_s_own_file_is_not_taken_back(self, pair: Pair) -> None:
        visit(pair)
        path = pair.out(pair.station())
        with pytest.raises(Refused, match="不是给本站点"):
            stations.take_file(pair.station(), path)

    @pytest.mark.parametrize("visits", [1, 3])
    def test_a_store_that_was_set_back_and_went_another_way_is_refused(
        self, pair: Pair, world: World, visits: int
    ) -> None:
        pair.close()
        shutil.copytree(pair.path.parent, pair.folder / "older")
        visit(pair)
        visit(pair)
        pair.up()
        pair.close()
        shutil.rmtree(pair.path.parent)
        shutil.move(pair.folder / "older", pair.path.parent)
        for _ in range(visits):
            visit(pair)
        with world.nothing_written(), pytest.raises(Refused, match="不符"):
            pair.up()

    def test_the_right_is_asked_for(self, pair: Pair) -> None:
        with pytest.raises(NotAllowed):
            stations.write_file(pair.world.desk("1203"), pair.stick())
        with pytest.raises(NotAllowed):
            stations.add_station(pair.world.desk("1002"), "CYHS9", (CLERK,), PHONE, pair.stick())

    @pytest.mark.parametrize(
        ("site", "clerk", "phone", "line"),
        [
            (SITE, CLERK, PHONE, "已用过"),
            ("C1", CLERK, PHONE, "4 至 8 位"),
            ("CYHS2", "1203", PHONE, "不是服务站代办员"),
            ("CYHS2", "9999", PHONE, "没有工号"),
            ("CYHS2", CLERK, "", "中心电话"),
        ],
    )
    def test_a_station_that_cannot_be_is_not_written_down(
        self, pair: Pair, world: World, site: str, clerk: str, phone: str, line: str
    ) -> None:
        path = pair.stick()
        with world.nothing_written(), pytest.raises(BadInput, match=line):
            stations.add_station(world.desk("1001"), site, (clerk,), phone, path)
        assert not path.exists()


class TestSecrets:
    def test_no_word_of_a_sealed_matter_is_in_the_stations_files(self, pair: Pair, world: World) -> None:
        desk = pair.station()
        values = {
            "identity": "named",
            "content": SECRET.content,
            "name": SECRET.name,
            "number": SECRET.number,
        }
        intake.save_draft(desk, {"values": values}, "低保", "d1")
        assert any("自家舅舅".encode() in raw for raw in files_of(pair).values())
        intake.save_draft(desk, {"values": {**values, "identity": "confidential"}}, "低保", "d1")
        done = intake.register_at_counter(desk, SECRET, COUNTER)
        with pytest.raises(NotNow, match="加封"):
            intake.supplement(desk, done.order_no, "舅舅又拿了一份")
        paper = receipt(desk, done.order_no)
        assert SEALED in paper
        stick = pair.out(desk)
        files = {**files_of(pair), stick.name: stick.read_bytes()}
        assert len(files) >= 4
        for words in TELLTALE:
            assert words not in "\n".join(paper)
            assert [name for name, raw in files.items() if words.encode() in raw] == [], words

    def test_the_centre_alone_reads_it(self, pair: Pair, world: World) -> None:
        done = visit(pair, SECRET)
        pair.up()
        row = world.row("SELECT o.*, s.reach FROM work_orders o JOIN station_orders s ON s.order_id = o.id")
        assert (row["content"], row["requester_name"]) == (SECRET.content, "李老伯")
        assert (row["contact_phone"], row["reach"]) == (SECRET.number, COUNTER.reach)
        assert row["accused_unit_id"] == unit_key(world, "CY-HSZ")
        assert "舅舅" in "\n".join(card.card(pair.centre, done.order_no).as_lines)
        with pytest.raises(NotAllowed):
            card.card(world.desk(CLERK), done.order_no)

    def test_of_its_handling_the_station_hears_only_the_status(self, pair: Pair, world: World) -> None:
        done = visit(pair, replace(SECRET, accused_unit=None))
        pair.up()
        unit = unit_key(world, "CY-CGJ")
        dispatch.send(world.desk("1301"), done.order_no, unit, forward_text="反映评定问题，请核查")
        pair.down()
        there = noted(pair, done.order_no)
        assert (there["centre_unit"], there["centre_answer"]) == ("", "")

    def test_lost_keys_are_said(self, pair: Pair, world: World) -> None:
        visit(pair, SECRET)
        path = pair.out(pair.station())
        world.path.with_suffix(".keys").unlink()
        with world.nothing_written(), pytest.raises(Refused, match="密钥文件"):
            stations.take_file(pair.centre, path)

    def test_keys_and_files_are_for_their_owner_only(self, pair: Pair, world: World) -> None:
        files = (world.path.with_suffix(".keys"), pair.path.with_suffix(".keys"), pair.folder / "invitation")
        assert [path.stat().st_mode & 0o777 for path in (*files, pair.out(pair.station()))] == [0o600] * 4


def test_pairing_leaves_one_event(pair: Pair, world: World) -> None:
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM events WHERE kind = 'pair_station'")]
    assert kinds == [Deed.PAIR_STATION]


class TestWhatWaitsIsCounted:
    def test_from_the_counter_until_the_centre_has_answered(self, pair: Pair, world: World) -> None:
        def waits() -> tuple[int, bool]:
            uploads = header_counts(pair.station()).uploads
            assert uploads is not None
            return uploads.count, uploads.is_late

        assert waits() == (0, False)
        first = world.clock.tick(minutes=5)
        visit(pair)
        world.clock.tick(hours=1)
        visit(pair)
        assert waits() == (2, False)
        uploads = header_counts(pair.station()).uploads
        assert uploads is not None
        assert (uploads.oldest, uploads.phone) == (first, PHONE.replace("-", ""))
        world.clock.tick(minutes=61)
        assert waits() == (2, True)
        pair.up()
        assert waits() == (2, True)
        pair.down()
        assert waits() == (0, False)

    def test_a_centre_has_nothing_to_upload(self, pair: Pair, world: World) -> None:
        intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
        assert header_counts(pair.centre).uploads is None


class TestThroughAFolder:
    def test_both_sides_only_look_into_it_from_time_to_time(self, pair: Pair, world: World) -> None:
        folder = pair.folder / "shared"
        folder.mkdir()
        first = visit(pair)
        assert stations.sync(pair.station(), folder).written == 1
        assert stations.sync(pair.station(), folder).written == 0
        visit(pair)
        assert stations.sync(pair.station(), folder).written == 1
        (brought,) = stations.sync(pair.centre, folder).taken
        assert brought.orders == 2
        assert stations.sync(pair.centre, folder) == stations.Synced((), 0, ())
        assert stations.sync(pair.station(), folder).taken[0].orders == 2
        stations.sync(pair.centre, folder)
        dispatch.send(world.desk("1301"), first.order_no, unit_key(world, "CY-CGJ"))
        assert stations.sync(pair.centre, folder).written == 1
        assert "待签收" in stations.sync(pair.station(), folder).taken[0].lines[0]
        assert len(list(folder.iterdir())) == 2

    def test_a_line_that_is_down_and_a_spoilt_file_are_said(self, pair: Pair, world: World) -> None:
        folder = pair.folder / "shared"
        with pytest.raises(Refused, match="够不着"):
            stations.sync(pair.station(), folder)
        folder.mkdir()
        (folder / f"{SITE}-CY01.handover").write_bytes(b"half")
        synced = stations.sync(pair.centre, folder)
        assert (synced.taken, synced.written, len(synced.refused)) == ((), 0, 1)
