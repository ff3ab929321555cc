"""服务站 on the card: who came to the counter and why, and both moments: acceptance there, arrival here (practice P18)."""

from collections.abc import Iterator
from typing import Any

from db.codes import Comer, CounterReason, ReadBack
from db.times import maybe_from_ms
from desk.codes import word
from desk.stations.news import status_word
from desk.words import moment


def lines(order: Any, noted: Any | None, *, hides_words: bool) -> Iterator[str]:
    """Yield what was noted at the counter; words that tell of the caller only where they may be shown (P32)."""
    if noted is None:
        return
    yield f"当面登记 {noted['station']}  {noted['clerk_unit'] or ''} {noted['clerk_name'] or ''}".rstrip()
    if not hides_words:
        yield f"到站人 {word(Comer(noted['comer']))}  代办原因 {word(CounterReason(noted['reason']))}"
        yield f"联系办法 {noted['reach']}" if noted["reach"] else ""
        yield f"见证人 {noted['witness']}" if noted["witness"] else ""
    yield word(ReadBack(noted["read_back"]))
    yield _arrival(order, noted)
    yield from _centre(noted)


def _centre(noted: Any) -> Iterator[str]:
    """What the centre said last of an order that left this store; nothing at the centre itself."""
    if noted["centre_status"] is None:
        return
    due = maybe_from_ms(noted["centre_due_at"])
    yield f"中心状态 {status_word(noted['centre_status'])}  {noted['centre_unit']}".rstrip()
    yield f"中心诉求人时限 {moment(due)}" if due else ""
    yield f"中心回复 {noted['centre_answer']}" if noted["centre_answer"] else ""


def _arrival(order: Any, noted: Any) -> str:
    arrived = maybe_from_ms(noted["arrived_at"])
    if arrived is None:
        return "尚未上传中心"
    if noted["arrived_at"] == order["accepted_at"]:
        return ""
    return f"到中心 {moment(arrived)}（派单时限自此起算，诉求人时限自站点受理起算）"
