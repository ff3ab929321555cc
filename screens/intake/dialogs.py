"""Questions of the intake screen: which 话务小结, what was answered, which emergency."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import CallerMarkKind, Satisfaction, word
from desk.intake_rows import SUMMARY_DIGITS
from screens.dialogs import AskForm
from screens.dialogs.ask import Answers
from screens.dialogs.base import Dialog
from screens.intake.form import Values, loose_area
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


def emergency_dialog(values: Values, types: Sequence[str]) -> AskForm:
    """应急受理: number, place, type; what the form holds is there already (practice P24)."""
    area = values.get("area", "") if values.get("area_code") else ""
    place = f"{loose_area(values)}{values.get('place', '')}"
    title = "应急受理：有生命危险的，先转 110/119/120，再登记"
    return AskForm(
        f"{title}\n已选地点：{area}" if area else title,
        [
            Choice(
                "应急类型",
                [(each, each) for each in types],
                value=_type_said(values, types),
                is_open=True,
                id="type",
            ),
            Field("详细地点" if area else "事发地点", place, id="place"),
            Field("来电号码", values.get("number", ""), id="number"),
        ],
        required=("type",) if area else ("type", "place"),
        check=_Unreachable(),
    )


def _type_said(values: Values, types: Sequence[str]) -> str | None:
    """The one type both of whose words the caller has used (燃气 and 泄漏); several or none leave it to be chosen."""
    words = f"{values.get('title', '')}{values.get('content', '')}"
    said = [each for each in types if each[:2] in words and each[-2:] in words]
    return said[0] if len(said) == 1 else None


class _Unreachable:
    """Refuses an emergency without a number once: nobody could be rung back when help is on its way (P24)."""

    def __init__(self) -> None:
        self._has_asked = False

    def __call__(self, answers: Answers) -> str:
        if answers["number"] or self._has_asked:
            return ""
        self._has_asked = True
        return "没有来电号码就不能回拨：请补号码，确实没有再按一次 ^S"


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
