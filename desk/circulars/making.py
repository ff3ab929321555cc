"""拟通报、改稿、重算、撤稿、签发、印发、签收: each an event; who wrote any of it does not sign it (practice P30)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import circulars, messages, numbering, units, work_orders
from db.times import from_ms, to_ms
from desk import history, papers, told
from desk.births import check_birth_right
from desk.cases.known import known_of
from desk.circular_rows import CircularRow
from desk.circulars import examples, figures
from desk.circulars.reading import examples_from, known, lines_from, row_of
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import Happening
from desk.rules import circulars as rules
from desk.rules import messages as message_rules
from desk.rules.anonymising import Known, left_over
from desk.rules.circulars import Example, UnitLine
from desk.rules.reports import year_of
from desk.rules.secrecy import tells
from desk.rules.text import cleaned, required

_LONGEST_REASON = 200
Words = Mapping[str, str]


def draft(desk: Desk, kind: str = rules.MONTH, first: str = "", last: str = "") -> CircularRow:
    """拟通报: keep a draft about the last full week (`week`), the last full month (`month`), or `first` to `last` day (`any`).

    Figures are taken and examples chosen now. One event. Raises BadInput for the days or a period without any order,
    NotNow while a draft of the same period waits, NotAllowed.
    """
    check_birth_right(desk, Deed.DRAFT_CIRCULAR)
    since, until = rules.period(kind, desk.now(), first, last)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        for row in circulars.of_centre(writer, desk.actor.centre_id, 200):
            if row["approved_at"] is None and (row["since"], row["until"]) == (to_ms(since), to_ms(until)):
                raise NotNow("这一期已有一份草稿，请改那一份，或先撤稿")
        lines, chosen = _counted(desk, writer, since, until)
        words = _words_of(lines, chosen, since, until)
        key = circulars.add(
            writer,
            centre_id=desk.actor.centre_id,
            since=to_ms(since),
            until=to_ms(until),
            as_of=to_ms(at),
            drafted_at=to_ms(at),
            drafted_by=desk.actor.id,
            fields=_json(words),
            figures=_figures(lines),
            examples=_json([asdict(each) for each in chosen]),
        )
        return _recorded(desk, writer, key, Deed.DRAFT_CIRCULAR, at, words)


def _counted(
    desk: Desk, reader: Reader, since: datetime, until: datetime
) -> tuple[tuple[UnitLine, ...], tuple[Example, ...]]:
    lines = figures.taken(reader, desk.actor.centre_path, since, until, desk.now())
    if len(lines) == 1:
        raise BadInput("这一期没有可通报的工单，请换一个时段", "时段")
    return lines, examples.found(desk, reader, since, until)


def _words_of(
    lines: Sequence[UnitLine], chosen: Iterable[Example], since: datetime, until: datetime
) -> dict[str, str]:
    whole, units_ = lines[0].numbers, lines[1:]
    words = rules.drafted(units_, whole, rules.period_words(since, until))
    told_of = {True: "good", False: "bad"}
    for is_good, name in told_of.items():
        words[name] = "\n".join(each.words for each in chosen if each.is_good is is_good)
    return {name: words[name] for name in rules.FIELDS}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _figures(lines: Sequence[UnitLine]) -> str:
    return _json([{"unit": line.unit_id, "name": line.name, "numbers": dict(line.numbers)} for line in lines])


def rewrite(desk: Desk, circular_id: int, words: Words) -> CircularRow:
    """改稿: change the words of a draft. One event.

    Raises BadInput for words that are too long or still name somebody of an example, NotNow for a signed one, NotAllowed.
    """
    check_birth_right(desk, Deed.DRAFT_CIRCULAR)
    with desk.writing() as writer:
        row = _draft(desk, writer, circular_id)
        kept = _cleaned(words)
        _refuse_names(writer, row, kept)
        at = history.moment_after_head(writer, desk.now())
        circulars.change(
            writer, circular_id, fields=_json(kept), drafted_at=to_ms(at), drafted_by=desk.actor.id
        )
        return _recorded(desk, writer, circular_id, Deed.DRAFT_CIRCULAR, at, kept)


def recount(desk: Desk, circular_id: int) -> CircularRow:
    """重算: take the figures of a draft again and choose its examples anew; the sentences about them are written anew, too.

    Title and 工作要求 stay. One event. Raises NotNow for a signed one, NotAllowed.
    """
    check_birth_right(desk, Deed.DRAFT_CIRCULAR)
    with desk.writing() as writer:
        row = _draft(desk, writer, circular_id)
        at = history.moment_after_head(writer, desk.now())
        since, until = from_ms(row["since"]), from_ms(row["until"])
        lines, chosen = _counted(desk, writer, since, until)
        before = json.loads(row["fields"])
        words = {
            **_words_of(lines, chosen, since, until),
            "title": before["title"],
            "demand": before["demand"],
        }
        circulars.change(
            writer,
            circular_id,
            as_of=to_ms(at),
            fields=_json(words),
            figures=_figures(lines),
            examples=_json([asdict(each) for each in chosen]),
            drafted_at=to_ms(at),
            drafted_by=desk.actor.id,
        )
        return _recorded(desk, writer, circular_id, Deed.DRAFT_CIRCULAR, at, words)


def differences(desk: Desk, circular_id: int) -> tuple[str, ...]:
    """Return the units whose figures would be others if they were counted again now: what was undone or excluded since."""
    with desk.reading() as reader:
        row = known(desk, reader, circular_id)
        again = figures.taken(
            reader, desk.actor.centre_path, from_ms(row["since"]), from_ms(row["until"]), desk.now()
        )
    before = {line.unit_id: line for line in lines_from(row["figures"])}
    now = {line.unit_id: line for line in again}
    changed = [
        key
        for key in (*before, *(key for key in now if key not in before))
        if before.get(key) != now.get(key)
    ]
    return tuple((before.get(key) or now[key]).name for key in changed)


def drop(desk: Desk, circular_id: int, why: str) -> CircularRow:
    """撤稿: a draft that is not needed goes, with the reason. One event. Raises BadInput, NotNow, NotAllowed."""
    check_birth_right(desk, Deed.DROP_CIRCULAR)
    reason = required(why, "理由", _LONGEST_REASON)
    with desk.writing() as writer:
        _draft(desk, writer, circular_id)
        at = history.moment_after_head(writer, desk.now())
        gone = _recorded(desk, writer, circular_id, Deed.DROP_CIRCULAR, at, {"why": reason})
        circulars.change(writer, circular_id, dropped_at=to_ms(at))
        return gone


def approve(desk: Desk, circular_id: int) -> CircularRow:
    """签发: number a circular, after which it stays as it is. One event.

    Raises NotAllowed for whoever wrote any of it, BadInput for a field that must say something, NotNow for a signed one.
    """
    check_birth_right(desk, Deed.APPROVE_CIRCULAR)
    with desk.writing() as writer:
        row = _draft(desk, writer, circular_id)
        papers.check_signer(desk, writer, Deed.DRAFT_CIRCULAR, row["uid"], "通报")
        words = json.loads(row["fields"])
        if lacking := rules.missing(words):
            raise BadInput(f"还没写{lacking}，请先补上再签发", lacking)
        _refuse_names(writer, row, words)
        at = history.moment_after_head(writer, desk.now())
        year = year_of(at)
        counter = numbering.next_counter(writer, "circulars", centre_id=row["centre_id"], year=year)
        circulars.change(
            writer, circular_id, approved_at=to_ms(at), approved_by=desk.actor.id, year=year, counter=counter
        )
        return _recorded(desk, writer, circular_id, Deed.APPROVE_CIRCULAR, at, {}, year=year, counter=counter)


def send(desk: Desk, circular_id: int, unit_codes: Sequence[str] = ()) -> CircularRow:
    """印发: to every unit that has figures in it, or to these; each is told and asked to read it. One event.

    Units that have it already are passed over. Raises NotNow before it is signed or when all have it, BadInput for a
    code that is no unit of this centre, NotAllowed.
    """
    check_birth_right(desk, Deed.SEND_CIRCULAR)
    with desk.writing() as writer:
        row = known(desk, writer, circular_id)
        if row["approved_at"] is None:
            raise NotNow("还没有签发，不能印发")
        have = {each["unit_id"] for each in circulars.readers(writer, circular_id)}
        wanted = [key for key in _receivers(desk, writer, row, unit_codes) if key not in have]
        if not wanted:
            raise NotNow("该发的单位都已印发")
        at = history.moment_after_head(writer, desk.now())
        for unit_id in wanted:
            circulars.send(writer, circular_id, unit_id, to_ms(at), desk.actor.id)
            _tell(desk, writer, circular_id, unit_id, at)
        return _recorded(desk, writer, circular_id, Deed.SEND_CIRCULAR, at, {}, units=len(wanted))


def _receivers(desk: Desk, reader: Reader, row: Row, unit_codes: Sequence[str]) -> list[int]:
    if not unit_codes:
        return [line.unit_id for line in lines_from(row["figures"]) if line.unit_id]
    found = []
    for code in unit_codes:
        unit = units.unit_by_code(reader, code.strip())
        if unit is None or unit["is_centre"] or not unit["path"].startswith(desk.actor.centre_path):
            raise BadInput(f"{code.strip()[:40]} 不是本中心的承办单位，请用 desk units 查代码", "单位")
        found.append(int(unit["id"]))
    return list(dict.fromkeys(found))


def _tell(desk: Desk, writer: Writer, circular_id: int, unit_id: int, at: datetime) -> None:
    row = circulars.one(writer, circular_id)
    assert row is not None, "it is being sent"
    title = json.loads(row["fields"])["title"]
    template = message_rules.TEMPLATES["circular"]
    body = told.body_of(desk, template, {"words": title})
    messages.to_unit(writer, None, unit_id, template.code, body, to_ms(at))


def mark_read(desk: Desk, circular_id: int) -> CircularRow:
    """签收通报: this person's unit has read it. One event. Raises NotNow when that is known, BadInput, NotAllowed."""
    check_birth_right(desk, Deed.READ_CIRCULAR)
    with desk.writing() as writer:
        known(desk, writer, circular_id)
        mine = [
            row
            for row in circulars.readers(writer, circular_id)
            if row["path"].startswith(desk.actor.unit_path) and not desk.actor.is_at_the_centre
        ]
        waiting = [row for row in mine if row["read_at"] is None]
        if not waiting:
            raise NotNow("本单位已签收这份通报" if mine else "这份通报没有发给本单位")
        at = history.moment_after_head(writer, desk.now())
        for row in waiting:
            circulars.mark_read(writer, row["id"], to_ms(at), desk.actor.id)
        return _recorded(desk, writer, circular_id, Deed.READ_CIRCULAR, at, {})


