"""专席: 异地就医备案, 居民医保停保/参保, 人才政策, 预约上门, taken by telephone and decided behind it (press conference)."""

from desk.calls import CallNote
from desk.special_seats.deciding import pass_application, refuse, send_back
from desk.special_seats.figures import figures, in_words, sections
from desk.special_seats.reading import open_application, page, paper, refusal, reveal_phone, tab
from desk.special_seats.registering import amend, file_application, withdraw_application
from desk.special_seats.telling import tell
from desk.special_seats.visiting import log_visit, miss_visit, move_visit, next_free

__all__ = [
    "CallNote",
    "amend",
    "figures",
    "file_application",
    "in_words",
    "log_visit",
    "miss_visit",
    "move_visit",
    "next_free",
    "open_application",
    "page",
    "paper",
    "pass_application",
    "refusal",
    "refuse",
    "reveal_phone",
    "sections",
    "send_back",
    "tab",
    "tell",
    "withdraw_application",
]
