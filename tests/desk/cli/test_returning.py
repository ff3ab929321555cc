"""`desk returns`: the figures of 退单, in Chinese lines or as one JSON object."""

import json

from desk import dispatch
from tests.desk.cli.conftest import Command
from tests.desk.dispatching import ask_return, sent
from tests.world import World


def _returned(world: World) -> None:
    right, wrong = sent(world), sent(world)
    ask_return(world, right)
    ask_return(world, wrong)
    world.clock.tick(minutes=90)
    dispatch.grant_return(world.desk("1302"), right, "属实")
    dispatch.refuse_return(world.desk("1302"), wrong, "清单第118项")


def test_the_supervisor_reads_the_whole_the_units_and_the_people(command: Command, world: World) -> None:
    _returned(world)
    ran = command("returns", "--as", "1002")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2026-11 崇义",
        "  今日：派出 2，退单 2（派错 1、不实 1）",
        "  本月：派出 2，退单 2（派错 1、不实 1），退单率 100%",
        "  派错（计中心）1，其中首派 1",
        "  不实（计单位）1；超时未签收（计单位）0",
        "  裁定 2，平均 1小时30分，按时 100%（办公时间）",
        "分单位",
        "  县城管局  收单 2，退单 2（同意 1、不实 1），超时未签收 0",
        "分派单员",
        "  派单甲  派出 2，派错 1（50%）；裁定 0，平均 -，按时 -（办公时间）",
        "  派单乙  派出 0，派错 0（-）；裁定 2，平均 1小时30分，按时 100%（办公时间）",
    ]


def test_a_unit_reads_its_own_as_json(command: Command, world: World) -> None:
    _returned(world)
    told = json.loads(command("returns", "--as", "2101", "--json").out)
    assert (told["whose"], told["month"], told["people"]) == ("县城管局", "2026-11", [])
    assert {name: told[name] for name in ("sent", "asked", "wrong", "unfounded", "unsigned")} == {
        "sent": 2,
        "asked": 2,
        "wrong": 1,
        "unfounded": 1,
        "unsigned": 0,
    }
    assert (told["mean_minutes"], told["in_time_percent"]) == (90.0, 100)


def test_another_month_and_what_is_none(command: Command, world: World) -> None:
    _returned(world)
    told = json.loads(command("returns", "--as", "1002", "--month", "2026-10", "--json").out)
    assert (told["sent"], told["asked"], told["today"], told["returned_percent"]) == (0, 0, None, None)
    ran = command("returns", "--as", "1002", "--month", "十月")
    assert (ran.status, ran.out) == (2, "")
    assert "月份请写成 2026-11 这样" in ran.err
