"""时限设置: the figures of practice P2–P8 as one frozen value, each a setting of the city.

The defaults here are those of the practice rules, so that a rule can be tried without a store.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import time
from itertools import pairwise
from typing import Any, Self

from db.codes import OrderKind, Urgency

ANSWER_DAYS: Mapping[str, int | None] = {
    OrderKind.INQUIRY: 2,
    OrderKind.COMPLAINT: 5,
    OrderKind.HELP_REQUEST: 5,
    OrderKind.SUGGESTION: 5,
    OrderKind.TIP_OFF: 10,
    OrderKind.PRAISE: None,
    OrderKind.UNDETERMINED: 5,
}
Period = tuple[time, time]
OFFICE_HOURS: tuple[Period, ...] = ((time(8, 30), time(12)), (time(14, 30), time(18)))
OFFICE_CLOSES = time(18)


def _setting(key: str, default: Any) -> Any:
    """A field whose value comes from the setting `key`."""
    return field(default=default, metadata={"key": key})


@dataclass(frozen=True)
class Limits:
    """Every limit that a due time needs. Days are working days, hours of decisions are office hours."""

    answer_days: Mapping[str, int | None] = field(default_factory=lambda: dict(ANSWER_DAYS))
    dispatch_normal_minutes: int = _setting("dispatch.normal_minutes", 240)
    dispatch_urgent_minutes: int = _setting("dispatch.urgent_minutes", 30)
    sign_normal_days: int = _setting("sign.normal_days", 1)
    sign_urgent_minutes: int = _setting("sign.urgent_minutes", 30)
    contact_urgent_minutes: int = _setting("contact.urgent_minutes", 120)
    answer_urgent_hours: int = _setting("answer.urgent_hours", 24)
    emergency_minutes: int = _setting("emergency.minutes", 30)
    co_handling_days: int = _setting("co_handling.days", 2)
    close_review_days: int = _setting("close_review.days", 1)
    callback_days: int = _setting("callback.days", 2)
    inner_margin_days: float = _setting("inner.margin_days", 1.0)
    inner_inquiry_margin_days: float = _setting("inner.inquiry_margin_days", 0.5)
    return_decide_hours: float = _setting("return.decide_hours", 2.0)
    extension_max_days: int = _setting("extension.max_days", 10)
    extension_max_share: float = _setting("extension.max_share", 1.0)
    extension_decide_hours: float = _setting("extension.decide_hours", 4.0)
    extension_forbidden_kinds: tuple[str, ...] = _setting("extension.forbidden_kinds", (OrderKind.INQUIRY,))
    extension_forbidden_urgencies: tuple[str, ...] = _setting(
        "extension.forbidden_urgencies", (Urgency.URGENT, Urgency.CRITICAL)
    )
    suspension_max_days: int = _setting("suspension.max_days", 3)
    due_soon_hours: float = _setting("due_soon.hours", 4.0)
    office_hours: tuple[Period, ...] = _setting("office.hours", OFFICE_HOURS)
    office_closes: time = field(default=OFFICE_CLOSES, metadata={"key": "office.closes"})

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Self:
        """The limits of this city; a key that is missing keeps its default.

        `settings` maps key to value (a number, a text or a decoded JSON list). Raises ValueError naming the
        key when a value is not what the key needs.
        """
        values: dict[str, Any] = {"answer_days": _answer_days(settings)}
        for each in fields(cls):
            key = str(each.metadata.get("key"))
            if key in settings:
                values[each.name] = _converted(key, settings[key], each.default)
        return cls(**values)

    def days_for(self, kind: str) -> int | None:
        """Working days to answer `kind`; None for 表扬, which has no limit. Unknown kinds count as 待定."""
        return self.answer_days.get(kind, self.answer_days[OrderKind.UNDETERMINED])

    @property
    def office_day_hours(self) -> float:
        """Length of one office day in hours."""
        return sum(_minutes(closes) - _minutes(opens) for opens, closes in self.office_hours) / 60


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _answer_days(settings: Mapping[str, object]) -> dict[str, int | None]:
    days = dict(ANSWER_DAYS)
    for kind in ANSWER_DAYS:
        key = f"limits.{kind}.answer_days"
        if key in settings:
            value = settings[key]
            is_unlimited = value is None or value in ("", "null")
            days[kind] = None if is_unlimited else _whole(key, value)
    if days[OrderKind.UNDETERMINED] is None:
        raise ValueError("limits.undetermined.answer_days: must be a number")
    return days


def _number(key: str, value: object) -> float:
    """A positive number; raises ValueError that names the key."""
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if not 0 < number < 100_000 or isinstance(value, bool):
        raise ValueError(f"{key}: {value!r} is not a positive number")
    return number


def _whole(key: str, value: object) -> int:
    number = _number(key, value)
    if number != int(number):
        raise ValueError(f"{key}: {value!r} is not a whole number")
    return int(number)


def _time(key: str, value: object) -> time:
    """`18:00`, `8:30` or a JSON text of it."""
    hour, _, minute = str(value).strip(' "').partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"{key}: {value!r} is not a time of day") from None


def _decoded(key: str, value: object) -> Sequence[object]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            raise ValueError(f"{key}: {value!r} is not a list") from None
    if not isinstance(value, list | tuple):
        raise ValueError(f"{key}: {value!r} is not a list")
    return value


def _period(key: str, value: object) -> Period:
    ends = _decoded(key, value)
    if len(ends) != 2:
        raise ValueError(f"{key}: {value!r} is not opening and closing time")
    opens, closes = (_time(key, end) for end in ends)
    if opens >= closes:
        raise ValueError(f"{key}: {value!r} closes before it opens")
    return opens, closes


def _periods(key: str, value: object) -> tuple[Period, ...]:
    periods = tuple(_period(key, each) for each in _decoded(key, value))
    is_ordered = all(left[1] <= right[0] for left, right in pairwise(periods))
    if not periods or not is_ordered:
        raise ValueError(f"{key}: {value!r} must be in order and not overlap")
    return periods


def _converted(key: str, value: object, default: object) -> object:
    """`value` as the type of the field's default."""
    if key == "office.hours":
        return _periods(key, value)
    if isinstance(default, tuple):
        return tuple(str(each) for each in _decoded(key, value))
    if isinstance(default, time):
        return _time(key, value)
    return _number(key, value) if isinstance(default, float) else _whole(key, value)
