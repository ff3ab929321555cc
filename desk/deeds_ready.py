"""Importing this module loads what every deed needs and no list does: SQLAlchemy Core, the models, the calendar.

For a desk that has nothing else to do just now, so that its first deed is as quick as its second.
"""

import chinese_calendar  # noqa: F401

import db.core
import db.search  # noqa: F401
import desk.card
import desk.finder  # noqa: F401

__all__: list[str] = []
