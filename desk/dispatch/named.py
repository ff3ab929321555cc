"""The unit that a granted 退单 named stands first among the proposals, and one key sends there (practice P7)."""

from dataclasses import replace

from db.doors import Reader, Row
from desk import return_records
from desk.context import Desk
from desk.dispatch import common
from desk.dispatch_rows import Proposal, Proposals
from desk.errors import Refused
from desk.return_records import fate
from desk.rules.returns import Fate

UNCLEAR = "退单件：{asker}建议改派{named}，请看清再派"
LAST = "本单已退单 {count} 次：由班长或研判组员按 k 快速裁决"


def named_first(desk: Desk, reader: Reader, order: Row, found: Proposals, top: int) -> Proposals:
    """Return the proposals for an order (a row) with the unit first that its last granted 退单 named.

    A batch leaves such an order to a person: that it is not the asking unit's was judged, not whose it is. Accused
    units, centres and units of a lower centre are not put first.
    """
    settled = return_records.settled(reader, order["id"])
    if return_records.is_last(desk, reader, order["id"]):
        return replace(found, unclear=LAST.format(count=len(settled)))
    if not settled or fate(settled[-1]) is not Fate.GRANTED or settled[-1]["target_unit_id"] is None:
        return found
    last = settled[-1]
    try:
        unit = common.unit_for(desk, reader, order, last["target_unit_id"])
    except Refused:
        return found
    asker = str(last["asking_unit_name"])
    rows = (_first(found, unit, asker), *(row for row in found.rows if row.unit_id != unit["id"]))
    unclear = UNCLEAR.format(asker=asker, named=unit["short_name"])
    return replace(found, rows=rows[:top], unclear=unclear)


def _first(found: Proposals, unit: Row, asker: str) -> Proposal:
    """The proposal of the unit named: as the duty list has it, where it has it."""
    why = f"{asker}退单时建议"
    for row in found.rows:
        if row.unit_id == unit["id"]:
            return replace(row, why=f"{why}；{row.why}")
    return Proposal(
        unit_id=unit["id"],
        unit_code=unit["code"],
        unit=unit["short_name"],
        section_id=None,
        section="",
        department=unit["department"],
        share=0,
        why=why,
        duty_item_id=None,
    )
