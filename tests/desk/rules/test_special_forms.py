"""专席登记: each form whole, and each thing that makes it not whole."""

from datetime import date

import pytest

from db.codes import SpecialForm
from desk.codes import word
from desk.errors import BadInput
from desk.rules.special_checks import checked
from desk.rules.special_forms import FORMS, SHORT_WORDS, word_of
from tests.desk import hostile
from tests.desk.at_the_seats import ID, JOIN, STOP, TALENT, TREATMENT, VISIT

TODAY = date(2026, 11, 23)
WHOLE = {
    SpecialForm.TREATMENT_ELSEWHERE: TREATMENT,
    SpecialForm.STOP_INSURANCE: STOP,
    SpecialForm.JOIN_INSURANCE: JOIN,
    SpecialForm.TALENT: TALENT,
    SpecialForm.HOME_VISIT: VISIT,
}


def test_every_form_has_its_questions_its_words_and_a_whole_example() -> None:
    assert set(FORMS) == set(SHORT_WORDS) == set(WHOLE) == set(SpecialForm)
    for form, asks in FORMS.items():
        assert word(form)
        assert len({ask.name for ask in asks}) == len({ask.label for ask in asks}) == len(asks)
        assert all(ask.options for ask in asks if ask.sort == "choice")


@pytest.mark.parametrize("form", SpecialForm)
def test_a_whole_form_is_kept_as_it_reads_the_same_the_second_time(form: SpecialForm) -> None:
    kept = checked(form, WHOLE[form], TODAY)
    assert set(kept) == {ask.name for ask in FORMS[form]}
    assert checked(form, kept, TODAY) == kept


@pytest.mark.parametrize("form", SpecialForm)
def test_nothing_required_may_be_left_out(form: SpecialForm) -> None:
    for ask in FORMS[form]:
        if ask.is_required:
            with pytest.raises(BadInput) as raised:
                checked(form, {**WHOLE[form], ask.name: " "}, TODAY)
            assert raised.value.field == ask.label


@pytest.mark.parametrize(
    ("form", "changes", "field"),
    [
        ("treatment_elsewhere", {"id_number": ID[:-1] + "1"}, "身份证号"),
        ("treatment_elsewhere", {"place": "广东"}, "就医地"),
        ("treatment_elsewhere", {"place": "赣州市", "insured_place": "赣州市"}, "就医地"),
        ("treatment_elsewhere", {"ends": "2027-06-01"}, "结束日期"),
        ("treatment_elsewhere", {"kind": "temporary"}, "结束日期"),
        ("treatment_elsewhere", {"kind": "temporary", "ends": "2026-11-30"}, "结束日期"),
        ("treatment_elsewhere", {"kind": "emergency", "ends": "2027-06-01"}, "就医机构"),
        ("treatment_elsewhere", {"starts": "2024-06-01"}, "开始日期"),
        ("treatment_elsewhere", {"shown": ""}, "已有材料"),
        ("stop_insurance", {"holder": "王先生"}, "开户人"),
        ("stop_insurance", {"paid": "no"}, "退费"),
        ("stop_insurance", {"account": "6222"}, "银行账号"),
        ("stop_insurance", {"account": ""}, "银行账号"),
        ("stop_insurance", {"starts": "2026-13"}, "停保月份"),
        ("stop_insurance", {"reason": "death"}, "代办人"),
        ("stop_insurance", {"reason": "death", "agent": "李大（儿子）"}, "开户人"),
        ("join_insurance", {"proof": ""}, "证件号"),
        ("join_insurance", {"id_number": ID}, "参保类别"),
        ("join_insurance", {"category": "student"}, "身份证号"),
        ("join_insurance", {"category": "low", "id_number": ID, "proof": ""}, "证件号"),
        ("join_insurance", {"year": "2025"}, "参保年度"),
        ("talent", {"way": "answered"}, "知识条目"),
        ("talent", {"entry": "ZSK-RS-0001"}, "答复方式"),
        ("talent", {"degree": "小学"}, "学历"),
        ("home_visit", {"matter": "other", "note": "理发"}, "上门单位"),
        ("home_visit", {"reason": "other"}, "说明"),
    ],
)
def test_what_does_not_fit_together_is_refused_by_its_field(
    form: str, changes: dict[str, str], field: str
) -> None:
    what = SpecialForm(form)
    with pytest.raises(BadInput) as raised:
        checked(what, {**WHOLE[what], **changes}, TODAY)
    assert raised.value.field == field
    hostile.assert_clear(raised.value)


def test_a_refund_that_was_given_up_leaves_no_account_behind() -> None:
    kept = checked(SpecialForm.STOP_INSURANCE, {**STOP, "refund": "no"}, TODAY)
    assert (kept["holder"], kept["bank"], kept["account"]) == ("", "", "")


def test_an_heir_is_refunded_into_his_own_account() -> None:
    death = {**STOP, "reason": "death", "agent": "李大（儿子）", "holder": "李大"}
    assert checked(SpecialForm.STOP_INSURANCE, death, TODAY)["account"] == "6222000011112222"


@pytest.mark.parametrize("form", SpecialForm)
def test_hostile_words_are_kept_unharmed_or_refused(form: SpecialForm) -> None:
    for ask in FORMS[form]:
        for text in (*hostile.UNHARMED, *hostile.FORBIDDEN, hostile.CHANGED, hostile.LONG):
            try:
                kept = checked(form, {**WHOLE[form], ask.name: text}, TODAY)[ask.name]
            except BadInput as refusal:
                hostile.assert_clear(refusal)
            else:
                assert kept in (text, *hostile.CHANGED_INTO, "")
                assert not hostile.STEERS.search(kept)


def test_a_choice_is_said_in_words() -> None:
    assert word_of(SpecialForm.TREATMENT_ELSEWHERE, "kind", "settled") == "长期异地安置"
    assert word_of(SpecialForm.TREATMENT_ELSEWHERE, "place", "深圳市") == "深圳市"
