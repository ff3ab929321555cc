from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.rules.secrecy import REMOVED, Span, blanked, marked_words, masked_name, masked_phone

MARKERS = {"address": ["对门"], "only_me": ["我偷偷"], "empty": ["", " "]}


@pytest.mark.parametrize(
    ("text", "word", "why"),
    [
        ("住在横水镇幸福路12号3栋2单元501室，漏水", "住在横水镇幸福路12号3栋2单元501室", "address"),
        ("举报幸福路12号3栋2单元", "举报幸福路12号3栋2单元", "address"),
        ("在新溪村第三组", "在新溪村第三组", "address"),
        ("楼上3-2-501漏水", "3-2-501", "address"),
        ("对门天天打牌", "对门", "address"),
        ("我老公被打了", "我老公", "kinship"),
        ("我的儿子被打", "我的儿子", "kinship"),
        ("我家邻居知道", "我家邻居", "kinship"),
        ("我是该厂的职工，看见排污", "我是该厂的职工", "job"),
        ("我老公在县医院上班，他说", "我老公在县医院上班", "job"),
        ("我们在工地打工，没拿到钱", "我们在工地打工", "job"),
        ("车牌赣B12345的货车", "赣B12345", "plate"),
        ("赣Ｂ·Ｄ12345挡路", "赣Ｂ·Ｄ12345", "plate"),
        ("电话13800001111", "13800001111", "phone"),
        ("打１３８ ００００ １１１１", "１３８ ００００ １１１１", "phone"),
        ("打0797-8212345找我", "0797-8212345", "phone"),
        ("幺三八零零零零幺幺幺幺是我", "幺三八零零零零幺幺幺幺", "phone"),
        ("证号36210119900101123X。", "36210119900101123X", "id_number"),
        ("微信abc_123", "微信abc_123", "contact"),
        ("发到a.b@example.com。", "a.b@example.com", "contact"),
        ("王女士说", "王女士", "name"),
        ("举报人：王小明，", "举报人：王小明", "name"),
        ("只有我知道账本在哪", "只有我知道", "only_me"),
        ("除了我没有人知道", "除了我没有人知道", "only_me"),
        ("我偷偷拍的", "我偷偷拍的", "only_me"),
    ],
)
def test_words_that_point_to_a_person_are_marked(text, word, why):
    spans = marked_words(text, MARKERS)
    assert [(span.word, span.why) for span in spans] == [(word, why)]
    assert text[spans[0].start : spans[0].end] == word


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮，100路公交车晚点，12345热线打了3次",
        "2026-10-01没人来，10月5号又停水",
        "该厂每月排污两次，附近居民都能闻到臭味",
        "地铁5号线施工噪音",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert marked_words(text) == ()


def test_what_is_known_of_the_caller_is_marked_wherever_it_stands():
    text = "张三丰说：张三丰的店在ＡＢ街，张三丰。"
    spans = marked_words(text, known=["张三丰", "ab街", ""])
    assert [span.word for span in spans] == ["张三丰", "张三丰", "ＡＢ街", "张三丰"]
    assert "张三丰" not in blanked(text, spans)


def test_a_person_keeps_or_removes_each_word():
    text = "王女士举报：我是职工，电话13800001111。"
    spans = marked_words(text)
    assert blanked(text, spans) == f"{REMOVED}举报：{REMOVED}，电话{REMOVED}。"
    assert blanked(text, spans, kept=spans[1:2]) == f"{REMOVED}举报：我是职工，电话{REMOVED}。"
    assert blanked(text, spans, kept=spans) == text


def test_marked_words_of_another_text_are_refused():
    with pytest.raises(ValueError, match="another text"):
        blanked("别的话", [Span(0, 2, "王女", "name")])


PIECES = st.sampled_from(
    ["我老公", "13800001111", "赣B12345", "幸福路12号", "停水", "，", "。", "我是", "3栋", "不", "\n", "x"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_marks_lie_in_order_and_their_removal_leaves_no_number_or_plate(text):
    spans = marked_words(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    left = blanked(text, spans)
    assert "我老公" not in left
    assert "赣B12345" not in left
    assert blanked(text, spans, kept=spans) == text


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="停水电王小明，。在", max_size=20), st.text(alphabet="停水电王小明，。在", max_size=20)
)
def test_a_known_name_never_survives(before, after):
    text = f"{before}王小明{after}"
    assert "王小明" not in blanked(text, marked_words(text, known=["王小明"]))


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("0797-8212345", "0797-****345"),
        ("079782123456", "0797-****3456"),
        ("01012345678", "010-****5678"),
        ("0797-8212345转801", "0797-****345"),
        ("8212345", "****345"),
        ("612345", "****45"),
        ("95598", "****8"),
        ("110", "****"),
        ("4001234567", "****4567"),
        ("+4915112345678", "****5678"),
        ("不详", "****"),
        ("", ""),
    ],
)
def test_a_masked_number(phone, masked):
    assert masked_phone(phone) == masked


@given(st.text(alphabet="0123456789+-转 ", min_size=1, max_size=15))
def test_a_mask_hides_at_least_four_digits(phone):
    hidden = sum(c.isdigit() for c in phone) - sum(c.isdigit() for c in masked_phone(phone))
    assert hidden >= min(4, sum(c.isdigit() for c in phone))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王**"),
        ("王明", "王*"),
        ("王", "王*"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("王女士", "王女士"),
        ("𠮷小明", "𠮷**"),
        ("阿卜杜拉·买买提", "阿***"),
        ("John Smith", "J***"),
        (" ", ""),
    ],
)
def test_a_masked_name(name, masked):
    assert masked_name(name) == masked
