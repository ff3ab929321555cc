"""`desk roster list | gaps | plan | set | drop | export | import`: 应急值班表, holidays included."""

import argparse
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from desk import roster
from desk.cli import options, terminal
from desk.codes import TeamRole, word
from desk.context import Desk
from desk.house_units import unit_named
from desk.importing import read_table
from desk.roster_rows import GapRow, OnDuty, RosterDay
from desk.rules.calendar import local
from desk.rules.written_times import day_written

DEEDS = {
    "list": "一天的值班表：每个单位每班是谁、电话",
    "gaps": "无人值守的班次；有则退出码为 1，可由定时任务运行",
    "plan": "自动排班：补满空班，夜班和节假日轮流，不连班",
    "set": "排一个人到一个班次",
    "drop": "撤下一个班次，写明理由",
    "export": "导出值班表（.xlsx .csv），空班也在表里",
    "import": "导入值班表：先检查，有错一行不进；表里有的班次以表为准",
}
_MONTH = 31
GAPS = 1


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk roster`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "list":
            deed.add_argument("--day", metavar="日期", default="", help="如 2026-10-01；不写为今天")
        if name in ("list", "gaps", "plan"):
            deed.add_argument("--unit", metavar="单位", default="", help="不写为全部应急成员单位")
        if name == "gaps":
            deed.add_argument(
                "--days",
                metavar="天数",
                type=int,
                default=None,
                help="往后看几天；不写按设置 emergency.roster_days",
            )
        if name in ("plan", "export"):
            deed.add_argument("--from", dest="first", metavar="日期", default="", help="不写为今天")
            deed.add_argument("--until", dest="last", metavar="日期", default="", help="不写为一个月后")
        if name == "set":
            deed.add_argument("--unit", metavar="单位", required=True)
            deed.add_argument("--day", metavar="日期", required=True)
            deed.add_argument("--shift", metavar="班次", required=True, help="如 夜班")
            deed.add_argument("--name", metavar="姓名", required=True)
        if name == "drop":
            deed.add_argument("key", metavar="编号", type=int, help="desk roster list 里的编号")
            deed.add_argument("--why", metavar="理由", required=True)
        if name in ("export", "import"):
            deed.add_argument("file", metavar="文件", type=Path)
        if name == "export":
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says; 1 when `gaps` found any."""
    with options.signed_in(given) as desk:
        return {
            "list": _list,
            "gaps": _gaps,
            "plan": _plan,
            "set": _set,
            "drop": _drop,
            "export": _export,
            "import": _import,
        }[given.deed](given, desk)


def _list(given: argparse.Namespace, desk: Desk) -> int:
    page = roster.day(desk, _day(given.day, desk), given.unit)
    if given.is_json:
        for unit in page.units:
            terminal.say_json({"day": str(page.day), "name": page.name, **asdict(unit)})
        return 0
    terminal.say(heading(page))
    for unit in page.units:
        for shift in page.shifts:
            people = "、".join(map(_who, unit.stands[shift.name])) or "无人"
            terminal.say(f"  {terminal.fitted(unit.unit, 16)} {terminal.fitted(shift.name, 6)} {people}")
    if not page.units:
        terminal.say("  没有应急成员单位：先用 desk team add --emergency 或 desk team import 登记队伍")
    return 0


def heading(page: RosterDay) -> str:
    """The day in words: `2026-10-01 国庆 白班 08:00-18:00 夜班 18:00-08:00，7 天内空 3 班`."""
    hours = " ".join(f"{shift.name} {shift.hours}" for shift in page.shifts)
    return f"{page.day} {page.name} {hours}，{page.days_ahead} 天内空 {page.gaps_ahead} 班"


def _who(person: OnDuty) -> str:
    return f"{person.name}（{word(TeamRole(person.role))} {person.phone}，编号 {person.key}）"


def _gaps(given: argparse.Namespace, desk: Desk) -> int:
    found = roster.gaps(desk, given.days, given.unit)
    _tell_gaps(given, found)
    if not found and not given.is_json:
        terminal.say("没有空班")
    return GAPS if found else 0


def _tell_gaps(given: argparse.Namespace, found: tuple[GapRow, ...]) -> None:
    for row in found:
        day, shift = row.duty.day, row.duty.shift.name
        if given.is_json:
            terminal.say_json({"unit": row.unit, "day": str(day), "day_name": row.day_name, "shift": shift})
        else:
            terminal.say(f"  空班 {day} {row.day_name} {shift} {row.unit}")


def _plan(given: argparse.Namespace, desk: Desk) -> int:
    first, last = _days(given, desk)
    done = roster.plan(desk, first, last, given.unit)
    if given.is_json:
        terminal.say_json(
            {"from": str(first), "until": str(last), "turns": done.count, "gaps": len(done.gaps)}
        )
    else:
        left = f"，还空 {len(done.gaps)} 班：人手不够，不排连班" if done.gaps else "，没有空班"
        terminal.say(f"{first} 至 {last} 排了 {done.count} 班{left}")
    _tell_gaps(given, done.gaps)
    return 0


def _set(given: argparse.Namespace, desk: Desk) -> int:
    day = day_written(given.day, "日期")
    with desk.reading() as reader:
        unit = unit_named(reader, given.unit, desk.actor.centre_path)
    turn = roster.assign(
        desk, unit["id"], day, given.shift, roster.person_named(desk, unit["id"], given.name)
    )
    return _tell(given, turn, "已排")


def _drop(given: argparse.Namespace, desk: Desk) -> int:
    return _tell(given, roster.withdraw(desk, given.key, given.why), "已撤下")


def _tell(given: argparse.Namespace, turn: roster.Turn, done: str) -> int:
    if given.is_json:
        terminal.say_json(asdict(turn))
    else:
        terminal.say(
            f"{done}：{turn.unit} {turn.words} {turn.name}{'，注意是连班' if turn.is_without_rest else ''}"
        )
    return 0


def _export(given: argparse.Namespace, desk: Desk) -> int:
    first, last = _days(given, desk)
    done = roster.export(desk, first, last, given.file.absolute(), may_overwrite=given.force)
    if given.is_json:
        terminal.say_json({"file": str(done.path), "lines": done.count})
    else:
        terminal.say(f"已导出 {first} 至 {last} 共 {done.count} 行：{done.path}")
    return 0


def _import(given: argparse.Namespace, desk: Desk) -> int:
    done = roster.take_in(desk, read_table(given.file, names_formulas=True))
    if given.is_json:
        terminal.say_json(asdict(done))
    elif done.added or done.dropped:
        empty = f"，空 {done.empty} 班" if done.empty else ""
        terminal.say(f"已导入：新排 {done.added} 班，撤下 {done.dropped} 班，照旧 {done.unchanged} 班{empty}")
    else:
        terminal.say("无变化，未写入任何内容")
    return 0


def _day(text: str, desk: Desk) -> date:
    return day_written(text, "日期") if text.strip() else local(desk.now()).date()


def _days(given: argparse.Namespace, desk: Desk) -> tuple[date, date]:
    first = _day(given.first, desk)
    return first, day_written(given.last, "日期") if given.last.strip() else first + timedelta(
        days=_MONTH - 1
    )
