"""What failed is seen to by somebody: sent again, or the person is rung and the call is filed (practice P19)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.codes import CallDirection, CallSummary, Deed, MessageState
from db.doors import Reader, Row, Writer
from db.queries import callers, messages
from db.times import from_ms, maybe_from_ms, to_ms
from desk import history, sight
from desk.births import check_birth_right
from desk.calls import CallNote, keep
from desk.codes import word
from desk.context import Desk
from desk.errors import NotNow, Refused
from desk.history import Happening
from desk.messages.sending import command_of, number_of
from desk.programs import why_not_run
from desk.rules import messages as rules
from desk.rules import pushing, rights
from desk.rules.text import cleaned

MOST = 200
_LONGEST_NOTE = 200
_NOT_FOR_HIM = "（保密）"


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that failed or waits. Times aware UTC; `number` is '' where there is none, hidden on a secret order."""

    id: int
    order_no: str
    to_whom: str
    number: str
    title: str
    body: str
    state: MessageState
    made_at: datetime
    next_try_at: datetime | None
    tries: int
    failure: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """What failed, then what waits; `trouble` is why nothing is sent at all, or ''."""

    rows: tuple[MessageRow, ...]
    trouble: str


def unsent(desk: Desk) -> Unsent:
    """Return the centre's messages that failed or wait. Raises NotAllowed for all but 话务员 and 班长 (they ring instead)."""
    check_birth_right(desk, Deed.RETRY_MESSAGE)
    with desk.reading() as reader:
        rows = messages.unfinished(reader, desk.actor.centre_path, MOST)
        found = tuple(_row(desk, reader, row) for row in rows if _may_see(desk, reader, row))
    return Unsent(found, trouble(desk))


def failed_count(desk: Desk) -> int:
    """Return how many messages failed and wait for this person; 0 for who may not see to them."""
    if not rights.scopes(desk.actor.roles, Deed.RETRY_MESSAGE):
        return 0
    with desk.reading() as reader:
        return messages.count_failed(reader, desk.actor.centre_path)


def trouble(desk: Desk) -> str:
    """Return why no message is sent from here, '' when they are."""
    command = command_of(desk.settings)
    if not command:
        return "没有配置发送命令（设置 messages.command），告知都在等待"
    return why_not_run(command)


def retry(desk: Desk, message_id: int) -> MessageRow:
    """重发: let a message that failed, or waits after a failure, be tried again from the beginning, at once.

    One event. Raises NotAllowed, NotNow for one that waits for its first try or is settled.
    """
    check_birth_right(desk, Deed.RETRY_MESSAGE)
    with desk.writing() as writer:
        row = _failed(desk, writer, message_id, is_again=True)
        at = history.moment_after_head(writer, desk.now())
        again = {"state": str(MessageState.WAITING), "tries": 0, "next_try_at": to_ms(at), "failure": ""}
        messages.change(writer, message_id, again)
        data = {"message": row["uid"], "order": row["order_uid"], "template": row["template"]}
        history.record(writer, Happening(Deed.RETRY_MESSAGE, at, desk.actor.uid, desk.seat, data=data))
        return _row(desk, writer, _known(desk, writer, message_id))


def ring_instead(desk: Desk, message_id: int, note: str = "", *, was_answered: bool = True) -> MessageRow:
    """电话告知: whom the message did not reach was rung; the call is filed as 呼出, one event FILE_CALL.

    One that nobody took is filed too, and the message stays where it was. Raises NotAllowed, NotNow, BadInput, Refused
    where there is no number that this person may dial.
    """
    check_birth_right(desk, Deed.RETRY_MESSAGE)
    words = cleaned(note, _LONGEST_NOTE, "备注", one_line=True)
    with desk.writing() as writer:
        row = _failed(desk, writer, message_id)
        number = number_of(writer, row)
        if not number or _is_hidden(desk, row):
            raise Refused("没有可拨的号码：单位的请管理员登记联络员手机，保密件请班长联系")
        at = history.moment_after_head(writer, desk.now())
        orders = (int(row["order_id"]),) if row["order_id"] else ()
        call = CallNote(
            number,
            "",
            CallDirection.OUTBOUND,
            CallSummary.TOLD,
            ended_at=at,
            note=words,
            was_answered=was_answered,
        )
        call_id = keep(desk, writer, call, at, orders)
        if was_answered:
            told = {"state": str(MessageState.RUNG), "sent_at": to_ms(at), "failure": ""}
            messages.change(writer, message_id, told)
        data = {
            "call": callers.call_uid(writer, call_id),
            "summary": str(CallSummary.TOLD),
            "orders": len(orders),
            "message": row["uid"],
            "is_reached": was_answered,
        }
        history.record(writer, Happening(Deed.FILE_CALL, at, desk.actor.uid, desk.seat, data=data))
        return _row(desk, writer, _known(desk, writer, message_id))


def templates(desk: Desk) -> tuple[tuple[rules.Template, str], ...]:
    """Return every kind of message with the city's own words for it."""
    found = rules.TEMPLATES.values()
    return tuple((each, str(desk.settings.get(each.setting, each.words))) for each in found)


def _failed(desk: Desk, writer: Writer, message_id: int, *, is_again: bool = False) -> Row:
    row = _known(desk, writer, message_id)
    waits_again = is_again and row["state"] == MessageState.WAITING and row["tries"]
    if row["state"] != MessageState.FAILED and not waits_again:
        raise NotNow(f"这条告知现为“{word(MessageState(row['state']))}”，只有失败的需要处理，请刷新后再看")
    return row


def _known(desk: Desk, reader: Reader, message_id: int) -> Row:
    row = messages.by_id(reader, message_id)
    if row is None or not _may_see(desk, reader, row):
        raise Refused(f"没有编号为 {message_id} 的告知，请刷新后再看")
    return row


def _may_see(desk: Desk, reader: Reader, row: Row) -> bool:
    """Whether a message of this person's centre is about no order that they are kept from (practice P32 a)."""
    is_here = str(row["centre_path"] or "").startswith(desk.actor.centre_path)
    return is_here and (row["order_id"] is None or sight.may_see(reader, desk.actor, row))


def _is_hidden(desk: Desk, row: Row) -> bool:
    return row["to_unit_id"] is None and sight.is_secret(row) and not desk.actor.reads_secrets


def _row(desk: Desk, reader: Reader, row: Any) -> MessageRow:
    known, step = rules.TEMPLATES.get(row["template"]), pushing.step_of(row["template"])
    return MessageRow(
        id=row["id"],
        order_no=row["order_no"] or "",
        to_whom=row["unit"] or "诉求人",
        number=_NOT_FOR_HIM if _is_hidden(desk, row) else number_of(reader, row),
        title=known.title if known else f"应急{step}" if step else "单位告知",
        body=row["body"],
        state=MessageState(row["state"]),
        made_at=from_ms(row["made_at"]),
        next_try_at=maybe_from_ms(row["next_try_at"]),
        tries=row["tries"],
        failure=row["failure"],
    )
