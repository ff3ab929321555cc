"""设置: the city's limits, hours, thresholds and word lists; each change is one event (design part 3)."""

import json
from dataclasses import dataclass
from typing import Any

from db.codes import Deed
from db.doors import Writer
from db.queries import house
from db.times import to_ms
from desk import history, settings
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput
from desk.history import Happening
from desk.rules.text import cleaned
from desk.setting_checks import check

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: its key, its value decoded, what it means and in which unit."""

    key: str
    value: Any
    title: str
    unit: str
    note: str


def all_settings(desk: Desk, prefix: str = "") -> list[SettingRow]:
    """Return the settings whose key begins with `prefix`, by key."""
    with desk.reading() as reader:
        rows = [row for row in house.settings(reader) if row["key"].startswith(prefix)]
    return [
        SettingRow(row["key"], json.loads(row["value"]), row["title"], row["unit"], row["note"])
        for row in rows
    ]


def set_setting(desk: Desk, key: str, text: str) -> SettingRow:
    """Give a setting a new value: JSON, or a plain text where the setting is a text. One event SET_SETTING.

    Desks that are open take it within a second. Raises BadInput: unknown key, a value of another kind, one that no
    limit may have; NotAllowed for all but administrators.
    """
    check_birth_right(desk, Deed.SET_SETTING)
    with desk.writing() as writer:
        known = {row["key"]: row for row in house.settings(writer)}
        row: Any = known.get(key)
        if row is None:
            raise BadInput(
                f"没有设置 {key}；desk settings list 列出全部，desk init --refresh 补上本版本新增的", "设置"
            )
        old = json.loads(row["value"])
        value = _checked(key, _decoded(key, text, old), old)
        values = {name: json.loads(each["value"]) for name, each in known.items()}
        check(writer, key, {**values, key: value})
        keep(desk, writer, key, old, value)
        desk.take(settings.load(writer))
    return SettingRow(key, value, row["title"], row["unit"], row["note"])


def keep(desk: Desk, writer: Writer, key: str, before: Any, after: Any) -> None:
    """Write a checked value of a setting with its event, in the caller's transaction."""
    at = history.moment_after_head(writer, desk.now())
    house.set_setting(writer, key, json.dumps(after, ensure_ascii=False), to_ms(at))
    data = {"key": key, "before": before, "after": after}
    history.record(writer, Happening(Deed.SET_SETTING, at, desk.actor.uid, desk.seat, data=data))


def _decoded(key: str, text: str, old: Any) -> Any:
    plain = cleaned(text, _LONGEST, key)
    try:
        return json.loads(plain)
    except ValueError:
        if isinstance(old, str):
            return plain
        raise BadInput(
            f"{key} 的值看不懂，请写成 {json.dumps(old, ensure_ascii=False)[:60]} 的样子", key
        ) from None


def _checked(key: str, value: Any, old: Any) -> Any:
    """Return the value if it is of the old one's kind; `null` may become a number and a number `null` for days alone."""
    if isinstance(old, str) and not isinstance(value, str):
        return str(value)
    is_days = key.endswith(".answer_days")
    if is_days and (value is None or _is_number(value)):
        return value
    is_alike = type(value) is type(old) or (_is_number(value) and _is_number(old))
    if not is_alike:
        raise BadInput(f"{key} 须为{_KINDS.get(type(old), '同类的值')}，不能是 {_shown(value)}", key)
    if isinstance(old, list) and old and not all(type(each) is type(old[0]) for each in value):
        raise BadInput(f"{key} 的每一项须为{_KINDS.get(type(old[0]), '同类的值')}", key)
    if _is_number(value) and value < 0:
        raise BadInput(f"{key} 不能是负数", key)
    return value


_KINDS: dict[type, str] = {
    bool: "true 或 false",
    int: "数字",
    float: "数字",
    str: "文字",
    list: "列表 […]",
    dict: "对照表 {…}",
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:40]
