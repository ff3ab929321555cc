"""三十分钟: the order of an emergency's steps, its reports, and whom to call first (practice P24)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.codes import Deed
from desk.codes import word

D = Deed

STEPS = (D.CALL_OUT, D.ACKNOWLEDGE, D.DEPART, D.ARRIVE, D.CONTAIN, D.FINISH)
"""派出 接令 出动 到场 险情已控制 处置完毕, in the order in which they come."""

WAITS_FOR: Mapping[Deed | None, str] = {
    D.CALL_OUT: "待派出",
    D.ACKNOWLEDGE: "待接令",
    D.DEPART: "待出动",
    D.ARRIVE: "待到场",
    D.CONTAIN: "待控制",
    D.FINISH: "待完毕",
    None: "已完毕",
}
"""How an emergency stands, by the step that comes next."""

TOO_LATE: Mapping[Deed, str] = {
    D.REPORT_ON: "险情已控制，不用再续报；处置完毕请按 w 登记",
    D.DOWNGRADE: "险情已控制，应急不能再改为降级或误报，请登记处置完毕",
    D.FALSE_ALARM: "险情已控制，应急不能再改为降级或误报，请登记处置完毕",
}
"""What cannot be done any more once the danger is under control, and the line that says so."""

_ON_THE_WAY = frozenset({D.DEPART, D.ARRIVE})
FIRST_UNITS: Mapping[str, tuple[str, ...]] = {
    "燃气泄漏": ("燃气公司", "消防"),
    "道路救援": ("交警", "消防", "交通运输局"),
    "山体滑坡": ("应急局", "自然资源局"),
    "人员被困": ("消防", "应急局"),
    "房屋倒塌": ("消防", "住建局"),
    "洪水围困": ("消防", "水利局"),
    "电线坠落": ("供电公司",),
    "停电": ("供电公司",),
    "停水": ("水利局",),
    "停气": ("燃气公司",),
    "水电气中断": ("供电公司", "水利局", "燃气公司"),
    "危化品泄漏": ("消防", "应急局", "生态环境局"),
    "路面塌陷": ("住建局", "交通运输局"),
    "森林火情": ("消防", "林业局", "应急局"),
    "电梯困人": ("市场监管局", "消防"),
    "食物中毒": ("卫健局", "市场监管局"),
    "群体事件": ("公安局", "政务信访"),
    "走失": ("公安局",),
}
"""Type → departments, or a word of the unit's name, in the order of ringing; `emergency.first_units` overrides it."""

ANY_TYPE = ("应急局",)


def next_step(done: Collection[Deed]) -> Deed | None:
    """Return the step that comes after those done; remote control may have left 出动 and 到场 out."""
    passed = max((STEPS.index(deed) for deed in done), default=-1)
    return STEPS[passed + 1] if passed + 1 < len(STEPS) else None


def out_of_turn(deed: Deed, done: Collection[Deed], reason: str = "") -> str:
    """Return why a step cannot be stamped now, or nothing when it can.

    险情已控制 without 出动 or 到场 takes a `reason` (a valve closed from afar); nothing else may be skipped. Until somebody
    has taken the order, another may be called out.
    """
    if deed in done and not (deed is D.CALL_OUT and D.ACKNOWLEDGE not in done):
        return f"已登记过“{word(deed)}”，不用再登记"
    if deed is D.FINISH and D.CONTAIN not in done:
        return f"还没有登记“{word(D.CONTAIN)}”，不能登记处置完毕"
    missing = [step for step in STEPS[: STEPS.index(deed)] if step not in done]
    if D.CONTAIN in done or (deed is D.CONTAIN and reason):
        missing = [step for step in missing if step not in _ON_THE_WAY]
    if not missing:
        return ""
    if deed is D.CONTAIN and _ON_THE_WAY.issuperset(missing):
        return f"还没有登记“{word(missing[0])}”：请先登记；远程就控制住的，请写明理由"
    return f"还没有登记“{word(missing[0])}”，请先登记这一步"


def owes_caller(departed_at: datetime | None, finished_at: datetime | None, told_at: datetime | None) -> bool:
    """Whether the caller is to be rung back: help is on the way, or all is done, and he has not heard of it yet."""
    latest = finished_at or departed_at
    return latest is not None and (told_at is None or told_at < latest)


def report_due(due_at: datetime, reported_at: datetime | None, every: timedelta) -> datetime:
    """续报: at the 30 minutes and every `every` after that, while the danger is not under control (practice P24).

    A report made before the limit does not stand for the one owed at it.
    """
    if reported_at is None or reported_at < due_at:
        return due_at
    return reported_at + every


def first_units(kind: str, chosen: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the departments to ring first for a type: the city's own choice, else the table, else 应急局."""
    return tuple(chosen.get(kind) or FIRST_UNITS.get(kind) or ANY_TYPE)


@dataclass(frozen=True, slots=True)
class Figures:
    """Both figures of the thirty minutes: how many, how many of them judged, within 30, average minutes."""

    count: int = 0
    judged: int = 0
    within: int = 0
    average_minutes: float | None = None

    @property
    def share(self) -> float | None:
        """Within 30 minutes, of those judged (0 … 1), or None when none is."""
        return self.within / self.judged if self.judged else None


def figures(spans: Iterable[tuple[timedelta | None, timedelta, timedelta]]) -> Figures:
    """Return count, share and average of (time to control or None, its limit, time run so far).

    One not under control is judged as soon as its limit is over: it can no longer be within. It has no average.
    """
    rows = list(spans)
    controlled = [(took, limit) for took, limit, _ in rows if took is not None]
    lost = sum(1 for took, limit, run in rows if took is None and run > limit)
    seconds = [took.total_seconds() for took, _ in controlled]
    return Figures(
        count=len(rows),
        judged=len(controlled) + lost,
        within=sum(1 for took, limit in controlled if took <= limit),
        average_minutes=sum(seconds) / len(seconds) / 60 if seconds else None,
    )
