"""评分与申诉 as lists: what was scored in a month, what waits for a score, what waits for a verdict (practice P30)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from db.codes import Deed, Role, ScoreKind, Verdict
from db.doors import Reader, Row
from db.queries import assessment
from db.times import from_ms, maybe_from_ms, to_ms
from desk import sight
from desk.assessment.appealing import why_no_appeal
from desk.assessment.figures import home, span
from desk.assessment.scoring import scored_until
from desk.assessment_rows import HelperRow, ScorePage, ScoreRow
from desk.codes import word
from desk.context import Desk
from desk.errors import Refused
from desk.rules import assessment as rules
from desk.rules import rights
from desk.words import short_moment

MOST, WINDOW = 200, 100
_LOOK_BACK = timedelta(days=60)
"""No span of working days that is set is longer than this."""


def scores(desk: Desk, month: str = "", offset: int = 0) -> ScorePage:
    """Return one window of the scores of a month that this person may see: those with a 申诉 to decide on top.

    The centre sees all, a unit what it was given and what its people gave, never who scored it at the centre. Raises
    BadInput for what is no month, NotAllowed.
    """
    since, _ = span(desk, month)
    number, path = rules.month_of(since), home(desk)
    with desk.reading() as reader:
        found = assessment.scores(reader, number, path, WINDOW, offset)
        count = assessment.count_scores(reader, number, path)
    return ScorePage(tuple(row_of(desk, row) for row in found), count, offset)


def row_of(desk: Desk, row: Row) -> ScoreRow:
    """Return a score as this person may see it: its order is bare on a secret one, the scorer of the centre unnamed to a unit."""
    now, verdict = desk.now(), Verdict(row["verdict"]) if row["verdict"] else None
    is_own = str(row["unit_path"]).startswith(desk.actor.unit_path)
    return ScoreRow(
        id=row["id"],
        order_no=row["order_no"],
        title=sight.title_for(desk.actor, _order_of(row)),
        kind=ScoreKind(row["kind"]),
        unit=row["unit"],
        points=row["points"],
        reason=row["reason"],
        scorer=_named(desk, row["scorer"], row["scorer_unit"]),
        scored_at=from_ms(row["scored_at"]),
        ended_at=maybe_from_ms(row["ended_at"]),
        is_correction=row["replaces_id"] is not None,
        is_secret=sight.is_secret(_order_of(row)) or sight.is_crisis(row),
        appeal=row["appeal"] or "",
        asker=(row["asker"] or "") if desk.actor.is_at_the_centre or is_own else "",
        verdict=verdict,
        appeal_points=row["appeal_points"],
        decision=row["decision"] or "",
        decider=(row["decider"] or "")
        if desk.actor.is_at_the_centre
        else "热线中心"
        if row["decider"]
        else "",
        decided_at=maybe_from_ms(row["decided_at"]),
        may_appeal=not why_no_appeal(desk, row, now),
        may_decide=verdict is Verdict.PENDING and _may_decide(desk, row),
    )


def _order_of(row: Row) -> dict[str, Any]:
    return {**dict(row), "kind": row["order_kind"]}


def _named(desk: Desk, name: str, unit: str) -> str:
    """To a unit a score is its giver's house's, not a person's; the centre knows who gave it."""
    return f"{unit} {name}" if desk.actor.is_at_the_centre else unit


def _may_decide(desk: Desk, row: Row) -> bool:
    """Whether somebody else than who scored and who asked may decide; the deed asks again under the lock."""
    is_another = desk.actor.person_uid not in (row["scorer_person"], row["asker_person"])
    return (
        is_another
        and bool(rights.scopes(desk.actor.roles, Deed.GRANT_APPEAL))
        and desk.actor.is_at_the_centre
    )


def score(desk: Desk, score_id: int) -> ScoreRow:
    """Return one score. Raises Refused for one that is not there or not this person's to see."""
    with desk.reading() as reader:
        row = assessment.score(reader, score_id)
    if row is None or not _is_seen(desk, row):
        raise Refused("没有这份评分，请刷新后再选")
    return row_of(desk, row)


def _is_seen(desk: Desk, row: Row) -> bool:
    path = home(desk)
    gave = row["kind"] == ScoreKind.COOPERATION and str(row["scorer_path"]).startswith(path)
    return gave or str(row["unit_path"]).startswith(path)


def to_score(desk: Desk) -> tuple[HelperRow, ...]:
    """Return the helping units that this person's unit may still score as 工单管家, the soonest to lapse first; at most 200."""
    scorers = {Role.LIAISON, Role.HANDLER, Role.UNIT_REVIEWER}
    actor, now = desk.actor, desk.now()
    if actor.is_at_the_centre or not actor.roles & scorers:
        return ()
    since = now - _LOOK_BACK
    with desk.reading() as reader:
        found = assessment.unscored_helpers(
            reader, to_ms(since), rules.month_of(since), actor.unit_path, MOST
        )
    rows = (_helper(desk, row) for row in found)
    return tuple(row for row in rows if row.until >= now)


def _helper(desk: Desk, row: Row) -> HelperRow:
    until: datetime = scored_until(desk, from_ms(row["closed_at"]))
    return HelperRow(row["order_no"], sight.title_for(desk.actor, row), row["unit_id"], row["unit"], until)


def score_lines(desk: Desk, reader: Reader, order_id: int) -> Iterator[str]:
    """Yield what an order was scored, as far as this person may see it: lines of its card."""
    for row in assessment.scores_of_order(reader, order_id):
        if _may_read(desk, row):
            yield line_of(row_of(desk, row))


def _may_read(desk: Desk, row: Row) -> bool:
    return desk.actor.is_at_the_centre or (desk.actor.is_in_a_unit and _is_seen(desk, row))


def line_of(row: ScoreRow) -> str:
    """Return a score in one line, with what became of it."""
    ended = "（已失效）" if row.ended_at else ""
    said = (
        f"；{row.state}：{row.decision or row.appeal}" if row.state and (row.decision or row.appeal) else ""
    )
    return f"{word(row.kind)} {row.unit} {row.points}分{ended} {row.scorer} {short_moment(row.scored_at)}：{row.reason}{said}"
