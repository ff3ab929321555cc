"""Stages of pressure by rule: which 催办 or 督办 comes how long before or after 单位时限 (issue 6, part 7).

A stage is reached so many working days after the limit, half a day may stand before it; where the limit runs on the
wall clock (紧急, 特急: practice P4) so many hours. All moments are aware.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.codes import PressureLevel, RequestKind
from desk.rules.calendar import CHINA, WorkCalendar, local, next_working_day, whole_ms
from desk.rules.counting import counted
from desk.rules.deadlines import working_days_before
from desk.rules.limits import Limits
from desk.rules.office_hours import add_office_hours
from desk.words import short_moment

STAGES = "pressure.stages"
"""The setting; an empty list presses nobody by itself."""
HEADS = "pressure.heads"
"""The 工号 of those who are told of what has become the 主要负责人's matter, beside the leaders of the centre."""
LEVELS = tuple(PressureLevel)
"""The lowest first."""
LONGEST_CODE, LONGEST_WORDS, MOST = 12, 200, 12
_LONGEST_DAYS, _LONGEST_HOURS = 60, 2000

DEFAULTS: tuple[Mapping[str, Any], ...] = (
    {
        "stage": "before",
        "days": -0.5,
        "hours": -2,
        "kind": "reminder",
        "level": "handler",
        "answer_days": 1,
        "answer_hours": 2,
        "words": "距单位时限（{due}）不足 {span}，请抓紧办理，回复办到哪一步",
    },
    {
        "stage": "at",
        "days": 0,
        "hours": 0,
        "kind": "reminder",
        "level": "handler",
        "answer_days": 1,
        "answer_hours": 2,
        "words": "单位时限（{due}）已到，还没有答复诉求人，请说明原因和办结时间",
    },
    {
        "stage": "after_1",
        "days": 1,
        "hours": 2,
        "kind": "supervision",
        "level": "unit_head",
        "answer_days": 1,
        "answer_hours": 2,
        "words": "已超期 {span}（时限 {due}），请单位负责人过问，限期答复诉求人并回复",
    },
    {
        "stage": "after_3",
        "days": 3,
        "hours": 6,
        "kind": "supervision",
        "level": "leader",
        "answer_days": 1,
        "answer_hours": 2,
        "words": "已超期 {span}（时限 {due}），提请分管领导督办，请回复措施和完成时间",
    },
    {
        "stage": "after_5",
        "days": 5,
        "hours": 12,
        "kind": "supervision",
        "level": "head",
        "answer_days": 1,
        "answer_hours": 2,
        "words": "已超期 {span}（时限 {due}），提请主要负责人督办，请书面说明原因、责任和措施",
    },
)
"""The stages of a new desk [P]."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: when it is reached, what it is, whose matter it becomes, how long the unit has to answer, its words."""

    code: str
    days: float
    hours: float
    kind: RequestKind
    level: PressureLevel
    answer_days: int
    answer_hours: float
    words: str

    def said(self, due: datetime, *, by_hours: bool) -> str:
        """Its words about a limit: `{due}` is the limit, `{span}` how long before or after it the stage is reached."""
        span = _span(abs(self.hours), "小时") if by_hours else _span(abs(self.days), "个工作日")
        return self.words.replace("{due}", short_moment(due)).replace("{span}", span)


def _span(number: float, unit: str) -> str:
    return f"半{unit}" if number == 0.5 else f"{number:g} {unit}"


def stages_from(value: Any) -> tuple[Stage, ...]:
    """Return the stages of a setting that `flaw_of` found nothing wrong with, the earliest first."""
    found = (
        Stage(
            each["stage"],
            float(each["days"]),
            float(each["hours"]),
            RequestKind(each["kind"]),
            PressureLevel(each["level"]),
            int(each["answer_days"]),
            float(each["answer_hours"]),
            each["words"],
        )
        for each in value
    )
    return tuple(sorted(found, key=lambda stage: stage.days))


def reached_at(
    stage: Stage, due: datetime, limits: Limits, calendar: WorkCalendar, *, by_hours: bool
) -> datetime:
    """Return when a stage is reached for a limit that ends at `due`: the end of business so many working days after it."""
    if by_hours:
        return whole_ms(due + timedelta(hours=stage.hours))
    if stage.days < 0:
        return whole_ms(working_days_before(due, -stage.days, limits, calendar))
    if stage.days == 0:
        return whole_ms(due)
    last = counted(local(due).date(), int(stage.days), calendar).last
    return whole_ms(datetime.combine(last, limits.office_closes, CHINA))


def reached(
    stages: Sequence[Stage],
    due: datetime,
    sent_at: datetime,
    now: datetime,
    limits: Limits,
    calendar: WorkCalendar,
    *,
    by_hours: bool,
) -> Stage | None:
    """Return the last stage that is reached at `now`, or None.

    One that lies before the unit had the order (`sent_at`) is none: a limit of 30 minutes has no 2 hours before it.
    """
    found = None
    for stage in stages:
        at = reached_at(stage, due, limits, calendar, by_hours=by_hours)
        if sent_at < at <= now:
            found = stage
    return found


