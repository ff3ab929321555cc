"""列对照: which column of a channel's file is which field; saved once by name, used for every file of that channel."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.codes import Channel, Deed
from db.doors import Reader, Row, Writer
from db.queries import channels
from db.times import from_ms, to_ms
from desk import history
from desk.births import check_birth_right
from desk.codes import code_for, word
from desk.context import Desk
from desk.errors import BadInput
from desk.history import Happening
from desk.importing.heads import HEADS, REQUIRED, RESULT_HEADS, field_called, label, result_called
from desk.importing.sources import Source, plain_head
from desk.rules.text import cleaned, required

NAME_LIMIT, HEAD_LIMIT, MOST_COLUMNS = 40, 60, 200
_KNOWN = {label(name): name for name in (*HEADS, *RESULT_HEADS)}
Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MapRow:
    """One saved 列对照: (column, Chinese label of its field or '') in the file's order; who saved it, when (aware UTC)."""

    name: str
    channel: Channel
    columns: Columns
    saved_at: datetime
    saved_by: str


def save_map(
    desk: Desk, name: str, channel: str = "", pairs: Sequence[str] = (), heads: Sequence[str] = ()
) -> MapRow:
    """Save a 列对照 under a name, over an older one of that name. One event MAP_CHANNEL.

    `heads` are the columns of a sample in their order: those with a usual name find their field by themselves, each
    `field=column` of `pairs` says or corrects one, `field=` none. Raises NotAllowed; BadInput for an unknown field or channel, two
    columns of one name or field, a field that is needed and has no column.
    """
    check_birth_right(desk, Deed.MAP_CHANNEL)
    title = required(name, "名称", NAME_LIMIT, one_line=True)
    code = _channel(title, channel)
    columns = _columns(heads, pairs)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        _end_old(writer, title, to_ms(at))
        uid = channels.add_map(
            writer,
            name=title,
            channel=str(code),
            columns=json.dumps(columns, ensure_ascii=False),
            saved_at=to_ms(at),
            saved_by=desk.actor.id,
        )
        _record(desk, writer, at, title, {"map": uid, "channel": str(code), "change": "saved"})
        return _row(_found(writer, title))


def remove_map(desk: Desk, name: str) -> MapRow:
    """Take a 列对照 out of use; orders that came by it stay. One event MAP_CHANNEL. Raises NotAllowed, BadInput."""
    check_birth_right(desk, Deed.MAP_CHANNEL)
    with desk.writing() as writer:
        found = _found(writer, _plain(name))
        at = history.moment_after_head(writer, desk.now())
        channels.remove_map(writer, found["id"], to_ms(at))
        data = {"map": found["uid"], "channel": found["channel"], "change": "removed"}
        _record(desk, writer, at, found["name"], data)
        return _row(found)


def all_maps(desk: Desk) -> tuple[MapRow, ...]:
    """Return every saved 列对照, by channel and name. Raises NotAllowed."""
    check_birth_right(desk, Deed.MAP_CHANNEL)
    with desk.reading() as reader:
        return tuple(map(_row, channels.maps(reader)))


def map_shown(desk: Desk, name: str) -> MapRow:
    """Return one 列对照. Raises NotAllowed, BadInput for an unknown name."""
    check_birth_right(desk, Deed.MAP_CHANNEL)
    with desk.reading() as reader:
        return _row(_found(reader, _plain(name)))


def source_named(desk: Desk, text: str) -> Source:
    """Return the source that a name means: a saved 列对照 before a channel of that name. Raises BadInput."""
    with desk.reading() as reader:
        row = channels.map_named(reader, _plain(text))
        names = [each["name"] for each in channels.maps(reader)]
    if row is not None:
        return Source(Channel(row["channel"]), row["name"], _stored(row))
    channel = code_for(Channel, text.strip())
    if channel is None:
        known = "、".join(dict.fromkeys((*map(word, Channel), *names)))
        raise BadInput(f"--channel 不认识 {_plain(text)[:NAME_LIMIT]}，可选：{known}"[:280], "--channel")
    return Source(channel)


def _plain(name: str) -> str:
    return cleaned(name, 200, "名称", one_line=True)


