"""A call on its way to another seat, as screens see it (practice P13). No store is needed to read this."""

from dataclasses import dataclass
from datetime import datetime

from db.codes import TransferState, TransferWay

__all__ = ["SeatTransfers", "TransferRow", "TransferState", "TransferWay"]


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One transfer; times aware UTC. `label` says to whom, `title` what it is about while it is offered.

    `is_heard`: somebody has signed in who sees it.
    """

    id: str
    call_key: str
    way: TransferWay
    label: str
    title: str
    from_name: str
    from_seat: str
    offered_at: datetime
    expires_at: datetime
    state: TransferState
    to_name: str
    to_seat: str
    is_heard: bool


@dataclass(frozen=True, slots=True)
class SeatTransfers:
    """What concerns one seat: offered to it, offered by it, 班长 called by it (the last, whatever became of it).

    `silent` is for 班长: who calls him.
    """

    incoming: tuple[TransferRow, ...] = ()
    outgoing: TransferRow | None = None
    called: TransferRow | None = None
    silent: tuple[TransferRow, ...] = ()
