import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import OrderKind, Urgency
from desk.rules.limits import Limits
from desk.rules.urgency import is_lengthening, proposed_urgency

URGENT_WORDS = ["停水", "井盖缺失", "WiFi塔倾斜"]
DANGER_WORDS = ["燃气泄漏", "被困电梯"]
NEGATIONS = ["没有", "演练"]


@pytest.mark.parametrize(
    ("text", "urgency", "words", "doubtful"),
    [
        ("老城社区从昨晚起停水", Urgency.URGENT, ("停水",), ()),
        ("路灯不亮", Urgency.NORMAL, (), ()),
        ("三楼燃气泄漏，已经停水", Urgency.CRITICAL, ("燃气泄漏", "停水"), ()),
        ("没有停水，只是水小", Urgency.NORMAL, ("停水",), ("停水",)),
        ("没有停水，但井盖缺失", Urgency.URGENT, ("停水", "井盖缺失"), ("停水",)),
        ("没有发生燃气泄漏", Urgency.URGENT, ("燃气泄漏",), ("燃气泄漏",)),
        ("没有燃气泄漏演练过，现在真的燃气泄漏了", Urgency.CRITICAL, ("燃气泄漏",), ()),
        ("ｗｉｆｉ塔倾斜", Urgency.URGENT, ("WiFi塔倾斜",), ()),
        ("", Urgency.NORMAL, (), ()),
    ],
)
def test_words_propose_an_urgency(text, urgency, words, doubtful):
    proposal = proposed_urgency(text, URGENT_WORDS, DANGER_WORDS, NEGATIONS)
    assert (proposal.urgency, proposal.words, proposal.doubtful) == (urgency, words, doubtful)


def test_an_empty_word_in_a_list_proposes_nothing():
    assert proposed_urgency("路灯不亮", ["", " "], [""], [""]).urgency == Urgency.NORMAL


@given(st.text(alphabet="停水没有燃气泄漏", max_size=30))
def test_without_negations_every_word_that_is_said_counts(text):
    proposal = proposed_urgency(text, URGENT_WORDS, DANGER_WORDS)
    assert (proposal.urgency == Urgency.CRITICAL) == ("燃气泄漏" in text)
    assert proposal.doubtful == ()


@pytest.mark.parametrize(
    ("old", "new", "longer"),
    [
        (("inquiry", "normal"), ("complaint", "normal"), True),
        (("complaint", "normal"), ("inquiry", "normal"), False),
        (("complaint", "normal"), ("help_request", "normal"), False),
        (("complaint", "normal"), ("tip_off", "normal"), True),
        (("complaint", "urgent"), ("inquiry", "normal"), True),
        (("complaint", "normal"), ("complaint", "urgent"), False),
        (("complaint", "critical"), ("complaint", "urgent"), True),
        (("complaint", "urgent"), ("tip_off", "urgent"), False),
        (("tip_off", "normal"), ("praise", "normal"), True),
        (("praise", "normal"), ("tip_off", "normal"), False),
        (("undetermined", "normal"), ("tip_off", "normal"), True),
    ],
)
def test_more_time_for_the_unit_is_a_lengthening(old, new, longer):
    assert is_lengthening(*old, *new, Limits()) is longer


PAIRS = st.tuples(st.sampled_from(OrderKind), st.sampled_from(Urgency))


@given(PAIRS, PAIRS)
def test_no_change_lengthens_both_ways(one, other):
    limits = Limits()
    assert not (is_lengthening(*one, *other, limits) and is_lengthening(*other, *one, limits))
    assert not is_lengthening(*one, *one, limits)
