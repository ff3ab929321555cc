"""质检 figures as a sheet: one line an agent, no caller and no order in it (practice P31)."""

from pathlib import Path

from db.codes import Deed
from desk import exchange
from desk.births import check_birth_right
from desk.context import Desk
from desk.exchange import Exported, Sheet
from desk.quality.figures import figures
from desk.quality_rows import AgentFigures, QualityFigures

_HEADS = (
    "月份",
    "工号",
    "姓名",
    "话务",
    "应检",
    "抽取",
    "已检",
    "已检占比",
    "均分",
    "申辩",
    "改判",
    "不合格项目",
)
_SHEET = Sheet(
    "质检统计", {head: head for head in _HEADS}, {"不合格项目": 40}, frozenset({"月份", "工号"}), "D2"
)


def export(desk: Desk, path: Path, month: str = "", *, may_overwrite: bool = False) -> Exported:
    """Write a month's figures as a new .xlsx or .csv (0600), the sum last; one event.

    Raises NotAllowed for anybody but 班长 and 审核员, BadInput for another form or what is no month, Refused when the file
    is there and may not be overwritten, StoreUnusable.
    """
    check_birth_right(desk, Deed.JUDGE_QUALITY)
    form = exchange.form_of(path)
    found = figures(desk, month)
    lines = [_line(found, each) for each in (*found.agents, found.whole)]
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write(form, made, _SHEET, lines)
        exchange.record(desk, path, {"quality": found.month, "agents": len(found.agents)})
    return Exported(path, len(lines))


def _line(found: QualityFigures, each: AgentFigures) -> dict[str, str | int | float]:
    values = (
        found.month,
        each.staff_no,
        each.name,
        each.records,
        each.owed,
        each.drawn,
        each.checked,
        "" if each.share is None else f"{each.share:.1%}",
        "" if each.mean is None else each.mean,
        each.answered,
        each.granted,
        "、".join(f"{item}{count}" for item, count in each.failed.items()),
    )
    return dict(zip(_HEADS, values, strict=True))
