"""What every paper of the house has in common: another person than its writers signs it (practice P26, P30)."""

from db.codes import Deed
from db.doors import Reader
from db.queries import events
from desk.context import Desk
from desk.errors import NotAllowed


def check_signer(desk: Desk, reader: Reader, drafting: Deed, uid: str, what: str) -> None:
    """Raise NotAllowed for whoever wrote any wording of a paper; `drafting` is the deed that writes one, `what` its name."""
    if desk.actor.person_uid in events.writers_of(reader, drafting, uid):
        raise NotAllowed(f"拟稿人不能签发自己的{what}，请由另一位班长或调度领导签发")
