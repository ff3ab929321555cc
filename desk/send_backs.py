"""退回原因: why replies are sent back by the unit's 审核人 and by 办结审核, counted by reason, unit and month (issue 6, part 1)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.codes import Deed, SendBackReason
from db.doors import Reader, Row
from db.queries import send_backs as queries
from db.times import to_ms
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed
from desk.errors import BadInput, NotAllowed
from desk.history import data_of
from desk.rows import CardSection
from desk.rules.calendar import local
from desk.rules.months import month_span, months_before
from desk.rules.reply_checks import Finding

_FIELD = "退回原因"


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """How often one reason was given, by the units' own 审核人 and by the centre's 办结审核."""

    reason: SendBackReason
    by_units: int
    by_centre: int

    @property
    def total(self) -> int:
        """By both."""
        return self.by_units + self.by_centre


@dataclass(frozen=True, slots=True)
class UnitReasons:
    """What one unit got back: how many times by its own 审核人 and by the centre, and for which reasons, most first."""

    unit: str
    by_unit: int
    by_centre: int
    reasons: tuple[tuple[SendBackReason, int], ...]


@dataclass(frozen=True, slots=True)
class SendBackFigures:
    """A month (`2026-11`) of what was sent back, for the centre or for one's own unit; one reply may have several reasons."""

    whose: str
    month: str
    by_units: int
    by_centre: int
    reasons: tuple[ReasonLine, ...]
    units: tuple[UnitReasons, ...]


def chosen(reasons: Iterable[str]) -> tuple[SendBackReason, ...]:
    """Return the reasons of a send-back, each once, in the order of the list. Raises BadInput for none or an unknown one."""
    given = {each.strip() for each in reasons if each.strip()}
    if not given:
        raise BadInput("请选择退回原因，可以选几项", _FIELD)
    if unknown := given - set(SendBackReason):
        raise BadInput(f"没有“{min(unknown)[:20]}”这种退回原因，请从列表里选", _FIELD)
    return tuple(each for each in SendBackReason if each in given)


def note(deed: OrderDeed, reasons: Sequence[SendBackReason]) -> None:
    """Add the codes of the reasons to the event of a send-back."""
    deed.note(reasons=[str(each) for each in reasons])


def proposed(findings: Iterable[Finding]) -> tuple[SendBackReason, ...]:
    """Return the reasons that the checker's findings speak for; a person chooses."""
    checks = {str(each.check) for each in findings}
    return tuple(each for each in SendBackReason if each in checks)


def why_not_drafter(desk: Desk, reader: Reader, order: Row) -> str:
    """Return the line that closes a reply which was drafted before to this person, '' for whoever may draft.

    It is edited by its drafter alone; somebody else drafts anew when the 联络员 has handed the order to him.
    """
    drafter = queries.drafter(reader, order["id"], order["round"])
    if drafter is None or drafter["person_uid"] == desk.actor.person_uid:
        return ""
    if order["handler_id"] == desk.actor.id:
        return ""
    who = f"{drafter['name']}（{drafter['staff_no']}）"
    return f"答复由{who}起草，退回后由起草人修改：要换人，请联络员按 z 转给新经办人再起草"


def figures(desk: Desk, month: str = "") -> SendBackFigures:
    """Return the figures of a month (China time; this one when empty) for the centre, or for one's own unit.

    Raises BadInput for what is no month, NotAllowed for who is neither at the centre nor in a unit.
    """
    since, until = month_span(month, desk.now())
    scope, parameters = _scope(desk)
    with desk.reading() as reader:
        rows = queries.between(reader, scope, to_ms(since), to_ms(until), **parameters)
    by_units = [row for row in rows if row["kind"] == Deed.SEND_BACK_REPLY]
    by_centre = [row for row in rows if row["kind"] == Deed.SEND_BACK_CLOSE_REVIEW]
    counted = _counted(by_units), _counted(by_centre)
    lines = (ReasonLine(each, counted[0][each], counted[1][each]) for each in SendBackReason)
    return SendBackFigures(
        whose=desk.actor.unit_name,
        month=f"{local(since):%Y-%m}",
        by_units=len(by_units),
        by_centre=len(by_centre),
        reasons=tuple(sorted((line for line in lines if line.total), key=lambda line: -line.total)),
        units=tuple(_by_unit(rows)),
    )


def sections(desk: Desk, months_back: int = 0) -> tuple[CardSection, ...]:
    """Return the figures of this month, or of one before it, in words. Raises as `figures` does."""
    return tuple(in_words(figures(desk, months_before(months_back, desk.now()))))


def in_words(found: SendBackFigures) -> Iterator[CardSection]:
    """Tell the figures: how many, by reason, by unit."""
    head = f"退回 {found.by_units + found.by_centre}：单位审核退回 {found.by_units}，办结审核退回 {found.by_centre}"
    yield CardSection(f"{found.month} {found.whose}", (head,))
    if not found.reasons:
        return
    lines = tuple(
        f"{word(line.reason)} {line.total}（单位审核 {line.by_units}，办结审核 {line.by_centre}）"
        for line in found.reasons
    )
    yield CardSection("按原因（一次退回可有几个原因）", lines)
    yield CardSection("按单位", tuple(map(_unit_line, found.units)))


def _unit_line(line: UnitReasons) -> str:
    reasons = "、".join(f"{word(reason)} {count}" for reason, count in line.reasons)
    return f"{line.unit} {line.by_unit + line.by_centre}（单位审核 {line.by_unit}，办结审核 {line.by_centre}）：{reasons}"


def _scope(desk: Desk) -> tuple[str, dict[str, Any]]:
    actor = desk.actor
    if actor.is_at_the_centre:
        return queries.OF_CENTRE, {"centre_id": actor.centre_id}
    if actor.is_in_a_unit:
        return queries.OF_UNIT, {"unit_path": actor.unit_path + "%"}
    raise NotAllowed("退回原因由热线中心和承办单位查看")


def _counted(rows: Iterable[Row]) -> Counter[SendBackReason]:
    codes = (code for row in rows for code in data_of(row).get("reasons", (str(SendBackReason.OTHER),)))
    return Counter(SendBackReason(code) for code in codes)


def _by_unit(rows: Sequence[Row]) -> Iterator[UnitReasons]:
    """One line for each unit, those with most sent back first."""
    names = {row["unit_id"]: str(row["unit_name"] or "") for row in rows}
    for key in sorted(names, key=lambda key: (-sum(row["unit_id"] == key for row in rows), str(key))):
        own = [row for row in rows if row["unit_id"] == key]
        by_unit = sum(row["kind"] == Deed.SEND_BACK_REPLY for row in own)
        yield UnitReasons(names[key], by_unit, len(own) - by_unit, tuple(_counted(own).most_common()))
