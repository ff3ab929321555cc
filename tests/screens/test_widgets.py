from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region

from screens.widgets import Choice, Detail, Field, FormRow, LongText, Section, Tab, Tabs
from tests.screens.stage import StageApp
from tests.screens.support import text_of

# -- Field


@pytest.mark.parametrize(
    ("keys", "x"), [((), 6), (("left",), 4), (("home",), 0), (("home", "right"), 2), (("end",), 6)]
)
async def test_the_terminals_cursor_is_where_the_drawn_one_is(keys: tuple[str, ...], x: int) -> None:
    field = Field()
    async with StageApp(field).run_test(size=(80, 24)) as pilot:
        field.value = "横水镇"
        field.focus()
        await pilot.press("end", *keys)
        await pilot.pause()
        assert pilot.app.cursor_position == Offset(x, 0)


@pytest.mark.parametrize(("keys", "x"), [(("end",), 10), (("end", "left"), 8), (("end", "home"), 0)])
async def test_it_is_so_in_a_field_that_is_longer_than_its_place(keys: tuple[str, ...], x: int) -> None:
    field = Field(width=11)
    async with StageApp(field).run_test(size=(80, 24)) as pilot:
        field.value = "一二三四五六七八九十一"
        field.focus()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        drawn = field.render_line(0)
        before, reversed_at = 0, -1
        for segment in drawn:
            if (
                segment.style
                and segment.style.bgcolor == field.get_component_rich_style("input--cursor").bgcolor
            ):
                reversed_at = before
            before += cell_len(segment.text)
        assert pilot.app.cursor_position.x == reversed_at
        assert abs(pilot.app.cursor_position.x - x) <= 1


async def test_pasted_lines_are_joined_and_control_characters_stay_out() -> None:
    field = Field()
    async with StageApp(field).run_test() as pilot:
        field.focus()
        field.post_message(events.Paste("横水镇\r\n老城社区\x1b[31m\n12号"))
        await pilot.pause()
        assert field.value == "横水镇 老城社区[31m 12号"


async def test_a_paste_that_is_too_long_gives_what_fits_and_says_so() -> None:
    field = Field("标题", max_length=5)
    app = StageApp(field)
    async with app.run_test() as pilot:
        field.focus()
        field.post_message(events.Paste("一二三四五六七"))
        await pilot.pause()
        assert field.value == "一二三四五"
        await pilot.press("a")
        await pilot.pause()
        assert field.value == "一二三四五"
        assert [message.why for message in app.stage.heard if isinstance(message, Field.Restricted)] == [
            "标题最多 5 字，粘贴的后 2 字没有放入",
            "标题最多 5 字",
        ]


@pytest.mark.parametrize("value", ["[/b]", "'; DROP TABLE", "𠮷👍", "１２３", "x" * 10_000])
async def test_a_field_holds_and_draws_any_words(value: str) -> None:
    field = Field()
    app = StageApp(field)
    async with app.run_test() as pilot:
        field.value = value
        field.focus()
        await pilot.press("end")
        await pilot.pause()
        assert field.value == value
        assert value[-1] in text_of(app)


async def test_a_pin_is_never_drawn() -> None:
    field = Field("PIN", password=True)
    app = StageApp(field)
    async with app.run_test() as pilot:
        field.value = "135790"
        await pilot.pause()
        assert "135790" not in text_of(app)
        assert "******" in text_of(app)


async def test_fields_are_left_by_enter_and_arrows() -> None:
    names = [Field("甲", id="a"), Choice("乙", [("1", "一"), ("2", "二")], id="b"), Field("丙", id="c")]
    app = StageApp(FormRow(*names))
    async with app.run_test() as pilot:
        names[0].focus()
        await pilot.press("down")
        assert app.focused is names[1]
        await pilot.press("down")
        assert app.focused is names[2]
        await pilot.press("up", "up")
        assert app.focused is names[0]


# -- LongText and Choice


async def test_a_long_text_takes_lines_and_leaves_by_tab() -> None:
    text, field = LongText("内容", max_length=6), Field()
    async with StageApp(text, field).run_test() as pilot:
        text.focus()
        text.post_message(events.Paste("一\r\n二\x07[/b]"))
        await pilot.press("enter", "a", "tab")
        assert text.value == "一\n二[/b]\na"
        assert pilot.app.focused is field
        assert text.too_long == "内容最多 6 字，多了 3 字"


