"""导入: work orders and messages of other systems, from .jsonl, .csv or .xlsx (design part 8).

`examine` checks a whole file and writes nothing; `take_in` writes the orders that it found good.
"""

from desk.importing.checking import Checked, Flaw, examine
from desk.importing.fates import Fate, Foreseen, foresee
from desk.importing.heads import HEADS, REQUIRED
from desk.importing.message import Message
from desk.importing.rejects import keep_rejects, rejects_path
from desk.importing.sources import DEFAULT_CHANNEL, Source
from desk.importing.tables import Table, read_table
from desk.importing.taking_in import Taken, take_in

__all__ = [
    "DEFAULT_CHANNEL",
    "HEADS",
    "REQUIRED",
    "Checked",
    "Fate",
    "Flaw",
    "Foreseen",
    "Message",
    "Source",
    "Table",
    "Taken",
    "examine",
    "foresee",
    "keep_rejects",
    "read_table",
    "rejects_path",
    "take_in",
]
