"""标题: the first statement, without greeting and numbers."""

import pytest

from desk.rules.titles import LONGEST, proposed_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("  \n ", ""),
        ("您好，我想反映一下：阳岭大道路灯不亮。已经三天了", "阳岭大道路灯不亮"),
        ("你好！我要投诉烧烤店油烟大\n晚上更严重", "烧烤店油烟大"),
        ("我的电话是13800000000，工地拖欠工资", "我的电话是，工地拖欠工资"),
        ("投诉", "投诉"),
        ("𠮷祥小区停水🚰", "𠮷祥小区停水🚰"),
    ],
)
def test_the_title_is_the_first_statement(text: str, title: str) -> None:
    assert proposed_title(text) == title


def test_a_long_statement_is_cut_at_a_pause() -> None:
    text = "横水镇老城社区的工地每天夜里十二点还在打桩，我家老人小孩都睡不着觉，多次反映没有人管"
    title = proposed_title(text)
    assert title == "横水镇老城社区的工地每天夜里十二点还在打桩"
    assert len(proposed_title("吵" * 100)) == LONGEST
