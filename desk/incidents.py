"""应急类型 as a table: out to those who keep it, and in again as a whole, checked first (practice P24)."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from db.codes import Deed
from db.queries import house
from desk import city_settings, exchange, settings
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput
from desk.exchange import Exported, Sheet
from desk.importing.tables import Table
from desk.rules import incidents as rules
from desk.rules.incidents import Incident
from desk.rules.text import cleaned

_KIND = "类型"
_LABELS = {
    "kind": _KIND,
    rules.WORDS: "提示词",
    rules.QUESTIONS: "提问",
    rules.ADVICE: "先说的话",
    rules.FIRST_UNITS: "先派",
    rules.CO_UNITS: "协办",
    rules.HAND_OVER: "移交",
    rules.COPIED: "抄送",
}
_SHEET = Sheet(
    "应急类型",
    _LABELS,
    {rules.QUESTIONS: 60, rules.ADVICE: 60, rules.FIRST_UNITS: 24, rules.CO_UNITS: 24, rules.COPIED: 24},
    codes=frozenset({rules.HAND_OVER}),
    frozen="B2",
)
_BETWEEN = "；"


def all_incidents(desk: Desk) -> tuple[Incident, ...]:
    """Return the types of emergency in the city's order."""
    return tuple(rules.incident(kind, desk.settings) for kind in desk.settings.words(rules.TYPES))


def of_kind(desk: Desk, kind: str) -> Incident:
    """Return one type. Raises BadInput for an unknown one."""
    if kind not in desk.settings.words(rules.TYPES):
        raise BadInput(f"没有应急类型“{kind[:20]}”，desk incident list 列出全部", _KIND)
    return rules.incident(kind, desk.settings)


def export(desk: Desk, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write every type, a line each, in .xlsx or .csv. Raises BadInput, Refused, StoreUnusable."""
    form = exchange.form_of(path)
    lines = [_line(each) for each in all_incidents(desk)]
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write(form, made, _SHEET, lines)
    return Exported(path, len(lines))


def _line(each: Incident) -> dict[str, str]:
    return {"kind": each.kind} | {
        key: _BETWEEN.join(lines) for key, lines in zip(rules.BY_TYPE, _lists(each), strict=True)
    }


def _lists(each: Incident) -> tuple[tuple[str, ...], ...]:
    """The lists of a type in the order of `BY_TYPE`."""
    return (
        each.words,
        each.questions,
        each.advice,
        each.first_units,
        each.co_units,
        each.hand_over,
        each.copied,
    )


def take_in(desk: Desk, table: Table) -> tuple[str, ...]:
    """Make the types those of a file, in its order; return the keys of the settings that changed, an event each.

    The file is the whole list: a type that it leaves out is no choice any more; emergencies under way keep theirs.
    Raises BadInput naming line and column, NotAllowed for all but administrators; then nothing is written.
    """
    check_birth_right(desk, Deed.SET_SETTING)
    wanted = _values(table)
    with desk.writing() as writer:
        known = {row["key"]: json.loads(row["value"]) for row in house.settings(writer)}
        changed = tuple(key for key, value in wanted.items() if known.get(key) != value)
        for key in changed:
            city_settings.keep(desk, writer, key, known.get(key), wanted[key])
        desk.take(settings.load(writer))
    return changed


def _values(table: Table) -> dict[str, Any]:
    """The settings that a file says. Raises BadInput naming the line."""
    exchange.check_heads(table, [_KIND], "desk incident export")
    values: dict[str, dict[str, list[str]]] = {key: {} for key in rules.BY_TYPE}
    kinds: list[str] = []
    for line in table.lines:
        where = exchange.where(table, line)
        kind = cleaned(
            exchange.cell(table, line, _KIND), rules.LONGEST_TYPE, f"{where} {_KIND}", one_line=True
        )
        if not kind or kind in kinds:
            raise BadInput(
                f"{where} {'没有写类型' if not kind else f'类型“{kind}”重复'}，请改正后重新导入", _KIND
            )
        kinds.append(kind)
        for key in rules.BY_TYPE:
            if said := _listed(exchange.cell(table, line, _LABELS[key]), f"{where} {_LABELS[key]}"):
                values[key][kind] = said
        for key in rules.BY_TYPE:
            if flaw := rules.flaw_of(key, values[key]):
                raise BadInput(f"{where} {_LABELS[key]}：{flaw}", _LABELS[key])
    return {rules.TYPES: kinds, **values}


def _listed(text: str, field: str) -> list[str]:
    plain = cleaned(text, rules.MOST_LINES * (rules.LONGEST_LINE + 1), field)
    return [part.strip() for part in plain.replace(";", _BETWEEN).split(_BETWEEN) if part.strip()]


def shown(each: Incident) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what a type says, list by list with its name, for a command's page."""
    yield from ((_LABELS[key], lines) for key, lines in zip(rules.BY_TYPE, _lists(each), strict=True))
