"""Areas by hanzi, short names, pinyin and its initials; the polyphones of Gannan; the nearest first."""

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.area_names import AreaNames, NamedArea, plain_name, short_name
from desk.rules.pinyin import LONGEST, spellings, typed_keys
from seed import readings

CHONGYI, NANKANG = "360725", "360703"
HENGSHUI, MIXI = "360725100000", "360725100208"


@pytest.fixture(scope="module")
def names() -> AreaNames:
    """Every area of the seed, and two names that people use."""
    text = resources.files("seed").joinpath("areas.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    called = {row["code"]: row["name"] for row in rows}
    areas = [NamedArea(row["code"], row["name"], row["level"], called.get(row["parent"], "")) for row in rows]
    return AreaNames(areas, {"县城": HENGSHUI, "没有的": "999999999999"})


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("hsz", "横水镇"), ("HSZ", "横水镇"), ("ｈｓｚ", "横水镇"), ("hs", "横水镇"), ("hengshui", "横水镇")),
        *(("heng shui zhen", "横水镇"), ("hengsz", "横水镇"), ("横水", "横水镇"), ("水镇", "横水镇"), ("县城", "横水镇")),
        *(("xc", "横水镇"), ("xiancheng", "横水镇"), ("密溪", "密溪村委会"), ("密溪村", "密溪村委会"), ("mxc", "密溪村委会")),
        *(("横水密溪", "密溪村委会"), ("hsmx", "密溪村委会"), ("hengshuimixi", "密溪村委会")),
        *(("chl", "长龙镇"), ("changlong", "长龙镇"), ("niedu", "聂都乡"), ("shangbao", "上堡乡"), ("shangbu", "上堡乡")),
        *(("ledong", "乐洞乡"), ("luodong", "乐洞乡"), ("xuzhen", "圩镇街道居民委员会"), ("weizhen", "圩镇街道居民委员会")),
        *(("qianchang", "铅厂镇"), ("chang'lz", "长龙镇")),
    ],
)  # fmt: skip
def test_an_area_is_found_first_by_what_people_type(names: AreaNames, typed: str, name: str) -> None:
    assert names.find(typed, CHONGYI)[0].name == name


def test_ambiguous_initials_give_a_list_with_the_own_county_first(names: AreaNames) -> None:
    home, away = names.find("hsz", CHONGYI), names.find("hsz", NANKANG)
    assert {area.name for area in home} == {area.name for area in away}
    assert len(home) > 3
    assert (home[0].name, away[0].name) == ("横水镇", "横市镇")


def test_the_place_of_earlier_orders_comes_before_the_own_county(names: AreaNames) -> None:
    hengshi = next(area for area in names.find("横市镇", NANKANG) if area.name == "横市镇")
    assert names.find("hsz", CHONGYI, [hengshi.code])[0] == hengshi
    of_the_township = [
        area.parent_name for area in names.find("s", CHONGYI, [MIXI]) if area.level == "village"
    ]
    assert set(of_the_township[:3]) == {"横水镇"}


def test_what_is_called_otherwise_is_not_found(names: AreaNames) -> None:
    for typed in ("", " ", "%", "((", "hxz1", "zhenshui", "没有的", "a" * 500, "\0", "\ud800", ".*"):
        assert names.find(typed, CHONGYI) == [], ascii(typed)


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_search(typed: str) -> None:
    small = AreaNames([NamedArea(HENGSHUI, "横水镇", "township", "崇义县")])
    assert len(small.find(typed, CHONGYI)) <= 1
    assert len(typed_keys(typed)) <= LONGEST


@pytest.mark.parametrize(
    ("name", "short", "plain"),
    [
        ("密溪村委会", "密溪村", "密溪"),
        ("高洞畲族村民委员会", "高洞畲族村", "高洞畲族"),
        ("中山社区居民委员会", "中山社区", "中山"),
        ("尚书街居委会", "尚书街社区", "尚书街"),
        ("横水镇", "横水镇", "横水"),
        ("赣州市", "赣州市", "赣州"),
        ("村委会", "村委会", "村委会"),
    ],
)
def test_the_names_that_people_say(name: str, short: str, plain: str) -> None:
    assert (short_name(name), plain_name(name)) == (short, plain)


def test_every_hanzi_of_an_area_has_a_reading() -> None:
    text = resources.files("seed").joinpath("areas.csv").read_text(encoding="utf-8")
    unread = {
        character
        for row in csv.DictReader(text.splitlines())
        for character in row["name"]
        if "\u3400" <= character <= "\u9fff" and not spellings(character)[0].isascii()
    }
    assert unread == set()


def test_the_local_readings_are_those_of_the_table() -> None:
    for hanzi, said in readings.LOCAL.items():
        assert spellings(hanzi) == said.split()
