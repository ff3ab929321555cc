"""`desk knowledge list | show | import | export | expiring`: 知识库 from the command line."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desk import knowledge
from desk.cli import options, terminal
from desk.errors import BadInput
from desk.importing import read_table
from desk.knowledge.columns import HEADS, NEEDED
from desk.knowledge.exporting import export
from desk.knowledge.importing import Change, Plan, examine, take_in
from desk.knowledge.markdown import read_folder
from desk.knowledge_rows import EntryRow

DEEDS = {
    "list": "列出或查找条目（一个字也能找）",
    "show": "一个条目的答复、依据和全部版本",
    "import": "导入：先整体检查，有错一条不进",
    "export": "导出现行条目，改好可以原样导回",
    "expiring": "快到期、该复核的条目",
}
_TITLE_CELLS = 44
_SHOWN, _BEFORE_DIFFERENCE = 40, 10


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk knowledge`."""
    for name, deed in options.deeds(parser, DEEDS):
        _ADDING[name](deed)


def _add_list(parser: options.Parser) -> None:
    parser.add_argument("words", metavar="文字", nargs="*", help="标题、关键词、答复、编号中的字")
    parser.add_argument("--topic", metavar="主题", default="", help="只要这个主题，如 社保")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="最多列几条（默认 50，0 为全部）")


def _add_show(parser: options.Parser) -> None:
    parser.add_argument("number", metavar="编号", help="如 ZSK-RS-0001")


def _add_import(parser: options.Parser) -> None:
    parser.add_argument("file", metavar="文件", type=Path, help=".xlsx .csv，或装 .md 的文件夹")
    parser.add_argument("--dry-run", action="store_true", help="只检查，列出新增、改动、停用，什么也不写")
    parser.add_argument("--whole", action="store_true", help="文件是整份知识库：文件里没有的条目停用")
    heads = (
        f"  {terminal.fitted(names[0] + ('*' if column in NEEDED else ''), 14)} {' '.join(names[1:])}".rstrip()
        for column, names in HEADS.items()
    )
    parser.epilog = "\n".join(("认得的列，带 * 的必须有，右边是也认得的写法；没有的列照旧不动：", *heads))


def _add_export(parser: options.Parser) -> None:
    parser.add_argument(
        "file", metavar="文件", type=Path, help=".xlsx .csv；没有后缀的是 Markdown 文件夹，一条一个文件"
    )
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def _add_expiring(parser: options.Parser) -> None:
    parser.add_argument(
        "--days", metavar="N", type=int, help="多少天以内（默认按设置 knowledge.expiring_days）"
    )


_ADDING: Mapping[str, Callable[[options.Parser], None]] = {
    "list": _add_list,
    "show": _add_show,
    "import": _add_import,
    "export": _add_export,
    "expiring": _add_expiring,
}


def run(given: argparse.Namespace) -> int:
    """Do what the second word says; 2 when the file of an import has an error."""
    return _RUNNING[given.deed](given)


def _list(given: argparse.Namespace) -> int:
    if given.limit < 0:
        raise BadInput("--limit 不能是负数；0 为全部", "--limit")
    told = 0
    with options.signed_in(given) as desk:
        words = " ".join(given.words)
        found = knowledge.page(desk, words, 0, given.topic)
        while told < found.total and (not given.limit or told < given.limit):
            rows = found.rows[: given.limit - told] if given.limit else found.rows
            for row in rows:
                terminal.say_json(_as_json(row)) if given.is_json else terminal.say(_line(row))
            told += len(rows)
            if told < found.total:
                found = knowledge.page(desk, words, told, given.topic)
    if not given.is_json:
        terminal.say(f"共 {found.total} 条" + (f"，已列出 {told} 条" if told < found.total else ""))
    return 0


def _line(row: EntryRow, more: str = "") -> str:
    marks = "；".join(filter(None, (row.trouble, more, "样例" if row.is_sample else "")))
    title = terminal.fitted(row.title, _TITLE_CELLS)
    return f"{row.number}  {row.topic}  {title} {row.owner} {marks}".rstrip()


def _as_json(row: EntryRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "version": row.version,
        "line": row.line,
        "topic": row.topic,
        "title": row.title,
        "owner": row.owner,
        "sample": row.is_sample,
        "trouble": row.trouble,
    }


