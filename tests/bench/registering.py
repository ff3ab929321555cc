"""One registered order, durable, against the same rows written by hand in sqlite3."""

import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from db import search
from db.codes import OrderKind
from db.connections import connect
from db.hashing import canonical, event_hash
from db.ids import new_uid
from desk import intake
from desk.context import Desk
from desk.intake_rows import OrderForm
from tests.bench.stopwatch import cpu_ms, once
from tests.bench.table import Figure
from tests.world import World

RUNS = 200
WRITTEN = ("requesters", "calls", "work_orders", "events")
"""One row each for an order that came by phone; beside them call_orders, counters, chain_head and the index."""


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield CPU of a registered order and its ratio to hand-written sqlite3, both with synchronous=FULL."""
    with tempfile.TemporaryDirectory() as folder:
        by_desk = World(Path(folder) / "desk.db", is_throw_away=False)
        by_hand = World(Path(folder) / "hand.db", is_throw_away=False)
        desk = by_desk.desk("1203")
        numbers = iter(range(10**8))
        _register(desk, next(numbers))
        rows = {table: by_desk.row(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1") for table in WRITTEN}
        hand = _Hand(by_hand, rows)
        runs = RUNS // (5 if is_quick else 1)
        deeds, rivals = _interleaved(lambda: _register(desk, next(numbers)), hand, runs)
        _compare(by_desk, by_hand)
        ratio = statistics.median(deed / rival for deed, rival in zip(deeds, rivals, strict=True))
        yield Figure("one registered order against sqlite3 by hand, CPU", ratio, 3)
        yield Figure("one registered order, CPU", statistics.median(deeds), None, "ms")
        yield Figure("the same rows by hand, CPU", statistics.median(rivals), None, "ms")
        yield Figure("one sqlite3 INSERT and COMMIT alone, CPU", cpu_ms(_one_insert(by_hand)), None, "ms")


def _register(desk: Desk, number: int) -> object:
    phone = f"139{number:08d}"
    form = OrderForm(
        number=phone,
        name="李先生",
        kind=OrderKind.COMPLAINT,
        area_code="360725100000",
        place="老城社区工地",
        content="老城社区工地夜里十二点还在打桩，窗户跟着震，家里老人睡不着，已经连续四个晚上，希望尽快处理。",
    )
    return intake.register(desk, form, intake.CallNote(number=phone, line="12345"))


def _interleaved(
    one: Callable[[], object], other: Callable[[], object], runs: int
) -> tuple[list[float], list[float]]:
    one(), other()
    pairs = [(once(one), once(other)) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _compare(by_desk: World, by_hand: World) -> None:
    """Refuse to compare unless both stores hold the same number of rows everywhere."""
    for table in (*WRITTEN, "call_orders", "order_search", "event_texts"):
        sql = f"SELECT count(*) AS n FROM {table}"
        desk, hand = by_desk.row(sql)["n"], by_hand.row(sql)["n"]
        assert abs(desk - hand) <= 1, f"{table}: {desk} rows by the desk, {hand} by hand"


class _Hand:
    """Writes the same rows with sqlite3 alone: same indexes, same hash, same index entry, same flush."""

    def __init__(self, world: World, rows: dict[str, dict[str, Any]]) -> None:
        self._connection = connect(world.path)
        self._rows = rows
        self._sql = {table: _insert(table, row) for table, row in rows.items()}
        self._number = 0

    def __call__(self) -> None:
        run = self._connection.execute
        self._number += 1
        run("BEGIN IMMEDIATE")
        head = run("SELECT seq, hash, at FROM chain_head WHERE id = 1").fetchone()
        day = self._rows["work_orders"]["order_day"]
        run("INSERT INTO counters VALUES ('CY01', ?, 1) ON CONFLICT DO UPDATE SET last = last + 1", (day,))
        phone = f"138{self._number:08d}"
        requester = self._put("requesters", uid=new_uid(), phone=phone)
        identity = {"order_no": f"N{self._number}", "query_code": f"Q{self._number}", "counter": self._number}
        order_uid = new_uid()
        order = self._put(
            "work_orders", uid=order_uid, requester_id=requester, contact_phone=phone, **identity
        )
        run(search._ADD, {"order_id": order})
        call = self._put("calls", uid=new_uid(), number=phone)
        run("INSERT INTO call_orders VALUES (?, ?)", (call, order))
        self._append(order_uid, head)
        run("COMMIT")

    def _append(self, order_uid: str, head: tuple[int, str, int]) -> None:
        event = {**self._rows["events"], "seq": head[0] + 1, "uid": new_uid(), "order_uid": order_uid}
        event |= {"prev_hash": head[1], "data": canonical({"kind": "complaint", "urgency": "normal"})}
        digest = event_hash(event)
        self._put("events", **event | {"hash": digest})
        sql = "UPDATE chain_head SET seq = ?, hash = ?, at = ? WHERE id = 1"
        self._connection.execute(sql, (event["seq"], digest, event["at"]))

    def _put(self, table: str, **fresh: Any) -> int:
        return self._connection.execute(self._sql[table], {**self._rows[table], **fresh}).lastrowid or 0


def _insert(table: str, row: dict[str, Any]) -> str:
    names = [name for name in row if name != "id"]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def _one_insert(world: World) -> Callable[[], object]:
    connection = connect(world.path)
    numbers = iter(range(10**8))
    sql = "INSERT INTO settings (key, value) VALUES (?, '1')"
    return lambda: connection.execute(sql, (f"bench.{next(numbers)}",))
