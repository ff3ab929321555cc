"""The keys of F5: which deed each one is, and which of them to show for an emergency."""

from __future__ import annotations

from collections.abc import Iterator

from desk.codes import Deed
from desk.emergency_rows import EmergencyCard
from screens.widgets.key_hints import Hint

KEYS = (
    (Deed.CALL_OUT, ("c", "派出")),
    (Deed.ACKNOWLEDGE, ("j", "接令")),
    (Deed.DEPART, ("o", "出动")),
    (Deed.ARRIVE, ("d", "到场")),
    (Deed.CONTAIN, ("k", "控制")),
    (Deed.FINISH, ("w", "完毕")),
    (Deed.HAND_TO_RESCUE, ("h", "移交")),
    (Deed.RING_BACK, ("b", "回拨")),
    (Deed.REPORT_ON, ("x", "续报")),
    (Deed.DOWNGRADE, ("v", "降级")),
    (Deed.FALSE_ALARM, ("m", "误报")),
    (Deed.REVEAL_PHONE, ("F8", "看号码")),
)
IN_THE_DETAIL = (("Up/Down", "滚动"), ("Esc", "回列表"))


def hints_for(card: EmergencyCard | None, *, is_in_detail: bool = False) -> tuple[Hint, ...]:
    """The bottom row: only what this person may do with this emergency now."""
    step, *able = (None,) if card is None else _able(card)
    move = IN_THE_DETAIL if is_in_detail else (("Tab", "看详情"),)
    hints = (step, *move, *able, ("r", "值班表"), ("g", "交接班"), ("z", "快报专报"), ("^D", "卡片"))
    return tuple(hint for hint in hints if hint is not None)


def _able(card: EmergencyCard) -> Iterator[Hint | None]:
    """What Enter does, or None; then every key that does something."""
    step = card.row.next_step
    yield ("Enter", "下一步") if step is not None and step not in card.refusals else None
    for deed, hint in KEYS:
        if deed not in card.refusals:
            yield hint
