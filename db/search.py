"""Search over orders: FTS5 over overlapping pairs of hanzi (design part 3; the figures behind it: dispatch notes, part 5).

External content over a view, written here inside the deed's transaction and never by trigger: content on the table
itself silently empties on `rebuild`, and a contentless table leaves ghost hits [M].
"""

from collections.abc import Mapping, Sequence
from typing import Any

from db.bigrams import match_query
from db.doors import Reader, Writer

VIEW_NAME = "order_search_text"

_WORDS = (
    "order_no",
    "query_code",
    "title",
    "content",
    "forward_text",
    "place",
    "accused_name",
    "purpose",
    "requester_name",
)

VIEW = (
    f"CREATE VIEW {VIEW_NAME} (id, body) AS SELECT id, bigram("
    + " || char(10) || ".join(f"coalesce({name}, '')" for name in _WORDS)
    + ") FROM work_orders"
)

INDEX = (
    "CREATE VIRTUAL TABLE order_search USING fts5"
    f"(body, content='{VIEW_NAME}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
)

CASE_INDEX = "CREATE VIRTUAL TABLE case_search USING fts5(body, tokenize='unicode61 remove_diacritics 0')"
"""典型案例: few and short, so that the index keeps their words itself; written by `db.queries.cases` alone."""

CASE_WORDS = "CREATE VIRTUAL TABLE case_search_words USING fts5vocab(case_search, row)"
"""How many cases hold a word: the rare ones find what is alike."""

KNOWLEDGE_INDEX = (
    "CREATE VIRTUAL TABLE knowledge_search USING fts5"
    "(title, keywords, body, tokenize='unicode61 remove_diacritics 0')"
)
"""知识库: the versions in force, by their keys; written by `db.queries.knowledge` alone."""

KNOWLEDGE_WORDS = "CREATE VIRTUAL TABLE knowledge_search_words USING fts5vocab(knowledge_search, row)"
"""How many entries hold a word: the rare ones find what is asked."""

_ADD = f"INSERT INTO order_search (rowid, body) SELECT id, body FROM {VIEW_NAME} WHERE id = :order_id"
_REMOVE = (
    "INSERT INTO order_search (order_search, rowid, body)"
    f" SELECT 'delete', id, body FROM {VIEW_NAME} WHERE id = :order_id"
)


def add(writer: Writer, order_id: int) -> None:
    """Make an order findable, in the transaction that wrote it: after the insert, or after the change that
    `remove` was called before.
    """
    writer.run(_ADD, order_id=order_id)


def remove(writer: Writer, order_id: int) -> None:
    """Take an order out of the index. Call it *before* any of its searched columns change: it reads the old words."""
    writer.run(_REMOVE, order_id=order_id)


def rebuild(writer: Writer) -> None:
    """Index every order afresh (minutes on a large store: only after a restore or a migration)."""
    writer.run("INSERT INTO order_search (order_search) VALUES ('rebuild')")


def optimize(writer: Writer) -> None:
    """Merge the index into one piece, so that erased words leave the file (with `secure_delete`)."""
    writer.run("INSERT INTO order_search (order_search) VALUES ('optimize')")


def find(
    reader: Reader,
    text: str,
    *,
    limit: int,
    scope: str = "",
    parameters: Mapping[str, Any] | None = None,
) -> list[int]:
    """Return the keys of at most `limit` orders that hold every word of `text`, newest first.

    `scope` is a condition on `work_orders o` that narrows what this person may find at all (practice P32: what is
    secret is not in others' search), with `parameters` for its names. A text without a letter, digit or hanzi
    finds nothing.
    """
    query = match_query(text)
    if not query:
        return []
    if not scope:
        sql = "SELECT rowid AS id FROM order_search WHERE order_search MATCH :query"
    else:
        sql = (
            "SELECT s.rowid AS id FROM order_search s JOIN work_orders o ON o.id = s.rowid"
            f" WHERE order_search MATCH :query AND ({scope})"
        )
    rows = reader.all(f"{sql} ORDER BY id DESC LIMIT :limit", query=query, limit=limit, **(parameters or {}))
    return [int(row["id"]) for row in rows]


def find_any(
    reader: Reader,
    words: Sequence[str],
    *,
    newest: int,
    limit: int,
    scope: str,
    parameters: Mapping[str, Any],
) -> list[int]:
    """Return the keys of at most `limit` of the `newest` orders that hold any of `words`, newest first.

    `words` are index tokens (`db.bigrams.tokens`); `scope` is a condition on `work_orders o` (see `find`). The window
    keeps the price the same in a store of any size: common words stand in every tenth order.
    """
    if not words:
        return []
    rows = reader.all(
        "SELECT s.rowid AS id FROM order_search s JOIN work_orders o ON o.id = s.rowid"
        " WHERE order_search MATCH :query AND s.rowid > (SELECT coalesce(max(id), 0) FROM work_orders) - :newest"
        f" AND ({scope}) ORDER BY s.rowid DESC LIMIT :limit",
        query=" OR ".join(f'"{word}"' for word in words),
        newest=newest,
        limit=limit,
        **parameters,
    )
    return [int(row["id"]) for row in rows]
