"""知识库: found by words and topic, laid out to be read aloud, answered from by one key; its versions, its open questions."""

from screens.dialogs.knowledge.entry import Entry
from screens.dialogs.knowledge.library import Library
from screens.dialogs.knowledge.notes import OpenNotes
from screens.dialogs.knowledge.reading import ReadOut

__all__ = ["Entry", "Library", "OpenNotes", "ReadOut"]
