"""The parts of a card that tell who led an order and how: 工单管家 from first to last, six steps, 快速处置专项队伍."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.codes import AnswerOutcome, AssignmentPart, ContactWay, Deed, StewardStep
from db.doors import Row
from desk.codes import word
from desk.words import stored

_ENDING = (Deed.REASSIGN, Deed.CHANGE_STEWARD, Deed.RECALL, Deed.GRANT_RETURN)
"""The deeds that take the lead from a unit; what each of them quotes as its reason."""
_REASONS = ("reason", "decision")


@dataclass(slots=True)
class _Lead:
    """One unit's time at the head, over as many rounds as it had."""

    unit: str
    since: int
    until: int | None


def stewards(parts: Sequence[Row], events: Sequence[Row], texts: Sequence[Row]) -> Iterator[str]:
    """Tell who is 工单管家 since when, and before it every earlier one: from, to, by whom and why (practice P23)."""
    leads = _leads(parts)
    if not leads:
        return
    takings = {event["at"]: event for event in events if event["kind"] in _ENDING}
    reasons = {row["event_uid"]: row["body"] for row in texts if row["field"] in _REASONS and row["body"]}
    for lead in leads:
        until = f" 至 {stored(lead.until)}" if lead.until else " 起"
        yield f"{lead.unit}  {stored(lead.since)}{until}{_why(takings.get(lead.until), reasons)}"


def _leads(parts: Sequence[Row]) -> list[_Lead]:
    """The stretches of one unit's lead: a round that follows another at the same unit is the same stretch."""
    leads: list[_Lead] = []
    for part in parts:
        if part["part"] != AssignmentPart.STEWARD:
            continue
        if leads and leads[-1].unit == part["unit"] and leads[-1].until == part["sent_at"]:
            leads[-1].until = part["ended_at"]
        else:
            leads.append(_Lead(part["unit"], part["sent_at"], part["ended_at"]))
    return leads


def _why(event: Any, reasons: Mapping[str, str]) -> str:
    if event is None:
        return ""
    who = event["actor_name"] or "系统"
    reason = reasons.get(event["uid"], "")
    return f"  {who} {word(Deed(event['kind']))}" + (f"：{' '.join(reason.split())}" if reason else "")


def steps(notes: Sequence[Row], parts: Sequence[Row], answers: Sequence[Row], lacking: str) -> Iterator[str]:
    """Tell the six steps in their order: what was written, and what other deeds have shown by themselves.

    协调协办 follows from 加派 and its answers, 组织办理 from 转科室/经办人, 妥善回复 from the logged answer. `lacking` is what
    stands against closing, or ''.
    """
    shown: dict[StewardStep, list[tuple[int, str]]] = {step: [] for step in StewardStep}
    for step, at, line in (*_by_hand(notes), *_by_parts(parts), *_by_answers(answers)):
        shown[step].append((at, line))
    if not any(shown.values()):
        return
    for step in StewardStep:
        told = [line for _, line in sorted(shown[step], key=lambda each: each[0])]
        yield from (f"{word(step)}  {line}" for line in told or ["未写"])
    yield f"! {lacking}" if lacking else ""


_Line = tuple[StewardStep, int, str]


def _by_hand(notes: Iterable[Row]) -> Iterator[_Line]:
    for row in notes:
        needless = "" if row["is_needed"] else "不需要，"
        who = f"{row['person'] or ''}（{row['unit'] or ''}）"
        words = " ".join(str(row["note"]).split())
        yield (
            StewardStep(row["step"]),
            row["written_at"],
            f"{stored(row['written_at'])} {who}：{needless}{words}",
        )


def _by_parts(parts: Iterable[Row]) -> Iterator[_Line]:
    for row in parts:
        if row["part"] == AssignmentPart.CO_HANDLING:
            done = f"，{stored(row['answered_at'])} 已答复" if row["answered_at"] else ""
            line = f"{stored(row['sent_at'])} 请{row['unit']}协办{done}"
            yield StewardStep.COORDINATE, row["sent_at"], line
        elif row["part"] == AssignmentPart.INNER:
            inside = " ".join(name for name in (row["section"], row["person"]) if name)
            yield StewardStep.ORGANISE, row["sent_at"], f"{stored(row['sent_at'])} 交{inside}办理"


def _by_answers(answers: Iterable[Row]) -> Iterator[_Line]:
    for row in answers:
        if row["outcome"]:
            outcome, way = word(AnswerOutcome(row["outcome"])), word(ContactWay(row["way"]))
            at = row["answered_at"]
            yield StewardStep.REPLY, at, f"{stored(at)} {row['person'] or ''}：{outcome}（{way}）"


def team(rows: Sequence[Row]) -> Iterator[str]:
    """Tell whom the steward sends first: name, number, shift."""
    for row in rows:
        yield f"{row['name']}  {row['phone']}  {row['shift']}".rstrip()
