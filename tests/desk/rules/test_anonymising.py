"""典型案例 without names: what goes, what stays, and that nothing comes back whatever is typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.anonymising import ACCUSED, NUMBER, PERSON, PLACE, Known, anonymised, left_over
from desk.rules.secrecy import tells
from tests.desk import hostile

KNOWN = Known(
    persons=("李小明",),
    staff=("刘军", "郑文明"),
    accused=("福临门餐馆",),
    places=("阳明路12号",),
    numbers=("13800001111",),
)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("李小明反映夜间施工", "李小明"),
        ("李 小 明反映夜间施工", "小 明"),
        ("小明先生反映", "小明"),
        ("经办人刘军到现场", "刘军"),
        ("举报人：欧阳修远，男", "欧阳修远"),
        ("业主王建国说漏水", "王建国"),
        ("物业陈经理不管", "陈"),
        ("罗有旺局长到场", "罗有旺"),
        ("找小王，他不理", "小王"),
        ("联系人：罗有旺，女，住县城", "罗有旺"),
        ("施工方负责人刘大伟已整改", "刘大伟"),
        ("电话13912345678", "13912345678"),
        ("电话 139-1234-5678", "1234"),
        ("电话１３９１２３４５６７８", "１３９１２３４５６７８"),
        ("座机0797-8212345", "8212345"),
        ("打一三九一二三四五六七八", "一三九"),
        ("打139一二三四5678", "5678"),
        ("身份证36072519800101123X", "36072519800101123X"),
        ("身份证360725 19800101 1234", "19800101"),
        ("车牌赣B12345乱停", "赣B12345"),
        ("微信号abc_12345", "abc_12345"),
        ("见https://example.invalid/a?b=李", "example"),
        ("工单CY01-20261123-0042重复", "20261123-0042"),
        ("老城社区3栋2单元501室漏水", "501"),
        ("家住阳明路旁", "阳明路"),
        ("塔下村三组修路", "塔下村三组"),
        ("金龙小区停水", "金龙"),
        ("福临门餐馆油烟大", "福临门"),
        ("我在阳岭茶厂上班，知道这事", "茶厂"),
    ],
)
def test_what_points_to_a_person_is_gone(text: str, gone: str) -> None:
    masked = anonymised(text, KNOWN)
    assert gone not in masked
    assert left_over(masked, KNOWN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月23日上午，已安排3名工作人员到场，罚款20000元",
        "地方领导高度重视，有关方面安排施工，单位主任已答复",
        "阳岭大道中段一处商住楼工地连续四晚打桩到凌晨一点多",
        "三楼敲门没人应，五户人家没有转移，菜叶上落了一层灰",
        "经查该小区调整停车收费未履行业主共同决定程序",
        "工作人员已上门为老人完成资格认证，停发的养老金将补发",
        "老师让抄一百遍，家长向县教育局反映",
        "值班医生临时外出，已对相关负责人批评教育",
        "工地负责人承认超时施工，城管局执法大队责令停工",
        "责令文明施工，限期整改",
        "10月13日18:00前答复；电梯停在三楼和四楼之间",
    ],
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert anonymised(text, KNOWN) == text


def test_the_neutral_word_says_what_stood_there() -> None:
    text = "李小明（13800001111）反映福临门餐馆占道，在阳明路12号"
    assert anonymised(text, KNOWN) == f"{PERSON}（{NUMBER}）反映{ACCUSED}占道，在{PLACE}"


def test_a_title_stays_beside_the_name_that_it_lost() -> None:
    assert anonymised("执法大队张队长到场") == "执法大队某某队长到场"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("请找李小明", ("李小明",)),
        ("请找小明问", ()),
        ("打13800001111或0797-8212345", ("13800001111", "0797-8212345")),
        ("车是赣B12345", ("赣B12345",)),
        ("福临门餐馆已整改", ("福临门餐馆",)),
        ("在阳明路12号旁", ()),
        ("业主王建国说", ()),
    ],
)
def test_what_may_never_stand_in_a_case_is_named(text: str, left: tuple[str, ...]) -> None:
    """A place may be public and a strange name a word: those are the checker's to judge."""
    assert left_over(text, KNOWN) == left


def test_a_name_too_short_or_nobodys_masks_nothing() -> None:
    known = Known(persons=("", "李", "匿名", "不详", "先生"), numbers=("", "-"))
    assert anonymised("群众李某匿名反映，情况不详", known) == "群众李某匿名反映，情况不详"


@pytest.mark.parametrize("text", [*hostile.UNHARMED, hostile.ALL_AT_ONCE, hostile.CHANGED, "", "\n\n"])
def test_hostile_words_neither_crash_nor_grow_for_ever(text: str) -> None:
    once = anonymised(text, KNOWN)
    assert anonymised(once, KNOWN) == once


@pytest.mark.parametrize("sign", ["1", "一", "李", "李 ", "3栋", "住", "(", "村", "@a.", "我在"])
def test_a_text_made_to_be_slow_is_not(sign: str) -> None:
    """No pattern goes back and forth over what was pasted: ten thousand signs in well under a second each."""
    began = time.process_time()
    anonymised((sign * 10_000)[:10_000], KNOWN)
    assert time.process_time() - began < 5


FILLER = st.text(st.sampled_from("夜间施工噪音，。 \n（）[]【】:：-12三aA"), max_size=20)
SECRET = st.sampled_from(["李小明", "李 小 明", "李·小明", "138 0000 1111", "１３８00001111", "福临门餐馆"])


@given(st.lists(st.tuples(FILLER, SECRET), max_size=5), FILLER)
def test_what_is_known_never_comes_through(pieces: list[tuple[str, str]], end: str) -> None:
    text = "".join(filler + secret for filler, secret in pieces) + end
    masked = anonymised(text, KNOWN)
    assert not any(tells(masked, known) for known in ("李小明", "13800001111", "福临门餐馆"))
    assert left_over(masked, KNOWN) == ()
    assert anonymised(masked, KNOWN) == masked


@given(st.text(max_size=80))
def test_any_text_at_all_is_settled_after_one_masking(text: str) -> None:
    masked = anonymised(text, KNOWN)
    assert anonymised(masked, KNOWN) == masked
    assert left_over(masked, KNOWN) == ()
