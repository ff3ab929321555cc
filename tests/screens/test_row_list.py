from __future__ import annotations

from dataclasses import dataclass

import pytest

from screens.widgets import Column, RowList
from screens.widgets.columns import Ruler
from tests.screens.stage import StageApp
from tests.screens.support import text_of


@dataclass(frozen=True)
class Line:
    key: int
    words: str = "夜间施工噪音扰民，请尽快处理"


def rows_of(total: int) -> RowList[Line]:
    return RowList[Line](
        [
            Column("号", 6, lambda row: str(row.key), align="right"),
            Column("标题", 10, lambda row: (row.words, "red"), flex=1),
        ],
        key=lambda row: row.key,
        can_mark=True,
        hint="没有待派的工单[/b]",
    )


def lines(start: int, count: int) -> list[Line]:
    return [Line(number) for number in range(start, start + count)]


async def test_the_cursor_stays_on_its_row_when_rows_come_and_go() -> None:
    rows = rows_of(3)
    app = StageApp(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        rows.set_page(lines(10, 5), 5)
        rows.focus()
        await pilot.press("down", "down")
        assert rows.cursor_key == 12
        await pilot.pause()
        app.stage.heard.clear()
        rows.set_page([Line(99), *lines(10, 5)], 6)
        await pilot.pause()
        assert (rows.cursor_key, rows.index) == (12, 3)
        assert app.stage.names() == []
        rows.set_page([Line(99), Line(10)], 2)
        await pilot.pause()
        assert rows.cursor_key == 10
        assert app.stage.names() == ["Moved"]
        rows.set_page([], 0)
        await pilot.pause()
        assert rows.cursor_row is None
        assert "没有待派的工单[/b]" in text_of(app)


async def test_a_list_asks_for_the_window_that_is_visible() -> None:
    rows = rows_of(0)
    app = StageApp(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        rows.set_page(lines(0, 50), 1_000_000)
        rows.focus()
        await pilot.press(*["pagedown"] * 3)
        await pilot.pause()
        wanted = [message for message in app.stage.heard if isinstance(message, RowList.WindowWanted)]
        assert wanted
        start = wanted[-1].start
        rows.set_page(lines(start, 50), 1_000_000, start)
        await pilot.pause()
        assert rows.cursor_key == rows.index == 66
        app.stage.heard.clear()
        await pilot.press("end")
        await pilot.pause()
        [wanted] = [message for message in app.stage.heard if isinstance(message, RowList.WindowWanted)]
        assert rows.cursor_row is None
        rows.set_page(lines(wanted.start, 1_000_000 - wanted.start), 1_000_000, wanted.start)
        await pilot.pause()
        assert rows.cursor_key == 999_999
        assert "999999" in text_of(app)


async def test_a_window_shorter_than_the_terminal_does_not_ask_for_ever() -> None:
    rows = rows_of(0)
    app = StageApp(rows)
    async with app.run_test(size=(80, 100)) as pilot:
        asked = 0

        def give(start: int) -> None:
            rows.set_page(lines(start, 50), 500, start)

        give(0)
        rows.focus()
        for _ in range(120):
            await pilot.press("down")
            await pilot.pause()
            for message in [m for m in app.stage.heard if isinstance(m, RowList.WindowWanted)]:
                asked += 1
                give(message.start)
            app.stage.heard.clear()
        await pilot.pause()
        assert rows.cursor_key == 120
        assert asked <= 120


async def test_marks_are_kept_by_key_and_the_deed_is_for_them() -> None:
    rows = rows_of(0)
    app = StageApp(rows)
    async with app.run_test() as pilot:
        rows.set_page(lines(0, 5), 5)
        rows.focus()
        assert rows.chosen == (Line(0),)
        await pilot.press("space", "space")
        rows.set_page([Line(7), *lines(0, 5)], 6)
        assert rows.chosen == (Line(0), Line(1))
        assert "*      0" in text_of(app)
        await pilot.press("up", "space")
        assert rows.marked == (Line(0),)
        rows.clear_marks()
        await pilot.pause()
        assert app.stage.names().count("Marked") == 4
        await pilot.press("enter")
        await pilot.pause()
        assert "Opened" in app.stage.names()


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_cursor_move_costs_no_more_than_a_kilobyte(size: tuple[int, int], plain: bool) -> None:
    rows = rows_of(0)
    app = StageApp(rows, plain=plain)
    async with app.run_test(size=size) as pilot:
        rows.set_page(lines(0, 50), 1_000_000)
        rows.focus()
        await pilot.press("down")
        await pilot.pause()
        app.written.clear()
        await pilot.press("down")
        await pilot.pause()
        cost = len("".join(app.written).encode())
        assert 0 < cost <= 1024


async def test_a_reload_without_change_writes_nothing() -> None:
    rows = rows_of(0)
    app = StageApp(rows)
    async with app.run_test(size=(120, 36)) as pilot:
        rows.set_page(lines(0, 50), 50)
        await pilot.pause()
        app.written.clear()
        rows.set_page(lines(0, 50), 50)
        await pilot.pause()
        assert "".join(app.written) == ""
        rows.set_page([*lines(0, 5), Line(5, "另一件"), *lines(6, 44)], 50)
        await pilot.pause()
        assert 0 < len("".join(app.written).encode()) <= 512


async def test_the_cursors_row_stays_in_place_when_rows_come_above_it() -> None:
    rows = rows_of(0)
    app = StageApp(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        rows.set_page(lines(10, 50), 50)
        rows.focus()
        await pilot.press(*["down"] * 30)
        await pilot.pause()
        place = rows.index - rows.scroll_offset.y
        rows.set_page([Line(1), Line(2), *lines(10, 50)], 52)
        await pilot.pause()
        assert rows.cursor_key == 40
        assert rows.index - rows.scroll_offset.y == place
        await pilot.press("home")
        rows.set_page([Line(0), Line(1), Line(2), *lines(10, 50)], 53)
        await pilot.pause()
        assert rows.cursor_key == 1
        assert text_of(app).splitlines()[1].split()[0] == "0", "what presses most is seen at the top"


async def test_a_time_that_runs_is_drawn_again_though_the_row_is_the_same() -> None:
    words = ["余2时"]
    rows = RowList[Line]([Column("时限", 10, lambda row: words[0])], key=lambda row: row.key)
    app = StageApp(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        rows.set_page(lines(0, 3), 3)
        await pilot.pause()
        words[0] = "余1时"
        rows.set_page(lines(0, 3), 3)
        await pilot.pause()
        assert "余1时" in text_of(app)
        assert "余2时" not in text_of(app)


@pytest.mark.parametrize(("last", "mark"), [(4, ""), (8, " 120"), (20, " 3/120")])
def test_a_heading_is_never_cut_for_the_counter(last: int, mark: str) -> None:
    ruler = Ruler([Column("标题", 10, lambda _: "", flex=1), Column("评级", last, lambda _: "")], 0)
    head = ruler.head(60, "3/120")
    assert "评级" in head
    assert head.rstrip().endswith(mark or "评级")
