"""What a city's new value must be able to do: said when it is set, not when a caller is on the line."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from db.doors import Reader
from db.queries import units
from desk.errors import BadInput
from desk.rules import (
    assessment_figures,
    grading,
    incidents,
    messages,
    periods,
    press_stages,
    pushing,
    quality,
    roster,
    social_review,
)
from desk.rules.calendar import calendar_from
from desk.rules.limits import Limits
from desk.rules.press_stages import HEADS
from desk.social_insurance.sources import chosen

_DESKS = "transfer.desks"
_SOURCE, _CSV_PATH, _TOKEN_FILE = "insurance.source", "insurance.csv_path", "insurance.token_file"
_WHOSE = {_CSV_PATH: "csv", "insurance.endpoint": "http"}
"""Of which source a setting is: it must suit that one before the source is chosen."""


_PLAIN: Mapping[str, Callable[[Any], str]] = {
    "messages.command": messages.flaw_of_command,
    "messages.hours": messages.flaw_of_hours,
    "emergency.shifts": roster.flaw_of,
    grading.RULES: grading.flaw_of,
    pushing.COMMANDS: pushing.flaw_of,
    periods.PERIODS: periods.flaw_of,
    "panel.quota": social_review.flaw_of_quota,
    "panel.seats": social_review.flaw_of_seats,
    "panel.quorum_share": social_review.flaw_of_share,
    "panel.tie": social_review.flaw_of_tie,
    quality.SHARE_KEY: quality.flaw_of_share,
    quality.ITEMS_KEY: quality.flaw_of_items,
    quality.ANSWER_KEY: quality.flaw_of_days,
    quality.PLAYER_KEY: quality.flaw_of_player,
    quality.WORDS_KEY: quality.flaw_of_words,
    "assessment.weights": assessment_figures.flaw_of_weights,
    press_stages.STAGES: press_stages.flaw_of,
    "remind.level": press_stages.flaw_of_level,
    "supervise.level": press_stages.flaw_of_level,
}
"""Settings whose value says by itself whether it works."""


def check(reader: Reader, key: str, values: Mapping[str, Any]) -> None:
    """Raise BadInput naming `key` when its new value, which stands in `values` with all others, cannot work."""
    _check_limits(values)
    if flaw := _flaw_of(reader, key, values[key]):
        raise BadInput(f"{key} 的值不能用：{flaw}", key)
    if key == _SOURCE or (values.get(key) and key in _WHOSE):
        chosen({**values, _SOURCE: _WHOSE.get(key, values[key])})


def _flaw_of(reader: Reader, key: str, value: Any) -> str:
    template = next((each for each in messages.TEMPLATES.values() if each.setting == key), None)
    if template is not None:
        return messages.flaw_of(template, value)
    if key == incidents.TYPES or key in incidents.BY_TYPE:
        return incidents.flaw_of(key, value)
    if key in _PLAIN:
        return _PLAIN[key](value) or (_flaw_of_officers(reader, value) if key == periods.PERIODS else "")
    if key in _ASKING:
        return _ASKING[key](reader, value)
    if value and key in (_CSV_PATH, _TOKEN_FILE):
        return _flaw_of_file(value)
    return ""


def _flaw_of_desks(reader: Reader, desks: Mapping[str, Any]) -> str:
    """专席: each has a name and the 工号 of people who are here (practice P13)."""
    for name, numbers in desks.items():
        if not name.strip() or not isinstance(numbers, list):
            return '每席写名称和工号，如 {"医保专席": ["1204"]}'
        for number in numbers:
            person = units.staff_by_no(reader, str(number))
            if person is None or not person["is_active"]:
                return f"{name}的工号 {str(number)[:20]} 不存在或已停用，请核对"
    return ""


def _flaw_of_heads(reader: Reader, value: Any) -> str:
    if not isinstance(value, list):
        return '须为工号的列表，如 ["1003"]'
    for number in value:
        person = units.staff_by_no(reader, str(number))
        if person is None or not person["is_active"]:
            return f"工号 {str(number)[:20]} 不存在或已停用，请核对"
    return ""


def _flaw_of_officers(reader: Reader, value: Mapping[str, Mapping[str, Any]]) -> str:
    for name, each in value.items():
        if officer := str(each.get(periods.OFFICER, "")):
            person = units.staff_by_no(reader, officer)
            if person is None or not person["is_active"]:
                return f"{name}的值班负责人 {officer[:20]} 不存在或已停用，请核对工号"
    return ""


def _flaw_of_file(path: str) -> str:
    found = Path(path)
    if not found.is_absolute():
        return "须是文件的完整路径"
    try:
        with found.open("rb"):
            return ""
    except OSError:
        return f"{path} 不在或读不了，请先放好文件再设置"


def _check_limits(values: Mapping[str, Any]) -> None:
    try:
        Limits.from_settings(values)
        calendar_from(values)
    except ValueError as error:
        key = str(error).partition(":")[0]
        if key.startswith("calendar."):
            raise BadInput(
                f'{key} 的值不能用：日期写成 ["2027-02-05"]，年份写成 [2027]，同一天不能既休又班', key
            ) from None
        raise BadInput(f"{key} 的值不能用：须为正数、时刻（如 18:00）或先后有序的时段", key) from None


_ASKING: Mapping[str, Callable[[Reader, Any], str]] = {_DESKS: _flaw_of_desks, HEADS: _flaw_of_heads}
"""Settings that name people: whether they are there."""
