"""Areas by their statistical codes: which lies inside which."""

import pytest

from desk.rules.areas import area_prefix, is_inside

HENGSHUI, CHANGLONG, VILLAGE, COUNTY, CITY = (
    "360725100000",
    "360725104000",
    "360725100001",
    "360725000000",
    "360700000000",
)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        (HENGSHUI, "360725100"),
        (CHANGLONG, "360725104"),
        (VILLAGE, VILLAGE),
        (COUNTY, "360725"),
        (CITY, "3607"),
        (None, ""),
        ("", ""),
        ("3607A1000000", "3607A1"),
    ],
)
def test_the_digits_that_matter_follow_the_level(code: str | None, prefix: str) -> None:
    assert area_prefix(code) == prefix


def test_a_township_that_ends_in_zeros_does_not_hold_its_neighbours() -> None:
    assert is_inside(VILLAGE, HENGSHUI)
    assert not is_inside(CHANGLONG, HENGSHUI)
    assert is_inside(CHANGLONG, COUNTY)
    assert is_inside(HENGSHUI, HENGSHUI)
    assert not is_inside(HENGSHUI, None)
    assert not is_inside(None, HENGSHUI)
