"""What a list says of an order whose unit is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.codes import RequestKind


@dataclass(frozen=True, slots=True)
class Pressed:
    """督办 or 催办, and until when (aware UTC) the unit has to answer."""

    kind: RequestKind
    due_at: datetime | None
