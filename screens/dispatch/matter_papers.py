"""The forms of 拆单 and 标记, and what they give as their deeds take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desk.codes import OrderKind, OrderMark, word
from desk.dispatch_rows import MarksRow, SplitPart
from desk.rows import OrderRow
from screens.columns import short_number
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.dispatch.asking import Keep
from screens.dispatch.dialogs import KINDS
from screens.dispatch.toggles import Toggles
from screens.widgets import Choice, Field, LongText

MORE = "more"
WHAT_TO_WRITE = "前四栏写拆出的一件，原单两栏写留下的；两处都填着原话，各删去另一件的"
_PART = {"title": "new_title", "kind": "kind", "category": "category", "content": "content"}
"""What a part has, and the field of the form that it is typed into (`title` is the dialog's own)."""


@dataclass(frozen=True, slots=True)
class Splitting:
    """A 拆单 under way: the order, its own words, and what is kept of the parts, `0.title` … `1.content`."""

    row: OrderRow
    original: str
    kept: Answers

    @property
    def count(self) -> int:
        """How many parts are written already."""
        return sum(name.endswith(".content") for name in self.kept)

    @property
    def written(self) -> Answers:
        """The parts that are written already, as they are kept."""
        return {name: words for name, words in self.kept.items() if "." in name}

    def with_part(self, answers: Answers) -> Answers:
        """What is to be kept once one more part is written: it, those before, and what the first order has left."""
        part = {f"{self.count}.{name}": answers[field] for name, field in _PART.items()}
        return {**self.written, **part, "rest": answers["rest"], "rest_title": answers["rest_title"]}

    def parts(self, answers: Answers) -> list[SplitPart]:
        """Every part, the form's own the last."""
        kept = self.with_part(answers)
        return [SplitPart(**dict(_part(kept, at))) for at in range(self.count + 1)]

    def form(self, keep: Keep) -> KeptForm:
        """The form of one part; the words of the first order stand in both texts, to be cut."""
        rest = self.kept.get("rest", "") or self.original
        kinds = [(str(kind), word(kind)) for kind in OrderKind if kind in (*KINDS, self.row.kind)]
        fields: list[Field | Choice | LongText] = [
            Field("标题", max_length=60, id="new_title"),
            Choice("诉求类型", kinds, value=str(self.row.kind), id="kind"),
            Field("诉求分类", placeholder="编码或名称，空着同原单", max_length=40, id="category"),
            LongText("拆出的内容", rest, max_length=10_000, id="content"),
            Field(
                "原单标题", self.kept.get("rest_title", "") or self.row.title, max_length=60, id="rest_title"
            ),
            LongText("原单留下的", rest, max_length=10_000, id="rest"),
            Choice("写完以后", [("split", "拆单"), (MORE, "再写一件")], id="then"),
        ]
        title = (
            f"拆单 {short_number(self.row.order_no)}：拆出第 {self.count + 1} 件（一事一单）\n{WHAT_TO_WRITE}"
        )
        shown = {name: words for name, words in self.kept.items() if "." not in name}
        return KeptForm(
            title,
            fields,
            keep=lambda answers: keep({**self.written, **answers}),
            kept=shown,
            required=("new_title", "content", "rest_title", "rest"),
            check=_is_cut,
        )


def _part(kept: Answers, at: int) -> Iterator[tuple[str, Any]]:
    for name in _PART:
        said = kept[f"{at}.{name}"]
        yield name, OrderKind(said) if name == "kind" else said


def _is_cut(answers: Answers) -> str:
    is_whole = answers["content"] == answers["rest"]
    return "两件的内容一样：请在各栏里改去不属于它的话" if is_whole else ""


def marking(row: OrderRow, marks: MarksRow, kept: Answers, keep: Keep) -> KeptForm:
    """标记: what the order carries now, to be changed."""
    options = [(str(mark), word(mark)) for mark in OrderMark]
    fields: list[Field | Choice | LongText] = [
        Toggles("标记", options, value=",".join(marks.marks), id="marks"),
        Field("上级编号", marks.upstream_no, max_length=64, id="upstream_no"),
        Field(
            "上级时限",
            marks.upstream_due,
            placeholder="如 2026-12-01 18:00",
            max_length=40,
            id="upstream_due",
        ),
        LongText("上级要求", marks.upstream_demand, max_length=500, id="upstream_demand"),
    ]
    before = {str(field.id): field.value for field in fields}

    def keep_changes(answers: Answers) -> None:
        # What is as the order says must not come back once the order says something else.
        keep({name: words for name, words in answers.items() if words != before[name]})

    def check(answers: Answers) -> str:
        is_same = all(answers[name] == before[name] for name in before)
        return "没有改动：按 1-4 选上或去掉标记" if is_same else ""

    return KeptForm(f"标记 {row.order_no}", fields, keep=keep_changes, kept=kept, check=check)


def marked(answers: Answers) -> dict[str, Any]:
    """A filled form of marks as the deed takes it."""
    marks = [mark for mark in answers["marks"].split(",") if mark]
    return {**{name: words for name, words in answers.items() if name != "marks"}, "marks": marks}
