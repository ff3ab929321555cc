"""The schema: SQLModel tables, keys and indexes; no behaviour."""

from sqlmodel import SQLModel

from db.models.assessment import AssessmentMark, Score, ScoreAppeal
from db.models.cases import Case, StepNote, TeamMember
from db.models.channels import ChannelMap, OutsideOrder
from db.models.circulars import Circular, CircularUnit
from db.models.defaults import set_server_defaults
from db.models.emergencies import (
    CallAttempt,
    HandoverLine,
    IncidentReport,
    ReportReader,
    RescueHandover,
    RosterShift,
    ShiftHandover,
)
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
    DutyEdition,
    DutyItem,
    Notice,
    NoticeOrder,
    NoticeRead,
    Section,
    Setting,
    Staff,
    StaffRole,
    Store,
    Unit,
)
from db.models.knowledge import KnowledgeEntry, KnowledgeNote, KnowledgeVersion
from db.models.orders import Attachment, Call, CallerMark, CallOrder, OrderLink, Requester, WorkOrder
from db.models.panels import AgendaLine, Decision, DecisionUnit, HotlineDay, Panel, PanelMember
from db.models.phrases import Phrase
from db.models.procedures import Procedure
from db.models.promises import Promise
from db.models.quality import QualityCheck, QualityDraw, QualityMark
from db.models.social_review import (
    PanelBallot,
    PanelFile,
    Panelist,
    PanelistTie,
    PanelLine,
    PanelSeat,
    PanelSession,
)
from db.models.special_seats import Application, Visit
from db.models.stations import Station, StationOrder

METADATA = SQLModel.metadata
set_server_defaults(METADATA, SQLModel.__subclasses__())

__all__ = [
    "METADATA",
    "AgendaLine",
    "Answer",
    "Application",
    "Area",
    "AreaManager",
    "AssessmentMark",
    "Assignment",
    "Attachment",
    "Call",
    "CallAttempt",
    "CallOrder",
    "Callback",
    "CallerMark",
    "Case",
    "Category",
    "ChainHead",
    "ChannelMap",
    "Circular",
    "CircularUnit",
    "Counter",
    "Decision",
    "DecisionUnit",
    "DutyEdition",
    "DutyItem",
    "Emergency",
    "Event",
    "EventText",
    "GradeEntry",
    "HandoverLine",
    "HotlineDay",
    "IncidentReport",
    "KnowledgeEntry",
    "KnowledgeNote",
    "KnowledgeVersion",
    "Message",
    "Notice",
    "NoticeOrder",
    "NoticeRead",
    "OrderLink",
    "OutsideOrder",
    "Panel",
    "PanelBallot",
    "PanelFile",
    "PanelLine",
    "PanelMember",
    "PanelSeat",
    "PanelSession",
    "Panelist",
    "PanelistTie",
    "Phrase",
    "PoolEntry",
    "Procedure",
    "Promise",
    "QualityCheck",
    "QualityDraw",
    "QualityMark",
    "Reply",
    "ReportReader",
    "Request",
    "Requester",
    "RescueHandover",
    "RosterShift",
    "Score",
    "ScoreAppeal",
    "Section",
    "Setting",
    "ShiftHandover",
    "Staff",
    "StaffRole",
    "Station",
    "StationOrder",
    "StepNote",
    "Store",
    "TeamMember",
    "Unit",
    "Visit",
    "WorkOrder",
]
