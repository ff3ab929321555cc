"""`desk hotline-day`: what the page of F3 shows, without the screen."""

import json

from tests.desk import sessions
from tests.desk.cli.conftest import Command
from tests.world import World


def test_a_month_without_a_session_is_said_first(command: Command) -> None:
    ran = command("hotline-day", "--as", "1002")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "县长热线日：11月还没有安排县长热线日",
        "今年已开 0 期，调度 0 件，解决 0 件",
        "议程：没有",
    ]


def test_agenda_decisions_and_sessions_are_listed(command: Command, world: World) -> None:
    order_no = sessions.decided(world)
    world.clock.tick(days=5)
    told = command("hotline-day", "决定", "--json", "--as", "1002").out.splitlines()
    assert [json.loads(line) for line in told] == [
        {
            "order_no": order_no,
            "title": "夜间施工噪音",
            "unit": "县城管局",
            "status": "办理中",
            "reason": None,
            "way": "独立承办",
            "leader": "",
            "words": "三日内到现场核查",
            "due_at": "2026-11-26T18:00:00+08:00",
            "left": "!超期1天",
            "done_at": None,
            "note": "",
        }
    ]
    agenda = command("hotline-day", "--as", "1002").out
    assert "县长热线日：下一期 2026-11-23 15:00 刘县长 三楼会议室" in agenda
    assert f"{order_no}  夜间施工噪音" in agenda
    days = command("hotline-day", "场次", "--as", "1002").out
    assert "2026-11-23 15:00  刘县长  三楼会议室  议程 1 决定 1  待召开" in days
    assert json.loads(command("hotline-day", "场次", "--json", "--as", "1002").out)["held_at"] is None


def test_an_unknown_list_is_refused(command: Command) -> None:
    ran = command("hotline-day", "闲话", "--as", "1002")
    assert (ran.status, ran.out) == (2, "")
