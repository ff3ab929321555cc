"""快报、专报、预警快报: what each says, what comes after what, when each is due, how it is numbered (domain 17, practice P26)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.codes import ReportKind, ReportStage
from desk.rules.calendar import local

DAY = timedelta(days=1)
WRITTEN = timedelta(minutes=30)
"""A 初报 is due in writing this long after acceptance [P], unless `report.written_minutes` says otherwise."""
BY_PHONE = timedelta(minutes=15)
"""And by telephone this long after it [P] (`report.phone_minutes`)."""
LONGEST_TITLE, LONGEST_FIELD, LONGEST_LINE = 60, 1500, 200
GROUP_EVENT = "群体事件"
"""The type of emergency that is reported as 专报."""
COPIED = "copied"

FIELDS: Mapping[str, str] = {
    "title": "标题",
    "what": "情况",
    "where": "地点",
    "since": "时间",
    "people_now": "现有人数",
    "people_expected": "预计人数",
    "demand": "诉求",
    "form": "表现形式",
    "leaders": "在场领导",
    "minors": "未成年人",
    "media": "媒体关注",
    "doing": "处置",
    "next": "下步",
    COPIED: "抄送",
}
"""What a report may say, by the names of its fields, in the order in which it says so."""
OF_A_GROUP = ("people_now", "people_expected", "demand", "form", "leaders", "minors", "media")
LONG = frozenset({"what", "doing", "next"})
NEEDED = ("title", "what", "where", "since", "doing", "next")
_NEEDED_OF_A_GROUP = ("people_now", "demand")


@dataclass(frozen=True, slots=True)
class Step:
    """Which report of one matter comes next: 初报, 续报 `number`, 终报."""

    stage: ReportStage
    number: int = 1


def fields_of(kind: ReportKind) -> tuple[str, ...]:
    """Return the names of the fields that a kind of report has, in order."""
    return tuple(name for name in FIELDS if kind is ReportKind.SPECIAL or name not in OF_A_GROUP)


def missing(kind: ReportKind, words: Mapping[str, str]) -> str:
    """Return the label of the first field that must say something and does not; '' when nothing lacks."""
    needed = (*NEEDED, *(_NEEDED_OF_A_GROUP if kind is ReportKind.SPECIAL else ()))
    return next((FIELDS[name] for name in fields_of(kind) if name in needed and not words.get(name)), "")


def next_step(approved: Sequence[Step], *, is_over: bool) -> Step | None:
    """Return what is to be reported next about one matter, after the reports that were approved; None after a 终报.

    The first is a 初报; while the matter goes on 续报 1, 2, …; once it is over a 终报.
    """
    if any(step.stage is ReportStage.FINAL for step in approved):
        return None
    if not approved:
        return Step(ReportStage.FIRST)
    if is_over:
        return Step(ReportStage.FINAL)
    return Step(ReportStage.FOLLOW_UP, sum(step.stage is ReportStage.FOLLOW_UP for step in approved) + 1)


def due_at(
    step: Step, accepted_at: datetime, last_at: datetime | None, every: timedelta, written: timedelta
) -> datetime:
    """Return when a report is due in writing: a 初报 after acceptance, every other one after the last; all aware."""
    if step.stage is ReportStage.FIRST or last_at is None:
        return accepted_at + written
    return last_at + every


def stage_words(stage: str, number: int) -> str:
    """初报, 续报2, 终报."""
    return {ReportStage.FIRST: "初报", ReportStage.FINAL: "终报"}.get(ReportStage(stage), f"续报{number}")


def number_words(head: str, kind_word: str, year: int, counter: int) -> str:
    """Return the number of an approved report: `崇义12345专报〔2026〕3号`."""
    return f"{head}{kind_word}〔{year}〕{counter}号"


def year_of(at: datetime) -> int:
    """The local year in which an aware moment falls: numbers begin anew with it."""
    return local(at).year


def rises(now: int, daily_before: float, least: int) -> bool:
    """Whether matters of one kind rise in a place: at least `least` in 24 hours, and twice what a day had before."""
    return now >= least and now >= 2 * daily_before
