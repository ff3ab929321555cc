"""专席登记: what each form asks, in the order of the telephone call (press conference: 医保专席, 人才专席, 预约上门).

A table, so that the form on the screen, the check behind it and the paper of the deciding unit are one thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from db.codes import DayHalf, SpecialForm

Options = tuple[tuple[str, str], ...]


class Sort(StrEnum):
    """What an answer is, and so how it is checked and written."""

    WORDS = "words"
    CHOICE = "choice"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: its key and label, what the answer is, how long it may be, whether it must be there."""

    name: str
    label: str
    hint: str = ""
    sort: Sort = Sort.WORDS
    most: int = 60
    is_required: bool = False
    options: Options = ()
    is_preset: bool = False
    """Whether the first option is the usual one, and stands there until another is chosen."""

    @property
    def is_secret(self) -> bool:
        """Whether only the deciding unit reads it in full (practice P33)."""
        return self.sort in (Sort.ID_NUMBER, Sort.ACCOUNT)


def _needed(name: str, label: str, hint: str = "", sort: Sort = Sort.WORDS, most: int = 60) -> Ask:
    return Ask(name, label, hint, sort, most, is_required=True)


def _choice(name: str, label: str, *options: tuple[str, str]) -> Ask:
    return Ask(name, label, sort=Sort.CHOICE, is_required=True, options=options)


def _usual(name: str, label: str, *options: tuple[str, str]) -> Ask:
    return replace(_choice(name, label, *options), is_preset=True)


_ID = _needed("id_number", "身份证号", "18 位，逐位复述", Sort.ID_NUMBER, 20)
_PHONE = _needed("phone", "联系电话", "办结后打这个号码告知", Sort.PHONE, 30)
_AGENT = Ask("agent", "代办人", "姓名和与本人的关系；本人来电不填")
_SHOWN = Ask("shown", "已有材料", "本人手上有的，如 身份证、居住证", most=200)
_MISSING = Ask("missing", "欠缺材料", "还要补的；没有欠缺可空", most=200)

