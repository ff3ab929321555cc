"""附件: a file is filed by path and checksum, stays where it is, and is known when it is gone or changed."""

import hashlib
import os
from pathlib import Path

import pytest

from db.check import check
from desk import attachments, my_tickets
from desk.card import card
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk.unit_desk import sent, signed
from tests.world import World

HANDLER, HELPER, AGENT, SUPERVISOR = "2102", "2201", "1203", "1002"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    path.write_bytes(b"x" * 2048)
    return path


def filed(world: World, order_no: str, by: str = HANDLER) -> tuple[str, ...]:
    parts = card(world.desk(by), order_no).sections
    return next((part.lines for part in parts if part.heading == "附件"), ())


def test_a_file_is_filed_by_path_size_and_checksum_and_stays(world: World, photo: Path) -> None:
    order_no = signed(world)
    my_tickets.add_attachment(world.desk(HANDLER), order_no, photo)
    row = world.row("SELECT path, size, sha256 FROM attachments")
    digest = hashlib.sha256(b"x" * 2048).hexdigest()
    assert row == {"path": str(photo), "size": 2048, "sha256": digest}
    assert photo.read_bytes() == b"x" * 2048
    assert filed(world, order_no)[0] == "现场.jpg  2.0 KB  11-23 09:00 经办甲"
    assert world.events(order_no)[-1] == "add_attachment"
    assert {name: value for name, value in world.event_data(order_no).items() if name != "attachment"} == {
        "sha256": digest,
        "size": 2048,
    }
    assert my_tickets.check_attachments(world.desk(HANDLER), order_no).line == "附件 1 件与登记一致"
    assert list(check(world.database)) == []


def test_what_is_gone_or_changed_is_said(world: World, photo: Path, tmp_path: Path) -> None:
    order_no, other = signed(world), tmp_path / "笔录.pdf"
    other.write_bytes(b"abc")
    for path in (photo, other):
        my_tickets.add_attachment(world.desk(HANDLER), order_no, path)
    photo.unlink()
    other.write_bytes(b"abd")
    assert [line.rpartition("!")[2] for line in filed(world, order_no)[::2]] == [
        "本机找不到",
        "笔录.pdf  3 B  11-23 09:00 经办甲",
    ], "a glance sees the size"
    found = my_tickets.check_attachments(world.desk(HANDLER), order_no)
    assert found == attachments.Checked(0, ("本机找不到：现场.jpg", "已改动：笔录.pdf"))
    other.write_bytes(b"abcd")
    assert filed(world, order_no)[2].endswith("!已改动")
    other.write_bytes(b"")
    assert my_tickets.check_attachments(world.desk(HANDLER), order_no).troubles[1] == "已改动：笔录.pdf"


def test_what_is_no_file_is_refused_and_nothing_waits_for_a_pipe(
    world: World, photo: Path, tmp_path: Path
) -> None:
    order_no = signed(world)
    pipe, empty = tmp_path / "pipe", tmp_path / "empty"
    os.mkfifo(pipe)
    empty.touch()
    for path, line in (
        (tmp_path / "none.jpg", "没有这个文件"),
        (tmp_path, "不是文件|打不开"),
        (pipe, "不是文件"),
        (empty, "空的"),
        (Path("a\x00b"), "控制字符"),
    ):
        with world.nothing_written(), pytest.raises(BadInput, match=line) as refused:
            my_tickets.add_attachment(world.desk(HANDLER), order_no, path)
        assert refused.value.field == "附件"
    my_tickets.add_attachment(world.desk(HANDLER), order_no, photo)
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(photo.read_bytes())
    with world.nothing_written(), pytest.raises(NotNow, match="已经附过：现场.jpg"):
        my_tickets.add_attachment(world.desk(HANDLER), order_no, copy)


def test_too_much_is_refused(world: World, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order_no = signed(world)
    monkeypatch.setattr(attachments, "MOST_BYTES", 2047)
    with world.nothing_written(), pytest.raises(BadInput, match="超过"):
        my_tickets.add_attachment(world.desk(HANDLER), order_no, photo)


def test_who_files_and_who_looks(world: World, photo: Path, tmp_path: Path) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    paper = tmp_path / "台账.txt"
    paper.write_text("账", encoding="utf-8")
    my_tickets.add_attachment(world.desk(HELPER), order_no, photo)
    my_tickets.add_attachment(world.desk(AGENT), order_no, paper)
    assert len(filed(world, order_no)) == 4
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.add_attachment(world.desk("2301"), order_no, photo)
    with pytest.raises(NotAllowed):
        my_tickets.check_attachments(world.desk("2301"), order_no)
    with pytest.raises(Refused, match="没有编号"):
        my_tickets.check_attachments(world.desk(HANDLER), "CY01-20261123-9999")


def test_of_a_secret_order_a_unit_sees_only_its_own(world: World, photo: Path, tmp_path: Path) -> None:
    order_no = signed(world, is_confidential=True)
    letter = tmp_path / "李先生的信.jpg"
    letter.write_bytes(b"letter")
    my_tickets.add_attachment(world.desk(SUPERVISOR), order_no, letter)
    my_tickets.add_attachment(world.desk(HANDLER), order_no, photo)
    assert not any("李先生" in line for line in card(world.desk(HANDLER), order_no).as_lines)
    assert filed(world, order_no)[0].startswith("现场.jpg")
    assert len(filed(world, order_no, SUPERVISOR)) == 4
    assert my_tickets.check_attachments(world.desk(HANDLER), order_no).same == 1
