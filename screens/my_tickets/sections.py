"""The order on the unit's desk as sections; the draft that waits for the 审核人 with its words marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.codes import Verdict
from screens.findings import finding_lines, marked, point_sections
from screens.widgets.detail import Section

if TYPE_CHECKING:
    from desk.my_tickets_rows import TicketRow

TO_CHECK = "待审答复"


def ticket_sections(ticket: TicketRow) -> Iterator[Section]:
    """Every section of an order; of a draft to be checked the findings, the marked text, and point by point."""
    for part in ticket.sections:
        reply = ticket.reply
        if part.heading != TO_CHECK or reply is None or reply.verdict is not Verdict.PENDING:
            yield Section(part.heading, part.lines)
            continue
        yield Section(TO_CHECK, finding_lines(ticket.findings))
        yield Section("公开答复（!n[..] 为要看的字）", [marked(reply.public_reply, ticket.findings)])
        yield from point_sections(ticket.points, reply.public_reply)
        yield Section("办理情况", (reply.internal_result, f"起草 {reply.drafter}"))
