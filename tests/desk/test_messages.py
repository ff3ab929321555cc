"""告知: queued with the deed, sent by the city's command once, tried again, seen to by hand (practice P19)."""

import json
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from db.codes import ContactWay, Deed, MessageState, OrderKind, Urgency
from db.queries import messages as rows
from db.times import to_ms
from desk import (
    card,
    city_settings,
    dispatch,
    importing,
    intake,
    messages,
    my_tickets,
    people_changes,
    review,
    settings,
)
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.intake_rows import OrderForm
from desk.messages import sending
from desk.rules import messages as rules
from tests.desk import review_life as life
from tests.desk import unit_desk as unit
from tests.desk.unit_desk import unit_id
from tests.world import World

NUMBER = "13800000000"
_SENDS = 'printf "%s %s\\n" "$(cat)" "$DESK_TO" >> "$0.out"'
"""One write: two at once do not mix."""
FORM = OrderForm(
    kind=OrderKind.COMPLAINT,
    content="夜里打桩",
    number=NUMBER,
    place="老城",
    area_code="360725100000",
    name="李",
)


def told(world: World, order_no: str) -> list[tuple[str, str]]:
    """The messages to the caller of an order: template and body."""
    sql = "SELECT m.template, m.body FROM messages m JOIN work_orders o ON o.id = m.order_id WHERE o.order_no = :no"
    return [(row["template"], row["body"]) for row in world.rows(f"{sql} AND m.to_phone <> ''", no=order_no)]


def state(world: World, number: int = 1) -> dict[str, Any]:
    sql = "SELECT state, tries, next_try_at, sent_at, failure, leased_until FROM messages WHERE id = :id"
    found: dict[str, Any] = world.row(sql, id=number)
    return found


def command(tmp_path: Path, lines: str = _SENDS) -> list[str]:
    """A program that sends, written down for this test."""
    path = tmp_path / "send"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o700)
    return [str(path)]


def sent_by(tmp_path: Path) -> list[str]:
    out = tmp_path / "send.out"
    return out.read_text().splitlines() if out.exists() else []


def runs(stat: Path) -> bool:
    """Whether the process of a `/proc/…/stat` still runs: it is there, and more than its exit status is left."""
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def send(world: World, argv: list[str], **more: Any) -> sending.Sent:
    city = settings.Settings({"messages.command": argv, **more})
    return sending.send_waiting(world.database, city, world.clock)


