"""The forms of the review. What the law asks for is chosen by hand: nothing stands chosen at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from desk.codes import (
    Deed,
    DissatisfactionCause,
    Grade,
    OrderKind,
    Satisfaction,
    SendBackReason,
    WriteOffEvidence,
    word,
)
from desk.rules.callbacks import Survey
from desk.rules.grading import DEFAULT, GradeRule, proposed, why_not_chosen
from screens.cells import plain
from screens.dialogs.ask import Answers, AskForm
from screens.dialogs.kept import KeptForm
from screens.dialogs.scores import score_form
from screens.dialogs.send_back import reasons_field
from screens.review import acts, pressing
from screens.widgets import Choice, Field, LongText

if TYPE_CHECKING:
    from desk.pressure_choices import PressureChoices
    from desk.review_rows import CallbackSheet

LONGEST = 2000
MISSED = "missed"
RATINGS = tuple((str(rating), word(rating)) for rating in Satisfaction)
CAUSES = (*((str(cause), word(cause)) for cause in DissatisfactionCause), ("", "无"))
SOLVED = (("yes", "已解决"), ("explained", "未解决但接受解释"), ("long", "未解决需长期"), ("no", "未解决"))
GRADES = (("", "按规则"), *((str(grade), f"{grade}级") for grade in Grade if grade is not Grade.D))
"""D is the caller's own word: it follows from his answers and is not chosen."""
CONTACTED = (("yes", "联系过"), ("no", "没有联系"))
ASKED = ("result", "attitude", "timeliness", "contacted", "solved")
"""What every caller is asked; 未评价 is an answer too, but one that somebody chose."""
YES_NO = (("yes", "是"), ("no", "否"))
DECISIONS = ((acts.GRANT, "同意提交评议"), ("refuse", "不同意"))

Keep = Callable[[Answers], object]
Fields = Sequence[Field | Choice | LongText]


def form_for(
    act: acts.Act,
    order_no: str,
    asked: str = "",
    choices: PressureChoices | None = None,
    proposed: Sequence[SendBackReason] = (),
    *,
    keep: Keep,
    kept: Answers,
) -> KeptForm:
    """The form that an act asks for; `asked` is what the decision is about, `choices` the levels of a 催办 or 督办.

    `proposed` are the reasons for sending back that the checker speaks for.
    """
    title = f"{act.hint} {order_no}" + (f"\n{asked}" if asked else "")
    if choices is not None:
        return pressing.form(act.deed, title, act.label, choices, keep=keep, kept=kept)
    if act is acts.SEND_BACK:
        return send_back_form(title, act.label, proposed, keep=keep, kept=kept)
    if own := OWN_FORMS.get(act.deed):
        return own(title, keep=keep, kept=kept)
    proposed_words = kept.get(acts.PROPOSED, "")
    return words_form(title, act.label, proposed_words, is_required=act.is_required, keep=keep, kept=kept)


def words_form(
    title: str, label: str, proposed_words: str = "", *, is_required: bool, keep: Keep, kept: Answers
) -> KeptForm:
    """Ask for one long text; what is proposed stands there to be mended."""
    text = LongText(label, proposed_words, max_length=LONGEST, id="text")
    return KeptForm(title, [text], keep=keep, kept=kept, required=("text",) if is_required else ())


def send_back_form(
    title: str, label: str, proposed: Sequence[SendBackReason], *, keep: Keep, kept: Answers
) -> KeptForm:
    """办结审核退回: which reasons of the list, and in words what is to be mended."""
    fields: Fields = [reasons_field(proposed), LongText(label, max_length=LONGEST, id="text")]
    return KeptForm(title, fields, keep=keep, kept=kept, required=("reasons", "text"))


def write_off_form(title: str, *, keep: Keep, kept: Answers) -> KeptForm:
    """申请销号: which evidence, and what it shows."""
    kinds = [(str(kind), word(kind)) for kind in WriteOffEvidence]
    fields: Fields = [
        Choice("依据", kinds, is_open=True, id="kind"),
        LongText("依据说明", max_length=LONGEST, id="text"),
    ]
    return KeptForm(title, fields, keep=keep, kept=kept, required=("kind", "text"))


