"""`desk backup FILE`: a verified copy of the store, while the desks go on working."""

import argparse
from pathlib import Path

from db.backup import backup
from db.codes import Deed
from db.doors import StoreTrouble, Trouble
from desk import history
from desk.cli import options, terminal
from desk.errors import StoreUnusable
from desk.history import Happening
from desk.session import Opening


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk backup`."""
    parser.add_argument("file", metavar="文件", type=Path, help="备份写到哪里（须是新文件）")
    options.add_store(parser)
    options.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Copy, verify, and leave the event in the store (not in the copy, which is as the store was before)."""
    opening = options.existing(given)
    target = given.file.absolute()
    progress = terminal.Progress("备份")
    try:
        _copy(opening, target, progress)
        progress.close()
        account = options.os_account()
        with opening.database.light_write() as writer:
            at = history.moment_after_head(writer, opening.now())
            data = {"os_account": account, "bytes": target.stat().st_size}
            happening = Happening(
                Deed.BACKED_UP, at, None, opening.seat, data=data, texts={"file": str(target)}
            )
            history.record(writer, happening)
    finally:
        progress.close()
        opening.database.close()
    _report(given, target)
    return 0


def _copy(opening: Opening, target: Path, progress: terminal.Progress) -> None:
    try:
        backup(opening.database.path, target, on_progress=progress)
    except StoreTrouble as error:
        if error.trouble is not Trouble.EXISTS:
            raise
        raise StoreUnusable(f"{target} 已存在，备份不覆盖旧文件，未做任何改动；请换一个新文件名") from error


def _report(given: argparse.Namespace, target: Path) -> None:
    size = target.stat().st_size
    if given.is_json:
        terminal.say_json({"file": str(target), "bytes": size, "os_account": options.os_account()})
    else:
        terminal.say(f"已备份并验证：{target}（{size / 1_000_000:.1f} MB）")
