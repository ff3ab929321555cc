"""欠薪: who is likely to have to pay, and the words of the order (practice P17; State Council order 724)."""

from dataclasses import replace

import pytest

from desk.rules import wages
from desk.rules.wages import Funds, Hiring, WageClaim, Work

CLAIM = WageClaim(
    employer="某劳务公司",
    project="阳光小区二期",
    hiring=Hiring.SUBCONTRACTOR,
    owner="某置业公司",
    contractor="某建工公司",
    amount="12万元",
    workers=12,
)


@pytest.mark.parametrize(
    ("changes", "party", "article"),
    [
        ({}, "施工总承包单位某建工公司先行清偿", "第三十条"),
        ({"hiring": Hiring.FOREMAN}, "施工总承包单位某建工公司清偿", "第三十六条"),
        ({"hiring": Hiring.FOREMAN, "contractor": ""}, "建设单位某置业公司清偿", "第三十六条"),
        ({"hiring": Hiring.FOREMAN, "contractor": "", "owner": ""}, "施工总承包单位清偿", "第三十六条"),
        ({"hiring": Hiring.DIRECT}, "用人单位某劳务公司清偿", "第十六条"),
        ({"hiring": Hiring.AGENCY}, "用工单位某劳务公司清偿", "第十八条"),
        ({"hiring": Hiring.DIRECT, "work": Work.FIRM}, "用人单位某劳务公司清偿", "第十六条"),
        ({"hiring": Hiring.FOREMAN, "work": Work.PARK}, "发包单位依法清偿", "第十九条"),
    ],
)
def test_who_is_likely_to_have_to_pay(changes: dict[str, object], party: str, article: str) -> None:
    (first,) = wages.liable(replace(CLAIM, **changes))  # type: ignore[arg-type]
    assert party in first.party
    assert first.ground == article


def test_an_owner_who_did_not_pay_advances_it() -> None:
    _, owner = wages.liable(replace(CLAIM, funds=Funds.UNPAID))
    assert "建设单位某置业公司以未结清的工程款为限先行垫付" in owner.party
    assert owner.ground == "第二十九条"
    assert len(wages.liable(replace(CLAIM, funds=Funds.PAID))) == 1
    assert len(wages.liable(replace(CLAIM, funds=Funds.UNPAID, work=Work.FIRM, hiring=Hiring.DIRECT))) == 1


def test_every_answer_is_a_line_and_nothing_else_is() -> None:
    words = wages.story(CLAIM, is_real_name=True, is_group=True)
    assert words.startswith("【群体】欠薪登记（房屋建筑和市政工程拖欠农民工工资）")
    assert "金额、人数：12万元，12 人" in words
    assert "证据" not in words
    assert "工程款：" not in words
    assert wages.title(CLAIM) == "阳光小区二期拖欠12人工资12万元"


def test_without_a_name_it_is_a_lead_and_is_not_refused() -> None:
    assert wages.story(CLAIM, is_real_name=False, is_group=False).startswith("【劳动监察线索，未实名】")


@pytest.mark.parametrize("work", Work)
def test_every_kind_of_work_has_its_words(work: Work) -> None:
    assert wages.WORK_WORDS[work] in "房建市政公路水运水利农田乡村矿山国土学校医院环卫园林园区企业其他企业"
    assert wages.liable(replace(CLAIM, work=work))