def _show(given: argparse.Namespace) -> int:
    with options.signed_in(given) as desk:
        entry = knowledge.full(desk, given.number)
    for version in entry.versions:
        if given.is_json:
            text = {name: getattr(version.text, name) for name in version.text.__slots__}
            terminal.say_json(
                {"number": entry.number, "version": version.version, "state": version.state, **text}
            )
            continue
        terminal.say(f"{entry.number} 第{version.version}版（{version.state}） {version.text.title}")
        terminal.say(*(f"  {line}" for line in (*version.text.answer.splitlines(), *version.facts)))
    return 0


def _import(given: argparse.Namespace) -> int:
    if not given.file.suffix and not given.file.exists():
        raise BadInput(f"没有文件夹 {given.file}，请核对路径；要导入表格的写明 .xlsx 或 .csv", "文件")
    with options.signed_in(given) as desk:
        table = (
            read_folder(given.file) if given.file.is_dir() else read_table(given.file, names_formulas=True)
        )
        plan = examine(desk, table, is_whole=given.whole)
        terminal.complain(*map(plan.said, plan.flaws))
        if plan.unknown_heads:
            terminal.complain(f"注意：不认识的列已略过：{'、'.join(plan.unknown_heads)}"[:300])
        if plan.flaws:
            bad = len({flaw.line for flaw in plan.flaws})
            terminal.complain(
                f"{table.path.name} 共 {len(table.lines)} 条，其中 {bad} 条有错，一条也没有导入；请修改后重新导入"
            )
            return 2
        if not given.dry_run:
            take_in(desk, plan)
    _tell(plan, is_dry=given.dry_run, is_json=given.is_json)
    return 0


def _tell(plan: Plan, *, is_dry: bool, is_json: bool) -> None:
    named = (
        ("added", "新增", plan.added),
        ("changed", "改动", plan.changed),
        ("retired", "停用", plan.retired),
    )
    if is_json:
        counts: dict[str, Any] = {code: [each.number for each in changes] for code, _, changes in named}
        terminal.say_json(
            {**counts, "unchanged": plan.unchanged, "dry_run": is_dry, "sha256": plan.table.digest}
        )
        return
    for _, title, changes in named:
        if changes:
            terminal.say(f"{title} {len(changes)} 条")
        for each in changes:
            terminal.say(*_change_lines(each))
    terminal.say(f"无变化 {plan.unchanged} 条")
    terminal.say("以上只是检查，什么也没有写入" if is_dry else "已导入，各坐席随即按新版")


def _change_lines(change: Change) -> list[str]:
    lines = [f"  {change.number} {change.title}"]
    for field, old, new in change.differences:
        start = _start_of_difference(old, new)
        lines.append(f"    {field}：{_cut(old, start)} → {_cut(new, start)}")
    return lines


def _start_of_difference(old: str, new: str) -> int:
    """Return where to begin to show two texts: a little before they part, at the beginning of short ones."""
    if max(len(old), len(new)) <= _SHOWN:
        return 0
    parts = (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    alike = next(parts, min(len(old), len(new)))
    return max(alike - _BEFORE_DIFFERENCE, 0)


def _cut(text: str, start: int) -> str:
    plain = text.replace("\n", " ")
    ends = start + _SHOWN
    shown = plain[start:ends]
    return (f"{'..' if start else ''}{shown}{'..' if len(plain) > ends else ''}") if plain else "空"


def _export(given: argparse.Namespace) -> int:
    with options.signed_in(given) as desk:
        done = export(desk, given.file.absolute(), may_overwrite=given.force)
    if given.is_json:
        terminal.say_json({"file": str(done.path), "entries": done.count})
    else:
        terminal.say(f"已导出 {done.count} 条：{done.path}")
    return 0


def _expiring(given: argparse.Namespace) -> int:
    if given.days is not None and given.days < 0:
        raise BadInput("--days 不能是负数", "--days")
    with options.signed_in(given) as desk:
        found = knowledge.expiring(desk, given.days)
    for row, why in found:
        terminal.say_json({**_as_json(row), "why": why}) if given.is_json else terminal.say(_line(row, why))
    if not given.is_json:
        terminal.say(f"共 {len(found)} 条")
    return 0


_RUNNING: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "show": _show,
    "import": _import,
    "export": _export,
    "expiring": _expiring,
}
