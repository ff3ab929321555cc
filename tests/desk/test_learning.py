"""What is learned of each dispatch: at once, kept over a restart, taken back, and nothing of what is secret."""

import pytest

from db.codes import OrderKind
from db.learned import LearnedStore, Lesson, learned_path
from desk import dispatch, proposals
from desk.learning import keeping, model
from desk.learning.features import Features, features, likeness
from desk.learning.teaching import teach
from tests.desk.dispatching import fill_duty_list, unit_id
from tests.world import World

FOUNTAIN = {"title": "蓝鲸广场喷泉不喷水", "content": "蓝鲸广场的喷泉停了半年，水池发臭"}


@pytest.fixture(autouse=True)
def _duty_list(world: World) -> None:
    fill_duty_list(world)


def lesson(key: str, department: str, title: str, text: str) -> Lesson:
    said = features(title, text)
    return Lesson(key, "", "", department, "", "", said.title, said.body)


def learned_of(*lessons: Lesson) -> LearnedStore:
    learned = LearnedStore(":memory:")
    for each in lessons:
        with learned.writing():
            model.learn(learned, each)
    return learned


def first_unit(world: World, staff_no: str = "1301", **values: object) -> str:
    order = world.order(**{**FOUNTAIN, **values})
    rows = dispatch.proposals(world.desk(staff_no), order.order_no).rows
    return rows[0].unit if rows else ""


def send_to(world: World, code: str, **values: object) -> str:
    order = world.order(**{**FOUNTAIN, **values})
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, code))
    return order.order_no


def test_the_next_order_of_the_same_words_goes_where_the_last_one_went(world: World) -> None:
    assert first_unit(world) != "县人社局"
    order_no = send_to(world, "CY-RSJ")
    found = dispatch.proposals(world.desk("1301"), world.order(**FOUNTAIN).order_no)
    assert found.rows[0].unit == "县人社局"
    assert f"似旧单 {order_no[-9:]}" in found.rows[0].why


def test_a_lesson_is_there_for_every_desk_and_after_a_restart(world: World) -> None:
    send_to(world, "CY-RSJ")
    assert first_unit(world, "1301") == "县人社局"
    with world.database.read() as reader:
        assert world.desk("1302").learned.fact("seq") == reader.value("SELECT seq FROM chain_head")
    assert first_unit(world, "1302") == "县人社局"


def test_a_corrected_dispatch_replaces_the_lesson(world: World) -> None:
    order_no = send_to(world, "CY-RSJ")
    assert first_unit(world) == "县人社局"
    dispatch.reassign(world.desk("1301"), order_no, unit_id(world, "CY-CGJ"), reason="职责在城管")
    assert first_unit(world) == "县城管局"


def test_what_is_recalled_is_forgotten(world: World) -> None:
    before = first_unit(world)
    order_no = send_to(world, "CY-RSJ")
    assert first_unit(world) == "县人社局"
    dispatch.recall(world.desk("1301"), order_no, "派错")
    assert first_unit(world) == before


def test_a_wrong_lesson_can_be_taken_back_and_the_order_stays_where_it_is(world: World) -> None:
    before = first_unit(world)
    order_no = send_to(world, "CY-RSJ")
    assert first_unit(world) == "县人社局"
    row = dispatch.forget_lesson(world.desk("1301"), order_no, "节日临时安排")
    assert row.steward == "县人社局"
    assert first_unit(world) == before


@pytest.mark.parametrize("values", [{"is_confidential": True}, {"kind": OrderKind.TIP_OFF}])
def test_a_secret_order_teaches_nothing(world: World, values: dict[str, object]) -> None:
    order = world.order(**{**FOUNTAIN, **values})
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-RSJ"), forward_text="喷泉停用")
    assert first_unit(world) != "县人社局"
    assert world.desk("1301").learned.count() == 0


def test_an_order_that_becomes_secret_is_forgotten(world: World) -> None:
    order_no = send_to(world, "CY-RSJ")
    assert first_unit(world) == "县人社局"
    dispatch.correct(world.desk("1002"), order_no, kind=OrderKind.TIP_OFF, reason="实为举报")
    assert first_unit(world) != "县人社局"
    assert world.desk("1301").learned.count() == 0


def test_what_was_learned_is_made_again_when_its_file_is_lost(world: World) -> None:
    send_to(world, "CY-RSJ")
    first_unit(world)
    for path in world.path.parent.glob(f"{learned_path(world.path).name}*"):
        path.unlink()
    assert first_unit(world) == "县人社局"


