"""抽取评议员: by lot and by profession, without whoever is close to a matter; anybody may draw it again from its seed (P29)."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.codes import Deed, Profession, RecusalReason
from db.doors import Reader, Row, Writer
from db.queries import assignments, cases, events, panelists, social_review, staff, units, work_orders
from db.times import from_ms, to_ms
from desk import history
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import data_of
from desk.panel_rows import PinRow, SessionRow
from desk.rules import social_review as rules
from desk.rules.calendar import local
from desk.rules.social_review import Candidate, Matter, Sitter, folded
from desk.rules.text import required
from desk.session import hash_pin
from desk.social_review import common
from desk.social_review.planning import session_row

_REASON = 200
_SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class Pool:
    """Who may sit over an agenda, by uid, and who may not, with the reason."""

    eligible: dict[str, Row]
    recused: dict[str, RecusalReason]

    def candidates(self, *without: str) -> list[Candidate]:
        """Those who may sit as the draw sees them."""
        return [
            Candidate(uid, row["profession"])
            for uid, row in sorted(self.eligible.items())
            if uid not in without
        ]


def pool_for(desk: Desk, reader: Reader, session: Row, at: datetime) -> Pool:
    """Return the pool as it stands before an agenda: everybody in it, sorted by whether he may sit (P29)."""
    matters = [_matter(reader, line) for line in social_review.lines(reader, session["id"])]
    eligible, recused = {}, {}
    for row, sitter in _sitters(desk, reader, at):
        reasons = (rules.why_recused(sitter, matter) for matter in matters)
        reason = next((each for each in reasons if each is not None), None)
        if reason is None:
            eligible[str(row["uid"])] = row
        else:
            recused[str(row["uid"])] = reason
    return Pool(eligible, recused)


def _sitters(desk: Desk, reader: Reader, at: datetime) -> Iterator[tuple[Row, Sitter]]:
    months = int(desk.settings.get("panel.repeat_months", rules.REPEAT_MONTHS))
    lately = panelists.sat_over(reader, to_ms(rules.months_ago(at, months)))
    ties = panelists.ties(reader, desk.actor.centre_id)
    for row in panelists.of_centre(reader, desk.actor.centre_id, active_only=True):
        tied = ties.get(row["id"], [])
        yield (
            row,
            Sitter(
                name=row["name"],
                number=str(row["mobile"] or ""),
                area_code=row["area_code"],
                employer_path=str(row["employer_path"] or ""),
                unit_paths=tuple(each["unit_path"] for each in tied if each["unit_path"]),
                people=tuple(each["person"] for each in tied if each["person"]),
                lately=frozenset(lately.get(row["id"], ())),
            ),
        )


def _matter(reader: Reader, line: Row) -> Matter:
    order = work_orders.by_key(reader, line["order_id"])
    assert order is not None, "a foreign key holds it"
    involved = {part["unit_id"] for part in assignments.of_order(reader, order["id"])}
    involved |= {line["unit_id"], order["accused_unit_id"]} - {None}
    found = (units.unit(reader, unit_id) for unit_id in sorted(involved))
    people = (*cases.callers_of(reader, order["id"]), *cases.numbers_of(reader, order["id"]))
    named = (*people, *str(order["accused_name"] or "").split("、"), str(order["on_behalf"] or ""))
    return Matter(
        unit_id=line["unit_id"],
        unit_paths=tuple(str(unit["path"]) for unit in found if unit is not None and not unit["is_centre"]),
        people=frozenset(folded(each) for each in named if each),
        area_code=str(order["area_code"] or ""),
    )


def draw(desk: Desk, session_id: int) -> SessionRow:
    """抽取评议员 for a session whose files are all released. One event, with the seed and who could be drawn.

    Raises NotNow without an agenda, before the files are released, after a draw, and for a pool too small; NotAllowed.
    """
    check_birth_right(desk, Deed.DRAW_PANEL)
    seed = secrets.token_hex(_SEED_BYTES)
    with desk.writing() as writer:
        session = common.unclosed(desk, writer, session_id)
        _check_agenda(writer, session)
        at = history.moment_after_head(writer, desk.now())
        pool, quota = pool_for(desk, writer, session, at), json.loads(session["quota"])
        _check_pool(pool, quota, session["seats"])
        sitting = rules.drawn(pool.candidates(), quota, session["seats"], seed)
        social_review.change_session(writer, session_id, {"drawn_at": to_ms(at)})
        for each in sitting:
            _sit(writer, session_id, pool.eligible[each.uid]["id"], at)
        data = {
            "seed": seed,
            "seats": session["seats"],
            "quota": quota,
            "eligible": [each.uid for each in pool.candidates()],
            "recused": {uid: str(reason) for uid, reason in sorted(pool.recused.items())},
            "drawn": [each.uid for each in sitting],
        }
        common.record(desk, writer, Deed.DRAW_PANEL, at, session, **data)
        return session_row(common.known(desk, writer, session_id))


def _sit(writer: Writer, session_id: int, panelist_id: int, at: datetime) -> None:
    values = {"session_id": session_id, "panelist_id": panelist_id, "drawn_at": to_ms(at)}
    social_review.add_seat(writer, {**values, "ballot_key": secrets.token_hex(32)})


def _check_agenda(reader: Reader, session: Row) -> None:
    if session["drawn_at"] is not None:
        raise NotNow("评议员已抽取；缺席的按 r 补抽")
    lines = social_review.lines(reader, session["id"])
    if not lines:
        raise NotNow("议程上还没有工单：先按 a 列入")
    if open_one := next((line for line in lines if line["released_at"] is None), None):
        raise NotNow(f"工单 {open_one['order_no']} 的评议材料还没有定稿：先按 f 整理、按 k 定稿")


def _check_pool(pool: Pool, quota: dict[str, int], seats: int) -> None:
    short = rules.lacking(pool.candidates(), quota, seats)
    if not short:
        return
    away = f"（{len(pool.recused)} 人须回避）" if pool.recused else ""
    if short == "seats":
        raise NotNow(
            f"可抽的评议员只有 {len(pool.eligible)} 人{away}，不足 {seats} 人：请补充评议员库或减少议程"
        )
    raise NotNow(f"可抽的{word(Profession(short))}不足 {quota[short]} 人{away}：请补充评议员库或减少议程")


def recuse(desk: Desk, seat_id: int, reason: str) -> SessionRow:
    """评议员回避, by hand and with a reason: the seat is empty and its ballots are gone; `replace` fills it. One event.

    Raises BadInput without a reason, NotNow for an empty seat or a closed session, NotAllowed.
    """
    check_birth_right(desk, Deed.RECUSE_PANELIST)
    words = required(reason, "回避理由", _REASON)
    with desk.writing() as writer:
        seat = social_review.seat(writer, seat_id)
        if seat is None:
            raise BadInput("没有这个席位，请刷新后再选", "席位")
        session = common.unclosed(desk, writer, seat["session_id"])
        if seat["removed_at"] is not None:
            raise NotNow(f"{seat['name']}已经回避")
        at = history.moment_after_head(writer, desk.now())
        _empty(desk, writer, seat, words, at)
        data = {"panelist": seat["panelist_uid"], "reason": str(RecusalReason.BY_HAND)}
        common.record(desk, writer, Deed.RECUSE_PANELIST, at, session, {"reason": words}, **data)
        return session_row(common.known(desk, writer, session["id"]))


def _empty(desk: Desk, writer: Writer, seat: Row, words: str, at: datetime) -> None:
    """Nobody sits there any more: his ballots go with him, and so does his PIN."""
    key = social_review.ballot_key(writer, seat["id"])
    for line in social_review.lines(writer, seat["session_id"]):
        social_review.take_back(writer, common.ballot_name(key, line["uid"]))
    gone = {"removed_at": to_ms(at), "removed_by": desk.actor.id, "removed_why": words, "ballots": 0}
    social_review.change_seat(writer, seat["id"], {**gone, "ballot_key": None})
    staff.change(writer, seat["staff_id"], {"pin_hash": None})


def replace(desk: Desk, session_id: int) -> SessionRow:
    """补抽评议员: fill one empty seat by lot, from the same profession if anybody is left there. One event with its seed.

    Raises NotNow when no seat is empty or nobody is left, NotAllowed.
    """
    check_birth_right(desk, Deed.REPLACE_PANELIST)
    seed = secrets.token_hex(_SEED_BYTES)
    with desk.writing() as writer:
        session = common.unclosed(desk, writer, session_id)
        seats = social_review.seats(writer, session_id)
        profession = _missing(session, seats)
        at = history.moment_after_head(writer, desk.now())
        pool, sat = pool_for(desk, writer, session, at), {str(seat["panelist_uid"]) for seat in seats}
        left = pool.candidates(*sat)
        found = rules.replacement(left, profession, seed)
        if found is None:
            raise NotNow("评议员库里没有可以补抽的人了")
        _sit(writer, session_id, pool.eligible[found.uid]["id"], at)
        data: dict[str, Any] = {
            "seed": seed,
            "profession": profession,
            "eligible": [each.uid for each in left],
            "drawn": [found.uid],
        }
        common.record(desk, writer, Deed.REPLACE_PANELIST, at, session, **data)
        return session_row(common.known(desk, writer, session_id))


def _missing(session: Row, seats: Any) -> str:
    """The profession of the seat to be filled: what the first draw had and those who sit have not."""
    if session["drawn_at"] is None:
        raise NotNow("还没有抽取评议员：先按 d 抽取")
    first = [seat["profession"] for seat in seats if seat["drawn_at"] == session["drawn_at"]]
    for seat in seats:
        if seat["removed_at"] is None and seat["profession"] in first:
            first.remove(seat["profession"])
    if session["sitting"] >= session["seats"] or not first:
        raise NotNow("没有空缺的席位，不用补抽")
    return str(first[0])


def give_pins(desk: Desk, session_id: int) -> tuple[PinRow, ...]:
    """发评议PIN: a new PIN for each who sits and has not signed, good for this session only. Shown once. One event.

    Raises NotNow before the draw or when all have signed, NotAllowed.
    """
    check_birth_right(desk, Deed.GIVE_PANEL_PINS)
    with desk.reading() as reader:
        unsigned = _unsigned(desk, reader, session_id)
    digits = max(int(desk.settings.get("pin.min_length", 6)), 6)
    pins = {seat["id"]: f"{secrets.randbelow(10**digits):0{digits}d}" for seat in unsigned}
    hashes = {seat_id: hash_pin(pin) for seat_id, pin in pins.items()}
    with desk.writing() as writer:
        session = common.unclosed(desk, writer, session_id)
        given = [seat for seat in _unsigned(desk, writer, session_id) if seat["id"] in hashes]
        for seat in given:
            fresh = {"failures": 0, "locked_until": None, "must_change_pin": False}
            staff.change(writer, seat["staff_id"], {**fresh, "pin_hash": hashes[seat["id"]]})
        at = history.moment_after_head(writer, desk.now())
        to = [seat["panelist_uid"] for seat in given]
        common.record(desk, writer, Deed.GIVE_PANEL_PINS, at, session, None, panelists=to)
    return tuple(
        PinRow(seat["staff_no"], seat["name"], Profession(seat["profession"]), pins[seat["id"]])
        for seat in given
    )


def _unsigned(desk: Desk, reader: Reader, session_id: int) -> list[Row]:
    common.unclosed(desk, reader, session_id)
    seats = [seat for seat in social_review.seats(reader, session_id) if seat["removed_at"] is None]
    if not seats:
        raise NotNow("还没有抽取评议员：先按 d 抽取")
    if not (found := [seat for seat in seats if seat["signed_at"] is None]):
        raise NotNow("评议员都已签到，不再发 PIN")
    return found


@dataclass(frozen=True, slots=True)
class Replayed:
    """One draw, drawn again from its event: when, with which seed, out of how many, and whether it gives the same people."""

    at: datetime
    seed: str
    eligible: int
    names: tuple[str, ...]
    is_same: bool


def replay(desk: Desk, session_id: int) -> tuple[Replayed, ...]:
    """Draw again each draw of a session from what its event says. Raises BadInput, NotAllowed."""
    check_birth_right(desk, Deed.DRAW_PANEL)
    with desk.reading() as reader:
        session = common.known(desk, reader, session_id)
        known = {row["uid"]: row for row in panelists.of_centre(reader, desk.actor.centre_id)}
        found = []
        for event in events.of_the_house(reader, (Deed.DRAW_PANEL, Deed.REPLACE_PANELIST)):
            data = data_of(event)
            if data["session"] == session["uid"]:
                names = tuple(known[uid]["name"] for uid in data["drawn"])
                again = [each.uid for each in _again(data, known)]
                found.append(
                    Replayed(
                        local(from_ms(event["at"])),
                        data["seed"],
                        len(data["eligible"]),
                        names,
                        again == data["drawn"],
                    )
                )
    return tuple(found)


def _again(data: dict[str, Any], known: dict[str, Row]) -> tuple[Candidate, ...]:
    pool = [Candidate(uid, known[uid]["profession"]) for uid in data["eligible"]]
    if "profession" in data:
        one = rules.replacement(pool, data["profession"], data["seed"])
        return () if one is None else (one,)
    return rules.drawn(pool, data["quota"], data["seats"], data["seed"])
