"""What all commands have in common: Chinese help, one line for what went wrong, the right exit status."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cli import terminal
from desk.cli.commands import COMMANDS
from desk.cli.parsing import in_chinese
from tests.desk.cli.conftest import Command
from tests.world import World


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese(bare: Command, name: str) -> None:
    ran = bare(name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"用法：desk {name}")
    assert COMMANDS[name].summary in ran.out
    assert "show this help" not in ran.out
    assert "optional arguments" not in ran.out


def test_an_unknown_command_is_named_with_the_nearest_one(bare: Command) -> None:
    ran = bare("exprot", "x.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "没有命令 exprot；是否要用 export？" in ran.err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("due",), "缺少 诉求类型, --from；用法见 desk due --help"),
        (("due", "投诉", "--from"), "--from 后面缺少内容"),
        (("list", "--limit", "多"), "--limit 须为整数，不能是 '多'"),
        (("list", "--bogus"), "不认识 --bogus"),
        (("staff", "sack"), "可选"),
    ],
)
def test_a_wrong_command_line_is_one_chinese_line(bare: Command, words: tuple[str, ...], line: str) -> None:
    ran = bare(*words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("words", [("staff", "add", "--help"), ("settings", "set", "--help")])
def test_the_help_of_a_second_word_says_its_usage_once(bare: Command, words: tuple[str, ...]) -> None:
    said = bare(*words).out
    assert said.startswith(f"用法：desk {words[0]} {words[1]} ")
    assert said.count("用法：") == 1
    assert bare(*words[:2]).err.endswith(f"用法见 desk {words[0]} {words[1]} --help\n")


def test_a_command_that_needs_a_person_asks_for_one(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESK_AS")
    ran = command("list")
    assert ran.status == 2
    assert "--as 工号" in ran.err


def test_without_a_terminal_the_pin_comes_from_a_file(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESK_PIN_FILE")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    ran = command("list")
    assert ran.status == 2
    assert "--pin-file" in ran.err


def test_a_wrong_pin_does_nothing_and_counts(command: Command, world: World, at_home: Path) -> None:
    wrong = at_home / "wrong"
    wrong.write_text("000000", encoding="utf-8")
    ran = command("list", "--pin-file", wrong)
    assert ran.status == 2
    assert "工号或 PIN 不对" in ran.err
    assert world.row("SELECT failures FROM staff WHERE staff_no = '1001'")["failures"] == 1


def test_signing_in_is_an_event_of_that_person(command: Command, world: World) -> None:
    assert command("list", "--as", "1301").status == 0
    last = world.row(
        "SELECT e.kind, s.staff_no FROM events e JOIN staff s ON s.uid = e.actor_uid ORDER BY seq DESC LIMIT 1"
    )
    assert last == {"kind": "log_in", "staff_no": "1301"}


@pytest.mark.parametrize(
    "words", [("list", "--as", "1001"), ("check",), ("backup", "b.db"), ("show", "X", "--as", "1")]
)
def test_a_store_that_is_not_there_is_said_to_be_missing(bare: Command, words: tuple[str, ...]) -> None:
    ran = bare(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "不存在；请先运行 desk init" in ran.err


def test_a_file_that_is_no_store_is_left_alone(bare: Command, at_home: Path) -> None:
    file = at_home / "letter.db"
    file.write_text("这不是数据文件" * 50, encoding="utf-8")
    before = file.read_bytes()
    ran = bare("check", "--store", file)
    assert ran.status == 2
    assert "不是坐席台的数据文件" in ran.err
    assert file.read_bytes() == before


def test_what_a_terminal_would_obey_never_reaches_it() -> None:
    hostile = "\x1b[2J停\u202e水\x07\x9b31m\ud800\tA"
    assert terminal.printable(hostile) == "[2J停水31m A"


def test_json_lines_hold_no_control_character(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say_json({"text": "\x1b\x9b\ud800停水𠮷"})
    assert capsys.readouterr().out == '{"text": "\\u001b\\u009b\\ud800停水𠮷"}\n'


def test_text_is_fitted_by_cells_not_by_characters() -> None:
    assert terminal.fitted("停水", 6) == "停水  "
    assert terminal.fitted("停水停电停气", 9) == "停水停.. "
    assert all(terminal.width(terminal.fitted("a停b水" * n, 11)) == 11 for n in range(8))


def test_an_unknown_wording_of_argparse_passes_unharmed() -> None:
    assert in_chinese("something new") == "something new"


def test_progress_is_drawn_only_for_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = terminal.Progress("导入")
    progress(1, 2)
    progress.close()
    assert capsys.readouterr().err == ""


def test_a_closed_pipe_is_no_trouble(command: Command, world: World) -> None:
    for _ in range(3):
        world.order()
    words = [sys.executable, "-m", "desk", "list", "--json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")


def test_a_bug_is_one_line_without_anybodys_words(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from desk.cli import listing

    def broken(*_: object) -> None:
        raise KeyError("13800000000 李先生")

    monkeypatch.setattr(listing, "_where", broken)
    ran = command("list")
    assert ran.status == 1
    assert "程序内部出错（KeyError，test_commands.py" in ran.err
    assert "李先生" not in ran.err


HEAVY = ("sqlalchemy", "sqlmodel", "alembic", "openpyxl", "textual", "pydantic")


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "{order_no}"),
        ("export", "o.csv"),
        ("export", "o.jsonl"),
        ("units",),
        ("staff", "set", "1203", "--name", "新名"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_short_command_loads_nothing_heavy(
    command: Command, world: World, at_home: Path, words: tuple[str, ...]
) -> None:
    order_no = world.order().order_no
    world.database.close()
    code = (
        "import sys; from desk.cli.main import main; status = main(sys.argv[1:]);"
        f" loaded = [name for name in {HEAVY!r} if name in sys.modules];"
        " sys.exit(f'{status} {loaded}' if status or loaded else 0)"
    )
    given = [word.format(order_no=order_no) for word in words]
    ran = subprocess.run(
        [sys.executable, "-c", code, *given], check=False, capture_output=True, text=True, cwd=at_home
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_help_of_the_desk_names_every_command(bare: Command) -> None:
    ran = bare("--help")
    assert ran.status == 0
    assert ran.out.startswith("用法：desk [选项]")
    assert "show this help" not in ran.out
    assert "show program's version" not in ran.out
    from desk.cli.main import COMMANDS as NAMED

    assert set(NAMED.partition("：")[2].partition("；")[0].split()) == set(COMMANDS)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--bogus",), "不认识 --bogus；用法见 desk --help"),
        (("--at", "nonsense"), "--at：时间 nonsense 看不懂，请写成 2026-11-23T14:30；用法见 desk --help"),
        (("--store",), "--store 后面缺少内容；用法见 desk --help"),
        (("--demo", "list"), "不认识 list；用法见 desk --help"),
    ],
)
def test_a_wrong_start_of_the_desk_is_one_chinese_line(
    bare: Command, words: tuple[str, ...], line: str
) -> None:
    ran = bare(*words)
    assert (ran.status, ran.out, ran.err) == (2, "", f"{line}\n")


def test_the_desk_tells_its_version(bare: Command) -> None:
    assert bare("--version").out.startswith("minyi-desk ")
