"""What 班长 says of a number: finished by law, or a nuisance (practice P15)."""

from datetime import timedelta

import pytest

from db.codes import CallerMarkKind, CallSummary, Deed, OrderKind
from desk import intake
from desk.errors import BadInput, NotAllowed, Refused
from desk.intake import CallNote
from desk.intake_rows import OrderForm
from tests.world import World

PHONE = "13800000000"
FORM = OrderForm(
    kind=OrderKind.INQUIRY, number=PHONE, name="李先生", place="老城", content="征地补偿款算得不对"
)


def filed_as_nuisance(world: World, times: int) -> None:
    for _ in range(times):
        intake.file_call(world.desk("1203"), CallNote(number=PHONE, summary=CallSummary.NUISANCE))


def finished(world: World, **changes: object) -> str:
    form = OrderForm(**{**{name: getattr(FORM, name) for name in FORM.__slots__}, **changes})  # type: ignore[arg-type]
    return intake.register_direct_answer(world.desk("1203"), form, "已依法作出裁决").order_no


def test_a_finished_matter_has_its_sentence_for_a_year(world: World) -> None:
    order_no = finished(world)
    until = intake.mark_settled(world.desk("1002"), order_no, "崇府复〔2026〕3号")
    assert until - world.clock.now >= timedelta(days=365)
    (mark,) = intake.caller(world.desk("1203"), PHONE).marks
    assert (mark.kind, mark.order_no) == (CallerMarkKind.SETTLED, order_no)
    assert "崇府复〔2026〕3号" in mark.sentence
    assert "征地补偿款" in mark.sentence
    world.clock.tick(days=366)
    assert intake.caller(world.desk("1203"), PHONE).marks == ()


def test_something_new_is_an_order_all_the_same(world: World) -> None:
    intake.mark_settled(world.desk("1002"), finished(world), "崇府复〔2026〕3号")
    assert intake.register(world.desk("1203"), FORM, CallNote(number=PHONE)).order_no


@pytest.mark.parametrize("who", ["1203", "1301", "2101"])
def test_only_the_supervisor_marks(world: World, who: str) -> None:
    order_no = finished(world)
    filed_as_nuisance(world, 3)
    with pytest.raises(NotAllowed):
        intake.mark_settled(world.desk(who), order_no, "文书")
    with pytest.raises(NotAllowed):
        intake.mark_nuisance(world.desk(who), PHONE, "辱骂")
    intake.mark_nuisance(world.desk("1002"), PHONE, "辱骂")
    with pytest.raises(NotAllowed):
        intake.unmark_caller(world.desk(who), PHONE, "误标")


def test_what_is_open_or_secret_is_not_finished(world: World) -> None:
    boss = world.desk("1002")
    still_open = intake.register(world.desk("1203"), FORM).order_no
    with pytest.raises(Refused, match="还没有办结"):
        intake.mark_settled(boss, still_open, "文书")
    with pytest.raises(Refused, match="保密"):
        intake.mark_settled(boss, finished(world, is_confidential=True), "文书")
    with pytest.raises(Refused, match="没有编号"):
        intake.mark_settled(boss, "CY01-1-1", "文书")
    with pytest.raises(BadInput):
        intake.mark_settled(boss, finished(world), " ")


def test_a_nuisance_takes_three_filed_calls_and_ends_by_itself(world: World) -> None:
    boss = world.desk("1002")
    filed_as_nuisance(world, 2)
    with pytest.raises(Refused, match="只有 2 次"):
        intake.mark_nuisance(boss, PHONE, "反复辱骂")
    filed_as_nuisance(world, 1)
    intake.mark_nuisance(boss, PHONE, "反复辱骂")
    with pytest.raises(Refused, match="已有同样的标记"):
        intake.mark_nuisance(boss, PHONE, "反复辱骂")
    assert [mark.kind for mark in intake.caller(world.desk("1203"), PHONE).marks] == [CallerMarkKind.NUISANCE]
    world.clock.tick(days=31)
    assert intake.caller(world.desk("1203"), PHONE).marks == ()


def test_a_mark_is_taken_back_and_its_record_stays(world: World) -> None:
    boss = world.desk("1002")
    filed_as_nuisance(world, 3)
    intake.mark_nuisance(boss, PHONE, "反复辱骂")
    assert intake.unmark_caller(boss, PHONE, "系同号亲属") == 1
    assert intake.caller(world.desk("1203"), PHONE).marks == ()
    row = world.row("SELECT ground, end_reason FROM caller_marks")
    assert (row["ground"], row["end_reason"]) == ("反复辱骂", "系同号亲属")
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM events ORDER BY seq")]
    assert kinds[-2:] == [str(Deed.MARK_CALLER), str(Deed.UNMARK_CALLER)]
    with pytest.raises(Refused, match="没有标记"):
        intake.unmark_caller(boss, PHONE, "系同号亲属")


def test_no_unit_sees_a_mark(world: World) -> None:
    filed_as_nuisance(world, 3)
    intake.mark_nuisance(world.desk("1002"), PHONE, "反复辱骂")
    assert intake.caller(world.desk("2101"), PHONE).marks == ()