def rework_form(title: str, *, keep: Keep, kept: Answers) -> KeptForm:
    """重办: what the unit answers for, and what is asked of it."""
    faults = [
        (str(each), word(each)) for each in DissatisfactionCause if each is not DissatisfactionCause.POLICY
    ]
    fields: Fields = [
        Choice("单位责任", faults, is_open=True, id="fault"),
        LongText("重办要求", max_length=LONGEST, id="text"),
    ]
    return KeptForm(title, fields, keep=keep, kept=kept, required=("fault", "text"))


def grade_form(title: str, *, keep: Keep, kept: Answers) -> KeptForm:
    """评级: which grade, and why."""
    grades = [(str(grade), word(grade)) for grade in Grade]
    fields: Fields = [
        Choice("等级", grades, is_open=True, id="grade"),
        LongText("评级理由", max_length=LONGEST, id="text"),
    ]
    return KeptForm(title, fields, keep=keep, kept=kept, required=("grade", "text"))


def panel_form(title: str, *, keep: Keep, kept: Answers) -> KeptForm:
    """核查评议: what only a person can judge, the decision, and what it rests on; the unit reads a refusal (P29)."""
    fields: Fields = [
        Choice("依法依职责", YES_NO, is_open=True, id="lawful"),
        Choice("已向他解释", YES_NO, is_open=True, id="explained"),
        Choice("决定", DECISIONS, is_open=True, id="decision"),
        LongText("核查情况", max_length=LONGEST, id="text"),
    ]
    required = ("lawful", "explained", "decision", "text")
    return KeptForm(title, fields, keep=keep, kept=kept, required=required, check=_unfit)


def _unfit(answers: Answers) -> str:
    is_unfit = answers["decision"] == acts.GRANT and "no" in (answers["lawful"], answers["explained"])
    return "核查有一项为否的，只能选不同意" if is_unfit else ""


def new_matter_form(order_no: str) -> AskForm:
    """另登新事项: kind, place and what the caller says; who he is comes from the order."""
    kinds = [(str(kind), word(kind)) for kind in OrderKind if kind is not OrderKind.UNDETERMINED]
    fields: Fields = [
        Choice("诉求类型", kinds, is_open=True, id="kind"),
        Field("事发地点", placeholder="空着即同原单", max_length=200, id="place"),
        LongText("诉求内容", max_length=4000, id="content"),
    ]
    return AskForm(f"另登新事项（原单 {order_no}）", fields, required=("kind", "content"))


OWN_FORMS: Mapping[Deed, Callable[..., KeptForm]] = {
    Deed.ASK_WRITE_OFF: write_off_form,
    Deed.REWORK: rework_form,
    Deed.SET_GRADE: grade_form,
    Deed.SCORE_HANDLING: score_form,
    Deed.SEND_TO_PANEL: panel_form,
}
"""What a deed asks for beside or instead of one text."""


