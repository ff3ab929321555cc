"""`desk ring | answer | hangup`: how the telephone system tells the seats of a call. Nobody signs in for it."""

import argparse
import os

from desk import telephone
from desk.cli import options, terminal
from desk.rules.calendar import local
from desk.telephone import RingRow


def add_ring_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk ring`."""
    parser.add_argument("phone", metavar="号码", help="来电号码；未显示号码的写 ''")
    parser.add_argument("--line", metavar="热线", default="12345", help="12345（默认）或 12333")
    parser.add_argument("--seat", metavar="座席", default="", help="在哪个座席振铃（默认所有座席）")
    parser.add_argument("--call", metavar="编号", default="", help="电话系统的通话编号（默认新编）")
    _add_common(parser)


def add_call_arguments(parser: options.Parser) -> None:
    """Describe the command lines of `desk answer` and `desk hangup`."""
    parser.add_argument("--call", metavar="编号", required=True, help="电话系统的通话编号")
    parser.add_argument(
        "--seat", metavar="座席", default=os.environ.get("DESK_SEAT", ""), help="哪个座席接听"
    )
    _add_common(parser)


def _add_common(parser: options.Parser) -> None:
    options.add_store(parser)
    options.add_json(parser)


def run_ring(given: argparse.Namespace) -> int:
    """来电."""
    opening = options.existing(given)
    row = telephone.ring(opening, given.phone, given.line, seat=given.seat, call_id=given.call)
    if not telephone.is_heard(opening, row):
        terminal.complain(f"座席 {row.seat} 现在没有人签入：来电在那里等着，请核对座席号")
    elif telephone.is_at_rest(opening, row):
        terminal.complain(f"座席 {row.seat} 正在小休或离席：请改派别的座席")
    return _told(given, row, f"振铃：{row.call_id}")


def run_answer(given: argparse.Namespace) -> int:
    """接听."""
    row = telephone.answer(options.existing(given), given.call, seat=given.seat)
    return _told(given, row, f"座席 {row.seat} 已接听：{row.call_id}")


def run_hang_up(given: argparse.Namespace) -> int:
    """挂断."""
    row = telephone.hang_up(options.existing(given), given.call, options.os_account())
    return _told(given, row, f"已挂断：{row.call_id}" + ("" if row.was_answered else "（未接听，已记录）"))


def _told(given: argparse.Namespace, row: RingRow, line: str) -> int:
    if given.is_json:
        times = {name: getattr(row, name) for name in ("rang_at", "answered_at", "ended_at")}
        words = {name: at and local(at).isoformat(timespec="seconds") for name, at in times.items()}
        terminal.say_json({"call": row.call_id, "line": row.line, "seat": row.seat, **words})
    else:
        terminal.say(line)
    return 0
