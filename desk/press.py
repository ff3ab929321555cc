"""How a 催办 or 督办 is put to a unit: it takes up the lower one that waits, and tells whose matter it has become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.codes import PressureLevel, RequestKind, Verdict
from db.doors import Row
from db.queries import messages, pressing, requests, units
from db.times import maybe_from_ms, to_ms
from desk import told
from desk.codes import word
from desk.deed import OrderDeed
from desk.rules.press_stages import HEADS, higher, is_lower

STANDS_ABOVE = "已有更高一级的{kind}待回复，并入"
_TAKEN_UP = {
    (RequestKind.REMINDER, RequestKind.REMINDER): "已再次催办",
    (RequestKind.REMINDER, RequestKind.SUPERVISION): "已转督办",
    (RequestKind.SUPERVISION, RequestKind.SUPERVISION): "已提级督办",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What is put to the unit: kind, level, words, by when it answers (aware); by rule its stage and the limit in ms UTC."""

    kind: RequestKind
    level: PressureLevel
    words: str
    due: datetime
    stage: str | None = None
    stage_due_at: int | None = None


def put(deed: OrderDeed, demand: Demand) -> int:
    """Put a demand beside the order of a deed and tell of it; return until when (ms UTC) the unit has to answer.

    Every 催办 that waits and every lower 督办 is taken up; a 催办 keeps the earlier limit and the higher level.
    """
    until, level, taken_up = to_ms(demand.due), demand.level, []
    for row in pressing.open_of(deed.writer, deed.order_id):
        if not _is_taken_up(row, demand):
            continue
        _end(deed, row, _TAKEN_UP[RequestKind(row["kind"]), demand.kind])
        taken_up.append(row["uid"])
        if demand.kind is RequestKind.REMINDER and row["target_unit_id"] == deed.order["steward_id"]:
            until, level = min(until, row["due_at"]), higher(row["level"], level)
    _add(deed, demand, level, due_at=until)
    deed.note(level=str(level), taken_up=taken_up or None)
    _tell(deed, demand, level, until)
    return until


def standing_above(deed: OrderDeed, kind: RequestKind, level: PressureLevel) -> Row | None:
    """Return what weighs at least as much and still waits for this unit's answer, or None: a 督办 of the level or higher."""
    for row in pressing.open_of(deed.writer, deed.order_id):
        if row["kind"] == RequestKind.SUPERVISION and (
            kind is RequestKind.REMINDER or not is_lower(row["level"], level)
        ):
            return row
    return None


def merge(deed: OrderDeed, demand: Demand, above: Row) -> None:
    """Keep that a stage was reached, and that what stands above it says so already: the unit is not asked twice."""
    request_id = _add(deed, demand, demand.level, due_at=None)
    words = STANDS_ABOVE.format(kind=word(RequestKind(above["kind"])))
    requests.decide(deed.writer, request_id, Verdict.LAPSED, deed.at_ms, _by(deed), words)
    deed.note(level=str(demand.level), merged_into=above["uid"])


def _is_taken_up(row: Row, demand: Demand) -> bool:
    if row["kind"] == RequestKind.REMINDER:
        return True
    return demand.kind is RequestKind.SUPERVISION and is_lower(row["level"], demand.level)


def _end(deed: OrderDeed, row: Row, words: str) -> None:
    requests.decide(deed.writer, row["id"], Verdict.LAPSED, deed.at_ms, _by(deed), words)


def _by(deed: OrderDeed) -> int | None:
    """Who does it; None when the desk itself does, by rule."""
    return deed.desk.actor.id or None


def _add(deed: OrderDeed, demand: Demand, level: PressureLevel, *, due_at: int | None) -> int:
    return requests.add(
        deed.writer,
        order_id=deed.order_id,
        kind=str(demand.kind),
        level=str(level),
        stage=demand.stage,
        stage_due_at=demand.stage_due_at,
        round=deed.value("round"),
        asked_at=deed.at_ms,
        asked_by=_by(deed),
        asking_unit_id=deed.desk.actor.unit_id,
        reason=demand.words,
        target_unit_id=deed.order["steward_id"],
        due_at=due_at,
    )


_FROM_UNIT_HEAD = (PressureLevel.UNIT_HEAD, PressureLevel.LEADER, PressureLevel.HEAD)
_FROM_LEADER = (PressureLevel.LEADER, PressureLevel.HEAD)


def _tell(deed: OrderDeed, demand: Demand, level: PressureLevel, until: int) -> None:
    """The 联络员 always, the unit's 审核人 from 单位负责人 on, the centre's leaders from 分管领导 on, at last the heads."""
    desk, at, due = deed.desk, deed.at, maybe_from_ms(until)
    unit = units.unit(deed.writer, deed.order["steward_id"])
    more = {"kind": word(demand.kind), "level": word(level), "unit": unit["short_name"] if unit else ""}

    def tell(code: str, unit_id: int | None = None, phone: str = "") -> None:
        told.to_unit(
            desk,
            deed.writer,
            deed.order,
            code,
            at,
            due=due,
            words=demand.words,
            unit_id=unit_id,
            phone=phone,
            **more,
        )

    tell("remind" if demand.kind is RequestKind.REMINDER else "supervise")
    if level in _FROM_UNIT_HEAD:
        tell("pressed_reviewer")
    if level in _FROM_LEADER:
        tell("pressed_leader", desk.actor.centre_id)
    if level is PressureLevel.HEAD:
        for phone in _phones_of(deed, desk.settings.words(HEADS)):
            tell("pressed_leader", desk.actor.centre_id, phone)


def _phones_of(deed: OrderDeed, staff_nos: Sequence[str]) -> list[str]:
    found = (units.staff_by_no(deed.writer, str(staff_no)) for staff_no in staff_nos)
    return [phone for row in found if row is not None and (phone := _mobile(deed, row["id"]))]


def _mobile(deed: OrderDeed, staff_id: int) -> str:
    return str(messages.mobile_of(deed.writer, staff_id) or "")
