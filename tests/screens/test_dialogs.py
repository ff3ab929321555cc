from __future__ import annotations

from typing import Any

import pytest
from textual import events

from desk.errors import NotAllowed
from desk.rows import CardRow, CardSection, PickRow
from screens.dialogs import AskForm, AskText, Card, Confirm, Finder, Help, Pick
from screens.dialogs.base import Dialog
from screens.widgets import Choice, Detail, Field, LongText, RowList
from tests.screens.support import SIZES, FakeStore, order_row, put_in_place, settled, text_of, the_app


class Answers:
    """What the dialogs gave back, in order."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def __call__(self, answer: Any) -> None:
        self.given.append(answer)


@pytest.mark.parametrize(("key", "answer"), [("enter", True), ("y", True), ("n", None), ("escape", None)])
async def test_confirm_gives_yes_or_nothing(store: FakeStore, key: str, answer: bool | None) -> None:
    app, answers = the_app(demo=True), Answers()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(Confirm("作废 [/b] 这张工单？"), answers)
        await pilot.pause()
        assert "作废 [/b] 这张工单？" in text_of(app)
        await pilot.press(key)
        await pilot.pause()
        assert answers.given == [answer]


@pytest.mark.parametrize("size", SIZES)
async def test_a_reason_is_required_and_kept_until_it_is_right(
    store: FakeStore, size: tuple[int, int]
) -> None:
    app, answers = the_app(demo=True), Answers()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.push_screen(AskText("退回补充", "缺什么", max_length=5), answers)
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "请填写缺什么" in text_of(app)
        app.screen.query_one(LongText).post_message(events.Paste("缺少\n[/b]地"))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "缺什么最多 5 字，多了 3 字" in text_of(app)
        await pilot.press("backspace", "backspace", "backspace", "ctrl+s")
        await pilot.pause()
        assert answers.given == ["缺少\n[/"]


async def test_a_form_gives_its_values_by_id(store: FakeStore) -> None:
    app, answers = the_app(demo=True), Answers()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        fields = [
            Choice("结果", [("satisfied", "满意"), ("dissatisfied", "不满意")], id="result"),
            Field("接话人", id="who"),
            LongText("原话", id="words"),
        ]

        def check(given: dict[str, str]) -> str:
            return "不满意须记原话" if given["result"] == "dissatisfied" and not given["words"] else ""

        app.push_screen(AskForm("回访", fields, required=["who"], check=check), answers)
        await pilot.pause()
        assert all(label in text_of(app) for label in ("结果", "接话人", "原话"))
        await pilot.press("2", "ctrl+s")
        await pilot.pause()
        assert "请填写接话人" in text_of(app)
        assert app.focused is fields[1]
        await pilot.press("a", "ctrl+s")
        await pilot.pause()
        assert "不满意须记原话" in text_of(app)
        await pilot.press("enter", "b", "ctrl+s")
        await pilot.pause()
        assert answers.given == [{"result": "dissatisfied", "who": "a", "words": "b"}]


UNITS = [
    PickRow("CY-01", "崇义县城管局", "县级"),
    PickRow("CY-02", "崇义县[/b]人社局", "县级"),
    PickRow("HS-01", "横水镇", "乡镇"),
]


def find_units(desk: Any, text: str) -> list[PickRow]:
    return [unit for unit in UNITS if text.upper() in unit.key or text in unit.name]


async def test_a_list_to_pick_from_narrows_while_one_types(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(monkeypatch, sample_units={"units": find_units})
    app, answers = the_app(demo=True), Answers()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        def ask(**more: Any) -> None:
            find = lambda flow, desk, text: flow.units(desk, text)  # noqa: E731
            app.push_screen(Pick("派往", "desk.sample_units", find, **more), answers)

        ask(shows_key=True)
        await settled(pilot)
        assert "崇义县[/b]人社局" in text_of(app)
        await pilot.press("h", "s")
        await settled(pilot)
        assert app.screen.query_one(RowList).total == 1
        await pilot.press("enter")
        await pilot.pause()
        assert answers.given == [UNITS[2]]
        ask()
        await settled(pilot)
        await pilot.press("down", "down", "up", "enter")
        await pilot.pause()
        assert answers.given[1:] == [UNITS[1]]
        ask(text="没有的单位")
        await settled(pilot)
        await pilot.press("enter")
        assert "没有符合的" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert answers.given[2:] == [None]


def a_card(order_no: str) -> CardRow:
    sections = (CardSection("诉求", ("标题 夜间施工[/b]\x1b[2J", "内容 " + "很吵" * 60)),)
    return CardRow(order_row(order_no), sections, ("11-23 14:30 王芳 1203 受理", "11-23 14:40 李明 派单"))


@pytest.mark.parametrize("size", SIZES)
async def test_any_order_is_found_and_its_card_opened(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    asked: list[str] = []

    def find(desk: Any, text: str) -> list[Any]:
        asked.append(text)
        return [order_row("CY01-20261123-0042"), order_row("CY01-20261123-0043")]

    put_in_place(monkeypatch, finder={"find": find}, card={"card": lambda desk, number: a_card(number)})
    app = the_app(demo=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"0042")
        await settled(pilot)
        assert asked[-1] == "0042"
        assert "1123-0043" in text_of(app)
        assert "!D级" in text_of(app)
        assert "!超期" in text_of(app)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Card)
        assert "工单 CY01-20261123-0043" in text_of(app)
        assert "【办理经过】" in text_of(app)
        assert "夜间施工[/b]^[[2J" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Finder)
        await pilot.press(*["backspace"] * 4)
        await settled(pilot)
        assert app.screen.query_one(RowList).total == 0


async def test_a_card_that_may_not_be_opened_says_so(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(desk: Any, order_no: str) -> None:
        raise NotAllowed("举报（保密）件，您的单位不能查看")

    put_in_place(monkeypatch, card={"card": refuse})
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+d")
        await settled(pilot)
        assert "举报（保密）件，您的单位不能查看" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_help_lists_the_keys_of_the_screen_and_of_the_house(
    store: FakeStore, size: tuple[int, int]
) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        assert [section.heading for section in app.screen.query_one(Detail).sections] == [
            "本页",
            "列表",
            "处处可用",
        ]
        assert "再登一件" in text_of(app)
        await pilot.press("f1")
        await pilot.pause()
        assert not isinstance(app.screen, Dialog)


async def test_help_lists_the_keys_of_a_page_over_the_screen_too(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        assert "看详情" in text_of(app)
        assert "Ctrl+D" not in text_of(app), "a page opens no other page"
        await pilot.press("f1", "ctrl+p", "f1")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Finder)


async def test_a_question_mark_is_help_in_a_list_and_a_question_mark_in_a_field(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one("#name").focus()
        await pilot.press("question_mark")
        assert app.screen.query_one("#name", Field).value == "?"
        app.screen.query_one(RowList).focus()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Help)
