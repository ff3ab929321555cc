"""The forms of 知识库: a question to the owner unit, the next version of an entry."""

from __future__ import annotations

from typing import Any

from desk.knowledge_rows import EntryText
from screens.dialogs.ask import Answers, AskForm
from screens.dialogs.base import Dialog
from screens.widgets.field import Field
from screens.widgets.long_text import LongText

WORDS = 1000


def ask_owner(page: Dialog[Any], number: str, question: str, call_key: str) -> None:
    """Ask what the library does not answer of the owner of the entry in hand, or of a unit named."""

    def given(answers: Answers | None) -> None:
        if answers is not None:
            page.act(
                lambda flow, desk: flow.ask_owner(
                    desk,
                    answers["question"],
                    "" if answers["unit"] else number,
                    answers["unit"],
                    call_key,
                ),
                done="已转责任单位；答复后在知识库 ^O 里看",
            )

    form = AskForm(
        f"请责任单位答：{number or '没有相近条目，写明单位，或由热线中心答'}",
        [
            LongText("问题", question, max_length=WORDS, id="question"),
            Field("单位", max_length=60, placeholder="空着：该条目的责任单位", id="unit"),
        ],
        required=("question",),
    )
    page.app.push_screen(form, given)


def entry_form(number: str, text: EntryText) -> AskForm:
    """The next version of an entry, beginning with what the newest one says."""
    return AskForm(
        f"提出修改 {number}：发布以后才生效",
        [
            Field("标题", text.title, max_length=100, id="title"),
            LongText("答复", text.answer, max_length=3000, id="answer"),
            Field("关键词", text.keywords, max_length=300, id="keywords"),
            Field("依据", text.basis, max_length=500, id="basis"),
            Field("失效日期", text.valid_to, max_length=10, placeholder="空着：长期", id="valid_to"),
            Field("复核日期", text.review_by, max_length=10, id="review_by"),
            Field("改动缘由", max_length=500, id="reason"),
        ],
        required=("title", "answer"),
    )


def changed(text: EntryText, answers: Answers) -> EntryText:
    """The version that follows: what stands in the form, and the rest as it was; no longer a sample once written anew."""
    return EntryText(
        topic=text.topic,
        title=answers["title"],
        answer=answers["answer"],
        line=text.line,
        keywords=answers["keywords"],
        basis=answers["basis"],
        owner=text.owner,
        valid_from=text.valid_from,
        valid_to=answers["valid_to"],
        review_by=answers["review_by"],
    )
