"""The schema: SQLModel tables, keys and indexes; no behaviour."""

from sqlmodel import SQLModel

from db.models.defaults import set_server_defaults
from db.models.handling import (
    Answer,
    Assignment,
    Callback,
    Emergency,
    GradeEntry,
    Message,
    PoolEntry,
    Reply,
    Request,
)
from db.models.history import ChainHead, Event, EventText
from db.models.house import (
    Area,
    AreaManager,
    Category,
    Counter,
    DutyItem,
    Notice,
    Section,
    Setting,
    Staff,
    StaffRole,
    Store,
    Unit,
)
from db.models.orders import Attachment, Call, CallOrder, OrderLink, Requester, WorkOrder

METADATA = SQLModel.metadata
set_server_defaults(METADATA, SQLModel.__subclasses__())

__all__ = [
    "METADATA",
    "Answer",
    "Area",
    "AreaManager",
    "Assignment",
    "Attachment",
    "Call",
    "CallOrder",
    "Callback",
    "Category",
    "ChainHead",
    "Counter",
    "DutyItem",
    "Emergency",
    "Event",
    "EventText",
    "GradeEntry",
    "Message",
    "Notice",
    "OrderLink",
    "PoolEntry",
    "Reply",
    "Request",
    "Requester",
    "Section",
    "Setting",
    "Staff",
    "StaffRole",
    "Store",
    "Unit",
    "WorkOrder",
]
