"""节假日、恶劣天气、重点事件: named periods with a duty officer of their own and lower thresholds (setting `emergency.periods`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.errors import BadInput
from desk.rules.written_times import moment_written

PERIODS = "emergency.periods"
FROM, UNTIL, OFFICER = "from", "until", "officer"
THRESHOLDS: Mapping[str, str] = {
    "acknowledge_minutes": "emergency.acknowledge_minutes",
    "alarm_minutes": "emergency.alarm_minutes",
    "report_every_minutes": "emergency.report_every_minutes",
    "group_numbers": "emergency.group_numbers",
    "warning_orders": "emergency.warning_orders",
    "roster_days": "emergency.roster_days",
}
"""What a period may set for itself, and the setting that holds otherwise."""


@dataclass(frozen=True, slots=True)
class Period:
    """A named period (aware moments), the 工号 of its duty officer, and its own thresholds by the settings' keys."""

    name: str
    begins: datetime
    ends: datetime
    officer: str
    thresholds: Mapping[str, Any]


def periods_of(value: Mapping[str, Mapping[str, Any]]) -> tuple[Period, ...]:
    """Return the periods of the setting, the one that begins first on top; `flaw_of` has found nothing wrong with them."""
    found = (
        Period(
            name,
            moment_written(str(each[FROM]), "开始"),
            moment_written(str(each[UNTIL]), "结束"),
            str(each.get(OFFICER, "")),
            {THRESHOLDS[key]: number for key, number in each.items() if key in THRESHOLDS},
        )
        for name, each in value.items()
    )
    return tuple(sorted(found, key=lambda period: period.begins))


def current(value: Mapping[str, Mapping[str, Any]], now: datetime) -> Period | None:
    """Return the period that runs at an aware moment; of several the one that began last, for it is the narrower one."""
    running = [period for period in periods_of(value) if period.begins <= now < period.ends]
    return running[-1] if running else None


def flaw_of(value: Any) -> str:
    """Return what is wrong with `emergency.periods`, '' for nothing."""
    if not isinstance(value, Mapping):
        return '按名称写时段，如 {"国庆": {"from": "2026-10-01 00:00", "until": "2026-10-08 00:00", "officer": "1501"}}'
    return next(filter(None, (_flaw_of_one(str(name), each) for name, each in value.items())), "")


def _flaw_of_one(name: str, each: Any) -> str:
    known = (FROM, UNTIL, OFFICER, *THRESHOLDS)
    if not name.strip() or len(name) > _LONGEST_NAME or not isinstance(each, Mapping):
        return f"时段的名称不超过 {_LONGEST_NAME} 个字，内容写 from、until、officer"
    if unknown := set(each).difference(known):
        return f"{name}里不认识 {min(unknown)[:20]}，可写 {'、'.join(known)}"
    try:
        begins = moment_written(str(each.get(FROM, "")), f"{name}的开始")
        ends = moment_written(str(each.get(UNTIL, "")), f"{name}的结束")
    except BadInput as flaw:
        return flaw.message
    wrong = next((key for key in THRESHOLDS if key in each and not _is_fine(key, each[key])), "")
    if wrong:
        return f"{name}的 {wrong} 要写大于 0 的数"
    return "" if begins < ends else f"{name}的结束要在开始之后"


_LONGEST_NAME = 20


def _is_fine(key: str, number: Any) -> bool:
    numbers = number if key == "alarm_minutes" else [number]
    return isinstance(numbers, list) and bool(numbers) and all(_is_positive(each) for each in numbers)


def _is_positive(number: Any) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and number > 0
