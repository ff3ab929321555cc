"""The checker's marks on both desks: numbered lines, words marked in the text, point by point, reasons to choose."""

import pytest

from desk import my_tickets
from desk.rules.reply_checks import Check, Finding
from screens.findings import finding_lines, marked
from screens.widgets import Detail, Marked, Pair, Section, Several
from screens.widgets.detail import _folded
from tests.desk.unit_desk import drafted, signed
from tests.screens.review_desk import BOTH, Sign, at_review, sign_in
from tests.screens.support import settled, text_of
from tests.screens.unit_clerk import at, press, shown
from tests.world import World

__all__ = ("sign_in",)
CONTENT = "工地夜里施工：1、噪音很大；2、渣土车不盖篷布"
REPLY = "您好，经现场核查，夜间施工噪音属实，已停工。我局保证让您满意。"


def promised(world: World) -> str:
    """Return the number of an order whose draft promises too much and leaves one point out."""
    order_no = signed(world, content=CONTENT)
    my_tickets.submit_reply(world.desk("2102"), order_no, "已责令停工", REPLY)
    return order_no


def test_words_of_two_findings_bear_both_numbers_and_the_whole_reply_none() -> None:
    reply = "我们绝对保证解决"
    found = (
        Finding(Check.EMPTY, "只有套话", places=((0, len(reply)),)),
        Finding(Check.PROMISE, "承诺过头", places=((2, 8),)),
        Finding(Check.ABSOLUTE, "说得太绝", places=((2, 4),)),
    )
    assert finding_lines(found) == ("!1 只有套话", "!2 承诺过头", "!3 说得太绝")
    assert marked(reply, found) == Marked(reply, ((2, 8, "!2,3"),))
    assert "没有查到" in finding_lines(())[0]


@BOTH
async def test_the_unit_s_reviewer_reads_the_marks_in_the_text_and_passes_only_after_a_question(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = promised(world)
    async with at(world, monkeypatch, "2103", size) as pilot:
        detail = pilot.app.screen.query_one("#detail", Detail)
        rows = ["".join(segment.text for segment in detail.render_line(y)) for y in range(detail.size.height)]
        text = "".join(row.strip() for row in rows)
        assert "!1 第2点没有回答" in text
        assert "!2[保证让您满意]" in text
        styles = [
            segment.style.underline
            for y in range(detail.size.height)
            for segment in detail.render_line(y)
            if "满意]" in segment.text or ("保证让" in segment.text and "!2[" in segment.text)
        ]
        assert any(styles), "marked by a style beside the sign"
        await press(pilot, "t")
        assert world.status(order_no) == "unit_review"
        assert "仍然通过" in shown(pilot)


@BOTH
async def test_the_reasons_that_the_checker_speaks_for_are_chosen_already(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = promised(world)
    async with at(world, monkeypatch, "2103", size) as pilot:
        await press(pilot, "b")
        field = pilot.app.screen.query_one("#reasons", Several)
        assert field.value == "unanswered,promise"
        assert "+5承诺过头" in shown(pilot)
        await press(pilot, "5", "8", "tab", *"why", "ctrl+s")
    assert world.event_data(order_no)["reasons"] == ["unanswered", "buck_passing"]


async def test_several_are_chosen_with_signs_or_space_and_none_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = drafted(world)
    async with at(world, monkeypatch, "2103", (80, 24)) as pilot:
        await press(pilot, "b")
        field = pilot.app.screen.query_one("#reasons", Several)
        field.value = ""
        await press(pilot, "tab", *"why", "ctrl+s")
        assert world.status(order_no) == "unit_review"
        field.focus()
        await press(pilot, "right", "space", "right", "right", "space")
        assert field.value == "point,basis"
        await press(pilot, "space")
        assert field.value == "point"
        await press(pilot, "Z")
        assert field.value == "point"


@BOTH
async def test_the_auditor_reads_claim_and_reply_point_by_point_with_the_log_of_the_answer(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = promised(world)
    my_tickets.pass_reply(world.desk("2103"), order_no)
    my_tickets.log_answer(world.desk("2102"), order_no, said="已电话告知停工")
    app = sign_in("1501")
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        app.screen.query_one("#log", Detail).focus()
        log = app.screen.query_one("#log", Detail)
        rows = [line for line, _, _ in log._lines]
        text = "\n".join(rows)
        assert "经办甲（2102）县城管局 电话 138****0000" in text
        assert "第1点 噪音很大；" in text
        assert "!第2点没有回答" in text
        if size[0] > 100:
            assert any("第2点" in row and " | " in row for row in rows), "beside each other"
        await pilot.press("s")
        await settled(pilot)
        assert "!2 承诺过头" in text_of(app)
        await pilot.press("escape", "B")
        await settled(pilot)
        assert "退回 0" in text_of(app)


def test_marks_go_on_where_a_row_breaks_and_pairs_stand_beside_each_other() -> None:
    section = Section("", [Marked("甲乙丙丁戊己庚辛壬癸子丑", ((2, 11, "!1"),)), Pair("左", "右")])
    rows = list(_folded(section, 20))
    assert [text for text, _, _ in rows] == ["甲乙!1[丙丁戊己庚辛", "壬癸子]丑", "左", "右"]
    assert [marks for _, _, marks in rows[:2]] == [((2, 11),), ((0, 4),)]
    assert [text for text, _, _ in _folded(section, 80)][-1].split(" | ")[1] == "右"
