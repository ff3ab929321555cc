"""移交 110/119/120: handed over at once, open until the receiver has said what became of it (practice P24)."""

from db.codes import Deed
from db.queries import rescue
from desk import lists, rescued
from desk.context import Desk
from desk.emergency.rows import emergency_of
from desk.emergency.steps import NAME_LIMIT, NOTE_LIMIT, emergency_deed
from desk.emergency_rows import RescueChoice
from desk.errors import BadInput, NotNow
from desk.rows import OrderRow
from desk.rules.incidents import RESCUE, incident
from desk.rules.text import cleaned


def hand_to_rescue(desk: Desk, order_no: str, service: str, taker: str = "", note: str = "") -> OrderRow:
    """移交: 110, 119, 120 or 122 has been told and sends its own people; the emergency goes on here.

    `taker` is who took it there (a number or name). Raises BadInput for another service, NotNow while the same one owes
    an answer.
    """
    if service not in RESCUE:
        raise BadInput(f"移交只能是 {'、'.join(RESCUE)}，请重新选择", "移交")
    who, words = cleaned(taker, NAME_LIMIT, "接警人", one_line=True), cleaned(note, NOTE_LIMIT, "说明")
    with emergency_deed(desk, Deed.HAND_TO_RESCUE, order_no) as this:
        deed = this.deed
        if rescue.open_handover(deed.writer, deed.order_id, service):
            raise NotNow(f"已移交 {service}，还没有回复；有了回复请登记，不用再移交")
        rescued.keep(desk, deed.writer, deed.order_id, service, deed.at, taker=who, note=words)
        deed.note(service=service)
        deed.quote(taker=who, note=words)
    return lists.after(desk, deed.order_id)


def hear_rescue(desk: Desk, order_no: str, service: str, result: str) -> OrderRow:
    """接警方回复: what 110, 119 or 120 says has become of it; only then is the hand-over over.

    Raises BadInput without `result`, NotNow when nothing was handed to that service or it has answered already.
    """
    words = cleaned(result, NOTE_LIMIT, "回复内容")
    if not words:
        raise BadInput(f"请填写 {service} 怎么说：谁到场、处置结果", "回复内容")
    with emergency_deed(desk, Deed.HEAR_RESCUE, order_no) as this:
        deed = this.deed
        found = rescue.open_handover(deed.writer, deed.order_id, service)
        if found is None:
            raise NotNow(f"没有等 {service} 回复的移交")
        rescue.hear(deed.writer, found["id"], at_ms=deed.at_ms, by_id=desk.actor.id, result=words)
        deed.note(service=service)
        deed.quote(result=words)
    return lists.after(desk, deed.order_id)


def rescue_choices(desk: Desk, order_no: str) -> tuple[RescueChoice, ...]:
    """Return what can be done now about 110, 119, 120 and 122, the likeliest first.

    Who owes an answer comes first, then whom the type of emergency has to be handed to, then the others.
    """
    with desk.reading() as reader:
        order, row = emergency_of(reader, order_no)
        rows = rescue.handovers(reader, order["id"])
    waiting = [each["service"] for each in rows if each["heard_at"] is None]
    handed = {each["service"] for each in rows}
    wanted = [each for each in incident(row["type"], desk.settings).hand_over if each not in handed]
    free = [each for each in (*wanted, *RESCUE) if each not in waiting]
    return (
        *(RescueChoice(Deed.HEAR_RESCUE, each, f"登记 {each} 回复") for each in waiting),
        *(RescueChoice(Deed.HAND_TO_RESCUE, each, f"移交 {each}") for each in dict.fromkeys(free)),
    )