class CallbackForm(KeptForm):
    """回访 on one page: number and wishes on top, answers by digits, Ctrl+N when nobody answered."""

    HINTS = (
        ("^S", "登记"),
        ("数字 Enter", "选、下一栏"),
        ("^N", "未接通"),
        ("^O", "另登新事项"),
        ("Esc", "暂存并返回"),
    )
    BINDINGS = [
        Binding("ctrl+n", "missed", priority=True),
        Binding("ctrl+o", "new_matter", priority=True),
    ]
    DEFAULT_CSS = """
    CallbackForm {
        & .sheet { height: auto; max-height: 3; width: 1fr; }
        & #others { color: $warning; }
        & #warning { color: $error; text-style: bold; }
        & #proposed { color: $accent; }
        & LongText { height: 3; }
    }
    """

    def __init__(
        self,
        sheet: CallbackSheet,
        *,
        keep: Keep,
        kept: Answers,
        new_matter: Callable[[CallbackForm], object] | None = None,
    ) -> None:
        """`new_matter` is called with this form when the caller tells something new: that is an order of its own."""
        fields: Fields = [
            Choice("办理结果", RATINGS, is_open=True, id="result"),
            Choice("服务态度", RATINGS, is_open=True, id="attitude"),
            Choice("办理时效", RATINGS, is_open=True, id="timeliness"),
            Choice("单位联系过您", CONTACTED, is_open=True, id="contacted"),
            Choice("是否解决", SOLVED, is_open=True, id="solved"),
            Choice("不满意原因", CAUSES, value="", id="cause"),
            LongText("诉求人意见", max_length=LONGEST, id="text"),
            Choice("评级", GRADES, value="", id="grade"),
            Field("改评理由", max_length=LONGEST, id="reason"),
        ]
        super().__init__(
            f"回访 {sheet.order_no}", fields, keep=keep, kept=kept, required=ASKED, check=self._wrong_in
        )
        self._sheet = sheet
        self._new_matter = new_matter

    def _wrong_in(self, answers: Answers) -> str:
        return wrong_in(answers, self._sheet.rules)

    def questions(self) -> ComposeResult:
        sheet = self._sheet
        missed = f"  已有 {sheet.attempts} 次未接通" if sheet.attempts else ""
        yield Static(
            plain(f"拨打 {sheet.number or '（未留号码）'}  {sheet.caller}{missed}", "bold"), classes="sheet"
        )
        yield Static(plain(f"事由 {sheet.title}"), classes="sheet")
        if sheet.wishes:
            yield Static(plain(sheet.wishes), classes="sheet")
        yield Static(plain(f"已答复：{sheet.said}"), classes="sheet")
        yield Static(plain(sheet.to_others), classes="sheet", id="others")
        if sheet.warning:
            yield Static(plain(sheet.warning), classes="sheet", id="warning")
        yield from super().questions()
        yield Static(classes="sheet", id="proposed")

    def on_mount(self) -> None:
        super().on_mount()
        self._propose()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        super().on_choice_changed(event)
        self._propose()

    def _propose(self) -> None:
        """Say which grade the answers so far come to, and what that grade is."""
        answers = self.answers
        is_answered = all(answers[name] for name in ASKED)
        rule = proposed(survey_from(answers), self._sheet.rules) if is_answered else None
        words = f"按规则评为{rule.grade}级：{rule.text}" if rule else "答完后按规则评级"
        self.query_one("#proposed", Static).update(plain(words))

    def action_new_matter(self) -> None:
        if self._new_matter is not None:
            self._new_matter(self)

    def action_missed(self) -> None:
        self.keep_now()
        self.dismiss({**self.answers, MISSED: "yes"})


def survey_from(answers: Answers) -> Survey:
    """Return the answers as the desk takes them."""
    cause = answers.get("cause", "")
    return Survey(
        result=Satisfaction(answers["result"]),
        attitude=Satisfaction(answers["attitude"]),
        timeliness=Satisfaction(answers["timeliness"]),
        was_contacted=answers["contacted"] == "yes",
        is_solved=answers["solved"] == "yes",
        is_long_term=answers["solved"] == "long",
        cause=DissatisfactionCause(cause) if cause else None,
    )


def grade_from(answers: Answers) -> Grade | None:
    """Return the grade that was chosen by hand, None when the rules give it."""
    chosen = answers.get("grade", "")
    return Grade(chosen) if chosen else None


def wrong_in(answers: Answers, rules: Sequence[GradeRule] = DEFAULT) -> str:
    """Return one line that says what is missing, or nothing."""
    survey = survey_from(answers)
    by_rule = proposed(survey, rules).grade
    grade = grade_from(answers) or by_rule
    return _wrong_in_answers(answers, survey) or why_not_chosen(grade, by_rule, answers.get("reason", ""))


def _wrong_in_answers(answers: Answers, survey: Survey) -> str:
    has_words = bool(answers["text"])
    if survey.is_dissatisfied:
        if survey.cause is None:
            return "不满意的须选原因：结果、态度、时效或政策"
        return "" if has_words else "不满意的请记下诉求人意见"
    if survey.cause is not None:
        return "三项满意度中没有不满意，原因请选“无”"
    if answers["solved"] == "no":
        return "未解决而没有不满意：请选“未解决但接受解释”或“未解决需长期”"
    is_plain = survey.is_solved and survey.result is not Satisfaction.NOT_RATED
    return "" if is_plain or has_words else "未解决或未评价的请写明情况"
