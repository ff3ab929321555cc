"""What is half typed: kept in the work file while one types, never in the store (design part 3: not deeds)."""

from collections.abc import Mapping
from typing import Any

from db.times import from_ms, to_ms
from desk.context import Desk
from desk.intake_rows import DraftRow

KIND = "intake"


def save_draft(
    desk: Desk, body: Mapping[str, Any], title: str, draft_id: str | None = None, *, is_held: bool = False
) -> str | None:
    """Keep a form as it stands and return the draft's id; None when the work file cannot be written.

    `is_held` puts it aside on purpose: a call that broke off waits there as 待回拨 (practice P12, P27).
    """
    if desk.work is None:
        return None
    return desk.work.save_draft(
        staff_uid=desk.actor.uid,
        seat=desk.seat,
        kind=KIND,
        title=title,
        body=body,
        now_ms=to_ms(desk.now()),
        draft_id=draft_id,
        is_held=is_held,
    )


def drop_draft(desk: Desk, draft_id: str) -> None:
    """Forget a draft: its form was filed."""
    if desk.work is not None:
        desk.work.drop_draft(draft_id)


def drafts(desk: Desk) -> tuple[DraftRow, ...]:
    """Return this person's drafts, newest first; the first that is not held was being typed when the desk ended."""
    if desk.work is None:
        return ()
    found = desk.work.drafts_of(desk.actor.uid, KIND)
    return tuple(
        DraftRow(draft.id, draft.title, dict(draft.body), draft.is_held, from_ms(draft.updated_at))
        for draft in found
    )