def test_a_damaged_file_is_made_anew(world: World) -> None:
    send_to(world, "CY-RSJ")
    learned_path(world.path).write_bytes(b"no database at all" * 500)
    assert first_unit(world) == "县人社局"


def test_a_long_past_is_learned_in_small_steps(world: World) -> None:
    for number in range(12):
        send_to(world, "CY-RSJ", title=f"蓝鲸广场第{number}号喷泉", content=f"喷泉{number}不喷水")
    pauses: list[int] = []
    desk = world.desk("1301")
    assert keeping.catch_up_all(desk, lambda: pauses.append(1)) == 12
    assert len(pauses) == 2
    assert desk.learned.count() == 12


def test_the_accused_unit_is_not_proposed_though_experience_names_it(world: World) -> None:
    send_to(world, "CY-RSJ")
    order = world.order(**FOUNTAIN, accused_unit_id=unit_id(world, "CY-RSJ"))
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    assert "县人社局" not in [row.unit for row in found.rows]
    assert "县人社局是被反映对象或其下属，已回避" in found.notes


def test_a_lesson_taken_back_leaves_nothing_behind() -> None:
    learned = learned_of(
        lesson("1", "城管局", "占道经营", "门口摆摊占道"), lesson("2", "交警", "红绿灯坏了", "路口红绿灯")
    )
    said = features("摆摊占道", "学校门口摆摊占道")
    before = model.opinion(learned, said, ())
    wrong = lesson("3", "教育局", "摆摊占道", "学校门口摆摊占道")
    with learned.writing():
        model.learn(learned, wrong)
    assert model.opinion(learned, said, ()).precedent is not None
    kept = learned.lesson_of("3")
    assert kept is not None
    with learned.writing():
        model.unlearn(learned, kept)
    after = model.opinion(learned, said, ())
    assert after.lessons == before.lessons
    assert after.linear == pytest.approx(before.linear)
    assert after.near == pytest.approx(before.near)
    assert after.neighbours == before.neighbours


def test_the_linear_model_moves_only_as_far_as_it_was_wrong() -> None:
    learned = learned_of(*(lesson(str(n), "交警", "红绿灯坏了", "路口红绿灯不亮") for n in range(3)))
    with learned.writing():
        model.learn(learned, lesson("9", "城管局", "占道经营", "门口摆摊占道"))
    for number in range(20, 60):
        with learned.writing():
            model.learn(learned, lesson(str(number), "城管局", "占道经营", "门口摆摊占道"))
    last = learned.lesson_of("59")
    assert last is not None
    assert last.step < 0.05


@pytest.mark.parametrize("text", ["", "1234567890" * 1000, "🙂" * 100, "\x00", "？！，。"])
def test_what_says_nothing_teaches_nothing(text: str) -> None:
    assert features(text, text).is_empty
    learned = LearnedStore(":memory:")
    teach(learned, "1", text, text, "城管局", proposals.Proposals("", ()))
    assert learned.count() == 0


def test_the_same_words_are_alike_and_others_are_not() -> None:
    one, other = features("路灯不亮", "路灯不亮三天了"), features("工资拖欠", "老板拖欠工资")
    assert likeness(one, one) == 1.0
    assert likeness(one, other) == 0.0
    assert likeness(Features((), ()), one) == 0.0


def test_a_copy_learns_alone(world: World) -> None:
    send_to(world, "CY-RSJ")
    first_unit(world)
    desk = world.desk("1301")
    copy = desk.learned.copy()
    teach(copy, "x", "别的事", "完全别的事情", "城管局", proposals.Proposals("", ()))
    assert (copy.count(), desk.learned.count()) == (2, 1)


def test_a_folder_that_cannot_be_written_only_means_no_experience(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.desk("1301")
    desk.learned = LearnedStore(world.path.parent / "missing" / "x.learned.db")
    order = world.order()
    assert dispatch.proposals(desk, order.order_no).rows[0].unit == "县城管局"


def test_a_bureau_that_habit_alone_proposes_is_not_said_to_be_of_the_place(world: World) -> None:
    learned = LearnedStore(":memory:")
    desk = world.desk("1301")
    for number, words in enumerate(("甲乙丙丁", "戊己庚辛", "子丑寅卯")):
        proposed = proposals.suggest(desk, words, learned=learned)
        teach(learned, str(number), "", words, "人社局", proposed)
    found = proposals.suggest(desk, "辰巳午未", learned=learned).rows
    reasons = {row.department: row.why for row in found}
    assert reasons["人社局"] == "同类旧单"
