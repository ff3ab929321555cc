"""F6 by keys alone, on a real store, at both sizes."""

from __future__ import annotations

import pytest

from db.codes import WriteOffEvidence
from desk import review
from screens.dialogs.kept import KeptForm
from screens.review.confirm import Certain
from screens.review.lists import TABS
from screens.widgets import Choice, Detail, LongText, RowList, Tabs
from screens.widgets.folded import Folded
from tests.desk import panel_life
from tests.desk import review_life as life
from tests.screens.review_desk import BOTH, Sign, at_review, hints, sign_in
from tests.screens.support import settled, text_of
from tests.world import World

__all__ = ["sign_in"]


@BOTH
async def test_an_auditor_reads_claim_and_reply_and_passes(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = life.in_review(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        shown = text_of(app)
        assert "打桩" in shown
        assert "已责令停工" in shown
        assert "办结审核 1" in shown
        assert hints(app).startswith("s b")
        assert "h" not in hints(app).split()
        await pilot.press("s")
        await settled(pilot)
        assert "答复：已责令停工，夜间不再施工" in text_of(app)
        assert world.status(order_no) == "close_review"
        await pilot.press("enter")
        await settled(pilot)
        assert world.status(order_no) == "to_call_back"
        assert "没有待办结审核的工单" in text_of(app)


async def test_claim_and_reply_stand_side_by_side_when_wide(sign_in: Sign, world: World) -> None:
    life.in_review(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_review(pilot)
        claim, reply = app.screen.query_one("#claim", Detail), app.screen.query_one("#reply", Detail)
        assert claim.region.y == reply.region.y
        assert claim.region.right <= reply.region.x
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert not app.screen.query_one("#beside").display
        assert "已责令停工" in text_of(app)


@BOTH
async def test_sending_back_asks_for_a_reason_and_keeps_it_over_esc(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = life.in_review(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("c", "tab", *"no time given")
        await pilot.press("escape")
        await settled(pilot)
        assert world.status(order_no) == "close_review"
        await pilot.press("b")
        await settled(pilot)
        assert "no time given" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.status(order_no) == "in_progress"
        assert "papers_missing" in world.event_data(order_no)["reasons"]
        assert review.kept_words(world.desk(life.AUDITOR), order_no, "b") == {}


async def test_what_was_typed_is_there_at_the_next_sign_in(sign_in: Sign, world: World) -> None:
    order_no = life.in_review(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("tab", *"half")
        await pilot.pause(0.7)
        await settled(pilot)
    assert review.kept_words(world.desk(life.AUDITOR), order_no, "b")["text"] == "half"


@BOTH
async def test_rework_write_off_by_two_people_and_archive(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = life.dissatisfied(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        assert "!D级" in text_of(app)
        await pilot.press("z")
        await settled(pilot)
        await pilot.press("1", "enter", *"again", "ctrl+s")
        await settled(pilot)
        assert world.status(order_no) == "in_progress"
        life.answered(world, order_no)
        review.pass_close_review(world.desk(life.SECOND_AUDITOR), order_no)
        world.clock.tick(minutes=5)
        review.close_satisfied(world.desk(life.CALLER), order_no)
        await pilot.press("right_square_bracket", "left_square_bracket")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("1", "enter", *"satisfied", "ctrl+s")
        await settled(pilot)
        assert world.events(order_no)[-1] == "ask_write_off"
        assert "p" not in hints(app).split()
        review.approve_write_off(world.desk(life.LEADER), order_no)
        app.screen.query_one(Tabs).switch("to_archive")
        await settled(pilot)
        await pilot.press("k")
        await settled(pilot)
        assert world.status(order_no) == "closed"
        await pilot.press("enter")
        await settled(pilot)
        assert world.status(order_no) == "archived"


async def test_a_second_person_approves_by_one_key_and_ctrl_s(sign_in: Sign, world: World) -> None:
    order_no = life.reworked_and_satisfied(world)
    review.ask_write_off(world.desk(life.AUDITOR), order_no, WriteOffEvidence.SATISFIED_CALLBACK, "满意")
    app = sign_in(life.SECOND_AUDITOR)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("write_off")
        await settled(pilot)
        assert "审核甲：入池后回访满意" in text_of(app)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert world.events(order_no)[-1] == "approve_write_off"


@pytest.mark.parametrize(
    ("key", "event"),
    [("d", "supervise"), ("l", "set_plan")],
)
async def test_a_dissatisfied_order_is_pressed_or_planned_for(
    sign_in: Sign, world: World, key: str, event: str
) -> None:
    order_no = life.dissatisfied(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        await pilot.press(*"told", "ctrl+s")
        await settled(pilot)
    assert world.events(order_no)[-1] == event


@pytest.mark.parametrize(("decision", "event"), [("1", "send_to_panel"), ("2", "refuse_panel")])
async def test_a_request_for_the_panel_is_looked_at_and_decided(
    sign_in: Sign, world: World, decision: str, event: str
) -> None:
    order_no = panel_life.asked(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("panel")
        await settled(pilot)
        await pilot.press("v")
        await settled(pilot)
        asked = app.screen.query_one("#title", Folded).words
        assert "没有超期 是" in asked
        assert panel_life.EXPLAINED in asked
        await pilot.press("1", "tab", "1", "tab", decision, "tab", *"seen", "ctrl+s")
        await settled(pilot)
        assert world.events(order_no)[-1] == event


async def test_what_is_judged_against_cannot_be_granted(sign_in: Sign, world: World) -> None:
    order_no = panel_life.asked(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("panel")
        await settled(pilot)
        await pilot.press("v")
        await settled(pilot)
        await pilot.press("2", "tab", "1", "tab", "1", "tab", *"seen", "ctrl+s")
        await settled(pilot)
        assert "只能选不同意" in text_of(app)
        assert world.events(order_no)[-1] == "ask_panel"


async def test_after_the_panel_what_is_to_be_said_is_written_already(sign_in: Sign, world: World) -> None:
    order_no = panel_life.judged(world, is_reasonable=False)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        assert "社会评议" in app.screen.query_one(LongText).value
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.events(order_no)[-1] == "log_explanation"
        assert "诉求不合理的 6 票" in world.row("SELECT said FROM answers ORDER BY id DESC LIMIT 1")["said"]


async def test_a_grade_is_given(sign_in: Sign, world: World) -> None:
    panel_life.judged(world, is_reasonable=False)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        await pilot.press("1", "tab", *"why", "ctrl+s")
        await settled(pilot)
        assert "申请销号" in text_of(app)


async def test_marked_orders_pass_together(sign_in: Sign, world: World) -> None:
    orders = [life.in_review(world) for _ in range(3)]
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("space", "space", "s")
        await settled(pilot)
        assert "通过 2 件" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "2 件" in text_of(app)
    assert sorted(world.status(order_no) for order_no in orders) == [
        "close_review",
        "to_call_back",
        "to_call_back",
    ]


async def test_a_key_pressed_twice_passes_one_order_and_never_an_unread_one(
    sign_in: Sign, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [life.in_review(world) for _ in range(3)]
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("s")
        await settled(pilot)
        await pilot.press("s", "s", "enter")
        await settled(pilot)
        await pilot.press("s", "enter")
        await settled(pilot)
        assert "请看过再按 s" in text_of(app)
        assert [world.status(order_no) for order_no in orders].count("to_call_back") == 1
        monkeypatch.setattr("screens.review.screen.LOOK_SECONDS", 0.0)
        await pilot.press("s")
        await settled(pilot)
        assert isinstance(app.screen, Certain)
        await pilot.press("escape")
        await settled(pilot)
        assert [world.status(order_no) for order_no in orders].count("to_call_back") == 1


@pytest.mark.parametrize(
    ("key", "label", "why"),
    [("x", "依据", "请选择依据"), ("g", "等级", "请选择等级")],
)
async def test_nothing_that_the_law_asks_for_is_chosen_at_first(
    sign_in: Sign, world: World, key: str, label: str, why: str
) -> None:
    order_no = life.reworked_and_satisfied(world)
    before = world.events(order_no)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        assert label in text_of(app)
        assert app.screen.query_one(Choice).value == ""
        await pilot.press("tab", *"words", "ctrl+s")
        await settled(pilot)
        assert why in text_of(app)
        assert isinstance(app.screen, KeptForm)
    assert world.events(order_no) == before


async def test_a_key_that_is_not_offered_says_exactly_why(sign_in: Sign, world: World) -> None:
    order_no = life.reworked_and_satisfied(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        assert "已回访满意，可申请销号" in text_of(app)
        review.ask_write_off(world.desk(life.AUDITOR), order_no, WriteOffEvidence.SATISFIED_CALLBACK, "满意")
        for key, why in (
            ("p", "申请人不能批准自己的销号，请由第二人审批"),
            ("z", "现为“办结”，不能重办"),
            ("h", "您没有“回访”的权限，请由回访员"),
            ("v", "现为“办结”，不能核查评议申请"),
            ("k", "须先销号再归档"),
        ):
            await pilot.press(key)
            await settled(pilot)
            assert why in text_of(app).replace("\n", ""), key
            assert not isinstance(app.screen, KeptForm)


async def test_the_list_shows_nine_orders_and_whole_titles_at_80_columns(sign_in: Sign, world: World) -> None:
    title = "城东社区夜间施工噪声扰民"
    for _ in range(12):
        life.in_review(world, title=title)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        assert text_of(app).count(title) >= 9 + 1
        assert "评级" in text_of(app)


async def test_the_second_round_is_read_first_under_what_was_asked(sign_in: Sign, world: World) -> None:
    order_no = life.dissatisfied(world)
    review.rework(world.desk(life.AUDITOR), order_no, "现场复核，夜间巡查")
    life.answered(world, order_no)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_review(pilot)
        shown = text_of(app)
        assert (
            shown.index("第2轮（本轮）") < shown.index("重办要求：现场复核") < shown.index("第1轮（已重办）")
        )


async def test_every_letter_says_something_on_an_empty_list(sign_in: Sign, world: World) -> None:
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        for key in "sbhwozpnxjvekrlgdut":
            await pilot.press(key)
            await settled(pilot)
            assert "这一页没有工单" in text_of(app)
            assert not isinstance(app.screen, KeptForm)


async def test_a_callers_brackets_are_only_words(sign_in: Sign, world: World) -> None:
    life.in_review(world, title="[/b]𠮷田[P2]", content="'; DROP TABLE [red]x")
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_review(pilot)
        shown = text_of(app)
        assert "[/b]𠮷田[P2]" in shown
        assert "DROP TABLE [red]x" in shown
        assert app.screen.query_one(RowList).total == 1


async def test_every_tab_shows_its_count_on_a_busy_day_at_80_columns(sign_in: Sign, world: World) -> None:
    life.in_review(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        keys = [tab.key for tab in TABS]
        counts = dict(zip(keys, (15, 28, 25, 1, 2, 2, 1, 1, 135), strict=True))
        app.screen.query_one(Tabs).set_counts(counts, frozenset(keys[:-1]))
        await pilot.pause()
        shown = text_of(app).replace(" ", "")
        assert all(f"{tab.word}{counts[tab.key]}" in shown for tab in TABS)


@BOTH
async def test_an_order_whose_caller_has_spoken_is_passed_without_asking_again(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    review.reopen(world.desk(life.AUDITOR), order_no, "来电说夜里又响")
    life.answered(world, order_no)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await pilot.press("s")
        await settled(pilot)
        assert "第1轮已回访：满意" in text_of(app)
        assert "没有新结果，不再回访" in text_of(app)
        await pilot.press("n")
        await settled(pilot)
        assert world.status(order_no) == "closed"


async def test_on_the_tab_of_the_pool_what_it_knows_is_read_first_at_80_columns(
    sign_in: Sign, world: World
) -> None:
    order_no = life.dissatisfied(world)
    review.set_plan(world.desk(life.AUDITOR), order_no, "每晚巡查")
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("pool")
        await settled(pilot)
        shown = text_of(app)
        assert "D级 1，C级 0；本月入池 1" in shown
        assert shown.index("处置计划：每晚巡查") < shown.index("【诉求】")


async def test_enter_leads_into_the_pane_and_esc_back_to_the_list(sign_in: Sign, world: World) -> None:
    life.in_review(world)
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("enter")
        assert app.screen.query_one("#log", Detail).has_focus
        await pilot.press("escape")
        assert app.screen.query_one(RowList).has_focus
