"""打印工单: the page holds what its reader may see on the card, and no more; who took it stands in the history."""

from pathlib import Path

import docx
import pytest

from db.check import check
from desk import my_tickets, order_page
from desk.errors import BadInput, NotAllowed, Refused
from tests.desk.cli.conftest import Command, at_home, bare, command
from tests.desk.unit_desk import passed, signed
from tests.world import World

__all__ = ["at_home", "bare", "command"]
HANDLER, OTHER_UNIT, SUPERVISOR = "2102", "2201", "1002"


def words(path: Path) -> str:
    page = docx.Document(str(path))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    footer = [line.text for line in page.sections[0].footer.paragraphs]
    return "\n".join([*(line.text for line in page.paragraphs), *cells, *footer])


def test_an_order_becomes_a_page_and_its_history_says_who_took_it(world: World, tmp_path: Path) -> None:
    order_no = passed(world)
    path = order_page.print_order(world.desk(HANDLER), order_no, tmp_path / "工单.docx")
    said = words(path)
    for part in (
        order_page.TITLE,
        order_no,
        "夜间施工噪音",
        "老城社区工地夜里十二点还在打桩",
        "您好，工地已停止夜间施工",
    ):
        assert part in said
    assert "县城管局 经办甲（2102） 2026-11-23 09:00 打印" in said
    assert "13800000000" not in said
    assert "138****0000" in said
    assert path.stat().st_mode & 0o777 == 0o600
    assert world.events(order_no)[-1] == "print_order"
    history = my_tickets.detail(world.desk(HANDLER), order_no).sections[-1].lines
    assert any(line.endswith("打印工单  经办甲（2102）县城管局") for line in history)
    assert list(check(world.database)) == []


def test_a_unit_s_page_of_a_secret_order_tells_nothing_of_its_caller(world: World, tmp_path: Path) -> None:
    order_no = signed(world, is_confidential=True, title="王某倒卖指标", place="老王家隔壁")
    unit = words(order_page.print_order(world.desk(HANDLER), order_no, tmp_path / "unit.docx"))
    assert not any(part in unit for part in ("倒卖", "老王家", "李先生", "0000", "打桩"))
    assert "夜间施工，请核查" in unit
    centre = words(order_page.print_order(world.desk(SUPERVISOR), order_no, tmp_path / "centre.docx"))
    assert "王某倒卖指标" in centre


def test_what_one_may_not_see_or_write_leaves_neither_page_nor_event(world: World, tmp_path: Path) -> None:
    order_no = signed(world)
    there = tmp_path / "there.docx"
    there.write_bytes(b"mine")
    with world.nothing_written():
        with pytest.raises(NotAllowed):
            order_page.print_order(world.desk(OTHER_UNIT), order_no, tmp_path / "a.docx")
        with pytest.raises(Refused, match="没有编号"):
            order_page.print_order(world.desk(HANDLER), "CY01-20261123-9999", tmp_path / "a.docx")
        with pytest.raises(BadInput, match="docx"):
            order_page.print_order(world.desk(HANDLER), order_no, tmp_path / "a.pdf")
        with pytest.raises(Refused, match="已存在"):
            order_page.print_order(world.desk(HANDLER), order_no, there)
    assert there.read_bytes() == b"mine"
    assert [each.name for each in tmp_path.iterdir() if each.suffix in (".docx", ".pdf", ".new")] == [
        "there.docx"
    ]


def test_show_saves_the_page(command: Command, world: World) -> None:
    order_no = signed(world)
    ran = command("show", order_no.lower(), "--save", "工单.docx", "--as", HANDLER)
    assert (ran.status, ran.out.startswith(f"已存 {order_no}：")) == (0, True)
    again = command("show", order_no, "--save", "工单.docx", "--as", HANDLER)
    assert (again.status, "--force" in again.err) == (2, True)
    assert '"file"' in command("show", order_no, "--save", "工单.docx", "--force", "--json").out
    assert command("show", order_no, "--force").status == 2
