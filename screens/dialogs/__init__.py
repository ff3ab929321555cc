"""Questions over a screen: import them from here. Each is loaded when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.lazy import later

if TYPE_CHECKING:
    from screens.dialogs.ask import AskForm, AskText
    from screens.dialogs.card import Card
    from screens.dialogs.cases import Case, CaseList
    from screens.dialogs.confirm import Confirm
    from screens.dialogs.finder import Finder
    from screens.dialogs.help import Help
    from screens.dialogs.knowledge import Entry, Library, ReadOut
    from screens.dialogs.messages import MessageList
    from screens.dialogs.notices import NoticeBoard
    from screens.dialogs.pick import Pick

__getattr__ = later(
    __name__,
    ask="AskForm AskText",
    card="Card",
    cases="Case CaseList",
    confirm="Confirm",
    finder="Finder",
    help="Help",
    knowledge="Entry Library ReadOut",
    messages="MessageList",
    notices="NoticeBoard",
    pick="Pick",
)
__all__ = [
    "AskForm",
    "AskText",
    "Card",
    "Case",
    "CaseList",
    "Confirm",
    "Entry",
    "Finder",
    "Help",
    "Library",
    "MessageList",
    "NoticeBoard",
    "Pick",
    "ReadOut",
]
