"""告知: what waits to be sent and what failed, sent again or told by telephone instead (practice P19)."""

from desk.messages.seeing_to import MessageRow, Unsent, failed_count, retry, ring_instead, templates, unsent
from desk.rules.messages import Template

__all__ = ["MessageRow", "Template", "Unsent", "failed_count", "retry", "ring_instead", "templates", "unsent"]
