"""答复审核: what a reply is looked through for, and what alone stops it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.reply_checks import Check, Matter, Words, findings, others_data, points

NOISE = Matter("夜间施工噪音 停止夜间施工", "老城社区工地夜里十二点还在打桩", "13800000000", "李先生")
GOOD = "您好，经现场核查，该工地夜间施工属实，已于11月23日责令停工，噪音已停止。"


def checks(reply: str, matter: Matter = NOISE, words: Words = Words()) -> list[Check]:  # noqa: B008 - it is frozen
    return [found.check for found in findings(reply, matter, words)]


def test_a_good_reply_and_an_empty_one_have_nothing_to_look_at() -> None:
    assert findings(GOOD, NOISE) == ()
    assert findings(" \n", NOISE) == ()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("经核查，路灯已经修好", [Check.POINT]),
        ("夜间施工噪音已经停止", [Check.BASIS]),
        ("根据《噪声污染防治法》第四十三条，夜间施工已停止", []),
        ("经核实，夜间施工我们会尽快处理", [Check.EMPTY]),
        ("经核实，夜间施工将于11月25日前尽快处理", []),
        ("经核实，夜间施工三个工作日内保证停止", []),
        ("经核实，夜间施工停止。保证不再发生", [Check.PROMISE]),
        ("经核实，夜间施工有一定的影响，已收保证金，不能保证没有声音", []),
        ("经核实，夜间施工一定停止，绝对停止", [Check.PROMISE, Check.ABSOLUTE]),
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
    reply = "经核实，夜间施工一天办妥，完全归零，其余请找物业"
    found = findings(reply, NOISE, Words(["一天办妥"], ["完全归零"], ["请找物业"]))
    assert [each.words for each in found] == [
        "承诺过头：“一天办妥”，只写做得到的",
        "说得太绝：“完全归零”，写查到的事实",
        "像推诿：“请找物业”，写明谁来办、怎么办",
    ]
    assert checks("经核实，夜间施工保证解决", words=Words(promise=("保证解决",))) == [Check.PROMISE], (
        "said once"
    )


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


CROSSING = Matter(
    "楼道问题 更换楼道灯",
    "老城社区3栋楼道灯不亮，晚上看不见，希望更换楼道灯。",
    "13800000000",
    "欧阳文娟",
    "章江路18号3栋502室",
    accepted_on=date(2026, 11, 16),
    due_on=date(2026, 11, 30),
    today=date(2026, 11, 23),
)
PROPER = "您好，经现场查看，楼道灯不亮属实，已于11月20日更换楼道灯。{}"


@pytest.mark.parametrize(
    ("said", "check", "marked"),
    [
        ("我局一定让您满意。", Check.PROMISE, "一定让您满意"),
        ("我们打包票。", Check.PROMISE, "打包票"),
        ("楼道里绝对没有隐患。", Check.ABSOLUTE, "绝对"),
        ("所有居民都非常满意。", Check.ABSOLUTE, "所有居民都非常满意"),
        ("此事不归我局管。", Check.BUCK_PASSING, "不归我局管"),
        ("谁装的您找谁。", Check.BUCK_PASSING, "谁装的您找谁"),
        ("电梯已于2026年2月30日检修。", Check.DATE, "2026年2月30日"),
        ("电梯将于2026年9月1日前完成检修。", Check.DATE, "2026年9月1日"),
        ("电梯检修已于2026年12月5日完成。", Check.DATE, "2026年12月5日"),
        ("定于2026年11月25日（周五）回访。", Check.DATE, "2026年11月25日（周五）"),
        ("收到您的来电后，我局于2026年10月2日到场。", Check.DATE, "2026年10月2日"),
        ("我们将于2026年12月9日答复您。", Check.DATE, "2026年12月9日"),
        ("其余问题两天内全部解决。", Check.DATE, "两天内"),
        ("工作人员25:10到场。", Check.DATE, "25:10"),
        ("欧阳文娟女士认可。", Check.PERSONAL, "欧阳文娟"),
        ("已致电138 0000 0000。", Check.PERSONAL, "138 0000 0000"),
        ("您家（3栋502室）已上门。", Check.PERSONAL, "3栋502室"),
        ("车辆赣B12345已移走。", Check.PERSONAL, "赣B12345"),
        ("当事人男，1985年3月生。", Check.PERSONAL, "男，1985年3月生"),
        ("已于__月__日复查。", Check.GAP, "__"),
        ("由【承办单位】负责。", Check.GAP, "【承办单位】"),
        ("已于XX月XX日复查。", Check.GAP, "XX月XX日"),
    ],
)
def test_the_words_are_marked_where_they_stand(said: str, check: Check, marked: str) -> None:
    reply = PROPER.format(said)
    assert [each.check for each in findings(PROPER.format(""), CROSSING)] == []
    places = [
        reply[start:end]
        for each in findings(reply, CROSSING)
        if each.check is check
        for start, end in each.places
    ]
    assert marked in places


@pytest.mark.parametrize(
    "said",
    [
        "根据《民法典》第一千二百五十四条，任何单位和个人不得从建筑物中抛掷物品。",
        "该问题不属于我局职责，已转县住建局办理，电话0797-3812345。",
        "社区一定程度上缓解了停车难，收取的保证金已退还。",
        "电梯检修计划2027年3月完成，期间请走楼梯。",
        "全程由12345回访，联系电话0797-3812345，文号〔2026〕12号。",
        "赣B12345号公交车已增加班次。",
        "为彻底消除隐患，社区更换了线路。",
    ],
)
def test_what_a_reviewer_would_pass_has_no_mark(said: str) -> None:
    assert findings(PROPER.format(said), CROSSING) == ()


def test_a_day_must_stand_in_what_the_order_says() -> None:
    record = replace(CROSSING, record="11月20日更换")
    assert checks(PROPER.format(""), record) == []
    assert checks(PROPER.format("11月21日复查。"), record) == [Check.DATE]
    assert checks(PROPER.format("民法典自2021年1月1日起施行。"), record) == []
    assert checks(PROPER.format("您于11月16日来电，11月30日前再报。"), record) == [], "the order's own days"


def test_a_danger_asks_for_a_measure_or_advice() -> None:
    matter = Matter("井盖缺失", "村口井盖不见了，晚上有人差点掉下去")
    said = "经核查，该井盖由通信公司于2016年安设，井盖缺失属实，产权归该公司。"
    assert checks(said, matter) == [Check.SAFETY]
    assert checks(f"{said}已设置围挡和警示牌。", matter) == []
    assert checks(f"{said}未采取措施。", matter) == [Check.SAFETY], "what was not done is no measure"
    gas = Matter("燃气味", "楼道里一股味道，怀疑危化品", "")
    assert checks("经核查，楼道里燃气味由住户造成。", gas, Words(danger=["危化品"])) == [Check.SAFETY]


def test_empty_talk_is_marked_whole_and_nothing_else_is_said_of_it() -> None:
    reply = "您好，您反映的楼道问题已收悉，我们将高度重视，尽快处理，感谢您的支持！"
    assert [(each.check, each.places) for each in findings(reply, CROSSING)] == [
        (Check.EMPTY, ((0, len(reply)),))
    ]


@pytest.mark.parametrize(
    "style", ["1、{}；2、{}", "一、{}。二、{}", "（1）{}（2）{}", "①{}②{}", "一是{}；二是{}"]
)
def test_points_are_found_however_they_are_counted(style: str) -> None:
    content = f"有两件事：{style.format('楼道灯不亮', '电梯经常停运')}"
    first, second = points("经查看，楼道灯已换。费用由社区承担。", content)
    assert (first.number, "楼道灯不亮" in first.text) == (1, True)
    assert [("经查看，楼道灯已换。费用由社区承担。")[a:b] for a, b in first.answered_at] == [
        "经查看，楼道灯已换。"
    ]
    assert (second.number, second.answered_at) == (2, ())
    assert points("经查看，楼道灯已换", "只有一件事：楼道灯不亮") == ()
    assert points("经查看", "反对理由如下：1、太吵；2、太远") == (), "reasons are not asked to be answered"


@given(st.text(max_size=400), st.text(max_size=100), st.text(max_size=200))
def test_places_lie_within_the_reply(reply: str, gist: str, content: str) -> None:
    spiced = f"{reply}绝对保证解决，2026年2月30日，找13912345678，不归我局管___"
    for found in findings(spiced, Matter(gist, content, today=date(2026, 11, 23))):
        for start, end in found.places:
            assert 0 <= start < end <= len(spiced)


def test_a_matter_that_says_nothing_asks_for_nothing() -> None:
    assert checks("经核实已办", Matter("", "")) == []


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=200))
def test_whatever_is_typed_gives_lines_and_no_number_of_eleven_digits(
    reply: str, gist: str, content: str
) -> None:
    for found in findings(f"{reply}13912345678", Matter(gist, content)):
        assert found.words
        assert "13912345678" not in found.words or "13912345678" in gist + content
