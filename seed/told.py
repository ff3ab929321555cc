"""What became of the invented day's messages: sent, all but the newest of a few that nobody got (practice P19)."""

from db.doors import Writer

_FAILED = 3


def post(writer: Writer) -> None:
    """Call every message sent a minute after it was made, and the last few to callers failed for good."""
    writer.run(
        "UPDATE messages SET state = 'sent', sent_at = made_at + 60000, tries = 1 WHERE state = 'waiting'"
    )
    writer.run(
        "UPDATE messages SET state = 'failed', sent_at = NULL, tries = 5, failure = '发送程序退出码 1'"
        " WHERE id IN (SELECT id FROM messages WHERE to_phone <> '' ORDER BY id DESC LIMIT :most)",
        most=_FAILED,
    )
