"""The draw of 质检, the points of a sheet, and the settings that both are read from (practice P31)."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import ItemVerdict
from db.ids import new_uid
from desk.rules import quality

UIDS = st.lists(st.uuids().map(str), unique=True, max_size=60)
PASSED, FAILED, NONE = ItemVerdict.PASSED, ItemVerdict.FAILED, ItemVerdict.NOT_APPLICABLE


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_about_the_share_is_drawn(share: float) -> None:
    uids = [new_uid() for _ in range(20_000)]
    drawn = sum(quality.is_drawn("key", uid, share) for uid in uids)
    spread = sqrt(len(uids) * share * (1 - share))
    assert abs(drawn - share * len(uids)) < 5 * spread


@given(UIDS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_decides_nothing(uids: list[str], chance: object) -> None:
    drawn = {uid for uid in uids if quality.is_drawn("key", uid, 0.3)}
    chance.shuffle(uids)  # type: ignore[attr-defined]
    assert {uid for uid in uids if quality.is_drawn("key", uid, 0.3)} == drawn


@given(st.uuids().map(str), st.floats(0, 1), st.floats(0, 1))
def test_a_greater_share_draws_whatever_a_smaller_one_draws(uid: str, one: float, other: float) -> None:
    small, great = sorted((one, other))
    assert quality.is_drawn("key", uid, great) >= quality.is_drawn("key", uid, small)


def test_all_are_drawn_by_one_and_none_by_nothing() -> None:
    uids = [new_uid() for _ in range(200)]
    assert all(quality.is_drawn("key", uid, 1) for uid in uids)
    assert not any(quality.is_drawn("key", uid, 0) for uid in uids)


def test_another_key_draws_others() -> None:
    uids = [new_uid() for _ in range(2_000)]
    one, other = ({uid for uid in uids if quality.is_drawn(key, uid, 0.5)} for key in ("one", "other"))
    assert 0.3 < len(one & other) / len(one) < 0.7


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(30, PASSED), (20, PASSED)], 100),
        ([(30, PASSED), (20, FAILED)], 60),
        ([(30, PASSED), (20, NONE)], 100),
        ([(30, FAILED), (20, NONE)], 0),
        ([(30, NONE)], None),
        ([], None),
        ([(1, PASSED), (1, PASSED), (1, FAILED)], 67),
    ],
)
def test_points_are_the_weight_that_passed_among_what_applies(
    marks: list[tuple[int, ItemVerdict]], expected: int | None
) -> None:
    assert quality.points(marks) == expected


@pytest.mark.parametrize(
    ("records", "share", "expected"),
    [(0, 0.05, 0), (1, 0.05, 1), (20, 0.05, 1), (21, 0.05, 2), (140, 0.05, 7)],
)
def test_what_is_owed_is_rounded_up(records: int, share: float, expected: int) -> None:
    assert quality.owed(records, share) == expected


def test_an_operator_is_known_by_words_and_named_by_name_or_number() -> None:
    people = [(1, "1203", "王芳"), (2, "1204", "周文军")]
    assert quality.is_of_the_house("你们那个话务员", quality.OPERATOR_WORDS)
    assert not quality.is_of_the_house("老城社区物业", quality.OPERATOR_WORDS)
    assert quality.named_among("接线员王芳", people) == 1
    assert quality.named_among("1204 号话务员", people) == 2
    assert quality.named_among("话务员王芳和周文军", people) is None
    assert quality.named_among("话务员", people) is None


@pytest.mark.parametrize("share", [0, 1.5, "0.05", True, None])
def test_a_share_that_is_none_is_refused(share: object) -> None:
    assert quality.flaw_of_share(share)


@pytest.mark.parametrize(
    "items",
    [
        [],
        {},
        {"": 3},
        {"态度": 0},
        {"态度": 1.5},
        {"态度": True},
        {"名字太长的一个项目啊": 1, "长" * 11: 2},
        {" 态度": 1},
    ],
)
def test_items_without_name_or_weight_are_refused(items: object) -> None:
    assert quality.flaw_of_items(items)


def test_the_usual_settings_have_no_flaw() -> None:
    assert quality.flaw_of_share(quality.SHARE) == ""
    assert quality.flaw_of_items(dict(quality.ITEMS)) == ""
    assert quality.flaw_of_words(list(quality.OPERATOR_WORDS)) == ""
    assert quality.flaw_of_days(quality.ANSWER_DAYS) == ""
    assert quality.flaw_of_player([]) == quality.flaw_of_player(["/usr/bin/play", "{recording}"]) == ""
    assert all(map(quality.flaw_of_player, ("play", ["play"], [1])))
    assert all(map(quality.flaw_of_words, ("话务员", [""], ["员"], [3])))
    assert all(map(quality.flaw_of_days, (0, 31, 2.5, True)))
