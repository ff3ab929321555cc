"""答复审核: what a reply is looked through for, and what alone stops it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.reply_checks import Check, Matter, findings, others_data

NOISE = Matter("夜间施工噪音 停止夜间施工", "老城社区工地夜里十二点还在打桩", "13800000000", "李先生")
GOOD = "您好，经现场核查，该工地夜间施工属实，已于11月23日责令停工，噪音已停止。"


def checks(reply: str, matter: Matter = NOISE, **words: tuple[str, ...]) -> list[Check]:
    return [found.check for found in findings(reply, matter, **words)]


def test_a_good_reply_and_an_empty_one_have_nothing_to_look_at() -> None:
    assert findings(GOOD, NOISE) == ()
    assert findings(" \n", NOISE) == ()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("经核查，路灯已经修好", [Check.POINT]),
        ("夜间施工噪音已经停止", [Check.BASIS]),
        ("根据《噪声污染防治法》第四十三条，夜间施工已停止", []),
        ("经核实，夜间施工我们会尽快处理", [Check.PROMISE]),
        ("经核实，夜间施工将于11月25日前尽快处理", []),
        ("经核实，夜间施工三个工作日内保证停止", []),
        ("经核实，夜间施工停止。保证不再发生", [Check.PROMISE]),
        ("经核实，夜间施工有一定的影响，已收保证金，不能保证没有声音", []),
        ("经核实，夜间施工一定停止，绝对停止", [Check.PROMISE, Check.PROMISE]),
        ("经核实，夜间施工已停止，详询 0797-3812345 或 12345", []),
        ("经核实，夜间施工已于___停止", [Check.GAP]),
        ("李先生您好，经核实，夜间施工已停止", [Check.PERSONAL]),
        ("经核实，夜间施工已停止，已回 138-0000-0000", [Check.PERSONAL]),
        ("经核实，夜间施工已停止，请找１３９０００００００１", [Check.PERSONAL]),
        ("经核实，夜间施工由 36072519900101123X 负责", [Check.PERSONAL]),
        ("经核实，夜间施工罚款已交 6222 0000 1111 2222 333", [Check.PERSONAL]),
    ],
)
def test_each_check_points_at_its_own(reply: str, expected: list[Check]) -> None:
    assert checks(reply) == expected


def test_every_point_that_a_caller_counted_out_is_answered() -> None:
    matter = Matter("楼道问题", "1、楼道灯不亮；2、电梯经常停运；3、垃圾没人清")
    found = findings("您好，经现场查看，楼道问题：楼道灯已换，垃圾已清运", matter)
    assert [each.words for each in found] == ["第2点没有回答：电梯经常停运；"]
    assert findings("经查看，楼道问题已办", Matter("楼道问题", "损失3.5万元")) == ()


def test_the_words_of_the_city_are_looked_for_too() -> None:
    reply = "经核实，夜间施工我局承诺包您满意，其余不归我们管"
    found = findings(reply, NOISE, promise_words=["包您满意"], buck_words=["不归我们管"])
    assert [each.words for each in found] == [
        "承诺过头：“包您满意”，只写做得到的",
        "像推诿：“不归我们管”，写明谁来办、怎么办",
    ]
    assert checks("经核实，夜间施工保证解决", promise_words=("保证解决",)) == [Check.PROMISE], "said once"


def test_only_what_is_somebody_else_s_stops_and_is_never_repeated() -> None:
    reply = "找 13900000001 或 36072519900101123X，或 13800000000"
    found = findings(reply, NOISE)
    assert [each.words for each in found if each.stops] == [
        "有证件号或账号 360*************3X，不是诉求人的：删去，或改用单位座机",
        "有手机号 139****0001，不是诉求人的：删去，或改用单位座机",
    ]
    assert others_data(reply, "13800000000") == (
        "证件号或账号 360*************3X",
        "手机号 139****0001",
    )
    assert others_data("电话 0797-3812345，文号〔2026〕12号，工单 CY01-20261123-0042") == ()


def test_a_matter_that_says_nothing_asks_for_nothing() -> None:
    assert checks("经核实已办", Matter("", "")) == []


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=200))
def test_whatever_is_typed_gives_lines_and_no_number_of_eleven_digits(
    reply: str, gist: str, content: str
) -> None:
    for found in findings(f"{reply}13912345678", Matter(gist, content)):
        assert found.words
        assert "13912345678" not in found.words or "13912345678" in gist + content
