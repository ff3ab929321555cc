"""`desk init`, `desk check`, `desk backup`: the store itself, in the name of the operating-system account."""

import getpass
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.chain import FaultKind
from db.codes import Deed
from db.triggers import TRIGGERS
from desk import history
from desk.cli.checking import FAULTS
from desk.deed import deed_on
from desk.history import Happening
from tests.desk.cli.conftest import Command, Ran
from tests.desk.cli.files import jsonl, message
from tests.world import World


def _pin(folder: Path, pin: str = "246810") -> Path:
    path = folder / "pin"
    path.write_text(pin + "\n", encoding="utf-8")
    return path


def _init(bare: Command, folder: Path, **changed: str) -> tuple[Path, Ran]:
    path = folder / "new" / "desk.db"
    given = {
        "--site": "cy01",
        "--admin": "1001",
        "--name": "王芳",
        "--pin-file": str(_pin(folder)),
        **changed,
    }
    words = [word for pair in given.items() for word in pair]
    return path, bare("init", "--store", path, *words)


def test_init_makes_a_store_that_its_administrator_can_use(bare: Command, at_home: Path) -> None:
    path, ran = _init(bare, at_home)
    assert ran.status == 0
    assert "管理员 王芳（1001）可以登录" in ran.out
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert (
        f"desk staff add --no 1203 --name 李四 --unit CY-12345 --roles 话务员 --as 1001 --store {path}"
        in ran.out
    )
    assert ran.out.splitlines()[-1] == f"  打开坐席台：desk --store {path}"
    listed = bare("staff", "list", "--store", path, "--as", "1001", "--pin-file", at_home / "pin")
    assert "管理员、班长" in listed.out
    assert bare("check", "--store", path).status == 0


def test_the_first_event_says_which_account_made_the_store(bare: Command, at_home: Path) -> None:
    path, _ = _init(bare, at_home)
    row = sqlite3.connect(path).execute("SELECT kind, actor_uid, data FROM events WHERE seq = 1").fetchone()
    assert row[:2] == ("store_created", None)
    assert json.loads(row[2]) == {"site": "CY01", "os_account": getpass.getuser()}


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"--site": "ZZ99"}, "没有站点 ZZ99 的热线中心"),
        ({"--site": "崇义"}, "站点代码须为"),
        ({"--admin": "abc"}, "工号须为"),
        ({"--name": " "}, "姓名不能为空"),
        ({"--pin-file": "none"}, "PIN 文件 none 读不了"),
        ({"--group": "nobody-is-in-this"}, "没有名为 nobody-is-in-this 的系统用户组"),
    ],
)
def test_init_names_what_is_wrong_and_leaves_no_store(
    bare: Command, at_home: Path, changed: dict[str, str], line: str
) -> None:
    path, ran = _init(bare, at_home, **changed)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert not path.exists()


def test_init_refuses_a_short_pin(bare: Command, at_home: Path) -> None:
    (at_home / "short").write_text("123", encoding="utf-8")
    path, ran = _init(bare, at_home, **{"--pin-file": str(at_home / "short")})
    assert "PIN 须为至少 6 位数字" in ran.err
    assert not path.exists()


def test_init_never_touches_a_store_that_is_there(bare: Command, at_home: Path) -> None:
    path, _ = _init(bare, at_home)
    before = path.read_bytes()
    _, ran = _init(bare, at_home)
    assert ran.status == 2
    assert "已存在，未做任何改动" in ran.err
    assert path.read_bytes() == before


def test_every_fault_has_its_chinese_line() -> None:
    assert set(FAULTS) == set(FaultKind)


def test_check_says_that_all_is_whole_and_changes_nothing(command: Command, world: World) -> None:
    world.order()
    with world.nothing_written():
        ran = command("check")
    lacking, whole = ran.out.splitlines()
    assert lacking.startswith("缺少本版本新增的设置 ")
    assert (ran.status, whole, ran.err) == (0, "数据文件和事件链完整：工单 1 件，事件 1 条", "")
    told = json.loads(command("check", "--json").out)
    assert (told["whole"], told["orders"], told["events"]) == (True, 1, 1)
    assert told["os_account"] == getpass.getuser()


def _tamper(world: World, sql: str) -> None:
    connection = sqlite3.connect(world.path)
    connection.create_function("bigram", 1, lambda text: text)
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE events SET seat = 'other' WHERE seq = 1", "第 1 号事件：事件内容与校验值不符"),
        ("DELETE FROM events WHERE seq = 1", "第 2 号事件：事件序号不连续"),
        ("UPDATE work_orders SET status = 'closed'", "工单状态与事件不符（closed / to_complete）"),
        ("UPDATE event_texts SET body = '别的'", "第 2 号事件：事件文字被改动"),
    ],
)
def test_check_names_what_was_tampered_with(command: Command, world: World, sql: str, line: str) -> None:
    order = world.order()
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    _tamper(world, sql)
    ran = command("check")
    assert ran.status == 1
    assert line in ran.out
    assert "处问题" in ran.out.splitlines()[-1]
    faults = [json.loads(each) for each in command("check", "--json").out.splitlines()]
    assert faults[0]["fault"]
    assert faults[-1]["whole"] is False