async def test_a_choice_steps_and_jumps() -> None:
    choice = Choice(
        "类型", [("inquiry", "咨询"), ("request", "求助"), ("complaint", "投诉")], value="request"
    )
    app = StageApp(choice)
    async with app.run_test() as pilot:
        assert (choice.value, choice.word) == ("request", "求助")
        choice.focus()
        await pilot.press("right", "right", "3", "9", "left")
        assert choice.value == "request"
        assert "1咨询 2求助 3投诉" in text_of(app)
        assert len(app.stage.heard) == 4
        choice.value = "complaint"
        await pilot.pause()
        assert len(app.stage.heard) == 4


async def test_a_choice_that_does_not_fit_shows_the_chosen_word() -> None:
    choice = Choice("类型", [("a", "城市管理与市容环境"), ("b", "住房")], width=22)
    app = StageApp(choice)
    async with app.run_test():
        assert "< 城市管理与市容环境 >" in text_of(app)


# -- Tabs and Detail


async def test_tabs_switch_and_show_counts() -> None:
    tabs = Tabs([Tab("a", "待派单"), Tab("b", "退回", alert=True)])
    app = StageApp(tabs)
    async with app.run_test() as pilot:
        tabs.set_counts({"a": 12, "b": 2}, frozenset({"b"}))
        tabs.step(-1)
        await pilot.pause()
        assert tabs.active == "b"
        assert " 待派单 12 " in text_of(app)
        assert " 退回 2! " in text_of(app)
        assert app.stage.names() == ["Switched"]


async def test_a_detail_folds_chinese_and_keeps_its_place() -> None:
    detail = Detail()
    app = StageApp(detail)
    async with app.run_test(size=(80, 10)) as pilot:
        sections = [
            Section("诉求", [("内容", "夜间施工" * 40 + "[/b]\x1b[2J")]),
            Section("经过", [str(n) for n in range(30)]),
        ]
        detail.show(sections)
        await pilot.pause()
        detail.focus()
        await pilot.press("pagedown")
        await pilot.pause()
        place = detail.scroll_offset.y
        assert place > 0
        detail.show([*sections, Section("新")], keep_place=True)
        await pilot.pause()
        assert detail.scroll_offset.y == place
        detail.show(sections[:1])
        await pilot.pause()
        assert "[/b]^[[2J" in text_of(app)


async def test_words_put_into_a_long_text_are_gone_on_with_at_their_end() -> None:
    begun, put_in = LongText("甲", "横水镇\n停水"), LongText("乙")
    async with StageApp(begun, put_in).run_test() as pilot:
        put_in.value = "过埠镇"
        for field, whole in ((begun, "横水镇\n停水x"), (put_in, "过埠镇x")):
            field.focus()
            await pilot.press("x")
            await pilot.pause()
            assert field.value == whole


async def test_another_order_repaints_only_the_rows_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    detail = Detail()
    app = StageApp(detail)
    async with app.run_test(size=(40, 12)) as pilot:
        detail.show([Section("甲", ["一样", "x" * 38])])
        await pilot.pause()
        painted: list[int] = []
        stock = detail.refresh

        def refresh(*regions: Region, **more: bool) -> Detail:
            painted.extend(region.y for region in regions)
            return stock(*regions, **more)

        monkeypatch.setattr(detail, "refresh", refresh)
        detail.show([Section("甲", ["一样", "y" * 38])])
        await pilot.pause()
        assert painted == [2]
        assert "y" * 38 in text_of(app)
        assert "x" not in text_of(app)


async def test_the_last_tab_is_seen_where_many_wait_in_each() -> None:
    tabs = Tabs(
        [Tab(str(at), word, 34) for at, word in enumerate(("待派单", "退单", "待补充", "已派未签", "不受理"))]
    )
    async with StageApp(tabs).run_test(size=(44, 5)) as pilot:
        await pilot.pause()
        assert "待派单34 退单34 待补充34 已派未签34 不受理34" in text_of(pilot.app)
