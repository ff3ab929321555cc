"""The figures of the 考核: what each is counted from, in which words it is explained, and the total by weights (P30).

What a computer counts and what people score stand apart; a total is never shown without its parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.codes import AssessmentMark as M
from db.codes import ScoreKind

Numbers = Mapping[str, int]
RAW = "raw_"
"""Before the name of a number that counts what a panel found unreasonable all the same."""
LEFT_OUT, OVERDUE_NOW, UNSCORED = "left_out", "overdue_now", "unscored"
FIRST_RIGHT, FIRST_WRONG = "first_right", "first_wrong_since"
CALLED, NOT_CALLED = "called_back", "not_called_back"
POINTS = "_points"
"""Behind the name of a score: the sum of its points."""
BEST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. With `good` it is a share: good ÷ (good + bad); without, how many `bad` there are; with `score` a mean."""

    key: str
    name: str
    formula: str
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    score: ScoreKind | None = None
    unit: str = "件"

    @property
    def is_human(self) -> bool:
        """Whether people scored it."""
        return self.score is not None

    @property
    def is_raw(self) -> bool:
        """Whether it counts what a panel found unreasonable, too."""
        return self.key.startswith(RAW)

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something."""
        return bool(self.good)


OF_UNITS = (
    Figure(
        "received",
        "收件",
        "本月派给、改派给本单位（含应急派出、随主单答复）的次数，撤回的不算",
        bad=(M.RECEIVED,),
        unit="次",
    ),
    Figure(
        "signed",
        "接单及时率",
        "签收时限内签收（接令）÷ 本月签收；自动签收算超时，等退单裁定的不算",
        (M.SIGNED_IN_TIME,),
        (M.SIGNED_LATE,),
    ),
    Figure(
        "answered",
        "按时答复率",
        "单位时限内答复 ÷ 本月办结审核通过的答复，每轮各算；没有时限的不算",
        (M.ANSWERED_IN_TIME,),
        (M.ANSWERED_LATE,),
    ),
    Figure(
        "overdue",
        "超期",
        "超过单位时限才答复的，加上超期后退单、改派、裁决离开本单位或才转法定程序的；各轮累计，不因延期、重办抹去",
        bad=(M.ANSWERED_LATE, M.LEFT_LATE),
        unit="次",
    ),
    Figure(
        OVERDUE_NOW, "在办超期", "此刻在本单位手上、已过单位时限未答复的（只在本月显示）", bad=(OVERDUE_NOW,)
    ),
    Figure("return_unfounded", "退单不实", "本月不同意的退单", bad=(M.RETURN_UNFOUNDED,), unit="次"),
    Figure("sent_back", "审核退回", "本月被中心办结审核退回", bad=(M.SENT_BACK,), unit="次"),
    Figure("reworked", "重办", "本月重办、评议合理再办、重新启动的轮次", bad=(M.REWORKED,), unit="次"),
    Figure("graded_d", "D级", "本月回访不满意或评为D级", bad=(M.GRADED_D,), unit="次"),
    Figure("solved", "解决率", "已解决 ÷ 本月回访接通；不含社会评议不合理的", (M.SOLVED,), (M.UNSOLVED,)),
    Figure(
        "raw_solved",
        "解决率原始",
        "同上，社会评议不合理的也算在内",
        (RAW + M.SOLVED,),
        (RAW + M.UNSOLVED,),
    ),
    Figure(
        "satisfied",
        "满意率",
        "满意（含基本满意）÷ 满意加不满意，三项有一项不满意即不满意；未评价另列；不含社会评议不合理的",
        (M.SATISFIED,),
        (M.DISSATISFIED,),
    ),
    Figure(
        "raw_satisfied",
        "满意率原始",
        "同上，社会评议不合理的也算在内",
        (RAW + M.SATISFIED,),
        (RAW + M.DISSATISFIED,),
    ),
    Figure("not_rated", "未评价", "回访接通但未评价办理结果，不进满意率", bad=(M.NOT_RATED,)),
    Figure("reached", "回访接通", "本月回访接通", bad=(M.SOLVED, M.UNSOLVED)),
    Figure("unreached", "回访未通", "按无法回访办结，不进解决率、满意率", bad=(M.UNREACHED,)),
    Figure("helped", "协办", "本月办结的工单中由本单位协办的", bad=(M.HELPED,)),
    Figure(UNSCORED, "配合未评", "协办中工单管家没有评配合情况的，不进均分", bad=(UNSCORED,)),
    Figure(LEFT_OUT, "剔除", "不纳入考核的工单，见剔除清单", bad=(LEFT_OUT,)),
    Figure(
        "handling",
        "处理成效",
        "中心评给工单管家的均分，5分最好，申诉改过的以改后为准",
        score=ScoreKind.HANDLING,
        unit="分",
    ),
    Figure(
        "cooperation",
        "配合情况",
        "工单管家评给协办单位的均分，5分最好",
        score=ScoreKind.COOPERATION,
        unit="分",
    ),
)
"""What units are assessed by: first what is computed, then what people scored."""

OF_CENTRES = (
    Figure(
        "sent",
        "派单及时率",
        "派单时限内派出 ÷ 本月派出（含转下级中心、应急派出）",
        (M.SENT_IN_TIME,),
        (M.SENT_LATE,),
    ),
    Figure(
        "first",
        "首派准确率",
        "本月首次派出、至今没有被同意退单、改派或裁决改办 ÷ 本月首次派出",
        (FIRST_RIGHT,),
        (FIRST_WRONG,),
    ),
    Figure(
        "audited",
        "办结审核及时率",
        "审核时限内通过或退回 ÷ 本月审核",
        (M.AUDITED_IN_TIME,),
        (M.AUDITED_LATE,),
    ),
    Figure(
        "coverage",
        "回访覆盖率",
        "已回访（含三次未通办结）÷ 本月审核通过应回访，应为100%",
        (CALLED,),
        (NOT_CALLED,),
    ),
    Figure(
        "called",
        "回访及时率",
        "回访时限内完成 ÷ 本月完成的回访",
        (M.CALLED_IN_TIME,),
        (M.CALLED_LATE,),
    ),
    Figure("excused", "免回访", "按匿名无号码、不需回访、危机、表扬等规则免回访办结", bad=(M.EXCUSED,)),
    Figure(
        "citizen",
        "诉求人时限",
        "诉求人时限内答复 ÷ 本月审核通过的答复：中心按此考核",
        (M.CITIZEN_IN_TIME,),
        (M.CITIZEN_LATE,),
    ),
    Figure(LEFT_OUT, "剔除", "不纳入考核的工单，见剔除清单", bad=(LEFT_OUT,)),
)
"""What a centre is assessed by."""

WEIGHED = ("signed", "answered", "solved", "satisfied", "handling", "cooperation")
"""What may have a weight in the total."""
WEIGHTS: Mapping[str, float] = {
    "signed": 10,
    "answered": 25,
    "solved": 20,
    "satisfied": 25,
    "handling": 15,
    "cooperation": 5,
}
"""Weights unless the setting `assessment.weights` says otherwise."""
_BY_KEY = {figure.key: figure for figure in (*OF_CENTRES, *OF_UNITS)}


def figure(key: str) -> Figure:
    """Return a figure by its key. KeyError for one that is none."""
    return _BY_KEY[key]


def figures_of(*, is_centre: bool) -> tuple[Figure, ...]:
    """Return the figures by which a unit or a centre is assessed."""
    return OF_CENTRES if is_centre else OF_UNITS


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure comes to: `part` of `whole` as a share, points over scores as a mean, or just `part`."""

    figure: Figure
    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where there is nothing, and for what is merely counted."""
        if not self.whole:
            return None
        return self.part / self.whole / (BEST if self.figure.is_human else 1)

    @property
    def text(self) -> str:
        """`96.7%`, `4.25`, `3`; `-` where there is nothing to divide by."""
        if self.figure.is_share:
            return percent(self.part, self.whole)
        if self.figure.is_human:
            return f"{self.part / self.whole:.2f}" if self.whole else "-"
        return str(self.part)

    @property
    def parts(self) -> str:
        """What stands behind the figure: `29/30`."""
        if self.figure.is_human:
            return f"{self.whole} 份"
        return f"{self.part}/{self.whole}" if self.figure.is_share else ""


def percent(part: int, whole: int) -> str:
    """Return `96.7%`, never `100%` for what is not all of it nor `0%` for what is some; `-` of nothing."""
    if not whole:
        return "-"
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(max(100 * part / whole, 0.1), 99.9):.1f}%"


def value_of(figure: Figure, numbers: Numbers) -> Value:
    """Return what a figure comes to with these numbers."""
    if figure.score is not None:
        return Value(figure, numbers.get(figure.score + POINTS, 0), numbers.get(figure.score, 0))
    bad = sum(numbers.get(name, 0) for name in figure.bad)
    good = sum(numbers.get(name, 0) for name in figure.good)
    return Value(figure, good, good + bad) if figure.is_share else Value(figure, bad, 0)


def total(numbers: Numbers, weights: Mapping[str, float]) -> float | None:
    """Return 0 to 100: every weighed figure by its weight, those that have no value left aside; None where none has."""
    shares = {key: value_of(figure(key), numbers).share for key in weights}
    known = {key: share for key, share in shares.items() if share is not None}
    whole = sum(weights[key] for key in known)
    return 100 * sum(weights[key] * share for key, share in known.items()) / whole if whole else None


def total_words(weights: Mapping[str, float]) -> str:
    """Say how the total is made: `接单及时率10 按时答复率25 …`."""
    return " ".join(f"{figure(key).name}{weight:g}" for key, weight in weights.items())


def flaw_of_weights(value: Any) -> str:
    """Say what is wrong with weights, '' for nothing."""
    names = "、".join(f"{key}（{figure(key).name}）" for key in WEIGHED)
    if not isinstance(value, Mapping) or not value or not set(value) <= set(WEIGHED):
        return f"各项权重只能写 {names}"
    numbers = list(value.values())
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in numbers):
        return "权重须是数"
    if any(not 0 <= each <= 1000 for each in numbers) or not sum(numbers):
        return "权重在 0 至 1000 之间，不能全为 0"
    return ""


def summed(lines: Sequence[Numbers]) -> dict[str, int]:
    """Return the numbers of several units together."""
    names = {name for line in lines for name in line}
    return {name: sum(line.get(name, 0) for line in lines) for name in sorted(names)}
