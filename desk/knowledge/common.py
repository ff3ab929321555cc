"""What the deeds of 知识库 share: numbers, who may, and the event."""

import re
from datetime import datetime
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import knowledge
from desk import history
from desk.births import check_birth_right
from desk.context import Actor, Desk
from desk.errors import BadInput, NotAllowed, Refused
from desk.history import Happening
from desk.rules.text import required

_NUMBER = re.compile("[A-Z0-9]+(?:-[A-Z0-9]+)*")


def number_in(text: str) -> str:
    """Return the number of an entry as it is kept: `zsk-rs-0001` is ZSK-RS-0001. Raises BadInput."""
    number = required(text, "条目编号", 24, one_line=True).upper()
    if not _NUMBER.fullmatch(number):
        raise BadInput("条目编号只能是字母、数字和短横线，如 ZSK-RS-0001", "条目编号")
    return number


def entry_of(reader: Reader, number: str) -> Row:
    """Return the entry of a number, retired or not. Raises BadInput, Refused for an unknown one."""
    wanted = number_in(number)
    found = knowledge.entry(reader, wanted)
    if found is None:
        raise Refused(f"知识库没有编号为 {wanted} 的条目，请核对编号")
    return found


def why_not(desk: Desk, deed: Deed) -> str:
    """Return the line that refuses a deed of the library to this person, '' when none of their roles is in the way."""
    try:
        check_birth_right(desk, deed)
    except NotAllowed as refusal:
        return refusal.message
    return ""


def check_owner(actor: Actor, owner_path: str | None) -> None:
    """Raise NotAllowed for somebody of a unit when another unit answers for it."""
    if not actor.is_at_the_centre and not str(owner_path or "").startswith(actor.unit_path):
        raise NotAllowed("这一条由别的单位负责，只能提出和办结本单位的")


def moment_of(desk: Desk, writer: Writer) -> datetime:
    """Return the moment of a deed under the lock (aware UTC)."""
    return history.moment_after_head(writer, desk.now())


def record(desk: Desk, writer: Writer, deed: Deed, at: datetime, data: dict[str, Any], **texts: str) -> None:
    """Write the one event of a deed; `texts` are words of people, in their erasable place."""
    words = {name: text for name, text in texts.items() if text}
    history.record(writer, Happening(deed, at, desk.actor.uid, desk.seat, data=data, texts=words))
