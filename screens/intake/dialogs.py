"""Questions of the intake screen: which 话务小结, what was answered, which emergency."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import CallerMarkKind, Satisfaction, word
from desk.intake_rows import SUMMARY_DIGITS
from screens.dialogs import AskForm
from screens.dialogs.base import Dialog
from screens.widgets import Choice, Field, LongText

_ASKED = (
    Satisfaction.VERY_SATISFIED,
    Satisfaction.SATISFIED,
    Satisfaction.BASICALLY_SATISFIED,
    Satisfaction.DISSATISFIED,
)


UNMARKED = "unmarked"
"""Answer of `mark_dialog`: no mark any more."""
TOLD_SETTLED, WARNED = "told_settled", "warned"
"""Answers of `SummaryDialog` beside a summary: the caller was told that the matter is over; was warned once more."""


class SummaryDialog(Dialog[str]):
    """F7 and a digit: the summary of a call that leaves no order (practice P5); `j` and `w` by practice P15."""

    HINTS = (("0-9", "选小结并存"), ("Esc", "返回"))
    DEFAULT_CSS = "SummaryDialog #summaries { height: auto; width: 1fr; }"

    def __init__(self, *, settled_order: str = "", warnings: int = 0) -> None:
        super().__init__("话务小结：本次来电不登记工单")
        told = f"已告知“已依法办结”（{settled_order}），存小结"
        warned = f"已口头警告一次（本次来电已 {warnings} 次），通话继续"
        self._letters = {"w": (WARNED, warned), **({"j": (TOLD_SETTLED, told)} if settled_order else {})}

    def questions(self) -> ComposeResult:
        lines = [f"  {digit}  {word(summary)}" for digit, summary in SUMMARY_DIGITS]
        lines += [f"  {letter}  {said}" for letter, (_, said) in sorted(self._letters.items())]
        yield Static("\n".join(lines), id="summaries", markup=False)

    def on_key(self, event: events.Key) -> None:
        digits = {digit: str(summary) for digit, summary in SUMMARY_DIGITS}
        letters = {letter: answer for letter, (answer, _) in self._letters.items()}
        chosen = (digits | letters).get(event.character or "")
        if chosen is not None:
            event.stop()
            self.dismiss(chosen)


def answer_dialog(said: str, asked: str | None = None) -> AskForm:
    """直接答复: what was said, and what the caller said to it on the line (practice P28).

    With `asked` (what was typed of it before) the question itself is asked for too: the form does not say it yet.
    """
    choices = [("", "未征询"), *((str(each), word(each)) for each in _ASKED)]
    return AskForm(
        "直接答复：填写答复内容，工单即办结",
        [
            *([LongText("诉求内容", asked, max_length=20_000, id="question")] if asked is not None else []),
            LongText("答复内容", said, max_length=20_000, id="answer"),
            Choice("满意度", choices, id="satisfaction"),
        ],
        required=("answer",) if asked is None else ("question", "answer"),
    )


def mark_dialog(title: str, *, has_order: bool) -> AskForm:
    """标记来电人: what 班长 says of the number, and on what ground (practice P15)."""
    of_order = [(str(CallerMarkKind.SETTLED), "已依法办结、无新情况")] if has_order else []
    choices = [*of_order, (str(CallerMarkKind.NUISANCE), "骚扰来电"), (UNMARKED, "取消标记")]
    fields: list[Field | Choice | LongText] = [
        Choice("标记", choices, id="mark"),
        Field("文书或理由", max_length=200, id="ground"),
    ]
    return AskForm(title, fields, required=("ground",))


def progress_dialog(title: str) -> AskForm:
    """查询进度: the proof that the caller is who left the order (practice P12)."""
    return AskForm(f"查询进度：{title}", [Field("查询码或姓名", id="proof")], required=("proof",))
