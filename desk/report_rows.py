"""快报、专报、预警快报 as the screens and the command line get them. Times aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from db.codes import ReportKind


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Somebody to whom a report was sent; `instruction` is what they wrote on it (批示)."""

    id: int
    name: str
    way: str
    sent_at: datetime
    read_at: datetime | None
    instruction: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report, or (id 0) one that is called for: `why` says by what. `number` is '' until it was approved."""

    id: int
    kind: ReportKind
    stage: str
    number: str
    title: str
    order_no: str
    drafted_by: str = ""
    drafted_at: datetime | None = None
    due_at: datetime | None = None
    phone_due_at: datetime | None = None
    """Of a 初报 that is called for: until when it is due by telephone."""
    approved_by: str = ""
    approved_at: datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    readers: tuple[ReaderRow, ...] = ()
    why: str = ""
    area_code: str = ""
    category_code: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other row of the page."""
        return f"{self.id} {self.order_no} {self.area_code} {self.category_code}"
