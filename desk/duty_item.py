"""One item of 职责清单: what it says, when it said so, and what differs between two of its versions."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Content:
    """What an item says; whatever of it changes makes a new version. Codes as they stand in the store."""

    list_name: str
    item: str
    category_code: str
    keywords: tuple[str, ...]
    phrases: tuple[str, ...]
    kinds: tuple[str, ...]
    area_scope: str
    unit_code: str
    section_code: str
    co_unit_codes: tuple[str, ...]
    legal_basis: str

    def columns(self) -> dict[str, str]:
        """Return the columns of `duty_items`, lists joined by `;`."""
        values = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value if isinstance(value, str) else ";".join(value) for name, value in values}


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One item in one version; times in ms UTC, `valid_to` None while it is in force."""

    id: int
    number: int
    version: int
    content: Content
    valid_from: int | None
    valid_to: int | None


def item_from(row: Any) -> DutyItem:
    """Return an item from a row of `duty_items`."""
    content = Content(
        list_name=row["list_name"],
        item=row["item"],
        category_code=row["category_code"],
        keywords=_parts(row["keywords"]),
        phrases=_parts(row["phrases"]),
        kinds=_parts(row["kinds"]),
        area_scope=row["area_scope"],
        unit_code=row["unit_code"],
        section_code=row["section_code"],
        co_unit_codes=_parts(row["co_unit_codes"]),
        legal_basis=row["legal_basis"],
    )
    return DutyItem(row["id"], row["number"], row["version"], content, row["valid_from"], row["valid_to"])


def _parts(column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in column.split(";") if part.strip())


def differences(before: Content, after: Content) -> Iterator[str]:
    """Yield the names of the fields in which two versions differ."""
    for each in fields(Content):
        if getattr(before, each.name) != getattr(after, each.name):
            yield each.name
