"""编造的日期: days that no calendar has, and days that nothing in the order can bear."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules.calendar import WEEKDAYS
from desk.rules.replies.findings import Check, Finding, Matter, Place, matches

_DAY = re.compile(
    r"(?<![0-9第〔\[(（/.-])(?:(?P<year>(?:19|20)[0-9]{2})年[ ]?)?(?P<month>[0-9]{1,2})月(?:份|(?P<day>[0-9]{1,2})[日号]?)?"
    r"(?:[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[）)]?)?"
    r"|(?<![0-9])(?P<only_year>20[0-9]{2})年(?![0-9度])(?=(?:底|末|年底|年内)?(?:之?前|以前|底|建成|完成|完工))"
)
_HOUR = re.compile(
    r"(?<![0-9:：])(?:24[:：时点](?!00?(?![0-9]))|(?:2[5-9]|[3-9][0-9])[:：时点])[0-5]?[0-9](?![0-9])分?|(?<![0-9])[0-9]{1,2}[:：时点][6-9][0-9](?![0-9:：])分?|(?<=[本当下上今]月)(?:3[2-9]|[4-9][0-9])[日号]|(?<=年)1[3-9]个月"
)
_CLAUSE_ENDS = "，。；！？!?;\n"
_PLANNED = re.compile(r"(?:将|拟|预计|计划|力争|争取|定|准备|打算|安排)(?:于|在|到|至)?(?:今后)?$")
_PLAN = re.compile(r"将|拟|预计|计划|力争|争取|可望|有望|打算")
_BEFORE = re.compile(r"^(?:底|末|份)?(?:之前|以前|前|底前|内)")
_DONE = re.compile(
    r"(?<!不)已(?!列入|纳入|计划|安排|定)|^(?:会同|组织|约谈|到达)|完毕|(?:完成|到场|到位|处理|办结|解决)了"
)
_TO_COME = re.compile(r"将|拟|预计|计划|力争|争取|届时|有效期|截至|至$|到期|期限|之前|前$")
_HISTORY = re.compile(
    r"原|已|责令|曾|当时|当年|合同|协议|约定|规定|批复|方案|通知|文件|决定|纪要|会议|要求|规划|承诺|公告|反映"
)
_ONCE_TOLD = re.compile(
    r"(?:接到|收到|接|获悉|收悉|收)[^，。；]{0,20}(?:后|投诉|转办单|工单|来电|来信|反映|诉求)[，]?[^。；]{0,14}$"
)
_SOON = re.compile(
    r"(?<![后起])(?P<at>今[天晚日]|明[天日早晚]|后天|(?:[0-9]{1,3}|[一二两三四五六七八九十半]{1,3})个?(?:小时|钟头|天|日|周|星期|工作日)(?:之|以)?内)"
    r"[^。；，！]{0,14}(?:解决|处理|完成|修好|修复|整改|办结|办好|到位|完毕|恢复)"
)
_BORNE = re.compile(r"之日|申请|接到|(?<!我们)(?<!局)承诺|规定|应当|协议|约定|责令|要求|通知|可望|期限")
_LAW = re.compile(r"^起?(?:正式)?(?:施行|实施|执行|发布|印发|公布|颁布|出台|修[订正改])|^起")
_TOLD = re.compile(r"^(?:[^，。；]{0,4})(?:接到|收到|接)(?:您|你|诉求|工单|转办|来电)")
_GONE = re.compile(
    r"(?:将[于在]|(?:拟|预计|计划|力争|争取)[于在]?)(?P<at>昨[天日晚]|前[天日]|上(?:周|个?月|半年)|去年)(?!以来)"
)
_HALF_A_YEAR = timedelta(days=183)
_ANSWERED = re.compile(r"答复|回复|告知|反馈")
_LEAST_YEARS_AHEAD, _NEAR = 15, 12
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it is written: `first` and `last` are what it may mean (a month is its first and last day)."""

    place: Place
    words: str
    first: date
    last: date
    has_year: bool
    is_day: bool


def invented(reply: str, matter: Matter) -> Iterator[Finding]:
    """One finding for each day that cannot be: not in the calendar, promised for the past, done in the future."""
    for found in _DAY.finditer(reply):
        day = _day(found, matter)
        if day is None:
            yield _finding(found.span(), found[0], "不是存在的日期：请核对")
        elif say := _flaw(found, day, reply, matter):
            yield _finding(day.place, day.words, say)
    for start, end in matches(_SOON, reply):
        if not _BORNE.search(_sentence_before(reply, (start, end))):
            yield _finding((start, end), reply[start:end], "说得太准：写明依据，办不到就不写")
    for start, end in matches(_GONE, reply):
        yield _finding((start, end), reply[start:end], "已经过去，不能是期限：请核对")
    for found in _HOUR.finditer(reply):
        yield _finding(found.span(), found[0], "不是存在的时刻：请核对")


