"""Where a file comes from: a channel whose columns have their usual names, or a channel with a saved 列对照."""

import unicodedata
from dataclasses import dataclass, field

from db.codes import Channel
from desk.codes import word
from desk.importing.heads import HEADS, RESULT_HEADS, field_called

DEFAULT_CHANNEL = Channel.MAILBOX
"""Letters to the leaders: what a file of messages is when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Source:
    """A channel and how its columns are read. `columns` are (head, field or '') of a saved 列对照, in the file's order."""

    channel: Channel = DEFAULT_CHANNEL
    name: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    _fields: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._fields.update({plain_head(head): name for head, name in self.columns if name})

    @property
    def is_mapped(self) -> bool:
        """Whether a saved 列对照 says which column is which: then no other column is read."""
        return bool(self.columns)

    @property
    def title(self) -> str:
        """What a person calls it: the name of its 列对照, or its channel."""
        return self.name or word(self.channel)

    def field_of(self, head: str) -> str | None:
        """Return the field that a column of this name brings in, or None for one that is passed over."""
        if not self.is_mapped:
            return field_called(head)
        name = self._fields.get(plain_head(head))
        return None if name in RESULT_HEADS else name

    def head_of(self, name: str) -> str:
        """Return under which column a field is looked for; its plain English name where no 列对照 says another."""
        return next((head for head, field in self.columns if field == name), HEADS[name][1])

    def missing(self, heads: tuple[str, ...]) -> list[str]:
        """Return the columns of the 列对照 that bring something in and are not among `heads`."""
        there = set(map(plain_head, heads))
        wanted = (head for head, name in self.columns if name and name not in RESULT_HEADS)
        return [head for head in wanted if plain_head(head) not in there]


def plain_head(head: str) -> str:
    """Return the name of a column without what people do not see: width of characters, blanks, a star behind it."""
    plain = unicodedata.normalize("NFKC", head).strip().lstrip("\ufeff").rstrip("*")
    return "".join(plain.split()).lower()
