"""What the words of a place hold: kept as spoken, understood beside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.spoken_places import landmark, place_marks, remembered


@pytest.mark.parametrize(
    ("place", "marks"),
    [
        ("G105 K2158+300 往崇义方向", ["桩号 G105 K2158+300 往崇义方向"]),
        ("厦蓉高速K312往赣州方向应急车道", ["桩号 厦蓉高速 K312+000 往赣州方向"]),
        ("220国道 12公里加50米处上行", ["桩号 220国道 K12+050 上行"]),
        ("X843 k5+7", ["桩号 X843 K5+007"]),
        ("10kV横水线023号电杆旁", ["电杆号 10kV横水线023"]),
        ("路口的电线杆，杆号23号杆", ["电杆号 23"]),
        ("电杆号L0231", ["电杆号 L0231"]),
        ("水表号：00123456", ["水表号 00123456"]),
        ("户号 0312345678", ["户号 0312345678"]),
        ("阳明小区3栋2单元501", ["楼栋 阳明小区3栋2单元"]),
        ("章源花园3-2-501", ["楼栋 章源花园3栋2单元"]),
        ("Ｇ３５７Ｋ１＋２", ["桩号 G357 K1+002"]),
        ("记不得哪里了", ["地点不详"]),
        ("不详", ["地点不详"]),
        ("上街口大樟树下", []),
        ("", []),
        ("卡拉OK3楼", []),
        ("\0\x1b[2J", []),
    ],
)
def test_what_finds_a_place_again_is_understood(place: str, marks: list[str]) -> None:
    assert list(map(str, place_marks(place))) == marks


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("下坝组李屋门口", "下坝组李屋"),
        ("密溪村下坝组", "下坝组"),
        ("横水镇密溪村老屋场自然村3号", "老屋场自然村"),
        ("大塘屋场水井边", "大塘屋场"),
        ("3组", "3组"),
        ("第三村民小组的路口", "第三村民小组"),
        ("圩上老供销社", ""),
        ("过埠圩上老供销社", "过埠圩上"),
        ("阳明小区3栋2单元501", ""),
        ("组织部门口", ""),
        ("屋顶漏水", ""),
        ("", ""),
    ],
)
def test_a_landmark_is_remembered_without_what_stands_behind_it(place: str, words: str) -> None:
    assert landmark(place) == words


def test_the_most_frequent_landmark_is_offered_first() -> None:
    places = ["老屋场水塘", "下坝组5号", "下坝组桥头", "路边", "下坝组"]
    assert remembered(places, 5) == ("下坝组", "老屋场")
    assert remembered(places, 1) == ("下坝组",)


@given(
    st.text(max_size=250)
    | st.lists(st.sampled_from("GK0129+-栋单元组屋场圩线杆表号村镇往方向 "), max_size=250).map("".join)
)
def test_no_words_break_it(place: str) -> None:
    for mark in place_marks(place):
        assert len(str(mark)) < 60
    assert landmark(place) in "".join(place.split())