def latest_due(
    stage: Stage, now: datetime, limits: Limits, calendar: WorkCalendar, *, by_hours: bool
) -> datetime:
    """Return the latest limit for which a stage is reached at `now`: what a list is searched by.

    For a stage before the limit the bound is no earlier than that; `reached` decides.
    """
    if by_hours:
        return now - timedelta(hours=stage.hours)
    if stage.days < 0:
        # A moment more: from a closing on to the next opening, for a limit that ends while nobody is there.
        hours = -stage.days * limits.office_day_hours + 1 / 3_600_000
        return add_office_hours(now, hours, limits, calendar)
    if stage.days == 0:
        return now
    day = local(now).date()
    is_over = calendar.is_working_day(day) and local(now).time() >= limits.office_closes
    day = day if is_over else next_working_day(day, calendar, step=-1)
    for _ in range(int(stage.days) - 1):
        day = next_working_day(day, calendar, step=-1)
    midnight = datetime.min.time()
    return datetime.combine(day, midnight, CHINA) - timedelta(milliseconds=1)


def level_above(level: PressureLevel) -> PressureLevel:
    """Return the next higher level; the highest stays."""
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def is_lower(one: str | None, other: str) -> bool:
    """Whether a level is lower than another one; an old request without any is the lowest."""
    return one is None or LEVELS.index(PressureLevel(one)) < LEVELS.index(PressureLevel(other))


def higher(one: str | None, other: PressureLevel) -> PressureLevel:
    """Return the higher one of two levels."""
    return other if one is None or is_lower(one, other) else PressureLevel(one)


def flaw_of_level(value: Any) -> str:
    """Return what is wrong with a setting that names a level, '' for nothing."""
    return "" if value in set(PressureLevel) else f"须为 {'、'.join(PressureLevel)} 之一"


def flaw_of(value: Any) -> str:
    """Return what is wrong with the setting `pressure.stages`, '' for nothing."""
    if not isinstance(value, list) or len(value) > MOST:
        return f"须为列表，最多 {MOST} 档；空列表 [] 即不自动催办督办"
    codes: set[str] = set()
    for number, each in enumerate(value, 1):
        flaw = _flaw_of_stage(each) if isinstance(each, dict) else "须写成 {…}"
        if not flaw and each["stage"] in codes:
            flaw = f"名称 {each['stage']} 重复"
        if flaw:
            return f"第 {number} 档{flaw}"
        codes.add(each["stage"])
    ordered = [(each["days"], each["hours"]) for each in value]
    if ordered != sorted(ordered) or [hours for _, hours in ordered] != sorted(hours for _, hours in ordered):
        return "各档须由早到晚排列，days 和 hours 的先后一致"
    return ""


_NAMES = frozenset(DEFAULTS[0])


def _flaw_of_stage(each: Mapping[str, Any]) -> str:
    if set(each) != _NAMES:
        return f"须有且只有 {'、'.join(sorted(_NAMES))}"
    code, words = each["stage"], each["words"]
    if not isinstance(code, str) or not code.isascii() or not code.isidentifier() or len(code) > LONGEST_CODE:
        return f"的 stage 须为小写英文，最长 {LONGEST_CODE} 个字母"
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_WORDS:
        return f"的 words 不能为空，最长 {LONGEST_WORDS} 字"
    if each["kind"] not in (RequestKind.REMINDER, RequestKind.SUPERVISION):
        return "的 kind 须为 reminder（催办）或 supervision（督办）"
    if each["level"] not in set(PressureLevel):
        return f"的 level 须为 {'、'.join(PressureLevel)} 之一"
    return _flaw_of_numbers(each)


def _flaw_of_numbers(each: Mapping[str, Any]) -> str:
    days, hours = each["days"], each["hours"]
    if not _is_number(days, _LONGEST_DAYS) or not _is_number(hours, _LONGEST_HOURS):
        return f"的 days、hours 须为数：时限前写负数，最多 {_LONGEST_DAYS} 个工作日、{_LONGEST_HOURS} 小时"
    if (days < 0) is not (hours < 0):
        return "的 days 和 hours 须同在时限前，或同在时限后"
    if days > 0 and days != int(days):
        return "的 days 在时限后须为整数个工作日"
    answer_days, answer_hours = each["answer_days"], each["answer_hours"]
    if not _is_number(answer_days, _LONGEST_DAYS) or answer_days != int(answer_days) or answer_days < 1:
        return f"的 answer_days 须为 1 至 {_LONGEST_DAYS} 个工作日"
    is_fit = _is_number(answer_hours, _LONGEST_HOURS) and answer_hours > 0
    return "" if is_fit else f"的 answer_hours 须大于 0，最多 {_LONGEST_HOURS} 小时"


def _is_number(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most