FORMS: Mapping[SpecialForm, tuple[Ask, ...]] = {
    SpecialForm.TREATMENT_ELSEWHERE: (
        _needed("name", "参保人", "姓名"),
        _ID,
        _needed("insured_place", "参保地", "如 崇义县"),
        _usual("insurance", "险种", ("resident", "居民医保"), ("employee", "职工医保")),
        _choice(
            "kind",
            "备案类型",
            ("settled", "长期异地安置"),
            ("referred", "异地转诊"),
            ("temporary", "临时外出就医"),
            ("emergency", "急诊抢救"),
        ),
        _needed("place", "就医地", "写到市，如 广东省深圳市"),
        Ask("hospital", "就医机构", "转诊、急诊须填"),
        _needed("starts", "开始日期", "如 2026-12-01", Sort.DAY, 20),
        Ask("ends", "结束日期", "长期安置不填，其他须填", Sort.DAY, 20),
        _PHONE,
        _AGENT,
        _SHOWN,
        _MISSING,
    ),
    SpecialForm.STOP_INSURANCE: (
        _needed("name", "参保人", "姓名"),
        _ID,
        _needed("insured_place", "参保地", "如 崇义县横水镇"),
        _choice(
            "reason",
            "停保原因",
            ("death", "死亡"),
            ("army", "参军"),
            ("employee", "转职工医保"),
            ("moved", "迁出"),
            ("double", "重复参保"),
        ),
        _needed("starts", "停保月份", "自哪个月起，如 2026-12", Sort.MONTH, 20),
        _usual("paid", "本年缴费", ("no", "未缴"), ("yes", "已缴")),
        _usual("refund", "退费", ("no", "不退费"), ("yes", "申请退费")),
        Ask("holder", "开户人", "退费须填：只能是参保人本人，死亡的填代办的近亲属"),
        Ask("bank", "开户银行", "退费须填", most=80),
        Ask("account", "银行账号", "退费须填，逐位复述", Sort.ACCOUNT, 30),
        _PHONE,
        _AGENT,
        _SHOWN,
        _MISSING,
    ),
    SpecialForm.JOIN_INSURANCE: (
        _needed("name", "参保人", "姓名"),
        Ask("id_number", "身份证号", "18 位，逐位复述；新生儿未上户可空", Sort.ID_NUMBER, 20),
        _choice(
            "category",
            "参保类别",
            ("ordinary", "普通居民"),
            ("student", "学生"),
            ("newborn", "新生儿"),
            ("low", "低保"),
            ("destitute", "特困"),
            ("disabled", "残疾"),
        ),
        Ask("proof", "证件号", "低保、特困、残疾证号；新生儿填出生医学证明号", most=40),
        _needed("householder", "户主", "姓名"),
        _needed("address", "户籍地址", "乡镇、村组", most=200),
        _needed("year", "参保年度", "如 2027", Sort.YEAR, 8),
        _usual("period", "缴费期", ("regular", "集中缴费期"), ("late", "集中期后补缴")),
        _PHONE,
        _AGENT,
        _SHOWN,
        _MISSING,
    ),
    SpecialForm.TALENT: (
        _needed("name", "咨询人", "姓名"),
        _PHONE,
        _choice(
            "degree",
            "学历",
            ("college", "大专"),
            ("bachelor", "本科"),
            ("master", "硕士"),
            ("doctor", "博士"),
            ("other", "其他"),
        ),
        Ask("employer", "单位、学校", "现在的工作单位或毕业学校", most=100),
        _choice(
            "topic",
            "事项",
            ("exam", "事业单位招考"),
            ("housing", "人才租房"),
            ("allowance", "人才补贴"),
            ("title", "职称"),
            ("other", "其他"),
        ),
        _needed("question", "咨询内容", "想问的政策", most=500),
        _usual("way", "答复方式", ("passed", "转责任单位"), ("answered", "已按知识条目答复")),
        Ask("entry", "知识条目", "已答复的填条目编号（^F 查），如 ZSK-RS-0001", most=30),
    ),
    SpecialForm.HOME_VISIT: (
        _needed("name", "服务对象", "姓名"),
        _PHONE,
        _choice(
            "reason",
            "上门理由",
            ("old", "高龄"),
            ("immobile", "行动不便"),
            ("disabled", "残疾"),
            ("hospital", "住院"),
            ("other", "其他"),
        ),
        _choice(
            "matter",
            "办理事项",
            ("id_card", "身份证"),
            ("house", "存量房过户"),
            ("pension", "养老资格认证"),
            ("insurance", "医保"),
            ("other", "其他"),
        ),
        Ask("unit", "上门单位", "空着按事项；其他事项须填"),
        _needed("address", "上门地址", "村组、门牌、楼层，好找的标志", most=200),
        _needed("day", "上门日期", "明天起的工作日，如 2026-11-25", Sort.DAY, 20),
        _choice("half", "时段", (DayHalf.MORNING, "上午"), (DayHalf.AFTERNOON, "下午")),
        _AGENT,
        Ask("note", "说明", "理由或事项为其他的须写明", most=200),
    ),
}
"""The questions of each form."""

SHORT_WORDS: Mapping[SpecialForm, str] = {
    SpecialForm.TREATMENT_ELSEWHERE: "异地就医",
    SpecialForm.STOP_INSURANCE: "停保",
    SpecialForm.JOIN_INSURANCE: "参保",
    SpecialForm.TALENT: "人才",
    SpecialForm.HOME_VISIT: "上门",
}
"""What a narrow list calls each form."""


def word_of(form: SpecialForm, name: str, answer: str) -> str:
    """Return an answer in words: a choice by its Chinese word, anything else as it stands."""
    for ask in FORMS[form]:
        if ask.name == name:
            return dict(ask.options).get(answer, answer)
    return answer
