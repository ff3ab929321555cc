"""`desk duty export | import | show | list`: 职责清单 out to those who keep it, checked, and in again."""

import argparse
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from db.codes import DutyListName
from desk import duties
from desk.cli import duty_words, options, terminal
from desk.duties import Plan, TakenIn
from desk.duties.fields import label
from desk.errors import BadInput
from desk.importing import read_table

_FILE = ".xlsx .csv"
_LIST = "只要这一份清单，如 欠薪（根治欠薪工作责任清单）；不写为全部"
DEEDS = {
    "export": "导出现行清单，改好可以原样导回",
    "import": "导入清单：先整体检查，有错一项不进",
    "show": "一项事项的全部版本",
    "list": "按文字查现行清单",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk duty`."""
    for name, deed in options.deeds(parser, DEEDS):
        _ADDING[name](deed)


def _add_export(parser: options.Parser) -> None:
    parser.add_argument("file", metavar="文件", type=Path, help=_FILE)
    parser.add_argument("--list", dest="list_name", metavar="清单", help=_LIST)
    parser.add_argument("--all-versions", action="store_true", help="连同以前的版本和停用的事项")
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def _add_import(parser: options.Parser) -> None:
    parser.add_argument("file", metavar="文件", type=Path, help=f"{_FILE}；UTF-8 或 GB18030")
    parser.add_argument(
        "--dry-run", action="store_true", help="只检查，列出新增、改动、停用、冲突，什么也不写"
    )
    parser.add_argument(
        "--whole", action="store_true", help="文件是整份清单：清单里有而文件里没有的事项停用；不加则不动它们"
    )
    parser.epilog = _columns()


def _columns() -> str:
    """Which columns an import reads, under which names."""
    needed = {names[0] for names in duties.NEEDED}
    heads = (
        f"  {terminal.fitted(names[0] + ('*' if column in needed else ''), 14)} {' '.join(names[1:])}".rstrip()
        for column, names in duties.HEADS.items()
    )
    return "\n".join(("认得的列，带 * 的必须有，右边是也认得的写法；其他列略过：", *heads, _NOTES))


_NOTES = (
    "一格里有多个的用分号隔开；承办单位、科室、协办单位、分类写代码，代码空着时按名称查。\n"
    "版本、生效日期、失效日期照导出的留着；某项填上失效日期（不晚于今天）即停用该项。"
)


def _add_show(parser: options.Parser) -> None:
    parser.add_argument("number", metavar="序号", type=int, help="如 118")


def _add_list(parser: options.Parser) -> None:
    parser.add_argument(
        "words", metavar="文字", nargs="*", help="事项、关键词、分类、单位、科室中的字，或序号"
    )
    parser.add_argument("--list", dest="list_name", metavar="清单", help=_LIST)
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="最多列几项（默认 50，0 为全部）")


_ADDING: Mapping[str, Callable[[options.Parser], None]] = {
    "export": _add_export,
    "import": _add_import,
    "show": _add_show,
    "list": _add_list,
}


def run(given: argparse.Namespace) -> int:
    """Do what the second word says; 2 when the file of an import has an error."""
    return _RUNNING[given.deed](given)


def _list_name(given: argparse.Namespace) -> DutyListName | None:
    return None if given.list_name is None else duties.list_named(given.list_name)


def _export(given: argparse.Namespace) -> int:
    list_name = _list_name(given)
    with options.signed_in(given) as desk:
        exported = duties.export(
            desk,
            given.file.absolute(),
            list_name,
            all_versions=given.all_versions,
            may_overwrite=given.force,
        )
    if given.is_json:
        terminal.say_json({"file": str(exported.path), "items": exported.count})
    else:
        what = "个版本" if given.all_versions else "项"
        terminal.say(f"已导出 {exported.count} {what}：{exported.path}")
    return 0


def _import(given: argparse.Namespace) -> int:
    with options.signed_in(given) as desk:
        table = read_table(given.file, names_formulas=True)
        plan = duties.examine(desk, table, is_whole=given.whole)
        name = table.path.name
        terminal.complain(*(flaw.said_of(name) for flaw in plan.flaws))
        if given.is_json or not given.dry_run:
            terminal.complain(*(f"{flaw.said_of(name)}（冲突）" for flaw in plan.conflicts))
        if plan.unknown_heads:
            terminal.complain(f"注意：不认识的列已略过：{'、'.join(plan.unknown_heads)}"[:300])
        if given.dry_run or not plan.is_good:
            _tell_plan(plan, is_json=given.is_json, is_wanted=given.dry_run)
            if not plan.is_good:
                terminal.complain(_refusal(plan))
            return 0 if plan.is_good else 2
        progress = terminal.Progress("导入")
        try:
            taken = duties.take_in(desk, plan, progress)
        finally:
            progress.close()
    _tell_taken(plan, taken, is_json=given.is_json)
    return 0


def _refusal(plan: Plan) -> str:
    bad = len({flaw.line for flaw in (*plan.flaws, *plan.conflicts)})
    return f"{plan.table.path.name} 共 {len(plan.table.lines)} 行，其中 {bad} 行有错或有冲突，一项也没有导入；请修改后重新导入"


def _tell_plan(plan: Plan, *, is_json: bool, is_wanted: bool) -> None:
    """Tell what an import would do, where that was asked."""
    if not is_wanted:
        return
    if is_json:
        for each in duty_words.as_json(plan):
            terminal.say_json(each)
        return
    terminal.say(*duty_words.lines(plan))


def _tell_taken(plan: Plan, taken: TakenIn, *, is_json: bool) -> None:
    if is_json:
        terminal.say_json(
            {
                "edition": taken.edition,
                "added": taken.added,
                "changed": taken.changed,
                "retired": taken.retired,
                "unchanged": taken.unchanged,
                "sha256": plan.table.digest,
            }
        )
        return
    if not plan.changes:
        terminal.say(
            f"无变化：{taken.unchanged} 项与现行清单相同，未写入任何内容{duty_words.past_words(plan)}"
        )
        return
    terminal.say(*(duty_words.change_line(plan.names, each) for each in plan.retired))
    terminal.say(
        f"已导入：新增 {taken.added} 项，改动 {taken.changed} 项，停用 {taken.retired} 项，无变化 {taken.unchanged} 项"
        "；已生效，其他坐席随即按新清单建议"
    )


def _show(given: argparse.Namespace) -> int:
    with options.signed_in(given) as desk:
        found = duties.item(desk, given.number)
    for version in found.versions:
        if given.is_json:
            terminal.say_json({label(k): v for k, v in duties.line_of(found.names, version).items()})
        else:
            terminal.say(*duty_words.version_lines(found.names, version))
    return 0


def _list(given: argparse.Namespace) -> int:
    if given.limit < 0:
        raise BadInput("--limit 不能是负数；0 为全部", "--limit")
    list_name = _list_name(given)
    with options.signed_in(given) as desk:
        found = duties.find(desk, " ".join(given.words), list_name)
    for version in islice(found.versions, given.limit or None):
        if given.is_json:
            terminal.say_json({label(k): v for k, v in duties.line_of(found.names, version).items()})
        else:
            terminal.say(duty_words.list_line(found.names, version))
    if not given.is_json:
        _sum_up(len(found.versions), given.limit)
    return 0


def _sum_up(total: int, limit: int) -> None:
    if not total:
        terminal.say("没有符合的事项，请换几个字再查")
    elif limit and total > limit:
        terminal.say(f"共 {total} 项，已列出 {limit} 项；加 --limit 0 列出全部")
    else:
        terminal.say(f"共 {total} 项")


_RUNNING: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "export": _export,
    "import": _import,
    "show": _show,
    "list": _list,
}
