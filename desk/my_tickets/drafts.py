"""A reply that is being typed is kept beside the store until it is submitted (design part 3)."""

from db.times import to_ms
from desk.context import Desk
from desk.my_tickets_rows import DraftRow

KIND = "reply"


def keep_draft(desk: Desk, order_no: str, internal_result: str, public_reply: str) -> str | None:
    """Keep what was typed so far, in place of what was kept before; None where nothing could be kept."""
    if desk.work is None:
        return None
    earlier = draft_of(desk, order_no)
    return desk.work.save_draft(
        staff_uid=desk.actor.uid,
        seat=desk.seat,
        kind=KIND,
        title=order_no,
        body={"internal_result": internal_result, "public_reply": public_reply},
        now_ms=to_ms(desk.now()),
        draft_id=earlier.id if earlier else None,
    )


def draft_of(desk: Desk, order_no: str) -> DraftRow | None:
    """Return this person's newest kept reply to an order, or None."""
    return next((draft for draft in drafts(desk) if draft.order_no == order_no), None)


def drafts(desk: Desk) -> tuple[DraftRow, ...]:
    """Return every reply that this person has begun and not submitted, newest first."""
    if desk.work is None:
        return ()
    kept = desk.work.drafts_of(desk.actor.uid, KIND)
    return tuple(
        DraftRow(
            id=draft.id,
            order_no=draft.title,
            internal_result=str(draft.body.get("internal_result", "")),
            public_reply=str(draft.body.get("public_reply", "")),
        )
        for draft in kept
    )


def drop_draft(desk: Desk, order_no: str) -> None:
    """Forget what was typed for an order: it was submitted or given up."""
    if desk.work is None:
        return
    for draft in drafts(desk):
        if draft.order_no == order_no:
            desk.work.drop_draft(draft.id)
