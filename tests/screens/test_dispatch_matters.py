"""F3 派单 on a real store: 拆单, 合并, 关联, 标记, the part of the queue that is minded, and what rings of it."""

from __future__ import annotations

import pytest

from desk import dispatch
from desk.codes import OrderKind, Status, Urgency
from screens.app import DeskApp
from screens.dialogs import AskForm, Confirm, Pick
from screens.dispatch.matter_papers import WHAT_TO_WRITE, Splitting
from screens.dispatch.toggles import Toggles
from tests.desk.dispatching import D, order_row, sent
from tests.desk.hostile import ALL_AT_ONCE
from tests.screens.dispatcher import Dispatcher, Open, opened
from tests.screens.support import SIZES, settled
from tests.screens.support import order_row as listed
from tests.world import World

__all__ = ["opened"]

BOTH = "工地夜里打桩；巷口路灯坏了一周"


def fill(desk: Dispatcher, **fields: str) -> None:
    for name, words in fields.items():
        desk.app.screen.query_one(f"#{name}").value = words  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_an_order_is_split_into_three_by_one_form_after_another(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order = world.order(content=BOTH)
    async with opened(size=size) as desk:
        await desk.press("s")
        assert isinstance(desk.app.screen, AskForm)
        assert desk.text.count(BOTH) == 2
        assert WHAT_TO_WRITE in desk.text
        assert "写完以后" in desk.text
        await desk.press("ctrl+s")
        assert "请填写标题" in desk.text
        fill(desk, new_title="路灯不亮")
        await desk.press("ctrl+s")
        assert "两件的内容一样" in desk.text
        fill(desk, content="巷口路灯坏了一周", rest="工地夜里打桩", kind="help_request", then="more")
        await desk.press("ctrl+s")
        assert "拆出第 2 件" in desk.text
        fill(desk, new_title=ALL_AT_ONCE[:60], content="工地粉尘", category="没有这类")
        await desk.press("ctrl+s")
        assert "没有这个诉求分类" in desk.text
        fill(desk, category="噪音扰民")
        await desk.press("ctrl+s")
        assert "拆出 1123-0002（查询码 1123-0002）、1123-0003" in desk.text
    lamp, dust = (order_row(world, f"CY01-20261123-{number}") for number in ("0002", "0003"))
    assert (lamp["title"], lamp["content"], lamp["kind"]) == ("路灯不亮", "巷口路灯坏了一周", "help_request")
    assert (dust["title"], dust["category_code"]) == (ALL_AT_ONCE[:60], "010101")
    assert order_row(world, order.order_no)["content"] == "工地夜里打桩"


async def test_a_part_half_written_outlives_esc(world: World, opened: Open) -> None:
    world.order(content=BOTH)
    async with opened() as desk:
        await desk.press("s")
        fill(desk, new_title="路灯不亮", content="路灯", then="more")
        await desk.press("ctrl+s", "escape", "s")
        assert "拆出第 2 件" in desk.text
        await desk.press("escape")
    assert world.rows("SELECT 1 FROM events WHERE kind = 'split'") == []


async def test_a_sent_order_is_neither_split_nor_merged(world: World, opened: Open) -> None:
    sent(world)
    async with opened() as desk:
        await desk.press("left_square_bracket", "s")
        assert "只有未派出的工单能拆单" in desk.text
        await desk.press("e")
        assert "在另一件上按 e 并入它" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_merged_into_the_likest_and_taken_out_again(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    main = world.order().order_no
    other = world.order(contact_phone="13900000000").order_no
    async with opened(size=size) as desk:
        await desk.press("down", "e")
        assert isinstance(desk.app.screen, Pick)
        row = next(line for line in desk.text.splitlines() if "像 100% " in line)
        assert order_row(world, main)["place"] in row
        assert "待派单" in row
        await desk.press("enter")
        assert isinstance(desk.app.screen, Confirm)
        await desk.press("y")
        assert world.status(other) == Status.MERGED
        assert "反映 2人 2次 2件" in desk.text
        await desk.press(*["right_square_bracket"] * 4)
        assert "从单 1" in desk.text
        assert f"从单：主单 {main}" in desk.text
        await desk.press("e", "ctrl+s")
        assert "请填写" in desk.text
        await desk.write("两处工地")
        assert world.status(other) == Status.TO_DISPATCH
        assert "没有还能拆开的从单" in desk.text


async def test_a_tip_off_is_related_not_merged(world: World, opened: Open) -> None:
    plain = sent(world)
    secret = world.order(kind=OrderKind.TIP_OFF).order_no
    async with opened() as desk:
        await desk.press("e")
        assert "举报、保密工单不合并，只能关联：请按 r" in desk.text
        await desk.press("r")
        desk.app.screen.query_one("#query").value = plain  # type: ignore[attr-defined]
        await desk.press("enter")
        assert "已关联 1123-0002 和 1123-0001" in desk.text
        assert desk.screen.shown is not None
        parts = {part.heading: part.lines for part in desk.screen.shown.sections}
        assert parts["合并与关联"][0].startswith(f"关联 {plain}")
    assert world.events(secret)[-1] == "relate"


@pytest.mark.parametrize("size", SIZES)
async def test_marks_are_set_by_digits_and_stand_before_the_title(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = world.order().order_no
    async with opened(size=size) as desk:
        await desk.press("m", "ctrl+s")
        assert "没有改动" in desk.text
        await desk.press("2", "4", "2", "left", "space")
        assert desk.app.screen.query_one(Toggles).value == "leader,delegates"
        await desk.press("2")
        fill(desk, upstream_due="下周三")
        await desk.press("ctrl+s")
        assert "看不懂" in desk.text
        fill(desk, upstream_due="2026-11-23 11:00", upstream_no="赣督1号")
        await desk.press("ctrl+s")
        assert "批示 督办 提案 夜间" in desk.text
        await desk.press("m", "x")
        assert "按 1-5 选上或去掉" in desk.text
        await desk.press("1", "2", "4")
        fill(desk, upstream_due="", upstream_no="")
        await desk.press("ctrl+s")
        assert "批示" not in desk.text
    assert world.events(order_no)[1:] == ["set_marks", "set_marks"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_queue_is_narrowed_and_says_what_it_leaves_out(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    world.order(title="社保卡", line="12333")
    async with opened(size=size) as desk:
        await desk.press("o", "down", "enter")
        assert "只看 12345线（特急都在） 范围外 1 件" in desk.text
        assert "范围内没有：范围外还有 1 件，按 o 改" in desk.text
        await desk.press("o", "enter")
        assert "社保卡" in desk.text
        assert "范围外" not in desk.text
    assert dispatch.figures(world.desk(D)).scope == ""


class Rung:
    """Counts the bell."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(DeskApp, "bell", self._ring)

    def _ring(self) -> None:
        self.times += 1


async def look(desk: Dispatcher) -> None:
    watch = desk.app.background.new_orders
    assert watch is not None
    watch.look()
    await settled(desk.pilot)


async def test_a_new_order_rings_by_day_and_at_night_only_what_cannot_wait(
    world: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung = Rung(monkeypatch)
    world.order()
    async with opened() as desk:
        await look(desk)
        assert rung.times == 0
        world.order()
        await look(desk)
        await look(desk)
        assert rung.times == 1
        world.clock.tick(hours=14)
        world.order()
        await look(desk)
        assert rung.times == 1
        world.order(title="井盖没了", urgency=Urgency.URGENT)
        await look(desk)
        assert (rung.times, "新到紧急 1123-0004 井盖没了，待派单" in desk.text) == (2, True)


async def test_a_new_order_rings_after_the_call_and_names_no_secret(
    world: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung = Rung(monkeypatch)
    on_call = [True]
    monkeypatch.setattr("desk.emergency.is_on_call", lambda _desk: on_call[0])
    async with opened() as desk:
        await look(desk)
        world.order(kind=OrderKind.TIP_OFF, title="队员收钱", urgency=Urgency.URGENT)
        await look(desk)
        assert rung.times == 0
        assert "新到紧急 1123-0001，待派单" in desk.text
        on_call[0] = False
        watch = desk.app.background.new_orders
        assert watch is not None
        watch.tick()
        await settled(desk.pilot)
        assert rung.times == 1


async def test_nothing_rings_at_another_desk(
    world: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung = Rung(monkeypatch)
    async with opened("1203") as desk:
        await look(desk)
        world.order()
        await look(desk)
        assert rung.times == 0


def test_a_split_keeps_every_part_in_turn() -> None:
    first = Splitting(listed("CY01-20261123-0001"), BOTH, {})
    answers = {
        "new_title": "甲",
        "kind": "complaint",
        "category": "",
        "content": "一",
        "rest": "余",
        "rest_title": "余事",
        "then": "more",
    }
    kept = first.with_part(answers)
    second = Splitting(first.row, BOTH, kept)
    assert (first.count, second.count) == (0, 1)
    parts = second.parts({**answers, "new_title": "乙", "content": "二"})
    assert [(part.title, part.content, part.kind) for part in parts] == [
        ("甲", "一", OrderKind.COMPLAINT),
        ("乙", "二", OrderKind.COMPLAINT),
    ]
