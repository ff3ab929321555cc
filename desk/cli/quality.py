"""`desk quality draw | list | show | add | judge | answer | decide | figures | export`: 质检, for who may."""

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from db.codes import ItemVerdict
from desk import quality
from desk.cli import options, terminal
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput
from desk.quality_rows import VIEWS, CheckRow, Sheet
from desk.rules.calendar import local

DEEDS = {
    "draw": "按规则抽取（供定时任务）",
    "list": "待检、申辩、已检、我的",
    "show": "一条质检的全部",
    "add": "把一件工单或一段录音列入质检",
    "judge": "评分：没有写到的项目为合格",
    "answer": "对自己的结果申辩",
    "decide": "裁定申辩：没有写到的项目维持",
    "figures": "统计：应检、已检、均分、不合格项目",
    "export": "导出统计（.xlsx .csv）",
}
_ON_A_CHECK = ("show", "judge", "answer", "decide")


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk quality`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name in _ON_A_CHECK:
            deed.add_argument("key", metavar="编号", type=int, help="desk quality list 里的编号")
        if name in ("judge", "decide"):
            _add_verdicts(deed)
        if name in ("judge", "answer", "decide"):
            deed.add_argument("--words", metavar="文字", default="", help="评语、申辩或裁定理由")
        if name == "list":
            deed.add_argument("--view", choices=list(VIEWS.values()), default="", help="哪一栏（默认第一栏）")
        if name == "add":
            deed.add_argument("about", metavar="工单号|录音编号")
            deed.add_argument("--why", metavar="理由", required=True)
            deed.add_argument("--complaint", action="store_true", help="有人投诉话务员")
        if name in ("figures", "export"):
            deed.add_argument("--month", metavar="年-月", default="", help="哪个月，如 2026-11（默认本月）")
        if name == "export":
            deed.add_argument("file", metavar="文件", type=Path)
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def _add_verdicts(parser: argparse.ArgumentParser) -> None:
    for verdict, name in (
        (ItemVerdict.PASSED, "pass"),
        (ItemVerdict.FAILED, "fail"),
        (ItemVerdict.NOT_APPLICABLE, "none"),
    ):
        parser.add_argument(
            f"--{name}", metavar="项目", action="append", default=[], help=f"{word(verdict)}的项目，可写几次"
        )


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        _RUN[given.deed](desk, given)
    return 0


def _draw(desk: Desk, given: argparse.Namespace) -> None:
    done = quality.draw(desk)
    if given.is_json:
        terminal.say_json(asdict(done))
    else:
        terminal.say(f"看过新记录 {done.looked_at} 条，列入质检 {done.drawn} 条")


def _list(desk: Desk, given: argparse.Namespace) -> None:
    view = next((key for key, name in VIEWS.items() if name == given.view), "")
    start, total = 0, 1
    while start < total:
        page = quality.page(desk, view, start)
        for row in page.rows:
            terminal.say_json(_plain(asdict(row))) if given.is_json else terminal.say(_line(row))
        start, total = start + max(len(page.rows), 1), page.total
    if total == 0 and not given.is_json:
        terminal.say("这一栏没有质检")


def _line(row: CheckRow) -> str:
    points = "" if row.points is None else f"{row.points}分"
    parts = (
        f"{row.id:>5}",
        word(row.reason),
        terminal.fitted(word(row.state), 6),
        f"{local(row.record_at):%m-%d %H:%M}",
        terminal.fitted(row.who, 14),
        terminal.fitted(row.summary, 8),
        points,
        row.order_no,
        row.title,
    )
    return "  ".join(part for part in parts if part)


def _show(desk: Desk, given: argparse.Namespace) -> None:
    _tell(quality.sheet(desk, given.key), given)


def _tell(sheet: Sheet, given: argparse.Namespace) -> None:
    if given.is_json:
        terminal.say_json(_plain({**asdict(sheet), "items": dict(sheet.items)}))
        return
    terminal.say(_line(sheet.row))
    for section in sheet.sections:
        terminal.say(f"【{section.heading}】", *(f"  {line}" for line in section.lines))


def _add(desk: Desk, given: argparse.Namespace) -> None:
    key = quality.add(desk, given.about, given.why, is_complaint=given.complaint)
    terminal.say_json({"id": key}) if given.is_json else terminal.say(f"已列入质检，编号 {key}")


def _judge(desk: Desk, given: argparse.Namespace) -> None:
    passed = dict.fromkeys(quality.items_of(desk), str(ItemVerdict.PASSED))
    quality.judge(desk, given.key, passed | _verdicts(given, passed), given.words)
    _tell(quality.sheet(desk, given.key), given)


def _answer(desk: Desk, given: argparse.Namespace) -> None:
    quality.answer(desk, given.key, given.words)
    _tell(quality.sheet(desk, given.key), given)


def _decide(desk: Desk, given: argparse.Namespace) -> None:
    quality.decide(desk, given.key, _verdicts(given), given.words)
    _tell(quality.sheet(desk, given.key), given)


def _verdicts(given: argparse.Namespace, known: Any = None) -> dict[str, str]:
    found: dict[str, str] = {}
    for verdict, items in (
        (ItemVerdict.PASSED, getattr(given, "pass")),
        (ItemVerdict.FAILED, given.fail),
        (ItemVerdict.NOT_APPLICABLE, given.none),
    ):
        for item in items:
            if known is not None and item not in known:
                raise BadInput(f"质检单上没有“{item[:20]}”；项目有：{'、'.join(known)}", "项目")
            found[item] = str(verdict)
    return found


def _figures(desk: Desk, given: argparse.Namespace) -> None:
    found = quality.figures(desk, given.month)
    if given.is_json:
        reasons = {str(reason): {"drawn": n, "checked": m} for reason, (n, m) in found.by_reason.items()}
        terminal.say_json(_plain({**asdict(found), "by_reason": reasons}))
        return
    for section in quality.in_words(found):
        terminal.say(section.heading, *(f"  {line}" for line in section.lines))


def _export(desk: Desk, given: argparse.Namespace) -> None:
    done = quality.export(desk, given.file.absolute(), given.month, may_overwrite=given.force)
    terminal.say_json({"file": str(done.path), "lines": done.count}) if given.is_json else terminal.say(
        f"已导出 {done.count} 行：{done.path}"
    )


def _plain(value: Any) -> Any:
    """The same as JSON has it: moments as text in China's time, codes as text."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value


_RUN = {
    "draw": _draw,
    "list": _list,
    "show": _show,
    "add": _add,
    "judge": _judge,
    "answer": _answer,
    "decide": _decide,
    "figures": _figures,
    "export": _export,
}
