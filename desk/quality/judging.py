"""质检评分, 申辩 and its 裁定: each by another person, each an event (practice P31, P27)."""

from collections.abc import Mapping

from db.codes import Deed, ItemVerdict, QualityState, Verdict
from db.doors import Reader, Row
from db.queries import quality
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow
from desk.quality import common
from desk.rules import deadlines
from desk.rules import quality as rules
from desk.rules.text import cleaned, required

SAME_CHECKER = "评分的人不能裁定对自己评分的申辩，请由另一名班长或审核员裁定"


def items_of(desk: Desk) -> Mapping[str, int]:
    """Return what a sheet asks now: the name of each item and its weight (`quality.items`)."""
    return dict(desk.settings.get(rules.ITEMS_KEY, rules.ITEMS))


def judge(desk: Desk, check_id: int, verdicts: Mapping[str, str], words: str = "") -> int | None:
    """质检评分: say of every item 合格, 不合格 or 不适用; return the points (0 to 100, None when nothing applies). One event.

    Raises BadInput for an item without a verdict, for 不合格 without words and before the agent was named; NotAllowed for
    the one who is checked, and on a 危机来电 for anybody but 班长; NotNow for a check that was judged.
    """
    check_birth_right(desk, Deed.JUDGE_QUALITY)
    said = cleaned(words, rules.LONGEST_WORDS, "评语")
    with desk.writing() as writer:
        row = _to_judge(desk, writer, check_id)
        items = items_of(desk)
        given = {item: _verdict(verdicts, item) for item in items}
        if ItemVerdict.FAILED in given.values() and not said:
            raise BadInput("有不合格的项目，请写评语说明", "评语")
        at = history.moment_after_head(writer, desk.now())
        points = rules.points((items[item], verdict) for item, verdict in given.items())
        quality.add_marks(writer, check_id, ((item, items[item], str(given[item])) for item in items))
        quality.change(
            writer,
            check_id,
            {
                "state": str(QualityState.JUDGED),
                "judged_at": to_ms(at),
                "judged_by": desk.actor.id,
                "points": points,
                "first_points": points,
                "words": said,
                "answer_due_at": to_ms(
                    deadlines.quality_answer_due(
                        at, _answer_days(desk), desk.settings.limits, desk.calendar
                    ).at
                ),
            },
        )
        failed = sum(verdict is ItemVerdict.FAILED for verdict in given.values())
        common.record(
            desk, writer, Deed.JUDGE_QUALITY, at, row, {"words": said}, points=points, failed=failed
        )
    return points


def answer(desk: Desk, check_id: int, words: str) -> None:
    """质检申辩: what the one checked says to it, once, within `quality.answer_days` working days. One event.

    Raises BadInput without words, NotAllowed for anybody else's check, NotNow when it is late or was said.
    """
    check_birth_right(desk, Deed.ANSWER_QUALITY)
    said = required(words, "申辩", rules.LONGEST_WORDS)
    with desk.writing() as writer:
        row = common.known(desk, writer, check_id)
        if not common.is_own(desk, row):
            raise NotAllowed("只有被检的本人可以申辩")
        at = history.moment_after_head(writer, desk.now())
        if why := why_no_answer(row, to_ms(at)):
            raise NotNow(why)
        changes = {"state": str(QualityState.ANSWERED), "answered_at": to_ms(at), "answer": said}
        quality.change(writer, check_id, changes)
        common.record(desk, writer, Deed.ANSWER_QUALITY, at, row, {"answer": said})


def why_no_answer(row: Row, now: int) -> str:
    """Return why nothing can be said to a judged check at `now` (ms UTC), '' when it can."""
    if row["state"] != QualityState.JUDGED:
        return "已申辩过，请等裁定" if row["state"] == QualityState.ANSWERED else "申辩已裁定，不能再提"
    if now > row["answer_due_at"]:
        return "已过申辩时限，请当面向班长说明"
    return ""


def decide(desk: Desk, check_id: int, verdicts: Mapping[str, str], words: str) -> int | None:
    """裁定申辩: `verdicts` are what stands from now on (an item that is not named stays); return the points. One event.

    Changing none says 维持. Raises BadInput without words, NotNow where nothing was said to it, NotAllowed for who judged
    it, for who is checked, and on a 危机来电 for anybody but 班长.
    """
    check_birth_right(desk, Deed.DECIDE_QUALITY)
    said = required(words, "裁定理由", rules.LONGEST_WORDS)
    with desk.writing() as writer:
        row = common.known(desk, writer, check_id)
        if why := why_not_decide(desk, row):
            raise NotAllowed(why)
        if row["state"] != QualityState.ANSWERED:
            raise NotNow("这条质检没有待裁定的申辩")
        marks = quality.marks(writer, check_id)
        known = {mark["item"] for mark in marks}
        if unknown := [item for item in verdicts if item not in known]:
            raise BadInput(f"质检单上没有“{unknown[0][:20]}”", "项目")
        standing = {mark["item"]: ItemVerdict(mark["verdict"]) for mark in marks}
        after = standing | {item: _verdict(verdicts, item) for item in verdicts}
        for item, verdict in after.items():
            if verdict is not standing[item]:
                quality.change_mark(writer, check_id, item, str(verdict))
        points = rules.points((mark["weight"], after[mark["item"]]) for mark in marks)
        at = history.moment_after_head(writer, desk.now())
        outcome = Verdict.GRANTED if after != standing else Verdict.REFUSED
        changes = {
            "state": str(QualityState.SETTLED),
            "decided_at": to_ms(at),
            "decided_by": desk.actor.id,
            "verdict": str(outcome),
            "points": points,
            "decision": said,
        }
        quality.change(writer, check_id, changes)
        common.record(
            desk,
            writer,
            Deed.DECIDE_QUALITY,
            at,
            row,
            {"decision": said},
            verdict=str(outcome),
            points=points,
            points_before=row["points"],
        )
    return points


def why_not_decide(desk: Desk, row: Row) -> str:
    """Return why this person may not decide what was said to a check, '' when he may."""
    if not common.sees_as_checker(desk, row):
        return common.GUARDED_LINE if common.is_checker(desk) else "质检由班长、审核员办理"
    if common.is_own(desk, row):
        return "本人不能裁定自己的申辩"
    return SAME_CHECKER if row["judge_person"] == desk.actor.person_uid else ""


def why_not_judge(desk: Desk, row: Row) -> str:
    """Return why this person may not judge a check that waits for it, '' when he may."""
    if not common.sees_as_checker(desk, row):
        return common.GUARDED_LINE if common.is_checker(desk) else "质检由班长、审核员办理"
    if row["agent_id"] is None:
        return "还没有指明话务员：先按 k 指明"
    if common.is_own(desk, row):
        return "不能质检自己的话务，请由另一人评分"
    return ""


def _to_judge(desk: Desk, reader: Reader, check_id: int) -> Row:
    row = common.known(desk, reader, check_id)
    if row["state"] != QualityState.TO_CHECK:
        raise NotNow(f"{row['judge_name']}已评分" if row["judge_name"] else "已评分")
    if why := why_not_judge(desk, row):
        raise BadInput(why, "话务员") if row["agent_id"] is None else NotAllowed(why)
    return row


def _verdict(verdicts: Mapping[str, str], item: str) -> ItemVerdict:
    try:
        return ItemVerdict(verdicts.get(item, ""))
    except ValueError:
        raise BadInput(f"请给“{item}”选合格、不合格或不适用", item) from None


def _answer_days(desk: Desk) -> int:
    return int(desk.settings.get(rules.ANSWER_KEY, rules.ANSWER_DAYS))
