"""交接班 as the screens get it."""

from dataclasses import dataclass
from datetime import datetime

from db.codes import HandoverKind


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One thing that is open. `id` is 0 while nothing was handed over yet; times aware UTC."""

    id: int
    kind: HandoverKind
    order_no: str
    what: str
    signed_by: str = ""
    signed_at: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """What is to be signed for now, or, when nothing waits, what would be handed over.

    `handed_by` is '' for the latter; `note` is the word of the shift that goes; `is_mine` says that this person handed it
    over and cannot sign. `last` says who took over from whom last, and when.
    """

    lines: tuple[HandoverLine, ...]
    handed_by: str = ""
    handed_at: datetime | None = None
    note: str = ""
    is_mine: bool = False
    last: str = ""
