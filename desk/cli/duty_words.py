"""How `desk duty` writes items, versions and what an import would change."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from db.times import maybe_from_ms
from desk import duties
from desk.cli import terminal
from desk.duties import Change, Content, DutyItem, Names, Plan
from desk.duties.fields import label
from desk.duties.names import kind_words, list_word, scope_word
from desk.words import moment

_NAME_CELLS, _UNIT_CELLS, _CATEGORY_CELLS = 26, 24, 14
_SHOWN = {
    "unit_code": "承办单位",
    "section_code": "科室",
    "co_unit_codes": "协办单位",
    "category_code": "分类",
}


def lines(plan: Plan) -> Iterator[str]:
    """Tell what an import would do: what is new, what changes field by field, what ends, what conflicts."""
    name = plan.table.path.name
    if plan.is_good and not plan.changes:
        yield f"{name}：无变化，{plan.unchanged} 项与现行清单相同{past_words(plan)}"
        return
    kind = "整份清单，文件里没有的停用" if plan.is_whole else "部分事项，文件里没有的不动"
    yield f"{name}（{kind}）"
    for title, changes in (("新增", plan.added), ("改动", plan.changed), ("停用", plan.retired)):
        if changes:
            yield f"{title} {len(changes)} 项"
        for each in changes:
            yield change_line(plan.names, each)
            yield from _differences(plan.names, each)
    if plan.conflicts:
        yield f"冲突 {len(plan.conflicts)} 项"
        yield from (f"  {flaw.said_of(name)}" for flaw in plan.conflicts)
    yield f"无变化 {plan.unchanged} 项{past_words(plan)}"
    yield "以上只是检查，什么也没有写入"


def past_words(plan: Plan) -> str:
    """Return how many lines only repeat a version that has ended: nobody should think that they count."""
    return f"；另有 {plan.past} 行是以前的版本，已略过" if plan.past else ""


def change_line(names: Names, change: Change) -> str:
    """Return one change as a line: `  第118项 夜间施工噪音（第1版 → 第2版）`."""
    content = change.content
    if change.before is None:
        versions = f"第{change.version}版" + ("，曾停用" if change.version > 1 else "")
    elif change.after is None:
        versions = f"第{change.version}版，停用"
    else:
        versions = f"第{change.before.version}版 → 第{change.version}版"
    return f"  第{change.number}项 {content.item}（{versions}） {_home(names, content)}"


def _home(names: Names, content: Content) -> str:
    unit = names.unit_name(content.unit_code)
    return f"{unit} {names.section_name(content.unit_code, content.section_code)}".rstrip()


def _differences(names: Names, change: Change) -> Iterator[str]:
    if change.before is None or change.after is None:
        return
    before, after = change.before.content, change.after
    for name in duties.differences(before, after):
        old, new = said(names, before, name), said(names, after, name)
        yield f"    {_label(name)}：{old or '空'} → {new or '空'}{_added_and_gone(before, after, name)}"


def _label(name: str) -> str:
    return _SHOWN.get(name) or label(name)


def _added_and_gone(before: Content, after: Content, name: str) -> str:
    """What a long list of words gained and lost, as nobody sees it at a glance."""
    old, new = getattr(before, name), getattr(after, name)
    if isinstance(old, str) or name in ("kinds", "co_unit_codes"):
        return ""
    added = [each for each in new if each not in old]
    gone = [each for each in old if each not in new]
    parts = (f"添 {'、'.join(added)}" if added else "", f"减 {'、'.join(gone)}" if gone else "")
    return f"（{'；'.join(filter(None, parts)) or '只改了次序'}）"


def said(names: Names, content: Content, name: str) -> str:
    """Return a field as a person reads it: names with their codes."""
    value: Any = getattr(content, name)
    if name in _SAID:
        return _SAID[name](names, content) if value else ""
    return value if isinstance(value, str) else ";".join(value)


_SAID: Mapping[str, Callable[[Names, Content], str]] = {
    "list_name": lambda _, content: list_word(content.list_name),
    "category_code": lambda names, content: " ".join(
        (content.category_code, " > ".join(filter(None, names.category_path(content.category_code))))
    ),
    "kinds": lambda _, content: kind_words(content.kinds),
    "area_scope": lambda _, content: scope_word(content.area_scope),
    "unit_code": lambda names, content: _coded(names.unit_name(content.unit_code), content.unit_code),
    "section_code": lambda names, content: _coded(
        names.section_name(content.unit_code, content.section_code), content.section_code
    ),
    "co_unit_codes": lambda names, content: "、".join(
        _coded(names.unit_name(code), code) for code in content.co_unit_codes
    ),
}


def _coded(name: str, code: str) -> str:
    return f"{name}（{code}）"


def version_lines(names: Names, version: DutyItem) -> Iterator[str]:
    """Tell one version in full."""
    begun, ended = maybe_from_ms(version.valid_from), maybe_from_ms(version.valid_to)
    state = "现行" if ended is None else "已不适用"
    yield f"清单第{version.number}项（第{version.version}版，{state}） {version.content.item}"
    since = moment(begun) if begun is not None else "建库"
    yield f"  有效     {since} 至 {moment(ended)}" if ended is not None else f"  有效     {since} 起"
    for name in (each.name for each in fields(Content)):
        words = said(names, version.content, name)
        if words and name != "item":
            yield f"  {terminal.fitted(_label(name), 8)} {words}"


def list_line(names: Names, version: DutyItem) -> str:
    """Return one item in force as a line of a list."""
    content = version.content
    category = next((each for each in reversed(names.category_path(content.category_code)) if each), "")
    cells = (
        f"{version.number:>5}",
        terminal.fitted(content.item, _NAME_CELLS),
        terminal.fitted(_home(names, content), _UNIT_CELLS),
        terminal.fitted(category, _CATEGORY_CELLS),
    )
    return f"{' '.join(cells)} 第{version.version}版"


def as_json(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield what an import would do, an object for each item, and one with the counts at the end."""
    for act, changes in (("added", plan.added), ("changed", plan.changed), ("retired", plan.retired)):
        for each in changes:
            yield _change_json(plan.names, act, each)
    for flaw in (*plan.flaws, *plan.conflicts):
        act = "conflict" if flaw in plan.conflicts else "bad"
        yield {"act": act, "line": flaw.line, "field": flaw.field, "reason": flaw.reason}
    yield {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "retired": len(plan.retired),
        "unchanged": plan.unchanged,
        "past": plan.past,
        "bad": len(plan.flaws),
        "conflicts": len(plan.conflicts),
        "whole": plan.is_whole,
        "sha256": plan.table.digest,
    }


def _change_json(names: Names, act: str, change: Change) -> dict[str, Any]:
    content = change.content
    differences = {}
    if change.before is not None and change.after is not None:
        before, after = change.before.content, change.after
        for name in duties.differences(before, after):
            differences[_label(name)] = [said(names, before, name), said(names, after, name)]
    return {
        "act": act,
        "number": change.number,
        "version": change.version,
        "item": content.item,
        "unit": names.unit_name(content.unit_code),
        "fields": differences,
    }