def test_backup_is_a_whole_store_and_an_event_of_the_account(
    command: Command, world: World, at_home: Path
) -> None:
    order = world.order()
    ran = command("backup", at_home / "copy.db")
    assert ran.status == 0
    assert ran.out.startswith("已备份并验证：")
    row = world.row("SELECT kind, actor_uid, data FROM events ORDER BY seq DESC LIMIT 1")
    assert (row["kind"], row["actor_uid"]) == ("backed_up", None)
    assert json.loads(row["data"])["os_account"] == getpass.getuser()
    assert command("check", "--store", at_home / "copy.db").status == 0
    assert order.order_no in command("list", "--store", at_home / "copy.db").out


def test_backup_never_overwrites(command: Command, world: World, at_home: Path) -> None:
    (at_home / "copy.db").write_text("mine", encoding="utf-8")
    for target in (at_home / "copy.db", world.path):
        ran = command("backup", target)
        assert ran.status == 2
        assert ran.err.endswith("已存在，备份不覆盖旧文件，未做任何改动；请换一个新文件名\n")
    assert (at_home / "copy.db").read_text(encoding="utf-8") == "mine"
    assert command("backup", at_home / "none" / "copy.db").status == 2
    assert world.rows("SELECT kind FROM events") == []


def test_words_erased_by_law_are_no_damage(command: Command, world: World) -> None:
    order = world.order()
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    uid = world.row("SELECT event_uid FROM event_texts")["event_uid"]
    with world.database.write() as writer:
        writer.run("UPDATE event_texts SET salt = NULL, body = NULL WHERE event_uid = :uid", uid=uid)
    assert "事件文字缺失，且无依法删除记录" in command("check").out
    with world.database.write() as writer:
        at = history.moment_after_head(writer, world.clock.now)
        history.record(writer, Happening(Deed.ERASED, at, None, data={"events": [uid]}))
    ran = command("check")
    assert ran.status == 0
    assert "已依法删除文字 1 处，不算损坏" in ran.out


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("ALTER TABLE work_orders DROP COLUMN purpose", "缺少本版本程序所需的列 work_orders.purpose"),
        ("DROP TABLE answers", "缺少本版本程序所需的表 answers"),
        ("DROP INDEX ix_work_orders_queue", "缺少本版本程序所需的索引 ix_work_orders_queue"),
        ("DROP TRIGGER events_no_update", "缺少本版本程序所需的触发器 events_no_update"),
        ("CREATE TABLE drones (id INTEGER)", "多出本版本程序不认识的表 drones"),
        ("ALTER TABLE units ADD COLUMN colour TEXT", "多出本版本程序不认识的列 units.colour"),
        (
            "DROP TRIGGER events_no_delete; CREATE TRIGGER events_no_delete AFTER DELETE ON events BEGIN SELECT 1; END",
            "与本版本程序不同的触发器 events_no_delete",
        ),
    ],
)
def test_check_names_what_is_made_otherwise_than_this_program_makes_it(
    command: Command, world: World, sql: str, line: str
) -> None:
    world.order()
    with closing(sqlite3.connect(world.path)) as connection:
        connection.create_function("bigram", 1, str)
        if "purpose" in sql:
            connection.execute("DROP VIEW order_search_text")
        connection.executescript(sql)
    ran = command("check")
    assert ran.status == 1
    assert f"数据文件{line}" in ran.out.splitlines()
    assert ran.out.splitlines()[-1].endswith("请换用建立该文件的同版本程序，或从备份恢复")
    assert json.loads(command("check", "--json").out.splitlines()[-1])["whole"] is False


@pytest.mark.parametrize("words", [("list",), ("export", "o.csv"), ("import", "m.jsonl")])
def test_a_command_on_a_store_of_another_schema_says_so(
    command: Command, world: World, at_home: Path, words: tuple[str, ...]
) -> None:
    jsonl(at_home / "m.jsonl", [message(1)])
    world.order()
    with closing(sqlite3.connect(world.path)) as connection:
        connection.execute("PRAGMA legacy_alter_table=ON")
        connection.execute("ALTER TABLE work_orders RENAME COLUMN title TO heading")
    ran = command(*words)
    assert (ran.status, ran.err) == (1, "数据文件与本程序版本不符，请运行 desk check\n")
