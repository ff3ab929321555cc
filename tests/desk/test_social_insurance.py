"""身份核验 and the caller's own record: each an event without a number in it, nothing before the other (practice P17)."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from db.codes import IdentityFact, IdentityOutcome
from db.times import to_ms
from desk import social_insurance
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.insurance_rows import IdentityClaim
from tests.desk.insured import CALL, CLAIM, FILE, NUMBER, OTHER, csv_file, csv_settings, passed
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=csv_settings(tmp_path))


@pytest.fixture
def house(tmp_path: Path) -> Callable[..., World]:
    """Make a hotline with other settings."""
    return lambda **settings: World(
        tmp_path / "other.db", settings={key.replace("__", "."): value for key, value in settings.items()}
    )


def checks(world: World) -> list[dict[str, Any]]:
    sql = "SELECT data FROM events WHERE kind IN ('verify_identity', 'look_insurance') ORDER BY seq"
    return [json.loads(row["data"]) for row in world.rows(sql)]


def outcome(world: World, call: str = CALL, **said: Any) -> IdentityOutcome:
    claim: IdentityClaim = replace(CLAIM, **said)
    return social_insurance.verify(world.desk("1203"), claim, call).outcome


def test_a_caller_who_is_who_he_says_sees_his_record_and_two_events_say_so(world: World) -> None:
    desk = world.desk("1203")
    check = social_insurance.verify(desk, CLAIM, CALL)
    assert (check.has_passed, check.has_source) == (True, True)
    record = social_insurance.look(desk, check, NUMBER)
    assert (record.name, record.place) == ("样例甲", "江西省赣州市章贡区")
    assert record.items == (
        ("险种", "养老"),
        ("缴费状态", "正常参保"),
        ("险种", "失业"),
        ("缴费状态", "暂停缴费"),
    )
    verified, looked = checks(world)
    assert (verified["passed"], verified["fact"], verified["source"]) == (True, "place", "csv")
    assert looked == {"call_key": CALL, "check": check.event_uid, "passed": True, "source": "csv"}
    event = world.row("SELECT * FROM events WHERE kind = 'look_insurance'")
    assert (event["actor_uid"], event["seat"]) == (desk.actor.uid, "T1203")


def test_no_number_name_or_word_of_a_record_is_left_in_the_store(world: World) -> None:
    social_insurance.look(world.desk("1203"), passed(world), NUMBER)
    outcome(world, name="样例丙")
    written = world.path.read_bytes() + world.path.with_name("desk.db-wal").read_bytes()
    written += b"".join(path.read_bytes() for path in world.path.parent.glob("desk.work.db*"))
    for secret in (NUMBER, NUMBER[-4:] + '"', "样例甲", "样例丙", "章贡", "暂停缴费", "13800000017"):
        assert secret.encode() not in written, secret
    shown = f"{CLAIM!r} {passed(world)!r}"
    assert NUMBER not in shown
    assert "样例" not in shown


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"value": "章贡"}, IdentityOutcome.PASSED),
        ({"value": "赣州市章贡区"}, IdentityOutcome.PASSED),
        ({"value": "南康区"}, IdentityOutcome.FACT_DIFFERS),
        ({"value": "区"}, IdentityOutcome.FACT_DIFFERS),
        ({"fact": IdentityFact.PHONE_TAIL, "value": "1111"}, IdentityOutcome.PASSED),
        ({"fact": IdentityFact.PHONE_TAIL, "value": "1112"}, IdentityOutcome.FACT_DIFFERS),
        ({"fact": IdentityFact.EMPLOYER, "value": "样例一厂"}, IdentityOutcome.PASSED),
        ({"fact": IdentityFact.EMPLOYER, "value": "样例二厂"}, IdentityOutcome.FACT_DIFFERS),
        ({"name": "样例乙"}, IdentityOutcome.NAME_DIFFERS),
        ({"id_number": "360702190003030030"}, IdentityOutcome.NO_RECORD),
        ({"is_own": False}, IdentityOutcome.NOT_OWN),
    ],
)
def test_all_three_must_agree_and_the_caller_be_himself(
    world: World, said: dict[str, Any], expected: IdentityOutcome
) -> None:
    assert outcome(world, **said) is expected
    assert [(each["passed"], each["outcome"]) for each in checks(world)] == [
        (expected is IdentityOutcome.PASSED, str(expected))
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"id_number": NUMBER[:-1] + "8"},
        {"name": " "},
        {"value": ""},
        {"fact": IdentityFact.PHONE_TAIL, "value": "17"},
        {"fact": IdentityFact.EMPLOYER, "value": "公司"},
    ],
)
def test_a_slip_of_the_tongue_is_asked_again_and_not_recorded(world: World, said: dict[str, Any]) -> None:
    with world.nothing_written(), pytest.raises(BadInput):
        outcome(world, **said)


def test_a_record_is_refused_without_a_check_that_passed(world: World) -> None:
    desk = world.desk("1203")
    failed = social_insurance.verify(desk, replace(CLAIM, value="南康"), CALL)
    good = passed(world)
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="没有通过"):
            social_insurance.look(desk, failed, NUMBER)
        with pytest.raises(NotAllowed, match="F12"):
            social_insurance.look(desk, replace(good, event_uid="none"), NUMBER)
        with pytest.raises(NotAllowed, match="没有通过"):
            social_insurance.look(desk, replace(good, call_key="another"), NUMBER)
        with pytest.raises(NotAllowed, match="F12"):
            social_insurance.look(world.desk("1204"), good, NUMBER)


def test_another_ones_number_is_refused(world: World) -> None:
    check = passed(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="他人"):
        social_insurance.look(world.desk("1203"), check, OTHER)


@pytest.mark.parametrize("staff_no", ["1301", "1501", "2101", "1001"])
def test_only_operators_and_their_supervisor_have_the_right(world: World, staff_no: str) -> None:
    check = passed(world)
    with world.nothing_written():
        with pytest.raises(NotAllowed):
            social_insurance.verify(world.desk(staff_no), CLAIM, CALL)
        with pytest.raises(NotAllowed):
            social_insurance.look(world.desk(staff_no), check, NUMBER)


def test_three_checks_in_vain_end_it_for_that_call(world: World) -> None:
    for _ in range(3):
        outcome(world, value="南康")
    with world.nothing_written(), pytest.raises(NotNow, match="窗口"):
        outcome(world)
    assert outcome(world, "the next call") is IdentityOutcome.PASSED


def test_a_check_lasts_ten_minutes_and_no_longer_than_the_call(world: World) -> None:
    desk = world.desk("1203")
    desk.work.ring(CALL, phone="13800000017", line="12333", now_ms=to_ms(world.clock.now), seat=desk.seat)
    check = passed(world)
    world.clock.tick(minutes=10)
    social_insurance.look(desk, check, NUMBER)
    world.clock.tick(seconds=1)
    with pytest.raises(NotNow, match="重新核验"):
        social_insurance.look(desk, check, NUMBER)
    again = passed(world)
    desk.work.end_ring(CALL, now_ms=to_ms(world.clock.now))
    with pytest.raises(NotNow, match="挂断"):
        social_insurance.look(desk, again, NUMBER)
    with pytest.raises(NotNow, match="挂断"):
        social_insurance.verify(desk, CLAIM, CALL)


def test_a_call_at_another_seat_is_not_ones_own(world: World) -> None:
    desk = world.desk("1203")
    desk.work.ring(CALL, phone="13800000017", line="12333", now_ms=1, seat="T1204")
    with world.nothing_written():
        with pytest.raises(NotNow, match="T1204"):
            social_insurance.verify(desk, CLAIM, CALL)
        with pytest.raises(BadInput, match="来电"):
            social_insurance.verify(desk, CLAIM, "")


# -- no source, a file, an endpoint


def test_without_a_source_the_operator_compares_and_nothing_is_shown(house: Callable[..., World]) -> None:
    world = house()
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(BadInput, match="相符"):
        social_insurance.verify(desk, CLAIM, CALL)
    check = social_insurance.verify(desk, CLAIM, CALL, agrees=False)
    assert check.outcome is IdentityOutcome.SAID_TO_DIFFER
    check = social_insurance.verify(desk, CLAIM, CALL, agrees=True)
    assert (check.has_passed, check.has_source) == (True, False)
    with pytest.raises(Refused, match="人社业务系统"):
        social_insurance.look(desk, check, NUMBER)
    assert [each["source"] for each in checks(world)] == ["none", "none"]


def test_a_file_in_gb18030_and_a_new_one_in_its_place_are_read(world: World, tmp_path: Path) -> None:
    csv_file(tmp_path, FILE, "gb18030")
    assert outcome(world) is IdentityOutcome.PASSED
    csv_file(tmp_path, FILE.replace("章贡区", "南康区"))
    assert outcome(world) is IdentityOutcome.FACT_DIFFERS


def test_what_would_steer_a_terminal_is_not_shown(world: World, tmp_path: Path) -> None:
    csv_file(tmp_path, FILE.replace("正常参保", "\x1b[2J正常").replace("暂停缴费", "[/b]" + "停" * 300))
    items = social_insurance.look(world.desk("1203"), passed(world), NUMBER).items
    assert items[1] == ("缴费状态", "?")
    assert items[3] == ("缴费状态", "[/b]" + "停" * 196)


@pytest.mark.parametrize("text", [None, "姓名,手机号\n样例甲,1\n"])
def test_a_file_that_cannot_be_used_gives_the_sentence_for_the_caller(
    world: World, tmp_path: Path, text: str | None
) -> None:
    (tmp_path / "社保.csv").unlink() if text is None else csv_file(tmp_path, text)
    with world.nothing_written(), pytest.raises(Refused, match="请告诉来电人：社保查询系统"):
        outcome(world)


@pytest.mark.parametrize(
    "settings",
    [
        {"insurance__source": "ldap"},
        {"insurance__source": "csv", "insurance__csv_path": "社保.csv"},
        {"insurance__source": "http", "insurance__endpoint": "http://rsj.example.cn/look"},
        {"insurance__source": "http", "insurance__endpoint": "https://["},
    ],
)
def test_settings_that_cannot_work_are_named(house: Callable[..., World], settings: dict[str, Any]) -> None:
    world = house(**settings)
    with world.nothing_written(), pytest.raises(BadInput, match="insurance"):
        outcome(world)


Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def endpoint(answer: Answer) -> Iterator[tuple[str, list[tuple[str, str | None, bytes]]]]:
    """Serve one answer to every question at this machine; lends the address and what was asked."""
    asked: list[tuple[str, str | None, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, self.headers["Authorization"], body))
            status, headers, words = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/look", asked
        server.shutdown()


KNOWN = {
    "found": True,
    "name": "样例甲",
    "place": "章贡区",
    "employer": "样例一厂",
    "phones": ["13800000017"],
    "items": [["缴费状态", "正常参保"], "no pair", ["\x1b]0;", "x\x07"]],
}


def answered(body: Any, status: int = 200, **headers: str) -> Answer:
    return status, headers, json.dumps(body).encode()


def test_an_endpoint_is_asked_in_the_body_alone_with_the_city_s_token(
    house: Callable[..., World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    (tmp_path / "token").write_text("s3cret\n")
    with endpoint(answered(KNOWN)) as (address, asked):
        world = house(
            insurance__source="http",
            insurance__endpoint=address,
            insurance__token_file=str(tmp_path / "token"),
        )
        record = social_insurance.look(world.desk("1203"), passed(world), NUMBER)
    assert record.items == (("缴费状态", "正常参保"), ("?", "?"))
    assert asked == [("/look", "Bearer s3cret", json.dumps({"id_number": NUMBER}).encode())] * 2


@pytest.mark.parametrize(
    "answer",
    [
        answered({}, 500),
        answered({}, 302, Location="http://127.0.0.1:1/elsewhere"),
        answered([]),
        answered({"found": "yes"}),
        (200, {}, b"<html>"),
        (200, {}, b" " * 300_000),
    ],
)
def test_an_endpoint_in_trouble_gives_the_sentence_for_the_caller(
    house: Callable[..., World], answer: Answer
) -> None:
    with endpoint(answer) as (address, asked):
        world = house(insurance__source="http", insurance__endpoint=address)
        with world.nothing_written(), pytest.raises(Refused, match="请告诉来电人"):
            outcome(world)
    assert len(asked) == 1


def test_an_endpoint_that_is_silent_is_given_up_and_one_that_knows_nobody_believed(
    house: Callable[..., World],
) -> None:
    with endpoint(answered({"found": False})) as (address, _):
        world = house(insurance__source="http", insurance__endpoint=address)
        assert outcome(world) is IdentityOutcome.NO_RECORD
    with pytest.raises(Refused, match="没有应答"):
        outcome(world)
