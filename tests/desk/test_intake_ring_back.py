"""断线: a number that waits to be rung back, and three times in vain (practice P12)."""

from typing import Any

import pytest

from desk import intake
from desk.context import Desk
from desk.errors import Refused
from tests.world import World

PHONE = "13800000000"


def held(desk: Desk, **values: Any) -> str:
    body = {"values": {"number": PHONE, "content": "断线前说到路灯", **values}, "call": {}}
    key = intake.save_draft(desk, body, f"{PHONE} 路灯", "d1", is_held=True)
    assert key is not None
    return key


def test_each_try_is_a_call_out_that_nobody_took(world: World) -> None:
    desk = world.desk("1203")
    key = held(desk, contact="13911112222")
    assert intake.log_attempt(desk, key) == 1
    (draft,) = intake.drafts(desk)
    assert (draft.attempts, draft.is_held, draft.body["values"]["content"]) == (1, True, "断线前说到路灯")
    call = world.row("SELECT direction, number, answered_at, summary, note FROM calls")
    assert (call["direction"], call["number"]) == ("outbound", "13911112222")
    assert (call["answered_at"], call["summary"], call["note"]) == (None, "call_out", "待回拨第 1 次，未接通")
    assert world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")["kind"] == "file_call"


def test_after_the_third_it_is_filed_with_what_is_known(world: World) -> None:
    desk = world.desk("1203")
    key = held(desk)
    assert [intake.log_attempt(desk, key) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(Refused, match="已回拨 3 次未接通"):
        intake.log_attempt(desk, key)
    assert world.row("SELECT count(*) AS calls FROM calls")["calls"] == 3


def test_a_draft_without_a_number_or_of_somebody_else_is_refused(world: World) -> None:
    desk = world.desk("1203")
    with pytest.raises(Refused, match="没有号码"):
        intake.log_attempt(desk, held(desk, number=""))
    with pytest.raises(Refused, match="已不在"):
        intake.log_attempt(world.desk("1204"), "d1")
