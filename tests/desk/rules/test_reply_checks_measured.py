"""The checker on real replies that a person judged, and on those spoiled on purpose (issue 6, part 1)."""

import pytest

from desk.rules.reply_checks import Check
from tests.bench import checking

pytestmark = pytest.mark.skipif(
    not checking.DATA.exists(), reason="the real messages lie outside the project"
)


@pytest.mark.parametrize("part", checking.PARTS)
def test_at_most_ten_of_a_hundred_good_replies_get_a_mark(part: str) -> None:
    assert len(checking.good(part)) == checking.COUNT
    assert len(checking.wrongly_flagged(part)) <= checking.MOST_FLAGGED * checking.COUNT


@pytest.mark.parametrize("part", checking.PARTS)
def test_at_least_ninety_of_a_hundred_spoiled_replies_are_caught(part: str) -> None:
    cases = checking.spoiled_of(part)
    assert len(cases) == checking.COUNT
    assert {case.check for case in cases} == set(Check)
    silent, _ = checking.missed(cases)
    assert len(silent) <= checking.MOST_MISSED * checking.COUNT
