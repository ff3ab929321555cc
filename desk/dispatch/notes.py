"""What a dispatcher has written for an order that has not gone yet: kept beside the store, found again at sign-in."""

from collections.abc import Mapping
from typing import Any

from db.codes import Status
from db.queries import work_orders
from db.times import to_ms
from desk import form_words
from desk.context import Desk
from desk.dispatch_rows import KeptNote
from desk.rules.lifecycle import AT_THE_CENTRE

_KIND, _FORM = "dispatch", "dispatch_form"


def keep_note(desk: Desk, order_no: str, demand: str, forward_text: str) -> None:
    """Keep 办理要求 and 转办内容 of an order as they stand; two empty ones are forgotten. No deed, no event."""
    if desk.work is None:
        return
    key = f"{_KIND}-{desk.actor.uid}-{order_no}"
    if not demand and not forward_text:
        desk.work.drop_draft(key)
        return
    desk.work.save_draft(
        staff_uid=desk.actor.uid,
        seat=desk.seat,
        kind=_KIND,
        title=order_no,
        body={"demand": demand, "forward_text": forward_text},
        now_ms=to_ms(desk.now()),
        draft_id=key,
    )


def keep_words(desk: Desk, order_no: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form about one order. No deed, no event."""
    form_words.keep_words(desk, _FORM, order_no, form, answers)


def forget_words(desk: Desk, order_no: str, form: str) -> None:
    """Forget what was kept: the form was filed."""
    form_words.forget_words(desk, order_no, form)


def kept_forms(desk: Desk) -> dict[tuple[str, str], dict[str, str]]:
    """Return what this person has typed into forms and not filed, by order number and form."""
    if desk.work is None:
        return {}
    drafts = desk.work.drafts_of(desk.actor.uid, _FORM)
    places = (tuple(draft.title.split(" ", 1)) for draft in drafts)
    return {(place[0], place[-1]): _strings(draft.body) for place, draft in zip(places, drafts, strict=True)}


def _strings(body: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in body.items()}


def kept_notes(desk: Desk) -> tuple[KeptNote, ...]:
    """Return what this person has written for orders that still wait at the centre; the rest is forgotten."""
    if desk.work is None:
        return ()
    kept = []
    for draft in desk.work.drafts_of(desk.actor.uid, _KIND):
        with desk.reading() as reader:
            order = work_orders.by_number(reader, draft.title)
        if order is not None and Status(order["status"]) in AT_THE_CENTRE:
            body = {name: str(draft.body.get(name, "")) for name in ("demand", "forward_text")}
            kept.append(KeptNote(draft.title, **body))
        else:
            desk.work.drop_draft(draft.id)
    return tuple(kept)
