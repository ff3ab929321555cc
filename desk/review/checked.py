"""What 办结审核 looks at: the passed reply with the checker's marks, point by point, and the log of the answer (practice P1)."""

from collections.abc import Iterator

from db.codes import AnswerOutcome, ContactWay, Status
from db.doors import Reader, Row
from db.queries import answers, replies
from desk import send_backs, sight
from desk.codes import word
from desk.context import Desk
from desk.reply_review import looked_through, point_by_point
from desk.review_rows import Checked
from desk.rules.secrecy import masked_phone
from desk.words import stored


def checked(desk: Desk, reader: Reader, order: Row) -> Checked | None:
    """Return what the checker says again of an order at 办结审核; None for an order that stands elsewhere."""
    if order["status"] != Status.CLOSE_REVIEW:
        return None
    draft = replies.latest(reader, order["id"], order["round"])
    said = answers.latest(reader, order["id"], order["round"])
    reply = str((draft["public_reply"] if draft else said["said"] if said else "") or "")
    record = draft["internal_result"] if draft else ""
    told = said["said"] if said and draft else ""
    found = looked_through(desk, order, reply, f"{record}\n{told}" if record else None)
    return Checked(
        reply=reply,
        findings=found,
        points=tuple(point_by_point(desk, order, reply)),
        told=tuple(line for line in _told(reader, order) if line),
        proposed=send_backs.proposed(found),
    )


def _told(reader: Reader, order: Row) -> Iterator[str]:
    """Who told the citizen, when, how, at which number and what: the answer and the attempts of this round."""
    for row in answers.of_order(reader, order["id"]):
        if row["round"] == order["round"]:
            outcome = word(AnswerOutcome(row["outcome"])) if row["outcome"] else "联系未果"
            number = "" if sight.is_secret(order) else masked_phone(str(row["number"] or ""))
            who = f"{row['staff_name'] or ''}（{row['staff_no'] or ''}）{row['unit_name'] or ''}"
            how = " ".join(part for part in (word(ContactWay(row["way"])), number) if part)
            yield f"{outcome} {stored(row['answered_at'])} {who} {how}"
            yield f"  说：{row['said']}" if row["said"] else ""
