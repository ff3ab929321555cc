"""The pages of F6 that stand over its tabs, each behind one letter."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class Page:
    """One letter, its word, and the class that is loaded when it is first pressed."""

    key: str
    hint: str
    module: str
    name: str
    takes_order: bool = False
    """Whether it wants to know the order under F6's cursor."""


PAGES = (
    Page("m", "社会评议会", "screens.review.panel", "PanelPage"),
    Page("a", "考核", "screens.review.assessment", "AssessmentPage"),
    Page("c", "督查通报", "screens.review.circulars", "CircularsPage"),
    Page("q", "质检", "screens.review.quality", "QualityPage", takes_order=True),
    Page("B", "退回原因", "screens.dialogs.send_back", "SendBackPage"),
    Page("i", "当班", "screens.review.shift_board", "ShiftBoardPage"),
)


def page_for(key: str, order_no: str) -> Dialog[None]:
    """Make the page of a letter; `order_no` is the order under F6's cursor, "" for none."""
    page = next(each for each in PAGES if each.key == key)
    made = getattr(import_module(page.module), page.name)
    shown: Dialog[None] = made(order_no) if page.takes_order else made()
    return shown
