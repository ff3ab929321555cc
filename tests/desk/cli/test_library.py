"""`desk case` and `desk team`, as one types them."""

import json

import pytest

from tests.desk.cli.conftest import Command
from tests.desk.test_cases import closed, proposed, published
from tests.world import World


def test_cases_are_listed_found_and_shown(command: Command, world: World) -> None:
    published(world)
    published(world, title="小区电梯困人", matter="电梯一周坏三回", handling="更换曳引机", lesson="先约谈")
    assert command("case", "list").out.splitlines()[-1] == "共 2 个案例"
    ran = command("case", "search", "电梯")
    assert ran.out.splitlines()[0].split()[:2] == ["AL-0002", "小区电梯困人"]
    assert "夜间施工" not in ran.out
    shown = command("case", "show", "al-0002").out
    for words in ("AL-0002  小区电梯困人", "【办理情况】", "更换曳引机", "【经验】", "先约谈"):
        assert words in shown
    (row,) = [json.loads(line) for line in command("case", "search", "电梯", "--json").out.splitlines()]
    assert (row["case_no"], row["unit"], row["published"]) == ("AL-0002", "县城管局", True)
    told = json.loads(command("case", "show", "2", "--json").out)
    assert (told["lesson"], told["title"]) == ("先约谈", "小区电梯困人")
    assert command("case", "list", "--limit", "1").out.splitlines()[-1] == "共 2 个案例，已列出 1 个"
    assert command("case", "search", "没有的字").out == "共 0 个案例\n"


def test_what_waits_to_be_published_is_shown_to_who_publishes(command: Command, world: World) -> None:
    proposed(world, closed(world))
    assert "待发布" in command("case", "list", "--as", "1502").out
    assert command("case", "list", "--as", "2102").out == "共 0 个案例\n"
    ran = command("case", "show", "AL-0001", "--as", "2102")
    assert (ran.status, ran.err) == (2, "没有编号为 AL-0001 的案例，请核对编号\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("case", "show", "七号"), "看不懂"),
        (("case", "show", "AL-0099"), "没有编号为 AL-0099"),
        (("case", "list", "--limit", "-1"), "不能是负数"),
        (("case",), "缺少"),
        (("team", "add", "--name", "演练甲", "--phone", "abc", "--unit", "县城管局"), "不像电话号码"),
        (("team", "add", "--name", "演练甲", "--phone", "13800007777", "--unit", "没有的局"), "没有单位"),
        (("team", "remove", "9"), "没有编号为 9"),
        (("team", "remove", "x"), "须为整数"),
        (("team", "list", "--as", "1203", "--unit", "没有的局"), "没有单位"),
    ],
)
def test_bad_input_is_one_line(command: Command, words: tuple[str, ...], line: str) -> None:
    ran = command(*words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert ran.err.count("\n") == 1


def test_a_team_is_kept_from_the_command_line(command: Command, world: World) -> None:
    assert "desk team add" in command("team", "list").out
    added = command(
        "team", "add", "--unit", "县城管局", "--name", "演练甲", "--phone", "13800007777", "--shift", "白班"
    )
    assert added.out.startswith("已添加：")
    assert command("team", "list").out.split() == ["1", "县城管局", "演练甲", "13800007777", "白班"]
    (row,) = [
        json.loads(line) for line in command("team", "list", "--unit", "城管", "--json").out.splitlines()
    ]
    assert (row["unit_code"], row["phone"]) == ("CY-CGJ", "13800007777")
    assert command("team", "list", "--as", "2201").out.startswith("还没有")
    assert command("team", "add", "--name", "演练乙", "--phone", "13800006666", "--as", "2201", "--json").out
    ran = command("team", "remove", "1", "--as", "2201")
    assert (ran.status, ran.err) == (2, "县城管局不在您的管理范围内，只能看和改本单位的队伍\n")
    assert command("team", "remove", "1").out.startswith("已移出：")
    assert json.loads(command("team", "remove", "2", "--json").out)["name"] == "演练乙"