class TestWhatIsTold:
    def test_a_life_is_told_step_by_step(self, world: World) -> None:
        order_no = life.in_review(world)
        found = dict(told(world, order_no))
        assert list(found) == ["accepted", "sent"]
        code = world.row("SELECT query_code FROM work_orders")["query_code"]
        assert (
            found["accepted"]
            == f"【12345热线】您反映的事项已受理，查询码 {code}，最迟11月30日（周一）前答复您。"
        )
        assert found["sent"] == f"【12345热线】您反映的事项（{code}）已转县城管局办理。"
        review.pass_close_review(world.desk(life.AUDITOR), order_no)
        assert [name for name, _ in told(world, order_no)] == ["accepted", "sent", "invited"]
        to_unit = "SELECT template, body FROM messages WHERE to_unit_id IS NOT NULL"
        assert {row["template"]: row["body"] for row in world.rows(to_unit)} == {
            "to_sign": f"工单 {order_no} 已派往你单位，请于11-24 18:00前签收。"
        }

    def test_a_refusal_leaves_no_message(self, world: World) -> None:
        with world.nothing_written(), pytest.raises(BadInput):
            intake.register(world.desk("1203"), replace(FORM, content=""))

    def test_declined_says_where_to_go(self, world: World) -> None:
        born = intake.decline(world.desk("1203"), FORM, "discipline")
        assert told(world, born.order_no) == [
            (
                "declined",
                f"【12345热线】您反映的事项（{born.query_code}）依法由其他渠道处理，请联系纪检监察举报 12388。",
            )
        ]

    @pytest.mark.parametrize(
        "secret",
        [
            {"kind": OrderKind.TIP_OFF},
            {"is_confidential": True},
            {"content": "我不想活了"},
            {"number": "07973812345"},
            {"needs_answer": False},
            {"kind": OrderKind.PRAISE},
        ],
    )
    def test_who_is_told_nothing(self, world: World, secret: dict[str, Any]) -> None:
        desk = world.desk("1203")
        desk.take(settings.Settings({"crisis.words": ["不想活"]}))
        born = intake.register(desk, replace(FORM, **secret))
        assert told(world, born.order_no) == []

    def test_what_comes_from_elsewhere_is_told_while_it_is_news(self, world: World, tmp_path: Path) -> None:
        path = tmp_path / "in.csv"
        days = ("2026-11-23 09:00", "2026-11-01 09:00")
        rows = (f"W{n},夜里打桩,吵得睡不着,{day},{NUMBER},老城" for n, day in enumerate(days))
        path.write_text("\n".join(("编号,标题,内容,时间,联系电话,地点", *rows)), encoding="utf-8")
        boss = world.desk("1002")
        importing.take_in(boss, importing.examine(boss, importing.read_table(path)).messages)
        sql = "SELECT outside_no FROM messages m JOIN work_orders o ON o.id = m.order_id WHERE m.template = 'accepted'"
        assert [row["outside_no"] for row in world.rows(sql)] == ["W0"]

    def test_who_asked_for_a_message_gets_one_that_names_no_unit(self, world: World) -> None:
        asked = replace(FORM, kind=OrderKind.TIP_OFF, answer_way=ContactWay.MESSAGE)
        born = intake.register(world.desk("1203"), asked)
        order_no = born.order_no
        dispatch.send(world.desk("1301"), order_no, unit_id(world, "CY-CGJ"), forward_text="请核查")
        assert [body for name, body in told(world, order_no) if name == "sent"] == [
            f"【12345热线】您反映的事项（{born.query_code}）已转承办单位办理。"
        ]
        assert "诉求人" not in "".join(
            line
            for part in card.card(world.desk("2101"), order_no).sections
            if part.heading == "告知"
            for line in part.lines
        )

    def test_units_hear_once_of_each_limit(self, tmp_path: Path) -> None:
        world = World(tmp_path / "desk.db", settings={"pressure.stages": []})
        order_no = unit.signed(world)
        due = world.row("SELECT unit_due_at FROM work_orders")["unit_due_at"]
        supervisor = world.desk("1002")
        world.clock.tick(seconds=due / 1000 - world.clock.now.timestamp() - 3600)
        for _ in range(2):
            my_tickets.sweep(supervisor)
        world.clock.tick(hours=2)
        for _ in range(2):
            my_tickets.sweep(supervisor)
        sql = "SELECT template FROM messages WHERE template IN ('due_soon', 'unattended', 'overdue') ORDER BY id"
        assert [row["template"] for row in world.rows(sql)] == ["unattended", "overdue"]
        assert f"工单 {order_no} 已于11-30 18:00超期" in str(world.rows("SELECT body FROM messages"))


class TestTemplates:
    def test_a_value_that_looks_like_a_place_is_not_filled(self) -> None:
        assert (
            rules.filled("{words}-{due}-{nobody}", {"words": "{due}\n[b]", "due": "6点"})
            == "{due} [b]-6点-{nobody}"
        )
        assert len(rules.filled("{words}" * 9, {"words": "长" * 999})) == rules.LONGEST

    def test_a_city_changes_the_words_but_not_the_places(self, world: World) -> None:
        with world.database.write() as writer:
            for key, value in {
                "messages.sent": "x",
                "messages.command": [],
                "messages.hours": ["08:00", "21:00"],
            }.items():
                writer.insert("settings", {"key": key, "value": json.dumps(value)})
        admin = world.desk("1001")
        city_settings.set_setting(admin, "messages.sent", "您好：{code}已转{unit}")
        for key, bad in {
            "messages.sent": "{content}",
            "messages.command": '["sh", "-c"]',
            "messages.hours": '["21:00", "08:00"]',
        }.items():
            with world.nothing_written(), pytest.raises(BadInput, match="不能用"):
                city_settings.set_setting(admin, key, bad)
        order_no = world.order().order_no
        dispatch.send(world.desk("1301"), order_no, unit_id(world, "CY-CGJ"))
        assert told(world, order_no)[-1][1].endswith("已转县城管局")


