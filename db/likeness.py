"""Is a store made as this program would make it? Its tables, columns, indexes, triggers and view against a fresh one."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from db.chain import Fault, FaultKind
from db.doors import Reader
from db.schema import make_schema

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
_COLUMNS = (
    'SELECT m.name AS in_table, c.name AS name, upper(c.type) AS type, c."notnull" AS is_needed, c.pk AS pk,'
    " c.dflt_value AS preset FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    " AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'"
)

Catalogue = dict[tuple[str, str], str]


def check_schema(reader: Reader) -> Iterator[Fault]:
    """Yield what the store lacks, has too much or has otherwise than a store that `db.schema` makes today.

    The detail is `kind name`, as `column work_orders.purpose`; the order of columns is free, as migrations append.
    """
    found, wanted = _catalogue(reader), _wanted()
    lacking = wanted.keys() - found.keys()
    gone_tables = {name for kind, name in lacking if kind == "table"}
    for kind, name in sorted(lacking):
        if kind != "column" or name.partition(".")[0] not in gone_tables:
            yield Fault(FaultKind.SCHEMA_LACKS, detail=f"{kind} {name}")
    for kind, name in sorted(found.keys() - wanted.keys()):
        if kind != "column" or ("table", name.partition(".")[0]) in wanted:
            yield Fault(FaultKind.SCHEMA_HAS_MORE, detail=f"{kind} {name}")
    for key in sorted(wanted.keys() & found.keys()):
        if wanted[key] != found[key]:
            yield Fault(FaultKind.SCHEMA_DIFFERS, detail=" ".join(key))


def _wanted() -> Catalogue:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.create_function("bigram", 1, str)
        make_schema(connection)
        return _catalogue(_Rows(connection))


def _catalogue(reader: "Reader | _Rows") -> Catalogue:
    """Every object by kind and name, and what it is: columns for a table, the definition for all others."""
    made: Catalogue = {}
    for row in reader.all(_OBJECTS):
        made[row["type"], row["name"]] = "" if row["type"] == "table" else _plain(row["sql"])
    for row in reader.all(_COLUMNS):
        name = f"{row['in_table']}.{row['name']}"
        made["column", name] = f"{row['type']} {row['is_needed']} {row['pk']} {row['preset']}"
    return made


def _plain(sql: str | None) -> str:
    """A definition without what a migration may write otherwise: blanks and quotation marks of names."""
    return re.sub(r'[\s"`\[\]]+', "", sql or "").lower()


class _Rows:
    """The one read that a catalogue needs, on a bare connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, sql: str) -> list[sqlite3.Row]:
        return self._connection.execute(sql).fetchall()
