"""The forms of 知识库. Their words outlive Esc and a refusal until they are filed (`AsksKept`)."""

from __future__ import annotations

from typing import Any

from desk.knowledge_rows import EntryText
from screens.dialogs.ask import Answers
from screens.dialogs.kept import AsksKept, Keep, KeptForm
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.long_text import LongText

WORDS, REASON = 1000, 500
_LINES = (("", "两线"), ("12345", "12345"), ("12333", "12333"))
Fields = list[Field | Choice | LongText]


class EntryForm(KeptForm):
    """The words of an entry: mended, not written over."""

    SELECTS_FIRST = False


def words_form(title: str, label: str, keep: Keep, kept: Answers) -> KeptForm:
    """One text that is required: what is wrong, why not."""
    text = LongText(label, max_length=REASON, id="text")
    return KeptForm(title, [text], keep=keep, kept=kept, required=("text",))


def ask_owner(page: AsksKept[Any], number: str, question: str, call_key: str) -> None:
    """Ask what the library does not answer of the owner of the entry in hand, or of a unit named."""

    def form(keep: Keep, kept: Answers) -> KeptForm:
        fields: Fields = [
            LongText("问题", question, max_length=WORDS, id="question"),
            Field("单位", max_length=60, placeholder="空着：该条目的责任单位", id="unit"),
        ]
        title = f"请责任单位答：{number or '没有相近条目，写明单位，或由热线中心答'}"
        return KeptForm(title, fields, keep=keep, kept=kept, required=("question",))

    page.ask_kept(
        f"{call_key} {number}".strip() or "-",
        "ask",
        form,
        lambda flow, desk, answers: flow.ask_owner(
            desk, answers["question"], "" if answers["unit"] else number, answers["unit"], call_key
        ),
        lambda _: "已转责任单位；答复后在知识库 ^O 里看",
    )


def entry_form(number: str, text: EntryText, keep: Keep, kept: Answers) -> EntryForm:
    """The next version of an entry, beginning with what the newest one says."""
    return EntryForm(
        f"提出修改 {number}：发布以后才生效",
        [*_words(text), *_days(text), Field("改动缘由", max_length=REASON, id="reason")],
        keep=keep,
        kept=kept,
        required=("title", "answer"),
    )


def new_entry_form(text: EntryText, keep: Keep, kept: Answers) -> EntryForm:
    """An entry that is not there yet; it gets its number when it is proposed."""
    title, *words = _words(text)
    return EntryForm(
        "提出新条目：发布以后才生效",
        [
            title,
            Field("主题", text.topic, max_length=20, placeholder="如 社保；照已有的写", id="topic"),
            Choice("热线", _LINES, value=text.line, id="line"),
            *words,
            Field("责任单位", text.owner, max_length=60, placeholder="空着：由热线中心答", id="owner"),
            Field("生效日期", max_length=10, placeholder="空着：发布之日", id="valid_from"),
            *_days(text),
        ],
        keep=keep,
        kept=kept,
        required=("title", "topic", "answer"),
    )


def _words(text: EntryText) -> Fields:
    return [
        Field("标题", text.title, max_length=100, id="title"),
        LongText("答复", text.answer, max_length=3000, id="answer"),
        Field("关键词", text.keywords, max_length=300, id="keywords"),
        Field("依据", text.basis, max_length=500, id="basis"),
    ]


def _days(text: EntryText) -> Fields:
    return [
        Field("失效日期", text.valid_to, max_length=10, placeholder="空着：长期", id="valid_to"),
        Field("复核日期", text.review_by, max_length=10, placeholder="如 2027-06-30，可空", id="review_by"),
    ]


def changed(text: EntryText, answers: Answers) -> EntryText:
    """The version that follows: what stands in the form, and the rest as it was; no longer a sample once written anew."""
    return EntryText(
        topic=answers.get("topic", text.topic),
        title=answers["title"],
        answer=answers["answer"],
        line=answers.get("line", text.line),
        keywords=answers["keywords"],
        basis=answers["basis"],
        owner=answers.get("owner", text.owner),
        valid_from=answers.get("valid_from", text.valid_from),
        valid_to=answers["valid_to"],
        review_by=answers["review_by"],
    )