class TestSending:
    def test_the_command_gets_number_and_text_and_the_card_says_when(
        self, world: World, tmp_path: Path
    ) -> None:
        order_no = world.order(title="[b]`rm`; $(x)").order_no
        assert send(world, command(tmp_path)) == sending.Sent(sent=1)
        assert sent_by(tmp_path) == [told(world, order_no)[0][1] + f" {NUMBER}"]
        assert state(world)["state"] == "sent"
        lines = [
            part.lines for part in card.card(world.desk("1203"), order_no).sections if part.heading == "告知"
        ]
        assert "告知诉求人（已发 11-23 09:00）" in lines[0][0]
        assert send(world, command(tmp_path)) == sending.Sent()

    def test_without_a_command_nothing_is_touched(self, world: World) -> None:
        world.order()
        with world.nothing_written():
            assert send(world, []) == sending.Sent()

    def test_it_is_tried_again_with_growing_pauses_and_then_failed(
        self, world: World, tmp_path: Path
    ) -> None:
        world.order()
        argv = command(tmp_path, "exit 3")
        for minutes in (1, 5):
            assert send(world, argv, **{"messages.pauses": [1, 5]}).again == 1
            assert send(world, argv, **{"messages.pauses": [1, 5]}) == sending.Sent()
            world.clock.tick(minutes=minutes)
        assert send(world, argv, **{"messages.pauses": [1, 5]}).failed == 1
        assert (state(world)["state"], state(world)["tries"]) == ("failed", 3)
        assert state(world)["failure"] == "发送程序退出码 3"

    def test_a_command_that_hangs_is_ended_with_its_children(self, world: World, tmp_path: Path) -> None:
        world.order()
        argv = command(tmp_path, 'sleep 60 & echo $! > "$0.pid"; wait')
        assert send(world, argv, **{"messages.timeout": 0.5}).again == 1
        assert state(world)["failure"] == "0.5 秒没有答复"
        child = Path(f"/proc/{(tmp_path / 'send.pid').read_text().strip()}/stat")
        ends = (
            time.monotonic() + 20
        )  # what is killed dies as soon as a loaded machine comes to it; left alone it sleeps 60 s
        while runs(child):
            assert time.monotonic() < ends, "it outlived the command"
            time.sleep(0.05)

    def test_two_desks_never_send_one_message_twice(self, world: World, tmp_path: Path) -> None:
        for _ in range(6):
            world.order()
        argv = command(tmp_path)
        threads = [Thread(target=send, args=(world, argv)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(sent_by(tmp_path)) == len(set(sent_by(tmp_path))) == 6

    def test_what_was_interrupted_is_not_sent_again_by_itself(self, world: World, tmp_path: Path) -> None:
        world.order()
        with world.database.write() as writer:
            rows.change(writer, 1, {"state": "sending", "leased_until": to_ms(world.clock.now) + 1000})
        assert send(world, command(tmp_path)) == sending.Sent()
        assert state(world)["state"] == "sending"
        world.clock.tick(seconds=2)
        assert send(world, command(tmp_path)) == sending.Sent()
        assert state(world)["failure"] == "发送中断，不知是否送达"
        assert sent_by(tmp_path) == []

    def test_at_night_only_an_emergency(self, world: World, tmp_path: Path) -> None:
        world.clock.tick(hours=13)
        world.order()
        assert send(world, command(tmp_path)) == sending.Sent()
        world.order(urgency=Urgency.CRITICAL)
        assert send(world, command(tmp_path)).sent == 1
        world.clock.tick(hours=10)
        assert send(world, command(tmp_path)).sent == 1

    def test_old_news_is_not_sent_when_a_command_comes_at_last(self, world: World, tmp_path: Path) -> None:
        world.order()
        world.clock.tick(hours=49)
        assert send(world, command(tmp_path)) == sending.Sent()
        assert state(world)["state"] == "void"

    def test_a_program_that_others_can_change_is_not_run(self, world: World, tmp_path: Path) -> None:
        world.order()
        argv = command(tmp_path)
        Path(argv[0]).chmod(0o702)
        assert send(world, argv).again == 1
        assert "别人不能改" in state(world)["failure"]
        assert sent_by(tmp_path) == []

    def test_a_unit_is_reached_at_its_liaison_or_fails_at_once(self, world: World, tmp_path: Path) -> None:
        unit.sent(world, contact_phone=None)
        assert send(world, command(tmp_path)).failed == 1
        assert state(world)["failure"] == sending.NO_NUMBER
        people_changes.change_person(world.desk("1001"), "2101", people_changes.Changes(mobile="13900001111"))
        messages.retry(world.desk("1203"), 1)
        assert send(world, command(tmp_path)).sent == 1
        assert sent_by(tmp_path)[0].endswith(" 13900001111")
        with pytest.raises(BadInput, match="手机"):
            people_changes.change_person(
                world.desk("1001"), "2101", people_changes.Changes(mobile="07973812345")
            )


class TestSeeingTo:
    @pytest.fixture
    def failed(self, world: World) -> Desk:
        world.order()
        with world.database.write() as writer:
            rows.change(writer, 1, {"state": "failed", "failure": "发送程序退出码 3", "tries": 5})
        return world.desk("1203")

    def test_the_list_has_numbers_for_those_who_ring(self, world: World, failed: Desk) -> None:
        found = messages.unsent(failed)
        assert [(row.number, row.title, row.state) for row in found.rows] == [
            (NUMBER, "受理", MessageState.FAILED)
        ]
        assert "没有配置" in found.trouble
        assert intake.failed_count(failed) == 1
        assert intake.failed_count(world.desk("2101")) == 0
        with pytest.raises(NotAllowed):
            messages.unsent(world.desk("2101"))

    def test_a_secret_orders_number_is_not_for_an_agent(self, world: World, failed: Desk) -> None:
        with world.database.write() as writer:
            writer.run("UPDATE work_orders SET is_confidential = 1")
        assert messages.unsent(failed).rows[0].number == "（保密）"
        with world.nothing_written(), pytest.raises(Refused, match="保密"):
            messages.ring_instead(failed, 1)
        assert messages.unsent(world.desk("1002")).rows[0].number == NUMBER

    def test_what_waits_after_a_failure_is_sent_at_once_when_asked(
        self, world: World, tmp_path: Path
    ) -> None:
        world.order()
        desk = world.desk("1203")
        (waiting,) = messages.unsent(desk).rows
        with world.nothing_written(), pytest.raises(NotNow, match="待发"):
            messages.retry(desk, waiting.id)
        assert send(world, command(tmp_path, "exit 3")).again == 1
        messages.retry(desk, waiting.id)
        assert send(world, command(tmp_path)).sent == 1

    def test_it_is_sent_again(self, world: World, failed: Desk, tmp_path: Path) -> None:
        messages.retry(failed, 1)
        assert world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1") == {"kind": Deed.RETRY_MESSAGE}
        with world.nothing_written(), pytest.raises(NotNow, match="待发"):
            messages.retry(failed, 1)
        assert send(world, command(tmp_path)).sent == 1

    def test_rung_instead_files_the_call(self, world: World, failed: Desk) -> None:
        assert messages.ring_instead(failed, 1, was_answered=False).state is MessageState.FAILED
        assert messages.ring_instead(failed, 1, "家人代接").state is MessageState.RUNG
        calls = world.rows(
            "SELECT direction, number, summary, answered_at IS NULL AS missed FROM calls ORDER BY id"
        )
        assert calls == [
            {"direction": "outbound", "number": NUMBER, "summary": "told", "missed": missed}
            for missed in (1, 0)
        ]
        assert world.row("SELECT count(*) AS n FROM call_orders") == {"n": 2}
        assert messages.unsent(failed).rows == ()
