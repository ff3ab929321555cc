"""有误或已过时, and questions that no entry answers: they go to the owner unit, and are open until settled."""

from db.codes import Deed
from db.doors import Row, Writer
from db.queries import knowledge, units
from db.times import from_ms, to_ms
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import NotNow, Refused
from desk.house_units import unit_named
from desk.knowledge.common import check_owner, entry_of, moment_of, record
from desk.knowledge_rows import NoteRow
from desk.rules.text import cleaned, required

WORDS = 1000
REPORT, QUESTION = "report", "question"


def report(desk: Desk, number: str, words: str) -> NoteRow:
    """有误或已过时: tell the owner unit what is wrong with the version in force. One event.

    Raises BadInput without words, Refused for an unknown or retired entry.
    """
    check_birth_right(desk, Deed.REPORT_ENTRY)
    said = required(words, "哪里有误", WORDS)
    with desk.writing() as writer:
        entry = entry_of(writer, number)
        version = knowledge.in_force(writer, entry["number"])
        if version is None:
            raise NotNow(f"{entry['number']} 没有现行的版本，不必报告")
        values = {"entry_id": entry["id"], "version": version["version"], "unit_id": version["owner_id"]}
        return _add(desk, writer, Deed.REPORT_ENTRY, REPORT, said, values, entry["number"])


def ask_owner(desk: Desk, question: str, number: str = "", unit: str = "", call_key: str = "") -> NoteRow:
    """请责任单位答: a question that the library does not answer, to the owner of an entry, or to a unit named.

    With neither it goes to the centre itself. `call_key` finds the call again. One event. Raises BadInput, Refused.
    """
    check_birth_right(desk, Deed.ASK_OWNER)
    asked = required(question, "问题", WORDS)
    key = cleaned(call_key, 64, "来电", one_line=True)
    with desk.writing() as writer:
        entry = entry_of(writer, number) if number.strip() else None
        version = knowledge.in_force(writer, entry["number"]) if entry else None
        owner = version["owner_id"] if version else None
        if unit.strip():
            owner = unit_named(writer, unit, desk.actor.centre_path, may_be_part=True)["id"]
        values = {
            "entry_id": entry["id"] if entry else None,
            "version": version["version"] if version else None,
            "unit_id": owner or desk.actor.centre_id,
            "call_key": key,
        }
        return _add(desk, writer, Deed.ASK_OWNER, QUESTION, asked, values, entry["number"] if entry else "")


def _add(
    desk: Desk, writer: Writer, deed: Deed, kind: str, words: str, values: dict[str, object], number: str
) -> NoteRow:
    at = moment_of(desk, writer)
    key = knowledge.add_note(
        writer, {"kind": kind, "words": words, "made_at": to_ms(at), "made_by": desk.actor.id, **values}
    )
    row = _note(writer, key)
    unit = units.unit(writer, row["unit_id"]) if row["unit_id"] is not None else None
    data = {"note": row["uid"], "entry": number, "unit": unit["code"] if unit else ""}
    record(desk, writer, deed, at, data, words=words)
    return note_row(row)


def _note(writer: Writer, key: int) -> Row:
    row = knowledge.note(writer, key)
    if row is None:
        raise Refused(f"没有编号为 {key} 的问题，请刷新后再看")
    return row


def open_notes(desk: Desk) -> tuple[NoteRow, ...]:
    """Return what waits to be settled: at the centre of every unit, in a unit its own; and what one asked oneself."""
    home = desk.actor.centre_path if desk.actor.is_at_the_centre else desk.actor.unit_path
    with desk.reading() as reader:
        return tuple(note_row(row) for row in knowledge.open_notes(reader, home, desk.actor.id))


def settle(desk: Desk, note_id: int, answer: str, number: str = "") -> NoteRow:
    """办结: the answer to the question, or what was done about the report; `number` is the entry that answers now.

    One event. Raises BadInput without words, NotAllowed for another unit's, NotNow when it is settled already.
    """
    check_birth_right(desk, Deed.SETTLE_NOTE)
    said = required(answer, "答复", WORDS)
    with desk.writing() as writer:
        row = _note(writer, note_id)
        check_owner(desk.actor, row["unit_path"])
        if row["settled_at"] is not None:
            raise NotNow(f"这一条已由{row['settler'] or '他人'}办结")
        entry = entry_of(writer, number) if number.strip() else None
        at = moment_of(desk, writer)
        values = {
            "settled_at": to_ms(at),
            "settled_by": desk.actor.id,
            "settlement": said,
            "settled_entry_id": entry["id"] if entry else None,
        }
        knowledge.settle(writer, note_id, values)
        data = {"note": row["uid"], "entry": entry["number"] if entry else ""}
        record(desk, writer, Deed.SETTLE_NOTE, at, data, words=said)
        return note_row(_note(writer, note_id))


def note_row(row: Row) -> NoteRow:
    """Return a report or question as the row of a list."""
    new = f"（见 {row['settled_number']}）" if row["settled_number"] else ""
    return NoteRow(
        id=int(row["id"]),
        kind="有误或已过时" if row["kind"] == REPORT else "请责任单位答",
        number=row["number"] or "",
        unit=row["unit"] or "",
        words=row["words"],
        maker=row["maker"] or "",
        made_at=from_ms(row["made_at"]),
        settlement=f"{row['settlement']}{new}" if row["settled_at"] is not None else "",
    )
