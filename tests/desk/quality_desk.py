"""Calls to be checked, so that each test of 质检 begins where it wants to."""

import json
import shutil
from typing import Any

from db.codes import CallSummary, OrderKind
from db.ids import new_uid
from desk import intake, quality
from desk.calls import CallNote
from desk.intake_rows import OrderForm, Registered
from tests.world import World

AGENT, OTHER_AGENT, SUPERVISOR, AUDITOR, SECOND_AUDITOR = "1203", "1204", "1002", "1501", "1502"
PASSED, FAILED, NONE = "passed", "failed", "not_applicable"


def a_call(
    world: World,
    by: str = AGENT,
    summary: CallSummary | None = CallSummary.WRONG_NUMBER,
    number: str = "13800001111",
    recording_no: str = "",
) -> CallNote:
    """A call that ended a minute after it was answered, as the form has it."""
    begun = world.clock.now
    ended = world.clock.tick(minutes=1)
    return CallNote(
        number=number,
        line="12345",
        summary=summary,
        rang_at=begun,
        answered_at=begun,
        ended_at=ended,
        outside_id=new_uid(),
        recording_no=recording_no or f"R{new_uid()[-6:]}",
    )


def filed(world: World, by: str = AGENT, **more: Any) -> int:
    """A call without an order, filed; its key."""
    return intake.file_call(world.desks[by], a_call(world, by, **more)).id


def registered(world: World, by: str = AGENT, number: str = "13800001111", **form: Any) -> Registered:
    """A call that led to an order."""
    given = {
        "kind": OrderKind.COMPLAINT,
        "content": "工地夜里十二点还在打桩",
        "number": number,
        "place": "老城社区",
        "name": "李先生",
        "area_code": "360725100000",
        **form,
    }
    call = a_call(world, by, None, number)
    return intake.register(world.desks[by], OrderForm(**given), call)


def set_to(world: World, key: str, value: object) -> None:
    """A setting of the city, for the desks that are opened from now on."""
    with world.database.write() as writer:
        writer.run("DELETE FROM settings WHERE key = :key", key=key)
        writer.insert("settings", {"key": key, "value": json.dumps(value)})


def checks(world: World, by: str = SUPERVISOR, view: str = "to_check") -> dict[str, Any]:
    """The checks of a list, by the number of their order, or their recording; of two the weightier one.

    One record in twenty is drawn as a sample too.
    """
    rows = reversed(quality.page(world.desk(by), view).rows)
    return {row.order_no or row.recording_no: row for row in rows}


def all_passed(**but: str) -> dict[str, str]:
    """合格 for every usual item, but for some."""
    items = ("受理五要素", "类型与分类", "派单", "服务态度", "答复与承诺")
    return dict.fromkeys(items, PASSED) | but


def to_check(world: World, by: str = AGENT, checker: str = AUDITOR) -> int:
    """One record that waits to be judged, put there by hand; its key."""
    order_no = registered(world, by).order_no
    return quality.add(world.desk(checker), order_no, "随机抽听")


def judged(world: World, by: str = AGENT, checker: str = AUDITOR, **but: str) -> int:
    """One that is judged, 派单 failed unless told otherwise."""
    key = to_check(world, by, checker)
    quality.judge(world.desk(checker), key, all_passed(**(but or {"派单": FAILED})), "派错单位")
    return key


def disputed(world: World) -> int:
    """One that the agent has answered."""
    key = judged(world)
    quality.answer(world.desk(AGENT), key, "当时的清单如此")
    return key


def audible(world: World) -> int:
    """One with a recording, where the city has a player that ends at once."""
    set_to(world, "quality.player", [shutil.which("true"), "{recording}"])
    world.desks.clear()
    return to_check(world)
