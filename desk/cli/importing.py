"""`desk import FILE`: work orders or messages of another system become orders that wait for dispatch."""

import argparse
import re
from pathlib import Path

from db.codes import Channel
from desk import importing
from desk.cli import options, terminal
from desk.codes import code_for, word
from desk.errors import BadInput, Refused
from desk.importing import Checked, Taken


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk import`."""
    parser.add_argument("file", metavar="文件", type=Path, help=".jsonl .csv .xlsx；UTF-8 或 GB18030")
    parser.add_argument("--channel", metavar="渠道", default=word(importing.DEFAULT_CHANNEL), help=_CHANNEL)
    parser.add_argument("--skip-bad", action="store_true", help="导入好的行，坏行写入 文件.rejects")
    options.add_json(parser)
    options.add_person(parser)
    parser.epilog = _columns()


def _columns() -> str:
    """Which columns an import reads, under which names."""
    heads = (
        f"  {terminal.fitted(names[0] + ('*' if field in importing.REQUIRED else ''), 11)} {' '.join(names[1:])}"
        for field, names in importing.HEADS.items()
    )
    return "\n".join(
        ("认得的列（.jsonl 为键），带 * 的必须有，右边是也认得的写法；其他列略过：", *heads, _REJECTS)
    )


_INTERRUPTED = 130
_REJECTS = (
    "地点正好是地区名（横水镇、横水镇老城社区）又没有区域列的，按地名定区域。\n"
    "文件.rejects 里每行写明错误（表格为末列“错误”，.jsonl 为“错误”键），改好后直接导入它即可。"
)
_CHANNEL = f"未写明渠道的来件算哪个渠道（默认 {word(importing.DEFAULT_CHANNEL)}）"


def run(given: argparse.Namespace) -> int:
    """Check the file, then take it in; 2 when a line is bad and `--skip-bad` was not said."""
    channel = _channel(given.channel)
    with options.signed_in(given) as desk:
        checked = importing.examine(desk, importing.read_table(given.file), channel)
        name = checked.table.path.name
        terminal.complain(*(flaw.said_of(name) for flaw in checked.flaws))
        if checked.flaws and not given.skip_bad:
            terminal.complain(_refusal(checked))
            return 2
        kept = importing.keep_rejects(checked)
        progress = terminal.Progress("导入")
        try:
            taken = importing.take_in(desk, checked.messages, progress)
        except Refused as trouble:
            if not progress.done:
                raise
            terminal.complain(
                f"{checked.table.path.name} 导入到第 {progress.done} 件时停下（{_cause(trouble)}）；"
                "已导入的工单都是完整的，排除原因后再运行一次同一命令即可继续"
            )
            return 2
        except KeyboardInterrupt:
            terminal.complain("已中断；已导入的工单都是完整的，再运行一次同一命令即可继续")
            return _INTERRUPTED
        finally:
            progress.close()
    _report(given, checked, taken, kept)
    return 0


def _cause(trouble: Refused) -> str:
    """The first words of a refusal: what follows in it speaks of one deed, not of batches."""
    return re.split("[，；]", trouble.message, maxsplit=1)[0]


def _channel(text: str) -> Channel:
    channel = code_for(Channel, text)
    if channel is None:
        raise BadInput(
            f"--channel 不认识 {text}，可选：{'、'.join(word(each) for each in Channel)}", "--channel"
        )
    return channel


def _refusal(checked: Checked) -> str:
    bad, all_ = len(checked.bad_lines), len(checked.table.lines)
    return (
        f"{checked.table.path.name} 共 {all_} 行，其中 {bad} 行有错，一件也没有导入；"
        "请修改后重新导入，或加 --skip-bad 只导入其余的行"
    )


def _report(given: argparse.Namespace, checked: Checked, taken: Taken, kept: Path | None) -> None:
    if given.is_json:
        terminal.say_json(
            {
                "imported": taken.imported,
                "known": taken.known,
                "rejected": len(checked.bad_lines),
                "rejects": None if kept is None else str(kept),
            }
        )
        return
    line = f"已导入 {taken.imported} 件，均在待派单" if taken.imported else "没有新导入的工单"
    line += f"；{taken.known} 件此前已导入，未重复" if taken.known else ""
    line += f"；{len(checked.bad_lines)} 行有错，已存入 {kept}" if kept is not None else ""
    terminal.say(line)