def _finding(place: Place, words: str, say: str) -> Finding:
    return Finding(Check.DATE, f"日期“{words}”{say}", places=(place,))


def _day(found: re.Match[str], matter: Matter) -> _Day | None:
    """The day that is meant; None when no calendar has it."""
    today = matter.today
    year = int(found["year"] or found["only_year"] or (today.year if today else 0) or 2000)
    month = int(found["month"] or 12)
    try:
        if found["day"]:
            first = last = _leap_safe(year, month, int(found["day"]), has_year=found["year"] is not None)
        else:
            first = date(year, month if found["month"] else 1, 1)
            last = date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    has_year = found["year"] is not None or found["only_year"] is not None
    return _Day(found.span(), found[0], first, last, has_year, found["day"] is not None)


def _leap_safe(year: int, month: int, day: int, *, has_year: bool) -> date:
    """29 February without a year is a day that there is."""
    return date(year if has_year or (month, day) != (2, 29) else 2000, month, day)


def _flaw(found: re.Match[str], day: _Day, reply: str, matter: Matter) -> str:
    """Why nothing can bear this day, '' when something may."""
    return next(_flaws(found, day, reply, matter), "")


def _flaws(found: re.Match[str], day: _Day, reply: str, matter: Matter) -> Iterator[str]:
    before, after = _clause(reply, day.place)
    today, is_day = matter.today, day.is_day
    if found["weekday"] and is_day and (day.has_year or today) and _is_wrong_weekday(found, day):
        yield f"不是星期{found['weekday']}：请核对"
    if is_day and matter.record is not None and not _is_borne(day, after, matter):
        yield "在办理情况里没有：补上依据，或改掉"
    if today is None:
        return
    accepted = matter.accepted_on or today
    if _is_planned(before, after):
        yield from _flaws_of_plan(day, after, accepted, matter)
    if not day.has_year:
        return
    is_done = _DONE.search(f"{after}{before[-_NEAR:]}") and not _TO_COME.search(
        _DONE.split(before + after)[0]
    )
    if is_done and day.first > today + _ONE_DAY:
        yield "还没有到，不能是已经做的：请核对"
    is_told = _ONCE_TOLD.search(_sentence_before(reply, day.place)) or _TOLD.match(after)
    if is_told and is_day and day.last < accepted - _ONE_DAY:
        yield "在受理之前，不能是接到诉求以后：请核对"


def _flaws_of_plan(day: _Day, after: str, accepted: date, matter: Matter) -> Iterator[str]:
    """What is still to be done lies neither before the claim, nor past its limit, nor out of sight."""
    since = accepted - day.last
    # A month or a year of long ago may be told as it was planned then; a year that nobody wrote is this one.
    is_gone = (
        since > (timedelta() if day.is_day else _HALF_A_YEAR)
        if day.has_year
        else timedelta() < since < _HALF_A_YEAR
    )
    if is_gone:
        yield "早在受理之前，不能是期限：请核对"
    if day.has_year and day.first.year > accepted.year + _LEAST_YEARS_AHEAD:
        yield "太远：写明依据，或改写已经做了什么"
    if matter.due_on and day.first > matter.due_on and _ANSWERED.search(after):
        yield "晚于诉求人时限：请核对"


def _is_borne(day: _Day, after: str, matter: Matter) -> bool:
    """Whether the order speaks of this day too: its claim, its record, its own dates, or the law of that day."""
    own = {(each.month, each.day) for each in (matter.accepted_on, matter.due_on, matter.today) if each}
    told = f"{matter.gist}\n{matter.content}\n{matter.record}"
    said = {(int(each["month"]), int(each["day"])) for each in _DAY.finditer(told) if each["day"]}
    return (day.first.month, day.first.day) in own | said or bool(_LAW.match(after))


def _is_planned(before: str, after: str) -> bool:
    is_said_so = _PLANNED.search(before) or (_BEFORE.match(after) and _PLAN.search(before))
    return bool(is_said_so) and not _HISTORY.search(before)


def _is_wrong_weekday(found: re.Match[str], day: _Day) -> bool:
    return WEEKDAYS[day.first.weekday()] != found["weekday"].replace("天", "日")


def _clause(reply: str, place: Place) -> tuple[str, str]:
    """What stands before and after a place within its clause; a comma right after the day is passed over."""
    start, end = place
    left = max(reply.rfind(each, 0, start) for each in _CLAUSE_ENDS) + 1
    begun = end + 1 if reply[end : end + 1] == "，" else end
    right = min((at for each in _CLAUSE_ENDS if (at := reply.find(each, begun)) >= 0), default=len(reply))
    return reply[left:start], reply[end:right].lstrip("，")


def _sentence_before(reply: str, place: Place) -> str:
    start = place[0]
    left = max(reply.rfind(each, 0, start) for each in "。；！？\n") + 1
    return reply[left:start]
