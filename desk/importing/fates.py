"""What becomes of a good line: a new order, one that is here already, one that was changed outside (practice P20).

The same question is asked by the dry run and, under the lock, by the import itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from db.codes import OrderKind, Status
from db.doors import Reader, Row
from db.queries import channels
from db.times import from_ms, to_ms
from desk import sight
from desk.codes import Channel, code_for, word
from desk.context import Desk
from desk.importing.message import Message
from desk.rules.lifecycle import ENDS
from desk.rules.likeness import likeness
from desk.rules.marks import column_of, marks_of, short_words
from desk.words import short_moment

_COMPARED, _MOST_TWINS = 300, 3


class Fate(StrEnum):
    """What an import does with a line."""

    NEW = "new"
    KNOWN = "known"
    SUPPLEMENTED = "supplemented"
    UPDATED = "updated"
    TOO_LATE = "too_late"


FATE_WORDS = {
    Fate.NEW: "新工单",
    Fate.KNOWN: "已在册，无变化",
    Fate.SUPPLEMENTED: "已在册，内容有变：补充",
    Fate.UPDATED: "已在册，来件更新",
    Fate.TOO_LATE: "已在册，内容有变但工单已结束：未写入，请核实是否重新启动",
}


@dataclass(frozen=True, slots=True)
class Twin:
    """Another order, or a line above, that seems to be the same caller's same matter. `like` is 0 to 1."""

    key: int
    name: str
    like: float

    @property
    def said(self) -> str:
        """How it is told: `CY01-20261123-0001（省平台，像 83%）`."""
        return f"{self.name}，像 {round(self.like * 100)}%）"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One line and what becomes of it. `news` are columns of the upper platform that it changes; `notes` what it says of them."""

    line: int
    fate: Fate
    order_no: str = ""
    order_id: int = 0
    news: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()

    @property
    def said(self) -> str:
        """The line as the dry run tells it, without its place in the file."""
        parts = [FATE_WORDS[self.fate], self.order_no, *self.notes]
        if self.twins:
            parts.append(f"疑似重复，导入后互相关联：{'；'.join(twin.said for twin in self.twins)}")
        return "  ".join(part for part in parts if part)


def foresee(desk: Desk, messages: Sequence[Message]) -> Iterator[Foreseen]:
    """Yield what an import would do with each message, line by line; writes nothing."""
    above: dict[str, list[Message]] = {}
    with desk.reading() as reader:
        for message in messages:
            seen = fate_of(desk, reader, message)
            if seen.fate is Fate.NEW and not is_secret(message):
                twins = (*seen.twins, *_twins_above(desk, message, above))
                seen = replace(seen, twins=twins[:_MOST_TWINS])
                above.setdefault(str(message.values["contact_phone"] or ""), []).append(message)
            yield seen


def fate_of(desk: Desk, reader: Reader, message: Message) -> Foreseen:
    """Return what becomes of one message as the store stands."""
    known = channels.by_outside(reader, *message.outside)
    if known is None:
        twins = () if is_secret(message) else tuple(_twins(desk, reader, message))
        return Foreseen(message.number, Fate.NEW, notes=tuple(_notes(message)), twins=twins)
    news = dict(_news(message, known))
    fate = _fate(message, known, news)
    notes = tuple(_changes(news, known))
    return Foreseen(message.number, fate, known["order_no"], known["id"], news, notes)


def is_secret(message: Message) -> bool:
    """Whether a message becomes a 举报 or 保密 order: it is joined to no other (practice P32 c)."""
    return sight.is_secret({"kind": message.kind, "is_confidential": message.values["is_confidential"]})


def _fate(message: Message, known: Row, news: dict[str, Any]) -> Fate:
    if is_changed(message, known):
        return Fate.TOO_LATE if _is_over(known) else Fate.SUPPLEMENTED
    return Fate.UPDATED if news else Fate.KNOWN


def is_changed(message: Message, known: Row) -> bool:
    """Whether the words of a message are others than when it came last."""
    if known["digest"]:
        return bool(known["digest"] != message.digest)
    return not str(known["content"]).startswith(message.values["content"])


def _is_over(known: Row) -> bool:
    return known["status"] in ENDS and known["status"] != Status.MERGED


def _news(message: Message, known: Row) -> Iterator[tuple[str, Any]]:
    """What the upper platform says otherwise than before. An empty cell takes nothing away."""
    for name, said in (("state", message.state), ("sent_back", message.sent_back)):
        if said and said != (known[name] or ""):
            yield name, said
    for name, said in () if _is_over(known) else message.heads.items():
        last = known[f"said_{name}"]
        if said and last and last != message.digest_of(said):
            yield name, said
    for name in ("upstream_no", "upstream_due_at", "upstream_demand"):
        if message.values[name] and message.values[name] != known[name]:
            yield name, message.values[name]
    marks = column_of((*marks_of(known["marks"]), *marks_of(message.values["marks"])))
    if marks != known["marks"]:
        yield "marks", marks
    if is_secret(message) and not sight.is_secret(known):
        yield "is_confidential", True


def _notes(message: Message) -> Iterator[str]:
    """What a new order brings along from above."""
    marks = short_words(marks_of(message.values["marks"]))
    yield marks and f"标记 {marks}"
    due = message.values["upstream_due_at"]
    yield f"上级时限 {short_moment(from_ms(due))}" if due else ""
    yield f"上级状态 {message.state}" if message.state else ""
    yield f"上级退回：{message.sent_back}" if message.sent_back else ""
    yield "保密" if is_secret(message) else ""


def _changes(news: dict[str, Any], known: Row) -> Iterator[str]:
    if "marks" in news:
        added = [mark for mark in marks_of(news["marks"]) if mark not in marks_of(known["marks"])]
        yield f"添标记 {short_words(added)}"
    if "upstream_due_at" in news:
        before = known["upstream_due_at"]
        was = short_moment(from_ms(before)) if before else "无"
        yield f"上级时限 {was} → {short_moment(from_ms(news['upstream_due_at']))}"
    if "state" in news:
        yield f"上级状态 {known['state'] or '无'} → {news['state']}"
    yield f"上级退回：{news['sent_back']}" if "sent_back" in news else ""
    yield f"标题改为 {news['title']}" if "title" in news and not sight.is_secret(known) else ""
    yield "联系电话有变" if "contact_phone" in news else ""
    if "kind" in news:
        yield f"诉求类型 {word(OrderKind(known['kind']))} → {word(OrderKind(news['kind']))}：没有改，请派单员核对"
    yield "上级编号有变" if "upstream_no" in news else ""
    yield "上级要求有变" if "upstream_demand" in news else ""
    yield "转为保密" if "is_confidential" in news else ""


def _twins(desk: Desk, reader: Reader, message: Message) -> Iterator[Twin]:
    """Orders of the same caller's same matter, the most alike first; never secret ones (practice P32 c)."""
    since = to_ms(desk.now() - timedelta(days=int(desk.settings.get("similar.days", 30))))
    phone, path = message.values["contact_phone"], desk.actor.centre_path
    rows = channels.of_phone(reader, phone, path, since) if phone else ()
    same_words = [
        row for row in channels.of_words(reader, message.digest, path, since) if _is_one_caller(message, row)
    ]
    found = {row["id"]: Twin(row["id"], _name(row), _like(message, row)) for row in (*rows, *same_words)}
    yield from _alike(desk, found.values())


def _is_one_caller(message: Message, row: Row) -> bool:
    """Whether nothing tells two callers of the same words apart: many may send one text."""
    pairs = ((message.values[name], row[name]) for name in ("contact_phone", "requester_name"))
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _twins_above(desk: Desk, message: Message, above: dict[str, list[Message]]) -> Iterator[Twin]:
    phone = message.values["contact_phone"]
    rows = above.get(phone, ())[-20:] if phone else ()
    yield from _alike(
        desk, (Twin(0, f"第 {row.number} 行（本文件", _like(message, row.values)) for row in rows)
    )


def _alike(desk: Desk, twins: Iterable[Twin]) -> list[Twin]:
    least = float(desk.settings.get("channels.double_likeness", 0.3))
    found = sorted((twin for twin in twins if twin.like >= least), key=lambda twin: twin.like, reverse=True)
    return found[:_MOST_TWINS]


def _like(message: Message, row: Any) -> float:
    mine = message.values
    titles = likeness(mine["title"], row["title"])
    return max(titles, likeness(mine["content"][:_COMPARED], row["content"][:_COMPARED]))


def _name(row: Row) -> str:
    channel = code_for(Channel, row["channel"])
    return f"{row['order_no']}（{word(channel) if channel else row['channel']}"
