"""A store that cannot be used is one clear Chinese line, on the log-in page and on the command line; nothing is changed."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from db import connections, core, light, shares
from db.codes import OrderKind
from db.engine import Database
from desk import intake
from desk.cli import front
from desk.errors import Refused, StoreUnusable
from desk.intake_rows import OrderForm
from desk.launch import LaunchOptions
from tests.db.test_schema import as_an_ordinary_user, give_away, open_folder  # noqa: F401
from tests.desk import hostile
from tests.desk.cli.conftest import Command
from tests.world import PIN, START, World

Spoil = Callable[[Path], Path]


def _is(content: bytes) -> Spoil:
    def spoil(store: Path) -> Path:
        file = store.with_name("letter.db")
        file.write_bytes(content)
        return file

    return spoil


def _run(sql: str) -> Spoil:
    def spoil(store: Path) -> Path:
        with closing(sqlite3.connect(store)) as connection, connection:
            connection.execute(sql)
        return store

    return spoil


def _cut(store: Path) -> Path:
    whole = store.read_bytes()
    store.write_bytes(whole[: len(whole) // 2])
    return store


def _overwritten(store: Path) -> Path:
    whole = store.read_bytes()
    store.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    return store


def _somebody_elses(store: Path) -> Path:
    other = store.with_name("notes.db")
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE notes (body)")
    return other


BAD: dict[str, tuple[Spoil, str]] = {
    "words": (_is("这不是数据文件\n".encode() * 500), "不是坐席台的数据文件"),
    "empty": (_is(b""), "不是坐席台的数据文件"),
    "only the name of SQLite": (_is(b"SQLite format 3\x00"), "不是坐席台的数据文件"),
    "a folder": (lambda store: store.parent, "不是坐席台的数据文件"),
    "somebody else's": (_somebody_elses, "不是坐席台的数据文件"),
    "newer": (_run("UPDATE alembic_version SET version_num = '0999'"), "请升级本程序"),
    "cut": (_cut, "已损坏"),
    "overwritten": (_overwritten, "已损坏"),
    "lost itself": (_run("DELETE FROM chain_head"), "已损坏"),
    "too long a name": (lambda store: store.with_name("长" * 200), "请检查路径"),
    "under a file": (lambda store: store / "desk.db", "请检查路径"),
}


@pytest.fixture
def store(world: World) -> Path:
    """A whole store that nobody has open."""
    world.database.close()
    for work in world.path.parent.glob("*.work.db*"):
        work.unlink()
    return world.path


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file()}


def assert_refused(bare: Command, path: Path, words: str) -> None:
    """Both ways to open it say the same one line, and leave everything as it was."""
    before = contents(path.parent) if path.parent.is_dir() else {}
    with pytest.raises(Refused) as raised:
        front.open_store(LaunchOptions(store=str(path)))
    hostile.assert_clear(raised.value)
    assert words in str(raised.value)
    pin = Path("pin")
    ran = bare("list", "--store", path, "--as", "1001", "--pin-file", pin)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"{raised.value}\n"
    assert not path.parent.is_dir() or contents(path.parent) == before


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_usable_store_is_named_and_left_alone(bare: Command, store: Path, kind: str) -> None:
    spoil, words = BAD[kind]
    path = spoil(store)
    Path("pin").write_text(PIN, encoding="utf-8")
    assert_refused(bare, path, words)


def test_a_server_is_not_spoken_to(bare: Command) -> None:
    ran = bare("list", "--store", "postgresql://desk@host/desk", "--as", "1001")
    assert (ran.status, ran.out) == (2, "")
    assert "只支持本机数据文件" in ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="the mount table is a matter of Linux")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_share_is_refused(
    bare: Command, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {store.parent.resolve()} {kind} rw 0 0\n")
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    Path("pin").write_text(PIN, encoding="utf-8")
    assert_refused(bare, store, "在网络共享盘上")
    new = store.with_name("new.db")
    with pytest.raises(StoreUnusable, match="网络共享盘"):
        front.make_store(new, site="CY01", staff_no="1001", name="甲", pin=PIN, now=START)
    assert not new.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a matter of POSIX")
@pytest.mark.parametrize(
    ("of_folder", "of_file"), [(0o555, 0o644), (0o755, 0o444), (0o755, 0o000), (0o000, 0o644)]
)
def test_what_one_may_not_read_or_write_is_said(
    bare: Command,
    store: Path,
    open_folder: Path,  # noqa: F811
    of_folder: int,
    of_file: int,
) -> None:
    folder = open_folder / "desk"
    folder.mkdir()
    path = folder / "desk.db"
    path.write_bytes(store.read_bytes())
    give_away(folder, path)
    path.chmod(of_file)
    folder.chmod(of_folder)
    with as_an_ordinary_user():
        with pytest.raises(StoreUnusable, match="只读或无权读写，未做任何改动") as raised:
            front.open_store(LaunchOptions(store=str(path)))
        hostile.assert_clear(raised.value)
        ran = bare("list", "--store", path, "--as", "1001")
    folder.chmod(0o755)
    assert (ran.status, ran.out, ran.err) == (2, "", f"{raised.value}\n")
    assert [each.name for each in folder.iterdir()] == ["desk.db"]
    path.chmod(0o644)
    assert path.read_bytes() == store.read_bytes()


def test_a_full_disk_is_named_and_the_order_is_not_half_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.database.close()
    full = World.__new__(World)
    full.__dict__.update(world.__dict__)

    real = connections.connect

    def connect(path: Path, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(path, **how)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(core, "connect", connect)
    monkeypatch.setattr(light, "connect", connect)
    full.database = Database(world.path)
    form = OrderForm(kind=OrderKind.COMPLAINT, content="长" * 9_000, number="13800000000", place="老城")
    with full.nothing_written(), pytest.raises(StoreUnusable, match="磁盘已满，本次未保存") as raised:
        intake.register(full.desk("1203"), form)
    hostile.assert_clear(raised.value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte, where the system lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2000k", "tmpfs", str(disk)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(words, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root of a Linux that allows mounts can make a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_disk_that_is_really_full_is_said_by_every_command(
    bare: Command, small_disk: Path, tmp_path: Path
) -> None:
    world = World(small_disk / "desk.db", is_throw_away=False)
    order_no = world.order().order_no
    world.database.close()
    world.desks["1001"].work.close()
    before = world.path.read_bytes()
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    pin = tmp_path / "pin"
    pin.write_text(PIN, encoding="utf-8")
    person = ("--store", world.path, "--as", "1001", "--pin-file", pin)
    for words in (
        ("list", *person),
        ("show", order_no, *person),
        ("backup", small_disk / "b.db", *person[:2]),
    ):
        ran = bare(*words)
        assert (ran.status, ran.out) == (2, ""), words
        assert ran.err.startswith("磁盘已满，本次未保存"), words
    ran = bare("check", "--store", world.path)
    assert (ran.status, "恢复" in ran.out) == (1, False)
    assert "请清理磁盘" in ran.out
    filler.unlink()
    assert bare("list", *person).status == 0
    assert len(before) == world.path.stat().st_size