def _channel(name: str, given: str) -> Channel:
    text = given.strip() or name
    channel = code_for(Channel, text)
    if channel is None:
        known = "、".join(map(word, Channel))
        raise BadInput(
            f"{'没有这个渠道' if given.strip() else '请用 --of 说明是哪个渠道的'}，可写：{known}", "渠道"
        )
    of_name = code_for(Channel, name)
    if of_name not in (None, channel):
        raise BadInput(f"“{name}”是另一渠道的名字，请换一个名称", "名称")
    return channel


def not_in_sample(heads: Sequence[str], pairs: Sequence[str]) -> list[str]:
    """Return the columns that `pairs` name and a sample with these heads does not have. Raises BadInput as `save_map`."""
    there = set(map(plain_head, heads))
    return [head for head, _ in _said(pairs).values() if plain_head(head) not in there]


def _columns(heads: Sequence[str], pairs: Sequence[str]) -> Columns:
    """The columns with their fields. What `pairs` say goes before what a column's own name says."""
    said, fields = _said(pairs), dict[str, str]()
    taken = {name for name, _ in map(_pair, pairs)}
    for head in (required(each, "列名", HEAD_LIMIT, one_line=True) for each in heads if each.strip()):
        if plain_head(head) in map(plain_head, fields):
            raise BadInput(f"有两列都叫“{head}”，请先改名", "列名")
        own = field_called(head) or result_called(head) or ""
        _, name = said.pop(plain_head(head), ("", "" if own in taken else own))
        fields[head] = name
        taken.add(name)
    fields |= dict(said.values())
    _check(fields, has_sample=bool(heads))
    return tuple(fields.items())


def _said(pairs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(column, field) of each pair that names a column, by the column's bare name."""
    said: dict[str, tuple[str, str]] = {}
    for name, head in map(_pair, pairs):
        if head and plain_head(head) in said:
            raise BadInput(f"“{head}”列不能既是{label(said[plain_head(head)][1])}又是{label(name)}", "对照")
        if head and any(each == name for _, each in said.values()):
            raise BadInput(f"{label(name)}不能来自两列", "对照")
        said |= {plain_head(head): (head, name)} if head else {}
    return said


def _pair(text: str) -> tuple[str, str]:
    plain = cleaned(text, HEAD_LIMIT * 2, "对照", one_line=True).replace("＝", "=")
    said, mark, head = plain.partition("=")
    name = _KNOWN.get(said.strip()) or field_called(said) or result_called(said)
    if not mark:
        raise BadInput("对照须写成 字段=列名，如 编号=工单号", "对照")
    if name is None:
        raise BadInput(f"没有字段“{said.strip()[:20]}”，可写：{'、'.join(_KNOWN)}", "对照")
    return name, cleaned(head, HEAD_LIMIT, "列名", one_line=True)


def _check(fields: dict[str, str], *, has_sample: bool) -> None:
    if len(fields) > MOST_COLUMNS:
        raise BadInput(f"最多 {MOST_COLUMNS} 列，现有 {len(fields)} 列", "列名")
    missing = [label(name) for name in REQUIRED if name not in fields.values()]
    if missing:
        more = "" if has_sample else "，或用 --from 给一份样表"
        raise BadInput(f"还没有说哪一列是{'、'.join(missing)}：用 --map {missing[0]}=列名 说明{more}", "对照")


def _end_old(writer: Writer, name: str, at_ms: int) -> None:
    old = channels.map_named(writer, name)
    if old is not None:
        channels.remove_map(writer, old["id"], at_ms)


def _found(reader: Reader, name: str) -> Row:
    row = channels.map_named(reader, name)
    if row is None:
        raise BadInput(f"没有叫“{name[:NAME_LIMIT]}”的列对照，desk channel list 列出全部", "名称")
    return row


def _record(desk: Desk, writer: Writer, at: datetime, name: str, data: dict[str, str]) -> None:
    what = Happening(Deed.MAP_CHANNEL, at, desk.actor.uid, desk.seat, data=data, texts={"name": name})
    history.record(writer, what)


def _stored(row: Row) -> Columns:
    loaded: Iterable[tuple[str, str]] = json.loads(row["columns"])
    return tuple((head, name) for head, name in loaded)


def _row(row: Row) -> MapRow:
    columns = tuple((head, label(name) if name else "") for head, name in _stored(row))
    saver = f"{row['saver_name']}（{row['saver_no']}）" if row["saver_name"] else ""
    return MapRow(row["name"], Channel(row["channel"]), columns, from_ms(row["saved_at"]), saver)
