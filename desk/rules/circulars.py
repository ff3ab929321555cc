"""通报: what it says, of which period, from which figures, and which orders are its good and bad examples (practice P30)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.codes import AssessmentMark as M
from desk.errors import BadInput
from desk.rules.assessment_figures import Figure, Numbers, figure, value_of
from desk.rules.calendar import local
from desk.rules.months import days_span

WEEK, MONTH, ANY = "week", "month", "any"
LONGEST_TITLE, LONGEST_FIELD = 60, 3000
EXAMPLES_KEY, EXAMPLES = "circular.examples", 3
"""How many good and how many bad examples are chosen, at most one of a unit."""
HEAD_KEY, HEAD = "circular.number_head", "12345"
NUMBER_WORD = "督查通报"
MOST_NAMED = 5
"""Units that one sentence names."""
LOW_SHARE = 0.8
"""Below this 满意率 a unit is named; of fewer than LEAST_RATED answers it says nothing."""
LEAST_RATED = 3

FIELDS: Mapping[str, str] = {
    "title": "标题",
    "style": "工作作风",
    "results": "办件成效",
    "satisfaction": "满意度",
    "good": "正面典型",
    "bad": "反面典型",
    "demand": "工作要求",
}
"""What a circular says, in order (press conference, question 4: 工作作风、办件成效、满意度、正反面典型)."""
NEEDED = ("title", "style", "results", "satisfaction", "demand")
DEMAND = (
    "各单位要对照本通报查找不足：接单不过夜，超期件逐件说明原因和办结时间；督办、催办按时书面回复；"
    "不满意件由单位负责人过问，与诉求人见面沟通。下期通报对整改情况再作点评。"
)

PRESSED_IN_TIME, PRESSED_LATE = "pressed_in_time", "pressed_late"
PRESSED = Figure(
    "pressed",
    "督办催办按时回复率",
    "时限内回复 ÷ 本期到期的督办、催办；逾期未回、迟回都算逾期，到期前被更高一级接续的不算",
    (PRESSED_IN_TIME,),
    (PRESSED_LATE,),
)
TIMELINESS = (*(figure(key) for key in ("received", "signed", "answered", "overdue", "sent_back")), PRESSED)
QUALITY = tuple(
    figure(key) for key in ("reworked", "graded_d", "satisfied", "raw_satisfied", "not_rated", "unreached")
)
"""The two tables: 工作作风 and 办件成效 by time, 满意度 as said and without what a panel found unreasonable."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a period: what was counted of it, by name."""

    unit_id: int
    name: str
    numbers: Numbers

    def text(self, each: Figure) -> str:
        """One figure in words: `96.7%`, `3`, `-`."""
        return value_of(each, self.numbers).text


@dataclass(frozen=True, slots=True)
class Example:
    """An order as an example: whose, good or bad, by how much, and why (in words)."""

    order_uid: str
    order_no: str
    unit_id: int
    unit: str
    is_good: bool
    weight: float
    why: str
    words: str = ""


def period(kind: str, now: datetime, first: str = "", last: str = "") -> tuple[datetime, datetime]:
    """Return the first moment of a period and the first one after it: the last full week or month, or first to last day.

    Days are written `2026-11-23`, both belong to the period. Raises BadInput for days that are none or lie ahead.
    """
    today = local(now).date()
    if kind == WEEK:
        monday = today - timedelta(days=today.weekday())
        return days_span(monday - timedelta(days=7), monday - timedelta(days=1))
    if kind == MONTH:
        end = today.replace(day=1) - timedelta(days=1)
        return days_span(end.replace(day=1), end)
    begins, ends = _day(first, "开始日期"), _day(last, "结束日期")
    if begins > today:
        raise BadInput("开始日期还没有到，请核对", "开始日期")
    return days_span(begins, min(ends, today))


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(f"{field}请写成 2026-11-23 这样", field) from None


def period_words(since: datetime, until: datetime) -> str:
    """`2026年11月`, `2026年11月16日至22日`, `2026年11月28日至12月4日`."""
    first, last = local(since).date(), local(until - timedelta(milliseconds=1)).date()
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and first.month == last.month:
        return f"{first.year}年{first.month}月"
    head = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return head
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if not year and first.month == last.month else f"{last.month}月"
    return f"{head}至{year}{month}{last.day}日"


def missing(words: Mapping[str, str]) -> str:
    """Return the label of the first field that must say something and does not; '' when nothing lacks."""
    return next((FIELDS[name] for name in NEEDED if not words.get(name)), "")


def drafted(lines: Sequence[UnitLine], whole: Numbers, said: str) -> dict[str, str]:
    """Return the sentences about the figures of a period, which is called `said`; `whole` adds up all units."""
    return {
        "title": f"{said}民意速办督查通报"[:LONGEST_TITLE],
        "style": "".join(_style(lines, whole, said)),
        "results": "".join(_results(lines, whole)),
        "satisfaction": "".join(_satisfaction(lines, whole)),
        "demand": DEMAND,
    }


def _style(lines: Sequence[UnitLine], whole: Numbers, said: str) -> Iterator[str]:
    held = sum(1 for line in lines if line.numbers.get(M.RECEIVED))
    yield f"{said}，{held} 家承办单位收件 {whole.get(M.RECEIVED, 0)} 次，"
    yield f"接单及时率 {value_of(figure('signed'), whole).text}。"
    yield _named("超时签收的有", lines, (M.SIGNED_LATE,))
    if whole.get(PRESSED_IN_TIME, 0) + whole.get(PRESSED_LATE, 0):
        yield f"到期的督办、催办按时回复率 {value_of(PRESSED, whole).text}。"
        yield _named("逾期回复或没有回复的有", lines, (PRESSED_LATE,))


