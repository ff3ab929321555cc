"""For developers: write the draft of a revision from what the models say and the revisions do not.

`python -m db.migrations.draft 0002 "why"` writes `versions/0002.py`; read it, then add its number to
`db/schema_version.py`. A released revision is never changed again.
"""

import sys
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Connection, StaticPool, create_engine
from sqlalchemy.types import String

from db.bigrams import bigrammed
from db.migrations.runner import HERE, migrate, script_directory
from db.models import METADATA
from db.search import INDEX

_HEADER = '''"""{why}"""

import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {before!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    {body}
'''


_BY_HAND = ("order_search", "case_search", "knowledge_search", "alembic_")


def draft(revision: str, why: str) -> str:
    """Return the text of a revision that leads from the newest revision on disk to the models."""
    script = script_directory()
    before = script.get_current_head()
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        connection.connection.create_function("bigram", 1, bigrammed)
        if before is not None:
            migrate(connection, script, before)
        body = _difference(connection, is_batch=before is not None)
    if before is None:
        body += f"\n    op.execute(\n        {INDEX!r}\n    )"
    return _HEADER.format(why=why, revision=revision, before=before, body=body)


def _difference(connection: Connection, *, is_batch: bool) -> str:
    options = {"compare_server_default": True, "include_name": _is_ours}
    context = MigrationContext.configure(connection, opts=options)
    operations = produce_migrations(context, METADATA).upgrade_ops
    assert operations is not None
    return render_python_code(operations, render_as_batch=is_batch, render_item=_plain_string)


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """The search indexes and their shadow tables are made by hand, the version table by Alembic."""
    return kind != "table" or not (name or "").startswith(_BY_HAND)


def _plain_string(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """SQLModel's own string type would tie old revisions to SQLModel."""
    if kind == "type" and isinstance(getattr(item, "impl", item), String):
        length = getattr(item, "length", None) or getattr(getattr(item, "impl", None), "length", None)
        return f"sa.String({'' if length is None else f'length={length}'})"
    return False


def main(revision: str, why: str) -> None:
    """Write the draft into `versions/`; an existing file is never overwritten."""
    text = draft(revision, why)
    with (HERE / "versions" / f"{revision}.py").open("x", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
