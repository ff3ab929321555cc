"""Every default of a model is a default of its table too.

SQLModel fills defaults only into entities; the hot paths insert through Core or plain SQL and leave columns out.
"""

from typing import Any

from sqlalchemy import DefaultClause, MetaData, text
from sqlmodel import SQLModel


def set_server_defaults(metadata: MetaData, models: list[type[SQLModel]]) -> None:
    """Give each column of `models` the default of its field, as a literal in the schema."""
    for model in models:
        table = metadata.tables[str(model.__tablename__)]
        for name, field in model.model_fields.items():
            literal = _literal(field.default)
            if literal is not None and not table.columns[name].primary_key:
                table.columns[name].server_default = DefaultClause(text(literal))


def _literal(value: Any) -> str | None:
    match value:
        case bool():
            return str(int(value))
        case int():
            return str(value)
        case str():
            return "'" + value.replace("'", "''") + "'"
        case _:
            return None
