"""The few kinds of column that every table is built from."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlmodel import Field


def key() -> Any:
    """An integer key for joins inside one store; never shown outside it."""
    return Field(default=None, primary_key=True)


def uid() -> Any:
    """The identity outside the store (UUIDv7)."""
    return Field(max_length=36, unique=True)


def moment(*, index: bool = False) -> Any:
    """A moment in whole milliseconds UTC."""
    return Field(sa_type=BigInteger, index=index)


def maybe_moment() -> Any:
    """A moment in whole milliseconds UTC, or none."""
    return Field(default=None, sa_type=BigInteger)


def ref(target: str, *, index: bool = False) -> Any:
    """A reference to another table's key."""
    return Field(foreign_key=target, index=index)


def maybe_ref(target: str, *, index: bool = False) -> Any:
    """A reference to another table's key, or none."""
    return Field(default=None, foreign_key=target, index=index)


def later_ref(target: str, name: str) -> Any:
    """A reference, or none, that a revision added: a constraint put in later needs its name."""
    return Field(default=None, sa_column_args=(ForeignKey(target, name=name),))
