"""质检 in figures: by agent and month, what is owed and what was checked, the mean, the items that fail (practice P31)."""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import QualityReason, Role, Verdict
from db.doors import Row
from db.queries import quality, quality_records
from db.times import to_ms
from desk.codes import word
from desk.context import Desk
from desk.errors import NotAllowed
from desk.quality import common
from desk.quality.drawing import share_of
from desk.quality_rows import AgentFigures, QualityFigures
from desk.rows import CardSection
from desk.rules import quality as rules
from desk.rules.calendar import local
from desk.rules.months import month_span, months_before

_SEES_EVERYBODY = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.LEADER})


def figures(desk: Desk, month: str = "") -> QualityFigures:
    """Return the figures of a month (`2026-11`, China time; this one when empty) by the day of the record.

    班长, 审核员 and 调度领导 see everybody, others themselves. A 危机 counts, and is told to 班长 alone. Raises BadInput for
    what is no month, NotAllowed for who is not at the centre.
    """
    if not desk.actor.is_at_the_centre:
        raise NotAllowed("质检统计由热线中心查看")
    since, until = month_span(month, desk.now())
    share, centre = share_of(desk), desk.actor.centre_id
    with desk.reading() as reader:
        records = quality_records.records_by_agent(reader, centre, to_ms(since), to_ms(until))
        checks = quality.checks_between(reader, centre, to_ms(since), to_ms(until))
        failed = quality.failed_items(reader, centre, to_ms(since), to_ms(until))
    if not _SEES_EVERYBODY & desk.actor.roles:
        records, checks = (
            _own(desk, records),
            [row for row in _own(desk, checks) if row["judged_at"] is not None],
        )
        failed = [row for row in failed if row["agent_id"] in {each["agent_id"] for each in checks}]
    agents = tuple(_by_agent(records, checks, failed, share))
    return QualityFigures(
        month=f"{local(since):%Y-%m}",
        share=share,
        whole=_line("", "合计", sum(row["records"] for row in records), checks, failed, share),
        agents=agents,
        by_reason={reason: _counted(checks, reason) for reason in _told(desk)},
    )


def _told(desk: Desk) -> Iterator[QualityReason]:
    return (
        reason for reason in QualityReason if reason is not QualityReason.CRISIS or common.sees_guarded(desk)
    )


def _own(desk: Desk, rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row["person_uid"] == desk.actor.person_uid]


def _counted(checks: Sequence[Row], reason: QualityReason) -> tuple[int, int]:
    of_it = [row for row in checks if row["reason"] == reason]
    return len(of_it), sum(row["judged_at"] is not None for row in of_it)


def _by_agent(
    records: Sequence[Row], checks: Sequence[Row], failed: Sequence[Row], share: float
) -> Iterator[AgentFigures]:
    people: dict[int, tuple[str, str]] = {row["id"]: (row["staff_no"], row["name"]) for row in records}
    people |= {
        row["agent_id"]: (row["staff_no"], row["name"]) for row in checks if row["agent_id"] is not None
    }
    made = {row["id"]: row["records"] for row in records}
    for key, (staff_no, name) in sorted(people.items(), key=lambda each: each[1]):
        own = [row for row in checks if row["agent_id"] == key]
        bad = [row for row in failed if row["agent_id"] == key]
        yield _line(staff_no, name, made.get(key, 0), own, bad, share)


def _line(
    staff_no: str, name: str, records: int, checks: Sequence[Row], failed: Sequence[Row], share: float
) -> AgentFigures:
    points = [row["points"] for row in checks if row["points"] is not None]
    counted: dict[str, int] = {}
    for row in failed:
        counted[row["item"]] = counted.get(row["item"], 0) + row["failed"]
    return AgentFigures(
        staff_no=staff_no,
        name=name,
        records=records,
        owed=rules.owed(records, share),
        drawn=len(checks),
        checked=sum(row["judged_at"] is not None for row in checks),
        mean=round(sum(points) / len(points), 1) if points else None,
        answered=sum(row["state"] in ("answered", "settled") for row in checks),
        granted=sum(row["verdict"] == Verdict.GRANTED for row in checks),
        failed=dict(sorted(counted.items(), key=lambda each: (-each[1], each[0]))),
    )


def sections(desk: Desk, months_back: int = 0) -> tuple[CardSection, ...]:
    """Return the figures of this month, or of one before it, in words. Raises as `figures` does."""
    return in_words(figures(desk, months_before(months_back, desk.now())))


def in_words(found: QualityFigures) -> tuple[CardSection, ...]:
    """Return figures as headings and lines."""
    reasons = [
        f"{word(reason)} 已检{checked}/{drawn}"
        for reason, (drawn, checked) in found.by_reason.items()
        if drawn
    ]
    whole = (agent_line(found.whole), "，".join(reasons) or "本月还没有抽取")
    return (
        CardSection(f"{found.month}  应检 {found.share:.0%}", whole),
        CardSection("分话务员", tuple(map(agent_line, found.agents)) or ("本月没有话务",)),
    )


def agent_line(each: AgentFigures) -> str:
    """`李婷 1201：话务 120，应检 6，抽取 8，已检 7（5.8%），均分 93.5，不合格 派单2；申辩 1 改判 1`."""
    who = f"{each.name} {each.staff_no}".rstrip()
    share = f"（{each.share:.1%}）" if each.share is not None else ""
    parts = [f"话务 {each.records}", f"应检 {each.owed}", f"抽取 {each.drawn}", f"已检 {each.checked}{share}"]
    parts += [f"均分 {each.mean:g}"] if each.mean is not None else []
    parts += [f"不合格 {' '.join(f'{item}{n}' for item, n in each.failed.items())}"] if each.failed else []
    parts += [f"申辩 {each.answered} 改判 {each.granted}"] if each.answered else []
    return f"{who}：{'，'.join(parts)}"
