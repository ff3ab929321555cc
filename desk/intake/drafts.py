"""What is half typed: kept in the work file while one types, never in the store (design part 3: not deeds)."""

from collections.abc import Mapping
from typing import Any

from db.codes import CallDirection, CallSummary, OrderKind
from db.times import from_ms, to_ms
from desk.calls import CallNote
from desk.context import Desk
from desk.errors import Refused
from desk.intake.calling import file_call
from desk.intake_rows import DraftRow

KIND = "intake"


def save_draft(
    desk: Desk, body: Mapping[str, Any], title: str, draft_id: str | None = None, *, is_held: bool = False
) -> str | None:
    """Keep a form as it stands and return the draft's id; None when the work file cannot be written.

    On a station's own store a 密件 is never kept. `is_held` puts it aside on purpose: a call that broke off waits there as 待回拨 (practice P12, P27).
    """
    if desk.work is None:
        return None
    if desk.station is not None and _is_sealed(body):
        if draft_id is not None:
            drop_draft(desk, draft_id)
        return draft_id
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
        if desk.station is not None:
            desk.work.wipe()


def _is_sealed(body: Mapping[str, Any]) -> bool:
    """Whether the form will be a 密件: of that no word lies on a station's disk, half typed or not (practice P18)."""
    values = body.get("values", {})
    return bool(values.get("identity") == "confidential" or values.get("kind") == OrderKind.TIP_OFF)


def drafts(desk: Desk) -> tuple[DraftRow, ...]:
    """Return this person's drafts, newest first; the first that is not held was being typed when the desk ended."""
    if desk.work is None:
        return ()
    found = desk.work.drafts_of(desk.actor.uid, KIND)
    return tuple(
        DraftRow(
            draft.id,
            draft.title,
            dict(draft.body),
            draft.is_held,
            from_ms(draft.updated_at),
            _attempts(draft.body),
        )
        for draft in found
    )


def log_attempt(desk: Desk, draft_id: str) -> int:
    """待回拨: the number of a draft was rung back in vain; return how often by now (practice P12).

    A call out that nobody took is on record, one event; the draft stays. Raises Refused without such a draft or
    number, and from the third time on (`ring_back.attempts`): what is known is filed or dispatched then.
    """
    draft = next((each for each in drafts(desk) if each.id == draft_id), None)
    if draft is None:
        raise Refused("这份草稿已不在，请重新打开受理页")
    if not draft.number:
        raise Refused("草稿里没有号码，无法回拨：按 Enter 取回，按已知内容受理或存小结")
    most = int(desk.settings.get("ring_back.attempts", 3))
    if draft.attempts >= most:
        raise Refused(f"已回拨 {most} 次未接通：按 Enter 取回，按已知内容受理，或按 F7 存小结")
    attempts = draft.attempts + 1
    note = f"待回拨第 {attempts} 次，未接通"
    file_call(
        desk,
        CallNote(
            number=draft.number,
            line=str(draft.body.get("values", {}).get("line") or "12345"),
            direction=CallDirection.OUTBOUND,
            summary=CallSummary.CALL_OUT,
            note=note,
            was_answered=False,
        ),
    )
    call = {**draft.body.get("call", {}), "attempts": attempts}
    body = {**draft.body, "call": call}
    save_draft(desk, body, draft.title, draft.id, is_held=True)
    return attempts


def _attempts(body: Mapping[str, Any]) -> int:
    try:
        return int(body["call"]["attempts"])
    except (KeyError, TypeError, ValueError):
        return 0
