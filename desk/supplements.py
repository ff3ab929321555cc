"""What is added to an order that runs already, and how its unit hears of it (practice P12, P20)."""

from db.codes import Status
from db.queries import messages
from desk import merged
from desk.deed import OrderDeed
from desk.rules.calendar import local
from desk.rules.lifecycle import AT_THE_UNIT
from desk.rules.text import required

CONTENT_LIMIT = 20_000
"""Characters of what a caller says in one go."""


def append(deed: OrderDeed, words: str, head: str) -> None:
    """Add words to the content under a head with its time, and quote them in the event. Raises BadInput."""
    plain = required(words, "补充内容", CONTENT_LIMIT)
    deed.quote(words=plain)
    content = f"{deed.order['content']}\n【{head} {local(deed.at):%m-%d %H:%M}】{plain}"
    deed.set(content=content)


def tell_unit(deed: OrderDeed, template: str, body: str) -> None:
    """Queue a message to the steward while it holds the order; never the caller's words (practice P19).

    While a 从单 waits, the unit is told of its 主单: the 从单 it does not know.
    """
    main = merged.main_of(deed.writer, deed.order_id) if deed.before is Status.MERGED else None
    if main is not None:
        merged.tell_unit(deed, main, template, _OF_A_MEMBER[template])
    if deed.before in AT_THE_UNIT and deed.order["steward_id"] is not None:
        messages.to_unit(deed.writer, deed.order_id, deed.order["steward_id"], template, body, deed.at_ms)


_OF_A_MEMBER = {
    "supplement": "的从单有诉求人补充，请向热线中心了解",
    "urge": "的从单有群众催单，请尽快办理",
    "withdraw": "的一件从单已撤诉，其余照办",
    "outside": "的从单有上级平台的新要求，请向热线中心了解",
}
