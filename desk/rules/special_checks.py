"""专席登记: whether the answers of a form are whole and fit together; no store is asked."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from db.codes import SpecialForm
from desk.errors import BadInput
from desk.rules.calendar import local
from desk.rules.id_number import born_on, id_number
from desk.rules.special_forms import FORMS, Ask, Sort
from desk.rules.text import cleaned, normalised_phone
from desk.rules.written_times import moment_written

Answers = dict[str, str]

LONGEST_BACK, LONGEST_AHEAD = 366, 366
"""Days before and after today within which a date on a form lies: others are slips of the pen."""
_CITY = re.compile(r"(?<=..)[市州盟]|地区|^(?:北京|上海|天津|重庆)")
_MONTH = re.compile(r"(20\d\d)[-年./]?(\d{1,2})月?")
_YEAR = re.compile(r"(20\d\d)年?度?")
_ACCOUNT = re.compile(r"\d{8,25}")


def checked(form: SpecialForm, answers: Mapping[str, str], today: date) -> Answers:
    """Return the answers as they are kept: cleaned, dates as 2026-12-01, what does not belong to the form left out.

    `today` is the local date. Raises BadInput, which names the field by its label.
    """
    kept = {ask.name: _checked(ask, answers.get(ask.name, ""), today) for ask in FORMS[form]}
    _TOGETHER[form](kept, today)
    return kept


def _checked(ask: Ask, answer: str, today: date) -> str:
    plain = cleaned(answer, ask.most, ask.label, one_line=True)
    if not plain:
        if ask.is_required:
            raise BadInput(f"请{'选择' if ask.options else '填写'}{ask.label}", ask.label)
        return ""
    return _BY_SORT[ask.sort](ask, plain, today)


def _choice(ask: Ask, plain: str, today: date) -> str:  # noqa: ARG001
    for code, word in ask.options:
        if plain in (code, word):
            return str(code)
    raise BadInput(f"{ask.label}请选 {'、'.join(word for _, word in ask.options)}", ask.label)


def _day(ask: Ask, plain: str, today: date) -> str:
    day = local(moment_written(plain, ask.label)).date()
    if not -LONGEST_BACK <= (day - today).days <= LONGEST_AHEAD:
        raise BadInput(f"{ask.label} {day} 离今天一年以上，请核对", ask.label)
    return day.isoformat()


def _month(ask: Ask, plain: str, today: date) -> str:
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", plain))
    if found is None or not 1 <= int(found[2]) <= 12:
        raise BadInput(f"{ask.label}请写成 2026-12 这样", ask.label)
    months = (int(found[1]) - today.year) * 12 + int(found[2]) - today.month
    if not -12 <= months <= 12:
        raise BadInput(f"{ask.label}离本月一年以上，请核对", ask.label)
    return f"{found[1]}-{int(found[2]):02d}"


def _year(ask: Ask, plain: str, today: date) -> str:
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", plain))
    if found is None or int(found[1]) not in (today.year, today.year + 1):
        raise BadInput(f"{ask.label}只能是 {today.year} 或 {today.year + 1}", ask.label)
    return found[1]


def _account(ask: Ask, plain: str, today: date) -> str:  # noqa: ARG001
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", plain))
    if not _ACCOUNT.fullmatch(number):
        raise BadInput(f"{ask.label}应为 8 至 25 位数字，请逐位核对", ask.label)
    return number


_BY_SORT: Mapping[Sort, Callable[[Ask, str, date], str]] = {
    Sort.WORDS: lambda _, plain, __: plain,
    Sort.CHOICE: _choice,
    Sort.ID_NUMBER: lambda ask, plain, today: id_number(plain, today, ask.label),
    Sort.PHONE: lambda ask, plain, _: normalised_phone(plain, ask.label),
    Sort.DAY: _day,
    Sort.MONTH: _month,
    Sort.YEAR: _year,
    Sort.ACCOUNT: _account,
}


def _treatment(given: Answers, today: date) -> None:  # noqa: ARG001
    """跨省异地就医直接结算经办规程 (医保办发〔2022〕22号): kinds, papers and periods."""
    if not _CITY.search(given["place"]):
        raise BadInput("就医地要写到市，如 广东省深圳市", "就医地")
    if given["place"] == given["insured_place"]:
        raise BadInput("就医地就是参保地，不需要备案，请核对", "就医地")
    if given["kind"] in ("referred", "emergency") and not given["hospital"]:
        raise BadInput("异地转诊、急诊抢救请填写就医机构", "就医机构")
    if given["kind"] == "settled":
        if given["ends"]:
            raise BadInput("长期异地安置没有结束日期，请清空；有期限的选临时外出就医", "结束日期")
    elif not given["ends"]:
        raise BadInput("请填写结束日期；一直在外地的选长期异地安置", "结束日期")
    elif given["ends"] < given["starts"]:
        raise BadInput("结束日期早于开始日期，请核对", "结束日期")
    _papers(given)


def _stop(given: Answers, today: date) -> None:  # noqa: ARG001
    if given["reason"] == "death" and not given["agent"]:
        raise BadInput("参保人死亡的，请填写代办的近亲属及关系", "代办人")
    if given["refund"] == "no":
        # What was typed before the caller gave the refund up is nobody's business any more.
        given.update(holder="", bank="", account="")
    else:
        _refund(given)
    _papers(given)


def _refund(given: Answers) -> None:
    if given["paid"] == "no":
        raise BadInput("本年未缴费，没有可退的费：退费请选不退费", "退费")
    for name, label in (("holder", "开户人"), ("bank", "开户银行"), ("account", "银行账号")):
        if not given[name]:
            raise BadInput(f"申请退费请填写{label}", label)
    if given["reason"] == "death":
        if given["holder"] not in given["agent"]:
            raise BadInput("参保人死亡的，退费账户须是代办人本人的，请核对开户人", "开户人")
    elif given["holder"] != given["name"]:
        raise BadInput("退费只退到参保人本人的账户，请核对开户人", "开户人")


def _join(given: Answers, today: date) -> None:
    needs_proof = given["category"] in ("low", "destitute", "disabled")
    if needs_proof and not given["proof"]:
        raise BadInput("低保、特困、残疾参保请填写证件号", "证件号")
    if given["category"] == "newborn":
        if not given["id_number"] and not given["proof"]:
            raise BadInput("新生儿没有身份证号的，请填写出生医学证明号", "证件号")
        if given["id_number"] and (today - born_on(given["id_number"])).days > 366:
            raise BadInput("身份证号上的出生日期已满一周岁，参保类别不是新生儿，请核对", "参保类别")
    elif not given["id_number"]:
        raise BadInput("请填写身份证号；没有上户的新生儿请选新生儿", "身份证号")
    _papers(given)


def _talent(given: Answers, today: date) -> None:  # noqa: ARG001
    if given["way"] == "answered" and not given["entry"]:
        raise BadInput("已按知识条目答复的，请填写条目编号（^F 查）", "知识条目")
    if given["way"] == "passed" and given["entry"]:
        raise BadInput("填了知识条目的，答复方式请选已按知识条目答复", "答复方式")


def _visit(given: Answers, today: date) -> None:  # noqa: ARG001
    if "other" in (given["reason"], given["matter"]) and not given["note"]:
        raise BadInput("上门理由或办理事项为其他的，请在说明里写明", "说明")
    if given["matter"] == "other" and not given["unit"]:
        raise BadInput("其他事项请填写上门单位", "上门单位")


def _papers(given: Answers) -> None:
    if not given["shown"] and not given["missing"]:
        raise BadInput("请问清材料：已有的或欠缺的至少填一栏", "已有材料")


_TOGETHER: Mapping[SpecialForm, Callable[[Answers, date], None]] = {
    SpecialForm.TREATMENT_ELSEWHERE: _treatment,
    SpecialForm.STOP_INSURANCE: _stop,
    SpecialForm.JOIN_INSURANCE: _join,
    SpecialForm.TALENT: _talent,
    SpecialForm.HOME_VISIT: _visit,
}