def _cleaned(words: Words) -> dict[str, str]:
    kept = {}
    for name, label in rules.FIELDS.items():
        is_title = name == "title"
        longest = rules.LONGEST_TITLE if is_title else rules.LONGEST_FIELD
        kept[name] = cleaned(words.get(name, ""), longest, label, one_line=is_title)
    if not kept["title"]:
        raise BadInput("请填写标题", rules.FIELDS["title"])
    return kept


def _refuse_names(reader: Reader, row: Row, words: Words) -> None:
    """What goes to all units names nobody of the orders that it tells of (practice P29, P32)."""
    named = {line.name for line in lines_from(row["figures"])}
    known_people = [Known()]
    for each in examples_from(row["examples"]):
        order = work_orders.by_number(reader, each.order_no)
        if order is not None:
            known_people.append(_but_units(reader, order, named))
    for name, label in rules.FIELDS.items():
        for known_of_order in known_people:
            text = words.get(name, "")
            left = (*left_over(text, known_of_order), *_places_in(text, known_of_order))
            if left:
                raise BadInput(
                    f"{label}里仍有“{left[0][:20]}”，通报不写姓名、号码、住址和工单号，请改掉", label
                )


_LEAST_PLACE = 4
"""Characters of a place that is somebody's: 街上 and 门口 are nobody's."""


def _places_in(text: str, known_of_order: Known) -> tuple[str, ...]:
    """Places finer than the township (practice P29)."""
    return tuple(each for each in known_of_order.places if len(each) >= _LEAST_PLACE and tells(text, each))


def _but_units(reader: Reader, order: Row, named: set[str]) -> Known:
    """What is known of an order's people; units that are assessed and the township may be named."""
    people, township = known_of(reader, order), circulars.township_of(reader, order["area_code"])
    return replace(
        people,
        accused=tuple(each for each in people.accused if each not in named),
        places=tuple(each for each in people.places if each != township),
    )


def _draft(desk: Desk, reader: Reader, circular_id: int) -> Row:
    row = known(desk, reader, circular_id)
    if row["approved_at"] is not None:
        raise NotNow("通报已签发，不能再改；有出入请在下一期说明")
    return row


def _recorded(
    desk: Desk, writer: Writer, circular_id: int, kind: Deed, at: datetime, texts: Words, **data: Any
) -> CircularRow:
    row = known(desk, writer, circular_id)
    told_of = {"circular": row["uid"], "since": row["since"], "until": row["until"], **data}
    history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=told_of, texts=texts))
    return row_of(desk, writer, row)
