"""短语: the hotline's and one's own, in the order of one's own use."""

from pathlib import Path

import pytest

from db.codes import Deed
from desk import intake
from desk.errors import BadInput, NotAllowed
from desk.intake_rows import PhraseForm
from seed.load import table
from tests.world import World

AGENT, OTHER, SUPERVISOR, LIAISON = "1203", "1301", "1002", "2101"
WATER = PhraseForm("ts", "自___起停水")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db")


def bodies(world: World, staff_no: str = AGENT, line: str = "", category: str = "") -> list[str]:
    return [row.body for row in intake.phrases(world.desk(staff_no), line, category)]


def test_ones_own_phrase_is_nobody_elses(world: World) -> None:
    row = intake.add_phrase(world.desk(AGENT), PhraseForm("ＴＳ", "自___起停水"))
    assert (row.abbreviation, row.is_own) == ("ts", True)
    assert bodies(world) == ["自___起停水"]
    assert bodies(world, SUPERVISOR) == []
    with pytest.raises(BadInput, match="没有这条短语"):
        intake.remove_phrase(world.desk(SUPERVISOR), row.uid)


def test_the_hotlines_phrases_are_the_supervisors_to_change(world: World) -> None:
    with pytest.raises(NotAllowed):
        intake.add_phrase(world.desk(AGENT), WATER, is_shared=True)
    shared = intake.add_phrase(world.desk(SUPERVISOR), WATER, is_shared=True)
    assert bodies(world) == [WATER.body]
    assert not intake.shares_phrases(world.desk(AGENT))
    with pytest.raises(NotAllowed, match="公用短语"):
        intake.change_phrase(world.desk(AGENT), shared.uid, PhraseForm("ts", "别的"))
    intake.change_phrase(world.desk(SUPERVISOR), shared.uid, PhraseForm("ts", "别的"))
    assert bodies(world) == ["别的"]
    with pytest.raises(NotAllowed):
        intake.add_phrase(world.desk(LIAISON), WATER)


def test_each_change_leaves_one_event_and_a_removed_phrase_stays_in_the_store(world: World) -> None:
    desk = world.desk(AGENT)
    row = intake.add_phrase(desk, WATER)
    intake.change_phrase(desk, row.uid, PhraseForm("tsh", "停水"))
    intake.remove_phrase(desk, row.uid)
    kinds = world.rows("SELECT data FROM events WHERE kind = :kind", kind=str(Deed.PHRASE_CHANGED))
    assert [act for each in kinds for act in ("added", "changed", "removed") if act in each["data"]] == [
        "added",
        "changed",
        "removed",
    ]
    assert bodies(world) == []
    assert world.row("SELECT count(*) AS n FROM phrases")["n"] == 1
    intake.add_phrase(desk, PhraseForm("tsh", "又来"))


def test_the_last_used_stands_first_for_who_used_it(world: World) -> None:
    desk = world.desk(AGENT)
    rows = [
        intake.add_phrase(world.desk(SUPERVISOR), PhraseForm(each, each), is_shared=True) for each in "abc"
    ]
    intake.phrase_used(desk, rows[1].uid)
    world.clock.tick(minutes=1)
    intake.phrase_used(desk, rows[2].uid)
    assert bodies(world) == ["c", "b", "a"]
    assert bodies(world, SUPERVISOR) == ["a", "b", "c"]
    assert world.rows("SELECT 1 FROM events WHERE kind LIKE 'phrase%'") == []


def test_a_line_hides_the_others_and_the_category_at_hand_comes_first(world: World) -> None:
    desk = world.desk(AGENT)
    for form in (
        PhraseForm("a", "any"),
        PhraseForm("b", "social", "12333"),
        PhraseForm("c", "noise", "", "010101"),
        PhraseForm("d", "class", "12345", "010000"),
    ):
        intake.add_phrase(desk, form)
    assert bodies(world, line="12345") == ["any", "noise", "class"]
    assert bodies(world, line="12333") == ["any", "social", "noise"]
    assert bodies(world, category="010101")[:2] == ["noise", "class"]
    assert bodies(world, category="020000")[-2:] == ["noise", "class"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (PhraseForm("", "x"), "缩写"),
        (PhraseForm("停水", "x"), "缩写"),
        (PhraseForm("a" * 13, "x"), "缩写"),
        (PhraseForm("a b", "x"), "缩写"),
        (PhraseForm("a", " "), "短语内容"),
        (PhraseForm("a", "长" * 1001), "短语内容"),
        (PhraseForm("a", "x", "110"), "线路"),
        (PhraseForm("a", "x", "", "999999"), "诉求分类"),
        (PhraseForm("ts", "x"), "缩写"),
    ],
)
def test_what_is_no_phrase_is_refused_in_words(world: World, form: PhraseForm, field: str) -> None:
    desk = world.desk(AGENT)
    intake.add_phrase(desk, WATER)
    with pytest.raises(BadInput) as refusal:
        intake.add_phrase(desk, form)
    assert refusal.value.field == field
    assert bodies(world) == [WATER.body]


def test_the_seed_has_some_sixty_phrases_with_an_abbreviation_each(world: World) -> None:
    rows = list(table("phrases.csv"))
    known = {row["code"] for row in table("categories.csv")}
    assert len(rows) >= 60
    assert len({(row["abbreviation"], row["line"]) for row in rows}) == len(rows)
    assert {row["category_code"] for row in rows} - known <= {""}
    desk = world.desk(AGENT)
    for row in rows:
        intake.add_phrase(desk, PhraseForm(row["abbreviation"], row["body"], row["line"]))
    assert len(bodies(world)) == len(rows)
