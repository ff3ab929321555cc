"""`desk assess`: the 考核 of a month by unit, the orders behind a figure, what is left out, scores, and the file of it all."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desk import assessment
from desk.assessment_rows import WHOLE, AssessedLine, AssessmentTable, ScoreRow
from desk.cli import options, terminal
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput
from desk.rules import assessment_figures as figures
from desk.rules.calendar import local
from desk.words import short_moment

_LISTS = "behind", "left_out", "scores"


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk assess`."""
    parser.add_argument("--month", metavar="月份", default="", help="如 2026-11；不写是本月")
    parser.add_argument("--unit", metavar="单位", default="", help="只看一家：简称或代码")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--behind", metavar="指标", default="", help=f"列出指标对应的工单：{_keys()}")
    what.add_argument("--left-out", action="store_true", help="剔除清单：不纳入考核的工单和原因")
    what.add_argument("--scores", action="store_true", help="评分与申诉")
    what.add_argument(
        "--save", metavar="文件", type=Path, help="存成 .xlsx：单位、中心、剔除清单、评分与申诉"
    )
    what.add_argument("--verify", action="store_true", help="按办理经过逐条重算，和记下的比；不符时退出码 1")
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")
    options.add_json(parser)
    options.add_person(parser)


def _keys() -> str:
    return " ".join(dict.fromkeys(each.key for each in (*figures.OF_UNITS, *figures.OF_CENTRES)))


def run(given: argparse.Namespace) -> int:
    """Say what was asked for."""
    with options.signed_in(given) as desk:
        if given.save:
            made = assessment.save(desk, given.month, given.save.absolute(), may_overwrite=given.force)
            told = {"file": str(made.path), "units": made.count}
            terminal.say_json(told) if given.is_json else terminal.say(f"已存 {made.path}")
            return 0
        if given.verify:
            return _verify(given, desk)
        table = assessment.table(desk, given.month)
        lines = _chosen(table, given.unit)
        if any(getattr(given, name) for name in _LISTS):
            _list(given, desk, table, lines)
        else:
            _say(given, table, lines)
    return 0


def _verify(given: argparse.Namespace, desk: Desk) -> int:
    found = assessment.verify(desk)
    if given.is_json:
        terminal.say_json({"orders": found.orders, "marks": found.marks, "differing": list(found.differing)})
    elif found.differing:
        terminal.say(*(f"{number} 与办理经过不符" for number in found.differing))
    else:
        terminal.say(f"工单 {found.orders} 件、{found.marks} 笔，与办理经过逐条重算一致")
    return 1 if found.differing else 0


def _chosen(table: AssessmentTable, unit: str) -> tuple[AssessedLine, ...]:
    wanted = unit.strip()
    if not wanted:
        return table.lines
    found = tuple(line for line in table.lines if wanted in (line.name, line.uid, line.code))
    if not found:
        raise BadInput(f"{table.month} 没有“{wanted[:40]}”的考核，请用 desk assess 核对单位简称", "--unit")
    return found


def _say(given: argparse.Namespace, table: AssessmentTable, lines: tuple[AssessedLine, ...]) -> None:
    for line in lines:
        if given.is_json:
            terminal.say_json({"month": table.month, **_plain(line)})
        else:
            terminal.say(*_told(line))
    if given.is_json:
        return
    if not lines:
        terminal.say(f"{table.month} 还没有可考核的")
    terminal.say(f"{table.month}  剔除 {table.left_out} 件  {table.weights_text}")


def _plain(line: AssessedLine) -> dict[str, Any]:
    """Computed and human figures apart, each with what it was counted from."""
    values = {
        value.figure.key: {"value": value.text, "part": value.part, "whole": value.whole}
        for value in line.values
    }
    human = {value.figure.key for value in line.values if value.figure.is_human}
    return {
        "unit": line.name,
        "uid": line.uid,
        "is_centre": line.is_centre,
        "computed": {key: value for key, value in values.items() if key not in human},
        "human": {key: value for key, value in values.items() if key in human},
        "total": None if line.total is None else round(line.total, 2),
        "numbers": dict(line.numbers),
    }


def _told(line: AssessedLine) -> Iterator[str]:
    total = "" if line.total is None else f"  总分 {line.total:.1f}"
    yield f"{line.name}{total}"
    for is_human, head in ((False, "计算"), (True, "人评")):
        values = [value for value in line.values if value.figure.is_human == is_human]
        said = [
            f"{value.figure.name} {value.text}" + (f"（{value.parts}）" if value.parts else "")
            for value in values
            if value.part or value.whole
        ]
        if said:
            yield f"  {head}  {'  '.join(said)}"


def _list(
    given: argparse.Namespace, desk: Desk, table: AssessmentTable, lines: tuple[AssessedLine, ...]
) -> None:
    unit_id = lines[0].unit_id if given.unit else WHOLE
    if given.scores:
        rows = list(_scores(desk, table.month))
        names = {line.name for line in lines}
        rows = [row for row in rows if not given.unit or row.unit in names]
        for row in rows:
            terminal.say_json(_score(row)) if given.is_json else terminal.say(
                f"{row.order_no}  {assessment.line_of(row)}"
            )
    else:
        for cells in _orders(given, desk, table.month, unit_id):
            terminal.say_json(cells) if given.is_json else terminal.say("  ".join(map(str, cells.values())))


def _scores(desk: Desk, month: str) -> Iterator[ScoreRow]:
    start, total = 0, 1
    while start < total:
        window = assessment.scores(desk, month, start)
        yield from window.rows
        start, total = start + max(len(window.rows), 1), window.total


def _score(row: ScoreRow) -> dict[str, Any]:
    return {
        "order": row.order_no,
        "kind": str(row.kind),
        "unit": row.unit,
        "points": row.points,
        "reason": row.reason,
        "by": row.scorer,
        "at": local(row.scored_at).isoformat(timespec="seconds"),
        "counts": row.ended_at is None,
        "appeal": row.appeal,
        "verdict": str(row.verdict or ""),
        "decision": row.decision,
    }


def _orders(given: argparse.Namespace, desk: Desk, month: str, unit_id: int) -> Iterator[dict[str, str]]:
    start, total = 0, 1
    while start < total:
        if given.left_out:
            left_out = assessment.left_out(desk, month, unit_id, start)
            found = [(row.order, word(row.why)) for row in left_out.rows]
            total = left_out.total
        else:
            behind = assessment.orders(desk, month, unit_id, given.behind, start)
            found, total = [(row, "") for row in behind.rows], behind.total
        for order, why in found:
            yield {
                "order": order.order_no,
                "status": word(order.status),
                "unit": order.steward,
                "title": order.listed_title,
                "accepted": short_moment(order.accepted_at),
                **({"why": why} if why else {}),
            }
        start += max(len(found), 1)
