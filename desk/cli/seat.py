"""`desk seat list | rest | back`: who sits where and does what; 小休 as the telephone system, or a script, tells it."""

import argparse
import os

from desk import seats
from desk.cli import options, terminal
from desk.codes import word
from desk.errors import BadInput
from desk.rules.calendar import local
from desk.seats import SeatRow

DEEDS = {
    "list": "签入的座席：谁、从何时起、在做什么",
    "rest": "小休：不派来电（供电话系统调用，不需登录）",
    "back": "结束小休（供电话系统调用，不需登录）",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk seat`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name != "list":
            deed.add_argument(
                "--seat",
                metavar="座席",
                default=os.environ.get("DESK_SEAT", ""),
                help="哪个座席（或 DESK_SEAT）",
            )


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    if given.deed == "list":
        with options.signed_in(given) as desk:
            rows = seats.taken(desk)
        for row in rows:
            _tell(given, row)
        if not rows and not given.is_json:
            terminal.say("没有人签入")
        return 0
    if not given.seat:
        raise BadInput("请用 --seat 说明哪个座席（或设置 DESK_SEAT）", "座席")
    is_resting = given.deed == "rest"
    seats.rest_at(options.existing(given), given.seat, is_resting=is_resting)
    if given.is_json:
        terminal.say_json({"seat": given.seat, "resting": is_resting})
    else:
        terminal.say(f"座席 {given.seat} {'已小休' if is_resting else '已结束小休'}")
    return 0


def _tell(given: argparse.Namespace, row: SeatRow) -> None:
    if given.is_json:
        times = {
            name: local(getattr(row, name)).isoformat(timespec="seconds")
            for name in ("since", "signed_in_at")
        }
        who = {"seat": row.seat, "staff_no": row.staff_no, "name": row.name}
        terminal.say_json({**who, "roles": sorted(map(str, row.roles)), "state": str(row.state), **times})
        return
    parts = (
        terminal.fitted(row.seat, 10),
        terminal.fitted(f"{row.name} {row.staff_no}", 14),
        terminal.fitted(word(row.state), 8),
        f"自 {local(row.since):%H:%M}",
        f"签入 {local(row.signed_in_at):%m-%d %H:%M}",
    )
    terminal.say("  ".join(parts))
