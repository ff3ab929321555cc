"""A version is proposed by the owner unit or the centre, and published by a second person of the centre."""

from db.codes import Deed
from db.doors import Row, Writer
from db.queries import knowledge
from db.times import to_ms
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import NotAllowed, NotNow
from desk.knowledge.common import check_owner, entry_of, moment_of, number_in, record, why_not
from desk.knowledge.fields import columns_of
from desk.knowledge.reading import full
from desk.knowledge_rows import EntryFull, EntryText
from desk.rules.text import cleaned, required

REASON = 500
_OTHERS = "ZSK-QT-"


def no_proposing(desk: Desk) -> str:
    """Return why this person may not propose entries, '' when they may."""
    return why_not(desk, Deed.PROPOSE_ENTRY)


def propose(desk: Desk, text: EntryText, number: str = "", reason: str = "") -> EntryFull:
    """提出: a new entry (without `number`), or the next version of one; it counts once it is published. One event.

    Raises BadInput naming the field, NotAllowed for another unit's entry, NotNow while a version waits already.
    """
    check_birth_right(desk, Deed.PROPOSE_ENTRY)
    why = cleaned(reason, REASON, "改动缘由")
    with desk.writing() as writer:
        values = columns_of(desk, writer, text)
        check_owner(desk.actor, values.pop("owner_path"))
        at = moment_of(desk, writer)
        entry = _entry_for(desk, writer, number, str(values["topic"]), to_ms(at))
        version = knowledge.add_version(
            writer,
            entry["id"],
            {**values, "made_at": to_ms(at), "made_by": desk.actor.id, "reason": why},
        )
        data = {"entry": entry["number"], "version": version}
        record(desk, writer, Deed.PROPOSE_ENTRY, at, data, title=str(values["title"]), reason=why)
    return full(desk, entry["number"])


def _entry_for(desk: Desk, writer: Writer, number: str, topic: str, at_ms: int) -> Row:
    """The entry that is to be changed, or a new one with the next number of its topic."""
    if number.strip():
        entry = entry_of(writer, number)
        current = knowledge.one_version(writer, entry["id"], entry["version"])
        if current is not None:
            check_owner(desk.actor, current["owner_path"])
        if any(row["id"] == entry["id"] for row in knowledge.waiting(writer)):
            raise NotNow(f"{entry['number']} 已有一版待发布，请先发布或不采用")
        return entry
    made = _next_number(writer, topic)
    knowledge.add_entry(writer, made, at_ms)
    return entry_of(writer, made)


def _next_number(writer: Writer, topic: str) -> str:
    """Numbers go on where the topic's own stand: ZSK-RS-0042 after ZSK-RS-0041."""
    _, rows = knowledge.page(writer, "", topic, "", offset=0, limit=1)
    prefix = str(rows[0]["number"]).rstrip("0123456789") if rows else _OTHERS
    return number_in(f"{prefix}{knowledge.last_number(writer, prefix) + 1:04d}")


def publish(desk: Desk, number: str) -> EntryFull:
    """发布: put the version that waits in force; another person than its author has read it. One event.

    Raises NotNow when none waits, NotAllowed for the author.
    """
    check_birth_right(desk, Deed.PUBLISH_ENTRY)
    with desk.writing() as writer:
        row = _waiting(writer, number)
        if row["maker_person"] == desk.actor.person_uid:
            raise NotAllowed("提出人不能发布自己的条目，请由第二人核对后发布")
        at = moment_of(desk, writer)
        knowledge.publish(writer, row["id"], row["version"], to_ms(at), desk.actor.id)
        data = {"entry": row["number"], "version": row["version"]}
        record(desk, writer, Deed.PUBLISH_ENTRY, at, data)
    return full(desk, number)


def refuse(desk: Desk, number: str, reason: str) -> EntryFull:
    """不采用: the version that waits does not come in force, and its author reads why. One event. Raises BadInput, NotNow."""
    check_birth_right(desk, Deed.REFUSE_ENTRY)
    why = required(reason, "不采用的理由", REASON)
    with desk.writing() as writer:
        row = _waiting(writer, number)
        at = moment_of(desk, writer)
        knowledge.refuse(writer, row["version_id"], to_ms(at), desk.actor.id, why)
        data = {"entry": row["number"], "version": row["version"]}
        record(desk, writer, Deed.REFUSE_ENTRY, at, data, reason=why)
    return full(desk, number)


def _waiting(writer: Writer, number: str) -> Row:
    entry = entry_of(writer, number)
    row = knowledge.waiting_of(writer, entry["id"])
    if row is None:
        raise NotNow(f"{entry['number']} 没有待发布的版本")
    return row


def retire(desk: Desk, number: str, reason: str) -> EntryFull:
    """停用: nothing is answered from the entry any more; its versions stay readable. One event. Raises BadInput, NotNow."""
    check_birth_right(desk, Deed.RETIRE_ENTRY)
    why = required(reason, "停用的理由", REASON)
    with desk.writing() as writer:
        entry = entry_of(writer, number)
        if entry["retired_at"] is not None or not entry["version"]:
            raise NotNow(f"{entry['number']} 没有现行的版本可以停用")
        at = moment_of(desk, writer)
        knowledge.retire(writer, entry["id"], to_ms(at), desk.actor.id, why)
        record(desk, writer, Deed.RETIRE_ENTRY, at, {"entry": entry["number"]}, reason=why)
    return full(desk, number)
