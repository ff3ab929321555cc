"""Good messages become orders: batches in one transaction each, every order whole, none twice (design part 8)."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from db.codes import Deed, LinkKind
from db.doors import Writer
from db.queries import channels, links, work_orders
from desk import history, sight, supplements, unit_limit
from desk.births import Birth, bear
from desk.context import Desk
from desk.deed import OrderDeed, deed_within
from desk.importing.fates import Fate, Foreseen, fate_of
from desk.importing.message import Message
from desk.importing.sources import Source
from desk.requesters import known_or_kept

BATCH = 100
_LONGEST_SECONDS = 0.05
_PAUSE_SECONDS = 0.02
_KEPT = ("state", "sent_back")
_HEADS = ("title", "contact_phone", "kind")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the good lines: how many had which fate, and those that a person should look at."""

    counts: Counter[Fate] = field(default_factory=Counter)
    told: tuple[Foreseen, ...] = ()

    @property
    def imported(self) -> int:
        """How many are new orders."""
        return self.counts[Fate.NEW]

    @property
    def known(self) -> int:
        """How many the store had already and stayed as they were."""
        return self.counts[Fate.KNOWN] + self.counts[Fate.TOO_LATE]


def take_in(
    desk: Desk,
    messages: Sequence[Message],
    on_progress: Callable[[int, int], None] | None = None,
    *,
    source: Source | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Taken:
    """Write messages as orders, at most 100 a transaction, with a pause for the other desks after each.

    What the store has already, by channel and outside number, is left alone unless its words or what the upper platform
    says were changed: a broken run is continued by running it again. `on_progress(done, all)` counts messages. Raises
    NotAllowed, Locked, StoreUnusable.
    """
    counts, told, done = Counter[Fate](), list[Foreseen](), 0
    for batch in _batches(messages):
        taken = _take_batch(desk, batch, source)
        while len(taken) < len(batch):
            pause(_PAUSE_SECONDS)
            taken += _take_batch(desk, batch[len(taken) :], source)
        counts.update(each.fate for each in taken)
        told += [each for each in taken if each.twins or each.fate not in (Fate.NEW, Fate.KNOWN)]
        done += len(batch)
        if on_progress is not None:
            on_progress(done, len(messages))
        if any(each.fate is not Fate.KNOWN for each in taken):
            pause(_PAUSE_SECONDS)
    return Taken(counts, tuple(told))


def _batches(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    return (messages[start : start + BATCH] for start in range(0, len(messages), BATCH))


def _take_batch(desk: Desk, batch: Sequence[Message], source: Source | None = None) -> list[Foreseen]:
    """Write as much of a batch as fits into one short transaction; return what became of each that was looked at."""
    taken: list[Foreseen] = []
    name = source.name if source else ""
    with desk.writing() as writer:
        ends = time.monotonic() + _LONGEST_SECONDS
        for message in batch:
            taken.append(_take(desk, writer, message, name))
            if time.monotonic() > ends:
                break
    return taken


def _take(desk: Desk, writer: Writer, message: Message, map_name: str) -> Foreseen:
    seen = fate_of(desk, writer, message)
    if seen.fate is Fate.NEW:
        _bear(desk, writer, message, seen, map_name)
    elif seen.fate is Fate.SUPPLEMENTED or seen.news:
        _change(desk, writer, message, seen)
    return seen


def _bear(desk: Desk, writer: Writer, message: Message, seen: Foreseen, map_name: str) -> None:
    values = {**message.values, "requester_id": known_or_kept(desk, writer, message.values)}
    said = {"upstream_state": message.state, "upstream_return": message.sent_back}
    texts = {**message.texts, **said, "upstream_demand": message.values["upstream_demand"]}
    data = {**message.data, "upstream_due_at": message.values["upstream_due_at"]}
    data = {name: value for name, value in data.items() if value is not None}
    born = bear(desk, writer, Birth(Deed.IMPORT_ORDER, message.kind, message.urgency, values, data, texts))
    channels.keep(
        writer,
        born.id,
        map_name=map_name,
        state=message.state,
        sent_back=message.sent_back,
        digest=message.digest,
        **message.said,
    )
    for twin in seen.twins:
        _relate(desk, writer, born.id, twin.key)


def _relate(desk: Desk, writer: Writer, order_id: int, twin_id: int) -> None:
    """关联 what seems to be one caller's one matter; whether they are merged a dispatcher decides (practice P10)."""
    order, twin = work_orders.by_key(writer, order_id), work_orders.by_key(writer, twin_id)
    assert order is not None, "it was born in this transaction"
    assert twin is not None, "it was read in this transaction"
    at = history.moment_after_head(writer, desk.now())
    with deed_within(desk, writer, at, Deed.RELATE, order) as deed:
        links.add(writer, LinkKind.RELATED, order_id, twin_id, deed.at_ms, desk.actor.id)
        deed.note(other=twin["uid"], double=True)


def _change(desk: Desk, writer: Writer, message: Message, seen: Foreseen) -> None:
    """One event: 补充 when the words were changed, else 来件更新; both keep what the upper platform says now."""
    order = work_orders.by_key(writer, seen.order_id)
    assert order is not None, "it was read in this transaction"
    kind = Deed.SUPPLEMENT if seen.fate is Fate.SUPPLEMENTED else Deed.CHANGE_OUTSIDE
    at = history.moment_after_head(writer, desk.now())
    with deed_within(desk, writer, at, kind, order) as deed:
        if kind is Deed.SUPPLEMENT:
            supplements.append(deed, _added(str(order["content"]), message.values["content"]), "来件补充")
            channels.keep(writer, deed.order_id, digest=message.digest)
            unit_limit.caller_is_back(deed, "citizen_wrote")
            supplements.tell_unit(deed, "supplement", f"工单 {seen.order_no} 有诉求人补充，请查看")
        _take_heads(deed, message, seen)
        _take_news(deed, seen)
        channels.keep(writer, deed.order_id, **{name: said for name, said in message.said.items() if said})


def _take_heads(deed: OrderDeed, message: Message, seen: Foreseen) -> None:
    """Take another title or phone over unless the house has set its own since; another 诉求类型 is only told (P20).

    The kind carries the limits that the citizen was told: a dispatcher decides.
    """
    news = {name: said for name, said in (seen.news or {}).items() if name in _HEADS}
    if not news:
        return
    last = channels.of_order(deed.writer, deed.order_id)
    assert last is not None, "what it said last is what tells that this is new"
    ours = {name: message.digest_of(str(deed.order[name] or "")) for name in ("title", "contact_phone")}
    taken = {name: said for name, said in news.items() if ours.get(name) == last[f"said_{name}"]}
    deed.set(**taken)
    if "contact_phone" in taken and not sight.is_secret(deed.order):
        deed.set(requester_id=known_or_kept(deed.desk, deed.writer, message.values))
    deed.note(heads={name: name in taken for name in news})
    deed.note(**({"kind_outside": news["kind"]} if "kind" in news else {}))
    if "title" in news and not sight.is_secret(deed.order):
        deed.quote(upstream_title=news["title"])
    supplements.tell_unit(deed, "outside", f"工单 {seen.order_no} 来件的标题、电话或诉求类型有变，请查看")


def _take_news(deed: OrderDeed, seen: Foreseen) -> None:
    news = seen.news or {}
    kept = {name: value for name, value in news.items() if name in _KEPT}
    columns = {name: value for name, value in news.items() if name not in (*_KEPT, *_HEADS)}
    if kept:
        channels.keep(deed.writer, deed.order_id, **kept)
    before = {name: deed.order[name] for name in ("marks", "upstream_due_at") if name in columns}
    deed.set(**columns)
    deed.note(**{f"{name}_before": value for name, value in before.items()})
    deed.note(**{name: columns[name] for name in before})
    deed.quote(**{f"upstream_{name}": str(value) for name, value in kept.items()})
    deed.quote(upstream_demand=str(columns.get("upstream_demand", "")))
    if news.keys() & {"upstream_due_at", "upstream_demand", "sent_back"}:
        supplements.tell_unit(deed, "outside", f"工单 {seen.order_no} 上级平台有新的时限、要求或退回，请查看")


def _added(before: str, now: str) -> str:
    """What is new in words that were changed: what stands behind the old ones, else all of them."""
    return now.removeprefix(before).lstrip("。，；、").strip() or now
