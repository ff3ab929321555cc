"""A notice is drawn up by a unit or the centre, published by 班长, and ends by itself or is ended early (practice P14)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries import notices as rows
from db.queries import units
from db.times import from_ms, to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow
from desk.history import Happening
from desk.intake_rows import NoticeRow
from desk.named import unit_named
from desk.rules import rights
from desk.rules.calendar import local
from desk.rules.text import cleaned, required
from desk.rules.written_times import moment_written

_LONGEST_TITLE, _LONGEST_SENTENCE, _LONGEST_REASON = 60, 300, 200
_HOUR_ALONE = re.compile(r"(\d{1,2})[:：](\d{2})")


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """A notice as typed; nothing in it is checked yet.

    `starts` and `ends` as people write times in China, `18:00` alone is today's; an empty `starts` is now. `area` is an
    area's name or code, empty for everywhere; `unit` a unit's name or code, empty for the writer's own unit. `for_staff`: no
    word to callers but one that the centre's own people must read and confirm.
    """

    title: str
    sentence: str
    ends: str
    starts: str = ""
    area: str = ""
    unit: str = ""
    for_staff: bool = False


def announce(desk: Desk, form: NoticeForm) -> NoticeRow:
    """Draw up a notice: 班长's stands at once, anybody else's waits for 班长. One event, which of the two it was.

    Raises BadInput naming the field, NotAllowed.
    """
    kind = Deed.PUBLISH_NOTICE if may_publish(desk) else Deed.PROPOSE_NOTICE
    check_birth_right(desk, kind)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        values = _checked(desk, writer, form, at)
        by = {"proposed_at": to_ms(at), "proposed_by": desk.actor.id}
        if kind is Deed.PUBLISH_NOTICE:
            by |= {"published_at": to_ms(at), "published_by": desk.actor.id}
        key = rows.add(writer, {"uid": new_uid(), **values, **by})
        return _recorded(desk, writer, kind, at, key)


def publish(desk: Desk, notice_id: int) -> NoticeRow:
    """发布: what was drawn up stands beside the forms from now on. One event.

    Raises NotAllowed for anybody but 班长, NotNow when it stands already, was ended, or its time is over.
    """
    check_birth_right(desk, Deed.PUBLISH_NOTICE)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        notice = _known(writer, notice_id)
        if notice["published_at"] is not None:
            raise NotNow(f"公告“{notice['title']}”已经发布")
        if notice["ended_at"] is not None or notice["ends_at"] <= to_ms(at):
            raise NotNow(f"公告“{notice['title']}”的时段已过，请重新拟写")
        rows.change(writer, notice_id, {"published_at": to_ms(at), "published_by": desk.actor.id})
        return _recorded(desk, writer, Deed.PUBLISH_NOTICE, at, notice_id)


def end(desk: Desk, notice_id: int, reason: str) -> NoticeRow:
    """End a notice early, or turn down one that waits; the record stays. One event.

    Raises BadInput without a reason, NotAllowed for anybody but 班长 and, while it waits, its writer, NotNow when it is over.
    """
    why = required(reason, "理由", _LONGEST_REASON, one_line=True)
    check_birth_right(desk, Deed.END_NOTICE)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        notice = _known(writer, notice_id)
        is_own_draft = notice["published_at"] is None and notice["proposed_by"] == desk.actor.id
        if not is_own_draft and not may_publish(desk):
            raise NotAllowed("公告发布后由班长结束；自己拟写未发布的可以撤下")
        if notice["ended_at"] is not None or notice["ends_at"] <= to_ms(at):
            raise NotNow(f"公告“{notice['title']}”已经结束")
        rows.change(writer, notice_id, {"ended_at": to_ms(at), "ended_by": desk.actor.id, "end_reason": why})
        return _recorded(desk, writer, Deed.END_NOTICE, at, notice_id, reason=why)


def board(desk: Desk) -> tuple[NoticeRow, ...]:
    """Return what this person has to read, what waits for 班长 (to its writer his own), what stands, and what is to come."""
    by = None if may_publish(desk) else desk.actor.id
    with desk.reading() as reader:
        now = to_ms(desk.now())
        unread = rows.unread_by(reader, desk.actor.id, desk.actor.unit_id, now)
        found = (*rows.waiting(reader, now, by), *rows.published(reader, now, desk.actor.unit_id))
        listed = [replace(notice_row(row), is_unread=row["id"] in unread) for row in found]
    return tuple(sorted(listed, key=lambda row: not row.is_unread))


def notice_row(row: Row) -> NoticeRow:
    """Return a notice as a list shows it, without saying how it fits anything."""
    return NoticeRow(
        id=row["id"],
        title=row["title"],
        sentence=row["sentence"],
        area=row["area_name"] or "",
        unit=row["unit_name"] or "",
        ends_at=from_ms(row["ends_at"]),
        told_count=row["told_count"],
        is_near=False,
        starts_at=from_ms(row["starts_at"]),
        is_waiting=row["published_at"] is None and row["ended_at"] is None,
        order_count=row["order_count"],
        for_staff=bool(row["for_staff"]),
    )


def may_publish(desk: Desk) -> bool:
    """Whether this person's notices stand without anybody else's word: 班长."""
    return bool(rights.scopes(desk.actor.roles, Deed.PUBLISH_NOTICE))


def _checked(desk: Desk, reader: Reader, form: NoticeForm, now: datetime) -> dict[str, Any]:
    if form.for_staff and not desk.actor.is_at_the_centre:
        raise NotAllowed("内部公告由热线中心拟写")
    title = required(form.title, "标题", _LONGEST_TITLE, one_line=True)
    sentence = required(form.sentence, "告知语", _LONGEST_SENTENCE, one_line=True)
    starts = _moment(form.starts, "开始时间", now) if form.starts.strip() else now
    ends = _moment(required(form.ends, "结束时间", 40, one_line=True), "结束时间", now)
    longest = int(desk.settings.get("notices.longest_days", 90))
    if ends <= max(starts, now):
        raise BadInput("结束时间须晚于开始时间和现在，请核对", "结束时间")
    if ends - starts > timedelta(days=longest):
        raise BadInput(f"公告最长 {longest} 天，请改结束时间，到期可重新发布", "结束时间")
    return {
        "title": title,
        "sentence": sentence,
        "area_code": _area(reader, form.area),
        "unit_id": _unit(desk, reader, "" if form.for_staff else form.unit),
        "for_staff": form.for_staff,
        "starts_at": to_ms(starts),
        "ends_at": to_ms(ends),
    }


def _moment(text: str, field: str, now: datetime) -> datetime:
    alone = _HOUR_ALONE.fullmatch(text.strip())
    return moment_written(f"{local(now):%Y-%m-%d} {text.strip()}" if alone else text, field)


def _area(reader: Reader, text: str) -> str | None:
    name = cleaned(text, 60, "地点", one_line=True)
    if not name:
        return None
    codes = rows.areas_called(reader, name)
    if not codes:
        raise BadInput(f"没有叫“{name}”的地点，请写县、乡镇或村的全名，不写就是全县", "地点")
    if len(codes) > 1:
        raise BadInput(f"叫“{name}”的地点有 {len(codes)} 处，请写地区代码或乡镇名", "地点")
    return codes[0]


def _unit(desk: Desk, reader: Reader, text: str) -> int:
    name = cleaned(text, 100, "单位", one_line=True)
    if not desk.actor.is_at_the_centre:
        own = units.unit(reader, desk.actor.unit_id)
        assert own is not None, "a foreign key holds it"
        if name and name not in (own["code"], own["name"], own["short_name"]):
            raise NotAllowed(f"只能以本单位（{own['short_name']}）的名义拟公告")
        return int(own["id"])
    return int(unit_named(reader, name, desk.actor.centre_path, "单位")["id"]) if name else desk.actor.unit_id


def _known(reader: Reader, notice_id: int) -> Row:
    row = rows.by_id(reader, notice_id)
    if row is None:
        raise BadInput(f"没有编号为 {notice_id} 的公告，请用 desk notice list 核对", "编号")
    return row


def _recorded(desk: Desk, writer: Writer, kind: Deed, at: datetime, key: int, **texts: str) -> NoticeRow:
    row = _known(writer, key)
    data = {"notice": row["uid"], "from": row["starts_at"], "until": row["ends_at"]}
    said = {"title": row["title"], "sentence": row["sentence"], **texts}
    history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=data, texts=said))
    return notice_row(row)
