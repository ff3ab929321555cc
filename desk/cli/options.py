"""What every command understands alike: Chinese usage, which store, who acts."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from db.doors import Trouble
from desk.cli import front
from desk.cli.parsing import Parser
from desk.context import Desk
from desk.errors import BadInput, StoreUnusable
from desk.launch import LaunchOptions
from desk.session import Opening
from desk.troubles import LINES

__all__ = [
    "Parser",
    "acting",
    "add_json",
    "add_person",
    "add_store",
    "existing",
    "first_line",
    "opened",
    "os_account",
    "pin_for",
    "signed_in",
    "store_path",
]


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add `--store`, which every command knows."""
    parser.add_argument("--store", metavar="文件", help="数据文件（默认在用户数据文件夹，或 DESK_STORE）")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", dest="is_json", action="store_true", help="每行输出一个 JSON 对象")


def add_person(parser: argparse.ArgumentParser) -> None:
    """Add `--store`, `--as` and `--pin-file`, for a command that acts with a person's rights."""
    add_store(parser)
    parser.add_argument("--as", dest="as_staff_no", metavar="工号", help="以谁的身份办理（或 DESK_AS）")
    parser.add_argument("--pin-file", metavar="文件", help="PIN 所在文件，首行有效（或 DESK_PIN_FILE）")


def store_path(options: argparse.Namespace) -> Path:
    """Return the store that a command is about. Raises BadInput for a URL."""
    return opened(options).database.path


def opened(options: argparse.Namespace) -> Opening:
    """Open the store without signing in. Raises StoreUnusable; a store that is not there gives one that `is_new`."""
    return front.open_store(LaunchOptions(store=options.store, seat=os.environ.get("DESK_SEAT", "")))


def existing(options: argparse.Namespace) -> Opening:
    """Open the store without signing in. Raises StoreUnusable, also when it is not there."""
    opening = opened(options)
    if opening.is_new:
        raise StoreUnusable(LINES[Trouble.MISSING].format(where=opening.database.path))
    return opening


@contextmanager
def signed_in(options: argparse.Namespace) -> Iterator[Desk]:
    """Lend the desk of the person that the command line names. Raises NotAllowed, BadInput, StoreUnusable."""
    staff_no = acting(options)
    if not staff_no:
        raise BadInput("请用 --as 工号 说明以谁的身份办理（或设置 DESK_AS）", "--as")
    opening = existing(options)
    try:
        desk = front.log_in(opening, staff_no, pin_for(staff_no, options.pin_file))
        try:
            yield desk
        finally:
            desk.close()
    finally:
        opening.database.close()


def acting(options: argparse.Namespace) -> str:
    """Return the 工号 that the command line or the environment names; '' for none."""
    return str(options.as_staff_no or os.environ.get("DESK_AS", "")).strip()


def pin_for(staff_no: str, pin_file: str | None) -> str:
    """Return the PIN: from the file named, from `DESK_PIN_FILE`, or asked at the terminal. Raises BadInput."""
    named = pin_file or os.environ.get("DESK_PIN_FILE")
    if named:
        return first_line(named)
    if not sys.stdin.isatty():
        raise BadInput("没有终端可以输入 PIN，请用 --pin-file 文件（或设置 DESK_PIN_FILE）", "--pin-file")
    return getpass.getpass(f"工号 {staff_no} 的 PIN：")


def first_line(path: str, what: str = "PIN", option: str = "--pin-file") -> str:
    """Return the first line of a small file, without blanks: a PIN, or `what` it is. Raises BadInput."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{what} 文件 {path} 读不了，请检查路径和权限", option) from None
    return text.partition("\n")[0].strip()


def os_account() -> str:
    """Return the name of the operating-system account: who acts when nobody signs in."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(getattr(os, "getuid", lambda: "?")())


def deeds(parser: Parser, summaries: Mapping[str, str]) -> Iterator[tuple[str, Parser]]:
    """Give a command its second words (`list`, `add` …), each to be described where it is lent; all take --json and --as."""
    made = parser.add_subparsers(
        dest="deed", metavar="|".join(summaries), required=True, parser_class=Parser, prog=parser.prog
    )
    for name, summary in summaries.items():
        deed = made.add_parser(name, help=summary, description=summary)
        yield name, deed
        add_json(deed)
        add_person(deed)
