"""职责清单 exchanged with the people who keep it: out as .xlsx or .csv, checked, and in again as a new edition."""

from desk.duties.checking import examine
from desk.duties.exporting import export, line_of
from desk.duties.fields import HEADS, NEEDED
from desk.duties.names import Names, list_named
from desk.duties.plans import Change, Plan
from desk.duties.reading import Found, ItemHistory, find, item
from desk.duties.taking_in import TakenIn, take_in
from desk.duty_item import Content, DutyItem, differences
from desk.exchange import Exported

__all__ = [
    "HEADS",
    "NEEDED",
    "Change",
    "Content",
    "DutyItem",
    "Exported",
    "Found",
    "ItemHistory",
    "Names",
    "Plan",
    "TakenIn",
    "differences",
    "examine",
    "export",
    "find",
    "item",
    "line_of",
    "list_named",
    "take_in",
]
