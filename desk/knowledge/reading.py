"""The library read: by words, by topic, one entry with all its versions, and what has to be looked at again."""

from collections.abc import Iterator
from datetime import timedelta

from db.bigrams import match_query
from db.codes import Deed
from db.doors import Row
from db.queries import knowledge
from desk.context import Desk
from desk.knowledge.common import entry_of, why_not
from desk.knowledge.notes import note_row
from desk.knowledge_rows import EntryFull, EntryPage, EntryRow, EntryText, VersionRow
from desk.known_answers import offered, row_of, today
from desk.words import stored

PAGE_SIZE = 50


def page(desk: Desk, text: str = "", offset: int = 0, topic: str = "", line: str = "") -> EntryPage:
    """Return one window of the library: what `text` finds, or all by topic; the entries of `line` first.

    Words of one hanzi are found too. Raises StoreUnusable.
    """
    query = match_query(text)
    if text.strip() and not query:
        return EntryPage((), 0, 0)
    with desk.reading() as reader:
        total, rows = knowledge.page(reader, query, topic, line, offset=offset, limit=PAGE_SIZE)
    if offset and not rows:
        return page(desk, text, 0, topic, line)
    day = today(desk)
    return EntryPage(tuple(row_of(row, day) for row in rows), total, offset)


def matching(desk: Desk, text: str, line: str = "12345") -> EntryPage:
    """Return what the library offers to the words of a matter, as one window."""
    rows = offered(desk, text, line)
    return EntryPage(rows, len(rows), 0)


def topics(desk: Desk, line: str = "") -> tuple[tuple[str, int], ...]:
    """Return every topic with the number of its entries; those of `line` first."""
    with desk.reading() as reader:
        return tuple((row["topic"], row["entries"]) for row in knowledge.topics(reader, line))


def waiting(desk: Desk) -> tuple[EntryRow, ...]:
    """Return the proposed versions that wait to be published, the oldest first."""
    with desk.reading() as reader:
        return tuple(row_of(row, today(desk)) for row in knowledge.waiting(reader))


def expiring(desk: Desk, days: int | None = None) -> tuple[tuple[EntryRow, str], ...]:
    """Return the entries that end or have to be checked within `days` (setting `knowledge.expiring_days`), and why."""
    span = int(desk.settings.get("knowledge.expiring_days", 30)) if days is None else days
    until = (today(desk) + timedelta(days=span)).isoformat()
    with desk.reading() as reader:
        rows = knowledge.expiring(reader, until)
    return tuple((row_of(row, today(desk)), _why(row, until)) for row in rows)


def _why(row: Row, until: str) -> str:
    ends = f"有效期到 {row['valid_to']}" if row["valid_to"] and row["valid_to"] <= until else ""
    check = f"应于 {row['review_by']} 前复核" if row["review_by"] and row["review_by"] <= until else ""
    return "，".join(filter(None, (ends, check)))


def full(desk: Desk, number: str) -> EntryFull:
    """Return an entry with every version and what was said against it. Raises Refused for an unknown number."""
    with desk.reading() as reader:
        entry = entry_of(reader, number)
        versions = knowledge.versions(reader, entry["id"])
        notes = knowledge.notes_of(reader, entry["id"])
    current = next((row for row in versions if row["version"] == entry["version"]), None)
    is_alive = current is not None and entry["retired_at"] is None
    newest = next((row for row in versions if row["published_at"] is None), None)
    return EntryFull(
        number=entry["number"],
        current=row_of(current, today(desk)) if current is not None else None,
        versions=tuple(_version(row, entry) for row in versions),
        notes=tuple(note_row(row) for row in notes if _may_read(desk, row)),
        no_proposing=why_not(desk, Deed.PROPOSE_ENTRY),
        no_publishing=_no_publishing(desk, newest),
        no_retiring=why_not(desk, Deed.RETIRE_ENTRY) or ("" if is_alive else "没有现行的版本可以停用"),
        no_reporting=why_not(desk, Deed.REPORT_ENTRY) or ("" if is_alive else "这一条已停用，不必报告"),
        no_asking=why_not(desk, Deed.ASK_OWNER),
    )


def _may_read(desk: Desk, note: Row) -> bool:
    """Questions are the centre's and the owner unit's: a caller's own words may stand in them."""
    return desk.actor.is_at_the_centre or str(note["unit_path"] or "").startswith(desk.actor.unit_path)


def _no_publishing(desk: Desk, newest: Row | None) -> str:
    if newest is None or newest["refused_at"] is not None:
        return "没有待发布的版本"
    return why_not(desk, Deed.PUBLISH_ENTRY)


def _version(row: Row, entry: Row) -> VersionRow:
    waits = row["published_at"] is None and row["refused_at"] is None
    return VersionRow(row["version"], _state(row, entry), text_of(row), tuple(_facts(row)), waits)


def _state(row: Row, entry: Row) -> str:
    if row["refused_at"] is not None:
        return "未采用"
    if row["published_at"] is None:
        return "待发布"
    if row["version"] != entry["version"]:
        return "旧版"
    return "现行" if entry["retired_at"] is None else "已停用"


def text_of(row: Row) -> EntryText:
    """Return what a version says."""
    return EntryText(
        topic=row["topic"],
        title=row["title"],
        answer=row["answer"],
        line=row["line"],
        keywords=row["keywords"],
        basis=row["basis"],
        owner=row["owner_code"] or "",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        review_by=row["review_by"],
        is_sample=bool(row["is_sample"]),
    )


def _facts(row: Row) -> Iterator[str]:
    if row["is_sample"]:
        yield "样例，须由责任单位核对"
    if row["basis"]:
        yield f"依据：{row['basis']}"
    yield f"责任单位：{row['owner'] or '未定，由热线中心答'}"
    until = f"至 {row['valid_to']}" if row["valid_to"] else "起长期"
    check = f"；应于 {row['review_by']} 前复核" if row["review_by"] else ""
    yield f"有效期：{row['valid_from'] or '发布之日'} {until}{check}"
    if row["reason"]:
        yield f"改动缘由：{row['reason']}"
    if row["refuse_reason"]:
        yield f"未采用：{row['refuse_reason']}"
    if row["published_at"] is not None:
        yield f"发布：{stored(row['published_at'])} {row['publisher'] or '建库'}"
