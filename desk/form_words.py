"""Half-typed words of a form about an order: kept beside the store while one types, so that a lost line loses nothing."""

from collections.abc import Mapping

from db.times import to_ms
from desk.context import Desk


def keep_words(desk: Desk, kind: str, order_no: str, form: str, answers: Mapping[str, str]) -> None:
    """Keep what is typed into one form about one order; a later keeping replaces it. `kind` names the screen."""
    desk.work.save_draft(
        staff_uid=desk.actor.uid,
        seat=desk.seat,
        kind=kind,
        title=f"{order_no} {form}",
        body=dict(answers),
        now_ms=to_ms(desk.now()),
        draft_id=_key(desk, order_no, form),
    )


def kept_words(desk: Desk, kind: str, order_no: str, form: str) -> dict[str, str]:
    """Return what this person last typed into one form about one order; empty when nothing was kept."""
    key = _key(desk, order_no, form)
    drafts = desk.work.drafts_of(desk.actor.uid, kind)
    found = next((draft.body for draft in drafts if draft.id == key), {})
    return {str(name): str(value) for name, value in found.items()}


def forget_words(desk: Desk, order_no: str, form: str) -> None:
    """Forget what was kept: the form was filed."""
    desk.work.drop_draft(_key(desk, order_no, form))


def _key(desk: Desk, order_no: str, form: str) -> str:
    return f"{desk.actor.uid}:{form}:{order_no}"
