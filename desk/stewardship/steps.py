"""The six steps as dated lines, and what of them must be there before an order is closed (practice P23)."""

from typing import Any

from db.codes import Deed, StewardStep
from db.doors import Reader
from db.queries import stewards
from desk import lists
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.rows import OrderRow
from desk.rules import stewardship as rules
from desk.rules.text import required

LONG = 2000


def write_step(
    desk: Desk, order_no: str, step: StewardStep, note: str, *, is_needed: bool = True
) -> OrderRow:
    """六步记录: one more dated line of a step; with `is_needed` false the note says why there is no need.

    Raises BadInput without words, for no step, or for 不需要 of a step that every order needs.
    """
    code = _step(step)
    words = required(note, "情况" if is_needed else "不需要的理由", LONG)
    if not is_needed and code not in rules.MAY_BE_NEEDLESS:
        raise BadInput(f"{word(code)}每件工单都要做，不能写“不需要”", "是否需要")
    with deed_on(desk, Deed.WRITE_STEP, order_no) as deed:
        stewards.add_step(
            deed.writer,
            order_id=deed.order_id,
            round=deed.order["round"],
            step=str(code),
            is_needed=is_needed,
            note=words,
            written_at=deed.at_ms,
            written_by=desk.actor.id,
            unit_id=desk.actor.unit_id,
        )
        deed.note(step=str(code), is_needed=is_needed)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def _step(step: str) -> StewardStep:
    try:
        return StewardStep(step)
    except ValueError:
        raise BadInput("请选六步中的一步", "步骤") from None


def why_not_closed(desk: Desk, reader: Reader, order: Any) -> str:
    """Return the line that keeps an order (a row) from being closed for want of 兜底维稳 or 长效机制, or ''."""
    times = stewards.told_times(reader, order["id"])
    repeated = int(desk.settings.get("steward.repeated_times", rules.REPEATED))
    if not rules.is_asked(order["grade"], order["pool_grade"], times, repeated):
        return ""
    lacking = rules.missing(stewards.steps_written(reader, order["id"]))
    if not lacking:
        return ""
    names = "、".join(word(step) for step in lacking)
    return f"C级、D级和多次反映的工单，办结前须写明{names}：请承办单位在 F4 按 l 补写，不需要的写明理由"


def check_closable(deed: OrderDeed) -> None:
    """Raise NotNow while the two steps are missing of an order that needs them."""
    if line := why_not_closed(deed.desk, deed.writer, deed.order):
        raise NotNow(line)
