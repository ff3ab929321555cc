"""What an act's form opens with: the words kept for it, and what the decision is about."""

from __future__ import annotations

import importlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from desk.errors import Refused
from screens.review import acts, pressing

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.panel_rows import PanelRequest
    from desk.pressure_choices import PressureChoices
    from screens.dialogs.ask import Answers
    from screens.review.acts import Act

PANEL = "desk.social_review"
_SHOWN = 150


def looked_up(flow: Any, desk: Desk, act: Act, order_no: str) -> tuple[Answers, str, PressureChoices | None]:
    """Return the words to begin with, what is asked, and what pressure may be chosen; Refused when the act would be."""
    flow.check(desk, order_no, act.deed, act.called)
    kept: Answers = flow.kept_words(desk, order_no, act.key)
    if act is acts.EXPLAIN and not kept:
        kept = _proposed_explanation(desk, order_no)
    if act is acts.CHECK_PANEL:
        return kept, _request(flow.panel_request(desk, order_no)), None
    kind = pressing.KIND_OF.get(act.deed)
    choices = flow.pressure_choices(desk, order_no, kind) if kind else None
    return kept, _about(flow, desk, act, order_no), choices


def _about(flow: Any, desk: Desk, act: Act, order_no: str) -> str:
    """What stands above the words: what a 销号 rests on, what a plan does to the next review."""
    if act.decides_write_off:
        return str(flow.write_off_asked(desk, order_no))
    return str(flow.plan_words(desk, order_no)) if act.deed is Deed.SET_PLAN else ""


def _proposed_explanation(desk: Desk, order_no: str) -> Answers:
    """After 诉求不合理 what is to be said is written already; anything else has no words yet."""
    with suppress(Refused):
        return {acts.PROPOSED: importlib.import_module(PANEL).letter_words(desk, order_no)}
    return {}


def _request(request: PanelRequest) -> str:
    checks = "　".join(f"{check.label} {'是' if check.is_right else '!否'}" for check in request.checks)
    return "\n".join(
        (
            f"{request.unit} {request.asker} 申请。{checks}",
            f"办理：{_cut(request.handled)}",
            f"解释：{_cut(request.explained)}",
        )
    )


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}.."
