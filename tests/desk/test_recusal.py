"""回避 by name: the accused as people write it (practice P32 a)."""

import pytest

from desk.recusal import is_named

BUREAU = {
    "name": "崇义县城市管理局",
    "short_name": "县城管局",
    "department": "城管局",
    "is_centre": False,
}
TOWN = {"name": "横水镇人民政府", "short_name": "横水镇", "department": "街道乡镇", "is_centre": False}


@pytest.mark.parametrize(
    "accused",
    [
        "崇义县城市管理局",
        "县城管局",
        "县城管局环卫所",
        "城管局",
        "城管局执法人员",
        "城管",
        "城管执法人员",
        "城市管理局",
        "崇义县城管局",
        "崇 义 县 城 管 局",
        "横水镇上的城管队员",
    ],
)
def test_a_bureau_is_known_by_its_everyday_names(accused: str) -> None:
    assert is_named(accused, BUREAU)


@pytest.mark.parametrize(
    "accused", ["", "市城管局", "赣州市城市管理局", "城管路三号老王烧烤店", "县教育局", "横水镇城管队"]
)
def test_another_body_is_not_this_one(accused: str) -> None:
    assert not is_named(accused, BUREAU)


@pytest.mark.parametrize(
    "accused", ["横水", "横水镇", "横水镇政府", "横水镇城管队", "横水镇干部李某", "横水镇书记"]
)
def test_a_township_is_known_by_its_offices(accused: str) -> None:
    assert is_named(accused, TOWN)


@pytest.mark.parametrize("accused", ["横水镇老王烧烤店", "横水路口小卖部", "过埠镇政府"])
def test_what_only_lies_in_a_township_is_not_it(accused: str) -> None:
    assert not is_named(accused, TOWN)


def test_a_centre_is_never_ruled_out_by_a_name() -> None:
    assert not is_named("崇义县12345热线中心", {**BUREAU, "name": "崇义县12345热线中心", "is_centre": True})
