import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import BadInput, Refused
from desk.rules.text import address, cleaned, normalised_phone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  停水了 \n", "停水了"),
        ("一\r\n二\r三\u2028四\x85五", "一\n二\n三\n四\n五"),
        ("停\u200b水\ufeff\u202e了", "停水了"),
        ("停\u200d水", "停水"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("❤️\u200d🔥", "❤️\u200d🔥"),
        ("一\t二", "一 二"),
        ("𠮷𰻝〇", "𠮷𰻝〇"),
        ("[/b]'; DROP TABLE", "[/b]'; DROP TABLE"),
        ("１２３", "１２３"),
        ("", ""),
    ],
)
def test_writing_passes_unharmed_and_what_is_unseen_goes(text, kept):
    assert cleaned(text, 100, "诉求内容") == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("停\x00水", "诉求内容第 2 个字是控制字符（U+0000）"),
        ("\x1b[31m", "第 1 个字是控制字符（U+001B）"),
        ("停水\ud800", "第 3 个字是半个字符（U+D800）"),
        ("\x9b31m", "U+009B"),
        ("停" * 101, "诉求内容最多 100 字，现有 101 字"),
    ],
)
def test_what_a_terminal_would_obey_is_refused_with_its_place(text, words):
    with pytest.raises(BadInput, match="请") as refusal:
        cleaned(text, 100, "诉求内容")
    assert words in str(refusal.value)
    assert refusal.value.field == "诉求内容"
    assert isinstance(refusal.value, Refused)
    assert str(refusal.value).isprintable()


def test_a_field_of_one_line_has_no_line_ends():
    assert cleaned("一\r\n二", 10, "标题", one_line=True) == "一 二"


@given(st.text(max_size=80))
def test_what_passed_the_door_passes_again_unchanged(text):
    try:
        kept = cleaned(text, 100, "诉求内容")
    except BadInput:
        return
    assert cleaned(kept, 100, "诉求内容") == kept
    kept.encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800001111", "13800001111"),
        ("１３８ ００００－１１１１", "13800001111"),
        ("+86 138-0000-1111", "13800001111"),
        ("008613800001111", "13800001111"),
        ("0797-8212345", "07978212345"),
        ("（0797）8212345", "07978212345"),
        ("+86 797 8212345", "07978212345"),
        ("010 12345678", "01012345678"),
        ("8212345", "8212345"),
        ("0797-8212345 转 801", "07978212345转801"),
        ("0797-8212345#801", "07978212345转801"),
        ("400-123-4567", "4001234567"),
        ("95598", "95598"),
        ("110", "110"),
        ("+49 151 1234567", "+491511234567"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_one_number_is_written_one_way(typed, number):
    assert normalised_phone(typed) == number
    assert normalised_phone(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "不详",
        "1380000111",
        "23800001111",
        "138000011112",
        "1",
        "转801",
        "13800001111/13900001111",
        "0797",
        "+",
        "٣٣٣",
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(typed):
    with pytest.raises(BadInput, match="回拨号码") as refusal:
        normalised_phone(typed, "回拨号码")
    assert typed not in str(refusal.value).replace("（如 0797-8212345）", "") or len(typed) == 1


@given(st.text(alphabet="0123456789+-() 转０１x", max_size=16))
def test_a_normalised_number_stays_as_it_is(typed):
    try:
        number = normalised_phone(typed)
    except BadInput:
        return
    assert normalised_phone(number) == number


@pytest.mark.parametrize(
    ("area", "place", "said"),
    [
        ("横水镇", "老城社区二单元", "横水镇老城社区二单元"),
        ("横水镇", "横水镇老城社区二单元", "横水镇老城社区二单元"),
        ("老城社区", "横水镇老城社区二单元", "横水镇老城社区二单元"),
        ("横水镇", "", "横水镇"),
        (None, "水库边", "水库边"),
        (None, None, ""),
    ],
)
def test_an_area_that_the_place_names_already_is_not_said_twice(area, place, said):
    assert address(area, place) == said
