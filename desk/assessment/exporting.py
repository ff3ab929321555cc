"""考核 as a file: 单位, 中心, 剔除清单, 评分与申诉, each a sheet; one event says who took which month (practice P30)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from db.codes import Deed, NotAssessed
from desk import exchange
from desk.assessment.behind import left_out
from desk.assessment.figures import table
from desk.assessment.scores import scores
from desk.assessment_rows import AssessedLine, ScoreRow
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput
from desk.exchange import Exported, Sheet
from desk.exporting import without_numbers
from desk.rules import assessment_figures as figures
from desk.rules.assessment_figures import Figure
from desk.words import moment

_NAME, _TOTAL = "单位", "总分"
_HUMAN = "（人评）"
_LEFT_OUT = Sheet(
    "剔除清单",
    {each: each for each in ("工单编号", "诉求类型", "状态", "承办单位", "剔除原因")},
    {"工单编号": 20, "承办单位": 18, "剔除原因": 18},
    frozenset({"工单编号"}),
    "B2",
)
_SCORES = Sheet(
    "评分与申诉",
    {
        each: each
        for each in (
            *("工单编号", "评分项目", "被评单位", "分数", "理由", "评分方", "评分时间", "是否有效"),
            *("申诉理由", "申诉结果", "决定理由"),
        )
    },
    {"工单编号": 20, "理由": 40, "评分时间": 17, "申诉理由": 40, "决定理由": 40},
    frozenset({"工单编号"}),
    "B2",
)
Line = dict[str, Any]


def save(desk: Desk, month: str, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write the 考核 of a month, as this person may see it, to a new .xlsx (0600). One event.

    What points to a caller stays out: no titles, no numbers in any text, no words on secret orders, no 危机来电 by number.
    Raises BadInput for another form or what is no month, NotAllowed, Refused when the file is there and may not be
    overwritten, StoreUnusable.
    """
    check_birth_right(desk, Deed.EXPORTED)
    if exchange.form_of(path) != ".xlsx":
        raise BadInput("考核导出为 .xlsx：四张表放在一个文件里", "文件")
    found = table(desk, month)
    units = [line for line in found.lines if not line.is_centre]
    pages = [
        (
            _sheet("单位", figures.OF_UNITS, with_total=True),
            [_line(each, figures.OF_UNITS) for each in units],
        ),
        (
            _sheet("中心", figures.OF_CENTRES, with_total=False),
            [_line(each, figures.OF_CENTRES) for each in found.centres],
        ),
        (_LEFT_OUT, list(_left_out(desk, found.month))),
        (_SCORES, list(_scores(desk, found.month))),
    ]
    pages[0][1].append({**dict.fromkeys(pages[0][0].labels, ""), _NAME: found.weights_text})
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write_book(made, pages)
        exchange.record(desk, path, {"assessment": found.month, "units": len(found.units)})
    return Exported(path, len(found.units))


def _sheet(title: str, own: Sequence[Figure], *, with_total: bool) -> Sheet:
    """Each figure with what it was counted from beside it; what people scored says so in its head."""
    labels = {_NAME: _NAME}
    for each in own:
        labels[each.key] = each.name + (_HUMAN if each.is_human else "")
        if each.is_share or each.is_human:
            labels[f"{each.key} parts"] = "份数" if each.is_human else "分子/分母"
    if with_total:
        labels[_TOTAL] = _TOTAL
    return Sheet(
        title, labels, {_NAME: 18}, frozenset(name for name in labels if name.endswith(" parts")), "B2"
    )


def _line(line: AssessedLine, own: Sequence[Figure]) -> Line:
    cells: Line = {_NAME: line.name}
    for each in own:
        value = line.value(each)
        is_plain = not (each.is_share or each.is_human)
        cells[each.key] = value.part if is_plain else value.text
        cells[f"{each.key} parts"] = value.parts
    cells[_TOTAL] = "-" if line.total is None else round(line.total, 2)
    return cells


def _left_out(desk: Desk, month: str) -> Iterator[Line]:
    start, total, crises = 0, 1, 0
    while start < total:
        window = left_out(desk, month, offset=start)
        for row in window.rows:
            crises += row.why is NotAssessed.CRISIS
            if row.why is not NotAssessed.CRISIS:
                cells = (row.order.order_no, word(row.order.kind), word(row.order.status), row.order.steward)
                yield dict(zip(_LEFT_OUT.labels, (*cells, word(row.why)), strict=True))
        start, total = start + max(len(window.rows), 1), window.total
    if crises:
        told = ("（不列编号）", "", "", "", f"{word(NotAssessed.CRISIS)} {crises} 件")
        yield dict(zip(_LEFT_OUT.labels, told, strict=True))


def _scores(desk: Desk, month: str) -> Iterator[Line]:
    start, total = 0, 1
    while start < total:
        window = scores(desk, month, start)
        yield from (_score(row) for row in window.rows)
        start, total = start + max(len(window.rows), 1), window.total


def _score(row: ScoreRow) -> Line:
    cells = (
        *(row.order_no, word(row.kind), row.unit, row.points, _words(row, row.reason)),
        *(row.scorer, moment(row.scored_at), "否" if row.ended_at else "是"),
        *(_words(row, row.appeal), row.state, _words(row, row.decision)),
    )
    return dict(zip(_SCORES.labels, cells, strict=True))


def _words(row: ScoreRow, words: str) -> str:
    return "（保密）" if row.is_secret and words else without_numbers(words)
