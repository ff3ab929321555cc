import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.bigrams import bigrammed, match_query
from desk.rules.likeness import bigrams, likeness, phrase_query

TEXT = "横水镇100路公交站停水，ＡＢＣ小区3栋𠮷野家门口 wifi断了"


def finds(texts: list[str], question: str) -> list[str]:
    """The texts that SQLite's full-text search finds for `question`."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize='unicode61 remove_diacritics 0')")
    connection.executemany(
        "INSERT INTO t (rowid, body) VALUES (?, ?)", [(n, bigrammed(text)) for n, text in enumerate(texts)]
    )
    rows = connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (phrase_query(question),))
    answer = [texts[row[0]] for row in rows]
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("停水", ["停水", "水"]),
        ("水", ["水"]),
        ("夜间施工", ["夜间", "间施", "施工", "工"]),
        ("100路公交", ["100", "路公", "公交", "交"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("CY01-20261123-0042", ["cy01", "20261123", "0042"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("a_b，！", ["a", "b"]),
        ("\ud800\x00[/b]", ["b"]),
        ("", []),
    ],
)
def test_text_is_cut_into_pairs_and_whole_words(text, tokens):
    assert bigrams(text) == tokens
    assert bigrammed(text) == " ".join(tokens)


def test_an_empty_column_has_no_tokens():
    assert bigrammed(None) == ""


@pytest.mark.parametrize(
    "question",
    [
        "停水",
        "水",
        "公交站停",
        "100路",
        "路公交",
        "abc小区",
        "abc小区3栋𠮷",
        "𠮷",
        "野家 断了",
        "WIFI",
        "wif",
        "站停水，A",
        "横水 3栋",
    ],
)
def test_what_stands_in_the_text_is_found(question):
    assert finds(["别的事", TEXT], question) == [TEXT]


@pytest.mark.parametrize("question", ["水停", "停电", "停水小区", "横水 停电", "abcd", "00路"])
def test_what_does_not_stand_in_the_text_is_not_found(question):
    assert finds([TEXT], question) == []


@pytest.mark.parametrize("question", ["", "  ", "，。！", "[/]", '"', "\x00", "\ud800", "💧"])
def test_a_question_without_words_asks_nothing(question):
    assert phrase_query(question) == ""


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="停水电夜间施工横镇", min_size=1, max_size=30), st.data())
def test_every_piece_of_a_chinese_text_finds_it(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert finds([text], piece) == [text]


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="停水电夜", min_size=1, max_size=8), st.text(alphabet="停水电夜", min_size=1, max_size=3)
)
def test_search_finds_exactly_what_contains_the_piece(text, piece):
    assert bool(finds([text], piece)) == (piece in text)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet='"*()^:-+ ANDORNT停a{}', max_size=30)))
def test_no_question_breaks_the_search(question):
    if match_query(question):
        finds(["停水"], question)


def test_a_very_long_question_is_still_answered():
    text = "停水电夜间施工横镇" * 1200
    assert finds([text], text) == [text]
    assert finds([text], " ".join(text)) == [text]


def test_likeness_of_two_texts():
    one, same = "老城社区夜间施工噪音扰民", "老城社区夜间施工 噪音扰民"
    assert likeness(one, one) == 1.0
    assert 0.7 < likeness(one, same) < 1.0
    assert likeness(one, "公交车晚点") == 0.0
    assert likeness("停水", "停电") == 0.0
    assert likeness("水", "水") == 1.0
    assert likeness("", "") == 0.0
    assert likeness("ＷＩＦＩ", "wifi") == 1.0


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_between_0_and_1(left, right):
    assert likeness(left, right) == likeness(right, left)
    assert 0.0 <= likeness(left, right) <= 1.0
