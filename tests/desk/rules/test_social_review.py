"""社会评议 on paper: the draw, recusal, quorum, verdict and the words of a file (practice P29)."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import PanelVerdict, Profession, RecusalReason
from desk.rules import social_review as rules
from desk.rules.anonymising import Known
from desk.rules.social_review import Candidate, Matter, Sitter, Tally

PROFESSIONS = [str(each) for each in Profession]
POOLS = st.lists(st.sampled_from(PROFESSIONS), max_size=40).map(
    lambda names: [Candidate(f"p{number:02d}", name) for number, name in enumerate(names)]
)
QUOTAS = st.dictionaries(st.sampled_from(PROFESSIONS), st.integers(0, 3), max_size=4)
SEEDS = st.text("0123456789abcdef", min_size=8, max_size=32)


@given(POOLS, QUOTAS, st.integers(3, 15), SEEDS)
def test_a_draw_honours_seats_and_quotas_whatever_the_pool(
    pool: list[Candidate], quota: dict[str, int], seats: int, seed: str
) -> None:
    sitting = rules.drawn(pool, quota, seats, seed)
    assert len(set(sitting)) == len(sitting) == min(seats, len(pool))
    assert set(sitting) <= set(pool)
    if not rules.lacking(pool, quota, seats) and sum(quota.values()) <= seats:
        for profession, number in quota.items():
            assert sum(each.profession == profession for each in sitting) >= number


@given(POOLS, QUOTAS, st.integers(3, 15), SEEDS, st.randoms())
def test_the_same_seed_draws_the_same_people_in_whatever_order_they_come(
    pool: list[Candidate], quota: dict[str, int], seats: int, seed: str, chance: object
) -> None:
    mixed = list(pool)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert rules.drawn(mixed, quota, seats, seed) == rules.drawn(pool, quota, seats, seed)


@given(POOLS, st.integers(3, 15), SEEDS)
def test_no_profession_gets_a_second_seat_while_another_has_none(
    pool: list[Candidate], seats: int, seed: str
) -> None:
    sitting = rules.drawn(pool, {}, seats, seed)
    taken = [each.profession for each in sitting]
    left_out = {each.profession for each in pool} - set(taken)
    assert not left_out or max(taken.count(each) for each in taken) == 1


def test_every_candidate_is_drawn_by_some_seed() -> None:
    pool = [Candidate(f"p{number}", "lawyer") for number in range(12)]
    found = {each.uid for seed in range(200) for each in rules.drawn(pool, {}, 3, str(seed))}
    assert found == {each.uid for each in pool}


def test_the_rank_can_be_reckoned_by_anybody() -> None:
    assert rules.rank("ab", "u1") == sha256(b"ab:u1").hexdigest()


@pytest.mark.parametrize(
    ("quota", "seats", "expected"),
    [({}, 2, ""), ({}, 3, "seats"), ({"lawyer": 2}, 2, "lawyer"), ({"teacher": 1}, 2, "teacher")],
)
def test_what_a_pool_lacks_is_named(quota: dict[str, int], seats: int, expected: str) -> None:
    pool = [Candidate("a", "lawyer"), Candidate("b", "doctor")]
    assert rules.lacking(pool, quota, seats) == expected


def test_an_empty_seat_goes_to_the_same_profession_if_there_is_one() -> None:
    pool = [Candidate("a", "doctor"), Candidate("b", "lawyer"), Candidate("c", "doctor")]
    found = {rules.replacement(pool, "lawyer", str(seed)) for seed in range(20)}
    assert found == {Candidate("b", "lawyer")}
    assert rules.replacement(pool, "teacher", "1") in pool
    assert rules.replacement([], "teacher", "1") is None


MATTER = Matter(5, ("/1/5/", "/1/9/"), frozenset({"钟秀梅", "13800000000"}), "360725100001")
PLAIN = Sitter("甲", "", "360725101001", "")


@pytest.mark.parametrize(
    ("sitter", "expected"),
    [
        (PLAIN, None),
        (Sitter("甲", "", "", "/1/5/"), RecusalReason.EMPLOYER),
        (Sitter("甲", "", "", "/1/9/77/"), RecusalReason.EMPLOYER),
        (Sitter("甲", "", "", "/1/55/"), None),
        (Sitter("甲", "", "", "/1/"), None),
        (Sitter("甲", "", "", "/1/7/", unit_paths=("/1/5/",)), RecusalReason.TIED_UNIT),
        (Sitter("钟秀梅", "", "", ""), RecusalReason.SAME_PERSON),
        (Sitter("甲", "138 0000 0000", "", ""), RecusalReason.SAME_PERSON),
        (Sitter("甲", "", "", "", people=("钟 秀 梅",)), RecusalReason.TIED_PERSON),
        (Sitter("甲", "", "360725100001", ""), RecusalReason.SAME_VILLAGE),
        (Sitter("甲", "", "", "", lately=frozenset({5})), RecusalReason.SAT_LATELY),
        (Sitter("甲", "", "", "", lately=frozenset({9})), None),
    ],
)
def test_who_is_close_to_a_matter_may_not_sit_over_it(sitter: Sitter, expected: RecusalReason | None) -> None:
    assert rules.why_recused(sitter, MATTER) is expected


def test_who_lives_in_the_same_township_may_sit() -> None:
    matter = Matter(5, (), frozenset(), "360725100000")
    assert rules.why_recused(Sitter("甲", "", "360725100000", ""), matter) is None


def test_nobody_is_the_same_as_nobody() -> None:
    matter = Matter(5, (), frozenset({rules.folded("李")}), "")
    assert rules.why_recused(Sitter("", "", "", ""), matter) is None


@pytest.mark.parametrize(("seats", "expected"), [(7, 5), (8, 6), (9, 6), (10, 7), (3, 5), (15, 10)])
def test_two_thirds_and_at_least_five_make_a_quorum(seats: int, expected: int) -> None:
    assert rules.quorum(seats) == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Tally(3, 1), PanelVerdict.NO_QUORUM),
        (Tally(2, 2, 3), PanelVerdict.NO_QUORUM),
        (Tally(3, 2), PanelVerdict.REASONABLE),
        (Tally(2, 3), PanelVerdict.UNREASONABLE),
        (Tally(3, 3), PanelVerdict.REASONABLE),
    ],
)
def test_the_majority_decides_and_a_tie_is_the_citizens(counted: Tally, expected: PanelVerdict) -> None:
    assert rules.verdict(counted, 5) is expected


def test_a_city_may_decide_a_tie_the_other_way() -> None:
    assert rules.verdict(Tally(3, 3), 5, "unreasonable") is PanelVerdict.UNREASONABLE


def test_ballots_are_counted_by_what_they_say() -> None:
    assert rules.tally(["reasonable", "recused", "unreasonable", "reasonable"]) == Tally(2, 1, 1)


@pytest.mark.parametrize(
    ("now", "months", "expected"),
    [
        (datetime(2026, 11, 23, tzinfo=UTC), 3, "2026-08-23"),
        (datetime(2026, 5, 31, tzinfo=UTC), 3, "2026-02-28"),
        (datetime(2026, 2, 10, tzinfo=UTC), 3, "2025-11-10"),
    ],
)
def test_months_go_back_to_the_same_day(now: datetime, months: int, expected: str) -> None:
    assert f"{rules.months_ago(now, months):%Y-%m-%d}" == expected


KNOWN = Known(persons=("钟秀梅",), places=("老城社区3栋201室", "老城社区"), numbers=("13812345678",))


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("钟秀梅（13812345678）住老城社区3栋201室", ("钟秀梅", "秀梅", "13812345678", "老城", "201")),
        ("县城管局执法大队多次上门，县城管局已答复", ("县城管局", "执法大队")),
        ("投诉赣州鑫旺劳务有限公司拖欠，鑫旺劳务有限公司拒付", ("鑫旺", "劳务")),
        ("在大余恒泰商行购买", ("恒泰",)),
        ("车牌赣B12345挡道", ("B12345",)),
        ("身份证360725199001011234", ("360725199001011234",)),
    ],
)
def test_a_file_names_nobody(text: str, gone: tuple[str, ...]) -> None:
    words = rules.file_words(text, KNOWN, ("县城管局", "崇义县城市管理局", "执法大队"))
    assert not [each for each in gone if each in words], words
    assert words


def test_what_leads_in_to_a_company_stays() -> None:
    assert rules.file_words("投诉赣州鑫旺劳务有限公司拖欠", Known(), ()) == "投诉某公司拖欠"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("反映阳岭大道中段一处工地", "反映某路中段一处工地"),
        ("车停在文化街口", "车停在某路口"),
        ("道路和公路两边的水路", "道路和公路两边的水路"),
        ("在马路上打桩，修路三个月", "在马路上打桩，修路三个月"),
    ],
)
def test_a_road_with_a_name_is_a_place_below_the_township(text: str, expected: str) -> None:
    assert rules.file_words(text, Known(), ()) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("南田村委会", "南田村"),
        ("中山社区居民委员会", "中山社区"),
        ("小江社区居委会", "小江社区"),
        ("老城社区", "老城社区"),
    ],
)
def test_a_village_is_called_as_people_call_it(name: str, expected: str) -> None:
    assert rules.village_stem(name) == expected


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (rules.flaw_of_quota, {"lawyer": 2}, {"barber": 1}),
        (rules.flaw_of_quota, {}, {"lawyer": "2"}),
        (rules.flaw_of_seats, 7, 2),
        (rules.flaw_of_share, "2/3", "1/3"),
        (rules.flaw_of_share, "1", "x/0"),
        (rules.flaw_of_tie, "reasonable", "no_quorum"),
    ],
)
def test_a_setting_that_cannot_work_is_refused(check: object, right: object, wrong: object) -> None:
    assert check(right) == ""  # type: ignore[operator]
    assert check(wrong)  # type: ignore[operator]


def test_reasons_stand_in_an_order_that_says_nothing_of_who_came_first() -> None:
    given_ = [("unreasonable", "乙"), ("reasonable", "丁"), ("unreasonable", "甲")]
    assert list(rules.ordered(given_)) == list(rules.ordered(reversed(given_)))


def test_the_count_is_said_in_one_line() -> None:
    assert rules.in_words(Tally(2, 4, 1), 7) == "应到 7 人，投票 7 张：合理 2，不合理 4，回避 1"


PATHS = st.sampled_from(["", "/1/", "/1/5/", "/1/5/8/", "/1/55/", "/1/9/"])
PEOPLE = st.sampled_from(["", "钟秀梅", "13800000000", "邓超群"])
SITTERS = st.builds(
    Sitter,
    name=PEOPLE,
    number=PEOPLE,
    area_code=st.sampled_from(["", "360725100001", "360725100000"]),
    employer_path=PATHS,
    unit_paths=st.lists(PATHS, max_size=2).map(tuple),
    people=st.lists(PEOPLE, max_size=2).map(tuple),
    lately=st.frozensets(st.integers(1, 9), max_size=3),
)
MATTERS = st.builds(
    Matter,
    unit_id=st.integers(1, 9),
    unit_paths=st.lists(PATHS.filter(bool), max_size=2).map(tuple),
    people=st.frozensets(PEOPLE.map(rules.folded), max_size=3),
    area_code=st.sampled_from(["", "360725100001", "360725100000"]),
)


def is_close(sitter: Sitter, matter: Matter) -> bool:
    """The rule of P29 said plainly, a second time."""
    paths = [path for path in (sitter.employer_path, *sitter.unit_paths) if path]
    works = any(path[: len(unit)] == unit for path in paths for unit in matter.unit_paths)
    named = {name for name in (sitter.name, sitter.number, *sitter.people) if len(name) > 1}
    knows = bool(named & set(matter.people))
    lives = sitter.area_code == matter.area_code == "360725100001"
    return works or knows or lives or matter.unit_id in sitter.lately


@given(st.lists(SITTERS, max_size=25), st.lists(MATTERS, min_size=1, max_size=4), st.integers(3, 9), SEEDS)
def test_whoever_is_close_to_a_matter_is_never_drawn_whatever_the_pool(
    sitters: list[Sitter], matters: list[Matter], seats: int, seed: str
) -> None:
    pool = {f"p{number}": sitter for number, sitter in enumerate(sitters)}
    may_sit = [
        Candidate(uid, "lawyer")
        for uid, sitter in pool.items()
        if not any(rules.why_recused(sitter, matter) for matter in matters)
    ]
    sitting = rules.drawn(may_sit, {}, seats, seed)
    assert not [each for each in sitting if any(is_close(pool[each.uid], matter) for matter in matters)]
    far = [uid for uid, sitter in pool.items() if not any(is_close(sitter, matter) for matter in matters)]
    assert len(sitting) == min(seats, len(far))
