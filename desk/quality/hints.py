"""What the desk can tell a checker beforehand: what lacks, what was corrected or came back, what was promised (practice P31).

A hint decides nothing: the checker does.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import Deed, OrderKind
from db.doors import Reader, Row
from db.queries import answers, events
from desk.codes import word
from desk.context import Desk
from desk.history import data_of
from desk.rules import reply_checks
from desk.rules.reply_checks import Check, Matter, Words

_SHORT = 10
"""Signs of 诉求内容 under which cause and course can hardly both be told."""
_SAID = frozenset({Check.PROMISE, Check.BUCK_PASSING, Check.PERSONAL})


def hints(desk: Desk, reader: Reader, order: Row) -> tuple[str, ...]:
    """Return a line for each thing worth a look on an order that the checker may read."""
    done = events.of_order(reader, order["uid"])
    return (
        *_elements(order),
        *_corrected(done),
        *_came_back(done),
        *_promised(desk, reader, order),
    )


def _elements(order: Any) -> Iterator[str]:
    """受理五要素: who, when, where, why, how it went."""
    lacking = [
        label
        for label, is_there in (
            ("姓名", order["requester_name"] or order["is_anonymous"]),
            ("时间", order["occurred_at"] is not None or order["occurred_words"]),
            ("地址", order["area_code"] or order["place"]),
            ("起因、经过", len(str(order["content"]).strip()) >= _SHORT),
        )
        if not is_there
    ]
    if lacking:
        yield f"受理五要素：没有填{'、'.join(lacking)}（内容里写了的除外）"


def _corrected(done: Sequence[Row]) -> Iterator[str]:
    for event in done:
        if event["kind"] != Deed.CORRECT:
            continue
        data = data_of(event)
        before, after = data.get("before") or {}, data.get("after") or {}
        if "kind" in after:
            kinds = (word(OrderKind(each["kind"])) for each in (before, after))
            yield f"类型：{event['actor_name'] or ''}更正过 {'→'.join(kinds).replace('→', ' 改 ')}"
        if "category_code" in after:
            yield f"分类：{event['actor_name'] or ''}更正过诉求分类"
        if "urgency" in after:
            yield f"紧急程度：{event['actor_name'] or ''}更正过"


def _came_back(done: Sequence[Row]) -> Iterator[str]:
    counted = {
        "退回补充": sum(event["kind"] == Deed.ASK_COMPLETION for event in done),
        "退单": sum(event["kind"] in (Deed.GRANT_RETURN, Deed.REDIRECT_RETURN) for event in done),
        "改派": sum(event["kind"] == Deed.REASSIGN for event in done),
    }
    if any(counted.values()):
        yield "派单：" + "，".join(f"{name} {count} 次" for name, count in counted.items() if count)


def _promised(desk: Desk, reader: Reader, order: Any) -> Iterator[str]:
    """Of what was said in a direct answer; a unit's reply has its own checks."""
    said = answers.latest(reader, order["id"], order["round"])
    if said is None or order["steward_id"] is not None:
        return
    found = reply_checks.findings(
        str(said["said"] or ""),
        Matter(str(order["title"]), str(order["content"])),
        Words(desk.settings.words("promise.words"), buck_passing=desk.settings.words("buck_passing.words")),
    )
    for each in found:
        if each.check in _SAID:
            yield f"答复与承诺：{each.words}"
