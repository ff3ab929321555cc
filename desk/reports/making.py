"""拟报、签发、送阅、已阅、批示: each an event; who drafted a report does not sign it (practice P26)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.codes import Deed, PressureLevel, ReportKind, ReportStage
from db.doors import Reader, Row, Writer
from db.queries import emergencies, numbering, reports, work_orders
from db.times import from_ms, to_ms
from desk import history, papers, pressure
from desk.births import check_birth_right
from desk.called_reports import check_may_read, due_of
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import Happening
from desk.report_rows import ReportRow
from desk.reports import drafting
from desk.reports.reading import row_of
from desk.rules import reports as rules
from desk.rules.reports import Step
from desk.rules.text import cleaned, required

NAME = 40
Words = Mapping[str, str]


def proposed(
    desk: Desk, order_no: str = "", area_code: str = "", category_code: str = ""
) -> tuple[ReportKind, Words]:
    """Return what a new report about an order (or about what rises in a place) would say. Raises BadInput, Refused, NotNow."""
    check_may_read(desk)
    with desk.reading() as reader:
        if not order_no:
            return ReportKind.WARNING, drafting.of_place(desk, reader, area_code, category_code)
        order = drafting.order_for(reader, order_no)
        known = reports.of_order(reader, order["id"])
        _next(reader, order, known)
        kind = ReportKind(known[0]["kind"]) if known else drafting.kind_for(reader, order)
        return kind, drafting.of_order(desk, reader, order, kind, known[-1] if known else None)


def draft(
    desk: Desk,
    kind: ReportKind,
    words: Words,
    order_no: str = "",
    area_code: str = "",
    category_code: str = "",
) -> ReportRow:
    """拟报: keep a new report as a draft, 初报, 续报 or 终报 as it is its turn. One event.

    Raises BadInput for words that are missing or too long, NotNow while a draft of the matter waits or after its 终报,
    Refused for a secret order, NotAllowed.
    """
    check_birth_right(desk, Deed.DRAFT_REPORT)
    kept = _cleaned(kind, words)
    with desk.writing() as writer:
        order, step, due = None, Step(ReportStage.FIRST), None
        if order_no:
            order = drafting.order_for(writer, order_no)
            known = reports.of_order(writer, order["id"])
            step = _next(writer, order, known)
            due = due_of(desk, step, from_ms(order["accepted_at"]), known)
        at = history.moment_after_head(writer, desk.now())
        key = reports.add(
            writer,
            centre_id=desk.actor.centre_id,
            order_id=None if order is None else order["id"],
            area_code=area_code,
            category_code=category_code,
            kind=str(kind),
            stage=str(step.stage),
            stage_no=step.number,
            fields=json.dumps(kept, ensure_ascii=False),
            due_at=None if due is None else to_ms(due),
            drafted_at=to_ms(at),
            drafted_by=desk.actor.id,
        )
        return _recorded(desk, writer, key, Deed.DRAFT_REPORT, at, kept)


def _next(reader: Reader, order: Row, known: Any) -> Step:
    if any(row["approved_at"] is None for row in known):
        raise NotNow("这件事已有一份报告待签发，请先改好签发")
    emergency = emergencies.of_order(reader, order["id"])
    is_over = emergency is not None and emergency["finished_at"] is not None
    steps = [Step(ReportStage(row["stage"]), row["stage_no"]) for row in known]
    step = rules.next_step(steps, is_over=is_over)
    if step is None:
        raise NotNow("这件事已有终报；有新情况请另行登记")
    return step


def rewrite(desk: Desk, report_id: int, words: Words) -> ReportRow:
    """Change the words of a draft. One event. Raises BadInput, NotNow for an approved one, NotAllowed."""
    check_birth_right(desk, Deed.DRAFT_REPORT)
    with desk.writing() as writer:
        row = _draft(desk, writer, report_id)
        kept = _cleaned(ReportKind(row["kind"]), words)
        at = history.moment_after_head(writer, desk.now())
        reports.change(
            writer,
            report_id,
            fields=json.dumps(kept, ensure_ascii=False),
            drafted_at=to_ms(at),
            drafted_by=desk.actor.id,
        )
        return _recorded(desk, writer, report_id, Deed.DRAFT_REPORT, at, kept)


def drop(desk: Desk, report_id: int, why: str) -> ReportRow:
    """撤稿: a draft that is not needed goes, with the reason. One event. Raises BadInput, NotNow, NotAllowed."""
    check_birth_right(desk, Deed.DROP_REPORT)
    reason = required(why, "理由", rules.LONGEST_LINE)
    with desk.writing() as writer:
        _draft(desk, writer, report_id)
        at = history.moment_after_head(writer, desk.now())
        gone = _recorded(desk, writer, report_id, Deed.DROP_REPORT, at, {"why": reason})
        reports.change(writer, report_id, dropped_at=to_ms(at))
        return gone


def approve(desk: Desk, report_id: int) -> ReportRow:
    """签发: number a report, after which its words stay as they are. One event.

    Raises NotAllowed for whoever wrote any of it, BadInput for a field that must say something, NotNow for one that is approved.
    """
    check_birth_right(desk, Deed.APPROVE_REPORT)
    with desk.writing() as writer:
        row = _draft(desk, writer, report_id)
        papers.check_signer(desk, writer, Deed.DRAFT_REPORT, row["uid"], "报告")
        kind = ReportKind(row["kind"])
        if lacking := rules.missing(kind, drafting.before_words(row)):
            raise BadInput(f"还没写{lacking}，请先补上再签发", lacking)
        at = history.moment_after_head(writer, desk.now())
        year = rules.year_of(at)
        counter = numbering.next_counter(
            writer, "incident_reports", centre_id=row["centre_id"], kind=str(kind), year=year
        )
        reports.change(
            writer, report_id, approved_at=to_ms(at), approved_by=desk.actor.id, year=year, counter=counter
        )
        if kind is ReportKind.SPECIAL and row["order_id"] is not None:
            work_orders.change(writer, row["order_id"], {"is_special": True})
        return _recorded(desk, writer, report_id, Deed.APPROVE_REPORT, at, {}, year=year, counter=counter)


def send(desk: Desk, report_id: int, name: str, way: str = "") -> ReportRow:
    """送阅: keep to whom an approved report was sent, and how (电话, 当面, 政务微信). One event. Raises BadInput, NotNow, NotAllowed."""
    check_birth_right(desk, Deed.SEND_REPORT)
    who, how = required(name, "送谁", NAME, one_line=True), cleaned(way, NAME, "方式", one_line=True)
    with desk.writing() as writer:
        row = _known(desk, writer, report_id)
        if row["approved_at"] is None:
            raise NotNow("还没有签发，不能送阅")
        at = history.moment_after_head(writer, desk.now())
        reports.add_reader(
            writer, report_id=report_id, name=who, way=how, sent_at=to_ms(at), sent_by=desk.actor.id
        )
        return _recorded(desk, writer, report_id, Deed.SEND_REPORT, at, {"name": who, "way": how})


def mark_read(desk: Desk, reader_id: int) -> ReportRow:
    """已阅: somebody to whom a report was sent has read it. One event. Raises NotNow when that is known, NotAllowed."""
    check_birth_right(desk, Deed.READ_REPORT)
    with desk.writing() as writer:
        reader = _reader(desk, writer, reader_id)
        if reader["read_at"] is not None:
            raise NotNow(f"{reader['name']}已阅过")
        at = history.moment_after_head(writer, desk.now())
        reports.change_reader(writer, reader_id, read_at=to_ms(at))
        return _recorded(desk, writer, reader["report_id"], Deed.READ_REPORT, at, {"name": reader["name"]})


def instruct(desk: Desk, reader_id: int, words: str, days: int | None = None) -> ReportRow:
    """批示: keep what a reader wrote on a report; that is reading it, too. With `days` it becomes a 督办 of so many working days.

    One event, and one of the 督办 before it: an order that cannot be supervised refuses both. Raises BadInput, NotNow,
    Refused, NotAllowed.
    """
    check_birth_right(desk, Deed.INSTRUCT_REPORT)
    said = required(words, "批示", rules.LONGEST_FIELD)
    with desk.reading() as reader:
        order_no = _to_supervise(desk, reader, reader_id) if days is not None else ""
        name = _uninstructed(desk, reader, reader_id)["name"]
    if order_no:
        pressure.supervise(desk, order_no, f"{name}批示：{said}", days, PressureLevel.LEADER)
    with desk.writing() as writer:
        row = _uninstructed(desk, writer, reader_id)
        at = history.moment_after_head(writer, desk.now())
        read_at = row["read_at"] or to_ms(at)
        reports.change_reader(writer, reader_id, instruction=said, instructed_at=to_ms(at), read_at=read_at)
        texts = {"name": row["name"], "instruction": said}
        supervised = {"supervised": order_no} if order_no else {}
        return _recorded(desk, writer, row["report_id"], Deed.INSTRUCT_REPORT, at, texts, **supervised)


def _uninstructed(desk: Desk, reader: Reader, reader_id: int) -> Row:
    row = _reader(desk, reader, reader_id)
    if row["instruction"]:
        raise NotNow(f"{row['name']}的批示已记下；再有批示请另送一次")
    return row


def _to_supervise(desk: Desk, reader: Reader, reader_id: int) -> str:
    row = _known(desk, reader, _reader(desk, reader, reader_id)["report_id"])
    if not row["order_no"]:
        raise BadInput("预警快报没有对应工单，不能转督办；请只记批示", "督办")
    return str(row["order_no"])


def _cleaned(kind: ReportKind, words: Words) -> dict[str, str]:
    kept = {}
    for name in rules.fields_of(kind):
        is_long = name in rules.LONG
        longest = (
            rules.LONGEST_TITLE if name == "title" else rules.LONGEST_FIELD if is_long else rules.LONGEST_LINE
        )
        kept[name] = cleaned(words.get(name, ""), longest, rules.FIELDS[name], one_line=not is_long)
    if not kept["title"]:
        raise BadInput("请填写标题", rules.FIELDS["title"])
    return kept


def _known(desk: Desk, reader: Reader, report_id: int) -> Row:
    row = reports.report(reader, report_id)
    if row is None or row["centre_id"] != desk.actor.centre_id:
        raise BadInput("没有这份报告，请刷新后再选", "报告")
    return row


def _draft(desk: Desk, reader: Reader, report_id: int) -> Row:
    row = _known(desk, reader, report_id)
    if row["approved_at"] is not None:
        raise NotNow("报告已签发，不能再改；有新情况请写续报")
    return row


def _reader(desk: Desk, reader: Reader, reader_id: int) -> Row:
    row = reports.reader_of(reader, reader_id)
    if row is None:
        raise BadInput("没有这条送阅记录，请刷新后再选", "送阅")
    _known(desk, reader, row["report_id"])
    return row


def _recorded(
    desk: Desk, writer: Writer, report_id: int, kind: Deed, at: datetime, texts: Words, **data: Any
) -> ReportRow:
    row = _known(desk, writer, report_id)
    told = {
        "report": row["uid"],
        "kind": row["kind"],
        "stage": row["stage"],
        "order": row["order_uid"],
        **data,
    }
    history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=told, texts=texts))
    return row_of(desk, writer, row)