def _results(lines: Sequence[UnitLine], whole: Numbers) -> Iterator[str]:
    answered = whole.get(M.ANSWERED_IN_TIME, 0) + whole.get(M.ANSWERED_LATE, 0)
    yield f"办结审核通过的答复 {answered} 件次，按时答复率 {value_of(figure('answered'), whole).text}，"
    yield f"超期 {value_of(figure('overdue'), whole).text} 次。"
    yield _named("超期的有", lines, (M.ANSWERED_LATE, M.LEFT_LATE))
    yield f"办结审核退回 {whole.get(M.SENT_BACK, 0)} 次，重办 {whole.get(M.REWORKED, 0)} 次。"
    yield _named("被审核退回的有", lines, (M.SENT_BACK,))


def _satisfaction(lines: Sequence[UnitLine], whole: Numbers) -> Iterator[str]:
    rated = whole.get(M.SATISFIED, 0) + whole.get(M.DISSATISFIED, 0)
    yield f"回访评价 {rated} 件，满意率 {value_of(figure('satisfied'), whole).text}"
    yield f"（连同社会评议认定诉求不合理的为 {value_of(figure('raw_satisfied'), whole).text}）；"
    yield f"D级工单 {whole.get(M.GRADED_D, 0)} 件次。"
    low = [line for line in lines if _is_low(line)]
    if low:
        named = "、".join(f"{line.name}（{line.text(figure('satisfied'))}）" for line in low[:MOST_NAMED])
        yield f"满意率低于 {LOW_SHARE:.0%} 的有：{named}{'等' if len(low) > MOST_NAMED else ''}。"


def _is_low(line: UnitLine) -> bool:
    value = value_of(figure("satisfied"), line.numbers)
    return value.whole >= LEAST_RATED and (value.share or 0) < LOW_SHARE


def _named(head: str, lines: Sequence[UnitLine], names: Sequence[str]) -> str:
    """`超期的有：县城管局（2 次）、县住建局（1 次）。`, the most first; '' when nobody is to be named."""
    counted = [(sum(line.numbers.get(name, 0) for name in names), line.name) for line in lines]
    worst = sorted((each for each in counted if each[0]), key=lambda each: (-each[0], each[1]))
    if not worst:
        return ""
    more = "等" if len(worst) > MOST_NAMED else ""
    named = "、".join(f"{name}（{count} 次）" for count, name in worst[:MOST_NAMED])
    return f"{head}：{named}{more}。"


@dataclass(frozen=True, slots=True)
class BadSigns:
    """What went wrong with one order in a period, by how often."""

    answered_late: int = 0
    dissatisfied: int = 0
    reworked: int = 0
    sent_back: int = 0
    pressed_late: int = 0
    signed_late: int = 0


_BAD: tuple[tuple[str, float, str], ...] = (
    ("answered_late", 3, "超期答复 {} 次"),
    ("dissatisfied", 3, "诉求人不满意（D级）{} 次"),
    ("reworked", 2, "重办 {} 次"),
    ("pressed_late", 2, "督办、催办逾期回复 {} 次"),
    ("sent_back", 1, "办结审核退回 {} 次"),
    ("signed_late", 1, "超时签收 {} 次"),
)
"""What makes a bad example: the sign, its weight, how it is said."""
WEIGHTS: Mapping[str, float] = {name: weight for name, weight, _ in _BAD}
LEAST_BAD = 3.0
"""An order of less weight is no example."""


def badness(signs: BadSigns) -> tuple[float, str]:
    """Return the weight of an order as a bad example, and why in words, the heaviest first."""
    found = [(name, weight, words, getattr(signs, name)) for name, weight, words in _BAD]
    weight = sum(each * count for _, each, _, count in found)
    why = "，".join(words.format(count) for _, _, words, count in found if count)
    return float(weight), why


def goodness(*, days: int, limit_days: int, used: float, is_very_satisfied: bool) -> tuple[float, str]:
    """Return the weight of an order as a good example, and why: the less of its limit it `used` (0 to 1), the better.

    `days` and `limit_days` are working days. A caller who is very satisfied weighs as much as half the limit.
    """
    said = "非常满意" if is_very_satisfied else "满意"
    took = "当日" if days == 0 else f"{days} 个工作日"
    weight = (1 - min(max(used, 0.0), 1.0)) + (0.5 if is_very_satisfied else 0)
    why = f"时限 {limit_days} 个工作日，{took}答复，一次办成，没有催办、督办和退回，诉求人{said}"
    return weight, why


def chosen(examples: Sequence[Example], most: int) -> tuple[Example, ...]:
    """Return the heaviest examples, at most one of a unit; of equal weight the one with the smaller number."""
    found: dict[int, Example] = {}
    for each in sorted(examples, key=lambda each: (-each.weight, each.order_no)):
        found.setdefault(each.unit_id, each)
    return tuple(list(found.values())[:most])


def example_words(number: int, unit: str, title: str, place: str, why: str) -> str:
    """`1. 县城管局办理“夜间施工噪音”（横水镇）：超期答复 1 次。`."""
    where = f"（{place}）" if place else ""
    return f"{number}. {unit}办理“{title}”{where}：{why}。"
