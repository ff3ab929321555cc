"""What the desk answers is read to its end: a refusal ends with what to do next."""

import pytest

from screens.widgets import MessageLine
from screens.widgets.folded import Folded
from tests.screens.stage import StageApp
from tests.screens.support import text_of

LONG = "工单 CY01-20261123-0042 现为“办理中”，不能应急派出：谢勇（1501）14:32 已险情已控制，请按 F5 查看处置进展，或请班长处理"


@pytest.mark.parametrize(("width", "rows"), [(80, 2), (120, 1)])
async def test_a_long_refusal_is_shown_whole(width: int, rows: int) -> None:
    line = MessageLine()
    async with StageApp(line).run_test(size=(width, 24)) as pilot:
        line.say(LONG, "refused")
        await pilot.pause()
        shown = text_of(pilot.app).replace("\n", "").replace(" ", "")
        assert shown.startswith("!")
        assert LONG.replace(" ", "") in shown
        assert line.size.height == rows


@pytest.mark.parametrize("width", range(40, 62))
async def test_a_number_to_read_out_is_never_cut(width: int) -> None:
    line, said = (
        MessageLine(),
        "您反映的事项依法由其他渠道处理，请联系公共法律服务 12348 或纪检监察举报 12388",
    )
    async with StageApp(line, Folded(said)).run_test(size=(width, 24)) as pilot:
        line.say(said)
        await pilot.pause()
        shown = text_of(pilot.app)
        assert [shown.count(number) for number in ("12348", "12388")] == [2, 2]


async def test_a_short_answer_takes_one_row_again() -> None:
    line = MessageLine()
    async with StageApp(line).run_test(size=(80, 24)) as pilot:
        line.say(LONG, "refused")
        await pilot.pause()
        line.say("已受理", "done")
        await pilot.pause()
        assert line.size.height == 1


async def test_what_never_ends_is_cut_after_three_rows() -> None:
    line = MessageLine()
    async with StageApp(line).run_test(size=(80, 24)) as pilot:
        line.say("长" * 500, "refused")
        await pilot.pause()
        assert line.size.height == 3
        assert ".." in text_of(pilot.app)
