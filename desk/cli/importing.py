"""`desk import FILE`: work orders or messages of another system become orders that wait for dispatch."""

import argparse
import re
from collections import Counter
from pathlib import Path

from desk import channels, importing
from desk.cli import options, terminal
from desk.codes import word
from desk.context import Desk
from desk.errors import Refused
from desk.importing import Checked, Fate, Foreseen, Taken


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk import`."""
    parser.add_argument("file", metavar="文件", type=Path, help=".jsonl .csv .xlsx；UTF-8 或 GB18030")
    parser.add_argument("--channel", metavar="渠道", default=word(importing.DEFAULT_CHANNEL), help=_CHANNEL)
    parser.add_argument("--dry-run", action="store_true", help="只说每行会怎样，什么也不写")
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
_CHANNEL = f"渠道，或已保存的列对照（desk channel list）；默认 {word(importing.DEFAULT_CHANNEL)}"


def run(given: argparse.Namespace) -> int:
    """Check the file, then take it in; 2 when a line is bad and `--skip-bad` was not said."""
    with options.signed_in(given) as desk:
        source = channels.source_named(desk, given.channel)
        table = importing.read_table(given.file, names_formulas=True)
        checked = importing.examine(desk, table, source)
        terminal.complain(*(flaw.said_of(table.path.name) for flaw in checked.flaws))
        if given.dry_run:
            return _foretell(given, desk, checked)
        if checked.flaws and not given.skip_bad:
            terminal.complain(_refusal(checked))
            return 2
        kept = importing.keep_rejects(checked)
        return _take_in(given, desk, checked, kept)


def _take_in(given: argparse.Namespace, desk: Desk, checked: Checked, kept: Path | None) -> int:
    progress = terminal.Progress("导入")
    try:
        taken = importing.take_in(desk, checked.messages, progress, source=checked.source)
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


def _foretell(given: argparse.Namespace, desk: Desk, checked: Checked) -> int:
    """Tell what each good line would become; write nothing. 2 when a line is bad."""
    counts: Counter[Fate] = Counter()
    for seen in importing.foresee(desk, checked.messages):
        counts[seen.fate] += 1
        if given.is_json:
            terminal.say_json(_as_json(seen))
        else:
            terminal.say(f"第 {seen.line} 行  {seen.said}")
    if not given.is_json:
        bad = f"，{len(checked.bad_lines)} 行有错" if checked.bad_lines else ""
        terminal.say(f"共 {len(checked.table.lines)} 行：{_counted(counts)}{bad}；只是预演，什么也没有写")
    return 2 if checked.flaws else 0


def _as_json(seen: Foreseen) -> dict[str, object]:
    return {
        "line": seen.line,
        "fate": str(seen.fate),
        "order_no": seen.order_no,
        "notes": list(seen.notes),
        "doubles": [twin.said for twin in seen.twins],
    }


_COUNT_WORDS = {
    Fate.NEW: "新工单",
    Fate.KNOWN: "已在册",
    Fate.SUPPLEMENTED: "补充",
    Fate.UPDATED: "来件更新",
    Fate.TOO_LATE: "已结束而内容有变",
}


def _counted(counts: Counter[Fate]) -> str:
    return (
        "，".join(f"{said} {counts[fate]}" for fate, said in _COUNT_WORDS.items() if counts[fate])
        or "没有可导入的"
    )


def _cause(trouble: Refused) -> str:
    """The first words of a refusal: what follows in it speaks of one deed, not of batches."""
    return re.split("[，；]", trouble.message, maxsplit=1)[0]


def _refusal(checked: Checked) -> str:
    bad, all_ = len(checked.bad_lines), len(checked.table.lines)
    return (
        f"{checked.table.path.name} 共 {all_} 行，其中 {bad} 行有错，一件也没有导入；"
        "请修改后重新导入，或加 --skip-bad 只导入其余的行"
    )


def _report(given: argparse.Namespace, checked: Checked, taken: Taken, kept: Path | None) -> None:
    counts, doubles = taken.counts, [seen for seen in taken.told if seen.twins]
    if given.is_json:
        terminal.say_json(
            {
                "imported": taken.imported,
                "known": taken.known,
                "supplemented": counts[Fate.SUPPLEMENTED],
                "updated": counts[Fate.UPDATED],
                "too_late": counts[Fate.TOO_LATE],
                "doubles": len(doubles),
                "rejected": len(checked.bad_lines),
                "rejects": None if kept is None else str(kept),
            }
        )
        return
    line = f"已导入 {taken.imported} 件，均在待派单" if taken.imported else "没有新导入的工单"
    line += f"；{counts[Fate.KNOWN]} 件此前已导入，未重复" if counts[Fate.KNOWN] else ""
    line += f"；补充 {counts[Fate.SUPPLEMENTED]} 件" if counts[Fate.SUPPLEMENTED] else ""
    line += f"；来件更新 {counts[Fate.UPDATED]} 件" if counts[Fate.UPDATED] else ""
    line += f"；疑似重复 {len(doubles)} 件，已互相关联，请派单员看是否合并" if doubles else ""
    line += f"；{len(checked.bad_lines)} 行有错，已存入 {kept}" if kept is not None else ""
    terminal.say(line, *(f"第 {seen.line} 行  {_told(seen)}" for seen in taken.told))


def _told(seen: Foreseen) -> str:
    return seen.said.replace("导入后互相关联", "已互相关联")
