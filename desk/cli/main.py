"""Reads the command line; opens the desk, or hands over to one command. Imports nothing heavy before it must."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from desk.cli.parsing import Parser
from desk.errors import BadInput
from desk.launch import LaunchOptions


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the desk or a command and return the exit status: 0 done, 2 bad input, 1 anything else."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and not given[0].startswith("-"):
        from desk.cli import commands

        return commands.run(given)
    try:
        options = _parser().parse_args(given)
    except BadInput as error:
        print(error.message, file=sys.stderr)
        return 2
    except SystemExit as leaving:
        # argparse leaves after the help and the version.
        return int(leaving.code or 0)
    return _open_desk(options)


def _parser() -> Parser:
    parser = Parser(
        prog="desk", usage="%(prog)s [选项] | desk 命令 [选项]", description="民意速办坐席台", epilog=COMMANDS
    )
    parser.add_argument("--store", metavar="文件", help="数据文件（默认在用户数据文件夹，或 DESK_STORE）")
    parser.add_argument("--demo", action="store_true", help="打开演示数据，退出即弃")
    parser.add_argument("--as", dest="as_staff_no", metavar="工号", help="以演示中的某人登录")
    parser.add_argument("--at", metavar="时间", type=_moment, help="演示的“现在”，如 2026-11-23T14:30")
    parser.add_argument("--plain", action="store_true", help="慢线路和旧终端：少颜色、ASCII 边框")
    parser.add_argument("--version", action="version", version="minyi-desk 0.1.0", help="显示版本")
    return parser


COMMANDS = (
    "命令：init import export channel due suggest list returns review show receipt special-seats case insurance hotline-day check backup handover station staff team roster report press pressure circular panel panelists quality assess units duty knowledge notice messages phrase settings incident shift seat ring answer hangup；"
    "用法见 desk 命令 --help"
)


def _moment(text: str) -> datetime:
    from desk.rules.calendar import CHINA

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"时间 {text} 看不懂，请写成 2026-11-23T14:30") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _open_desk(options: argparse.Namespace) -> int:
    # The terminal knows its size and tells of a change; an exported COLUMNS or LINES would stand for ever.
    for stale in ("COLUMNS", "LINES"):
        os.environ.pop(stale, None)
    # Read once at textual's import: input methods lose committed text under the full kitty protocol.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    # Nothing built before the first screen is garbage; looking for it costs a tenth of that CPU [M].
    # The App looks again soon after (screens.tuning.collect_again).
    gc.disable()
    from screens.app import run

    return run(
        LaunchOptions(
            store=options.store,
            demo=options.demo or options.as_staff_no is not None,
            as_staff_no=options.as_staff_no,
            at=options.at,
            plain=options.plain or bool(os.environ.get("DESK_PLAIN")),
            seat=os.environ.get("DESK_SEAT", ""),
        )
    )
