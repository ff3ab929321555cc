"""ABCD 四级: the city's own rules with their text, the first that fits gives the grade (press conference, question 4).

The conference gives C (cannot be solved now, or extended) and D (not accepted); A and B are the city's: A solved and
satisfied, B explained, or solved with reservation. A rule only proposes: a person confirms, or changes it and says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.codes import Grade, Satisfaction
from desk.rules.callbacks import Survey

RULES = "grade.rules"
"""The setting that holds them."""
HEARD, DISSATISFIED, SOLVED, LONG_TERM, RESULTS = "heard", "dissatisfied", "solved", "long_term", "results"
_FLAGS = (HEARD, DISSATISFIED, SOLVED, LONG_TERM)


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One rule: its grade, its text for people, and what must hold; a rule without conditions fits everything."""

    grade: Grade
    text: str
    when: Mapping[str, Any] = field(default_factory=dict)


DEFAULT = (
    GradeRule(Grade.D, "诉求人对办理结果、态度或时效不认可、不满意", {DISSATISFIED: True}),
    GradeRule(Grade.C, "暂时无法解决，需要较长时间", {HEARD: True, SOLVED: False, LONG_TERM: True}),
    GradeRule(
        Grade.A,
        "已解决，诉求人满意",
        {HEARD: True, SOLVED: True, RESULTS: [str(Satisfaction.VERY_SATISFIED), str(Satisfaction.SATISFIED)]},
    ),
    GradeRule(Grade.B, "已办理并解释，诉求人接受或有保留；未听到评价的也在此级"),
)


def rules_from(setting: Any) -> tuple[GradeRule, ...]:
    """Return the rules that the setting `grade.rules` holds, the house's own when it is empty."""
    if not setting:
        return DEFAULT
    return tuple(GradeRule(Grade(each["grade"]), each["text"], each.get("when", {})) for each in setting)


def proposed(survey: Survey | None, rules: Sequence[GradeRule] = DEFAULT) -> GradeRule:
    """Return the first rule that fits what a caller said; None: nobody was heard (免回访, 无法回访)."""
    return next(rule for rule in rules if _fits(rule.when, survey))


def _fits(when: Mapping[str, Any], survey: Survey | None) -> bool:
    held = {
        HEARD: survey is not None,
        DISSATISFIED: survey is not None and survey.is_dissatisfied,
        SOLVED: survey is not None and survey.is_solved,
        LONG_TERM: survey is not None and survey.is_long_term,
    }
    if any(held[name] is not when[name] for name in _FLAGS if name in when):
        return False
    return RESULTS not in when or (survey is not None and survey.result in when[RESULTS])


def why_not_chosen(grade: Grade, by_rule: Grade, reason: str) -> str:
    """Return the line that refuses to grade otherwise than by rule, '' when it may be.

    D is the caller's own word, and C what the answers say: neither is talked away, out of the pool leads only 销号.
    """
    if grade is by_rule:
        return ""
    if by_rule in (Grade.C, Grade.D):
        return f"按回访所答为{by_rule}级，不能改评为{grade}级：只能入监测池后凭依据销号"
    if grade is Grade.D:
        return "诉求人没有不满意，不能评为D级：请核对三项满意度"
    return "" if reason else f"按规则为{by_rule}级，改评为{grade}级须写明理由"


def flaw_of(value: Any) -> str:
    """Return in Chinese why a value of `grade.rules` cannot work, '' when it can."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return '写成规则的列表，如 [{"grade": "D", "text": "…", "when": {"dissatisfied": true}}, …]'
    for at, each in enumerate(value, 1):
        if flaw := _flaw_of_rule(each):
            return f"第{at}条{flaw}"
    return _flaw_of_order(value) if value else ""


def _flaw_of_rule(rule: Mapping[str, Any]) -> str:
    when = rule.get("when", {})
    if rule.get("grade") not in set(Grade):
        return "的 grade 须是 A、B、C、D 之一"
    if not str(rule.get("text", "")).strip():
        return "的 text 须写明这一级是什么"
    if not isinstance(when, dict) or set(when) - {*_FLAGS, RESULTS}:
        return f"的 when 只能用 {'、'.join((*_FLAGS, RESULTS))}"
    if any(not isinstance(when[name], bool) for name in _FLAGS if name in when):
        return "的 when 里是否项只能写 true 或 false"
    results = when.get(RESULTS, [])
    if not isinstance(results, list) or set(map(str, results)) - set(Satisfaction):
        return f"的 results 只能用 {'、'.join(Satisfaction)}"
    return ""


def _flaw_of_order(value: Sequence[Mapping[str, Any]]) -> str:
    """The conference binds: not accepted is D before anything else; and every order gets a grade."""
    first, last = value[0], value[-1]
    if first["grade"] != Grade.D or first.get("when") != {DISSATISFIED: True}:
        return '第一条须是 {"grade": "D", …, "when": {"dissatisfied": true}}：不满意的一律为D级'
    if last.get("when") or last["grade"] in (Grade.C, Grade.D):
        return "最后一条须不设条件，且为A级或B级：其余的都归它"
    rules = rules_from(value)
    if any(proposed(survey, rules).grade is not Grade.C for survey in _LONG_TERMS):
        return "未解决、需长期的须为C级"
    return ""


_LONG_TERMS = tuple(
    Survey(result, is_solved=False, is_long_term=True)
    for result in Satisfaction
    if not Survey(result).is_dissatisfied
)
