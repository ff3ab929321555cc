"""What the keys of 质检 ask and do on the check that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from screens.cells import day_time
from screens.dialogs.ask import Answers, AskForm, AskText
from screens.dialogs.base import Dialog
from screens.review.quality_forms import JudgeForm, verdicts_from
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.long_text import LongText

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.quality_rows import CheckRow, Sheet

LONGEST, LONGEST_REASON = 1000, 200


class ChecksRecords(Dialog[None]):
    """The deeds of 质检. A page of it shows a check and says which (`checked`)."""

    FLOW = "desk.quality"

    def __init__(self, about: str = "") -> None:
        super().__init__("质检")
        self._about = about
        self._typed: dict[str, Answers] = {}
        """What is half typed, by form and check."""

    def checked(self) -> Sheet | None:
        """The check that is shown, or None after saying why there is none."""
        raise NotImplementedError

    def action_do(self, deed: str) -> None:
        kind, sheet = Deed(deed), self.checked()
        if sheet is None:
            return
        if kind not in sheet.row.allowed:
            self.refuse(_why_not(kind, sheet.row))
            return
        {
            Deed.JUDGE_QUALITY: self._judge,
            Deed.DECIDE_QUALITY: self._decide,
            Deed.ANSWER_QUALITY: self._answer,
            Deed.HEAR_RECORDING: self._hear,
            Deed.NAME_AGENT: self._ask_agent,
        }[kind](sheet)

    def _judge(self, sheet: Sheet) -> None:
        def deed(flow: Any, desk: Desk, answers: Answers) -> object:
            return flow.judge(desk, sheet.row.id, verdicts_from(answers, sheet.items), answers["words"])

        form = JudgeForm(
            f"质检评分  {_named(sheet.row)}",
            dict.fromkeys(sheet.items, ""),
            sheet.items,
            LongText("评语", max_length=LONGEST, placeholder="有不合格的必须写明", id="words"),
            keep=self._keeper("judge", sheet),
            kept=self._typed.get(_key("judge", sheet), {}),
        )
        self._ask(form, "judge", sheet, deed, lambda points: f"已评分：{_points(points)}")

    def _decide(self, sheet: Sheet) -> None:
        def deed(flow: Any, desk: Desk, answers: Answers) -> object:
            items = [mark.item for mark in sheet.marks]
            return flow.decide(desk, sheet.row.id, verdicts_from(answers, items), answers["words"])

        form = JudgeForm(
            f"裁定申辩  {_named(sheet.row)}：改判的改选，维持的不动",
            {mark.item: str(mark.verdict) for mark in sheet.marks},
            {mark.item: mark.weight for mark in sheet.marks},
            LongText("裁定理由", max_length=LONGEST, id="words"),
            keep=self._keeper("decide", sheet),
            kept=self._typed.get(_key("decide", sheet), {}),
            needs_words=True,
        )
        self._ask(form, "decide", sheet, deed, lambda points: f"已裁定：{_points(points)}")

    def _ask(self, form: JudgeForm, name: str, sheet: Sheet, deed: Any, done: Any) -> None:
        """Open a form; what was typed outlives Esc and a refusal, and goes once it was filed."""

        def filed(points: int | None) -> None:
            self._typed.pop(_key(name, sheet), None)
            self.say(done(points), "done")

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._typed[_key(name, sheet)] = answers
                self.act(lambda flow, desk: deed(flow, desk, answers), filed)

        self.app.push_screen(form, given)

    def _keeper(self, name: str, sheet: Sheet) -> Any:
        def keep(answers: Answers) -> None:
            self._typed[_key(name, sheet)] = answers

        return keep

    def _answer(self, sheet: Sheet) -> None:
        key = _key("answer", sheet)

        def given(words: str | None) -> None:
            if words:
                self._typed[key] = {"words": words}
                self.act(
                    lambda flow, desk: flow.answer(desk, sheet.row.id, words), done="已申辩，由另一人裁定"
                )

        kept = self._typed.get(key, {}).get("words", "")
        until = f"，截止 {day_time(sheet.row.answer_due_at)}" if sheet.row.answer_due_at else ""
        self.app.push_screen(AskText(f"申辩（一次{until}）", "申辩", text=kept, max_length=LONGEST), given)

    def _hear(self, sheet: Sheet) -> None:
        def play(reason: str) -> None:
            self.act(
                lambda flow, desk: flow.hear(desk, sheet.row.id, reason),
                lambda recording: self.say(f"正在播放 {recording}（已记入）", "done"),
                name="hear",
            )

        def asked(needs: bool) -> None:
            if not needs:
                play("")
                return
            form = AskText(f"听录音 {sheet.row.recording_no}", "事由", max_length=LONGEST_REASON)
            self.app.push_screen(form, lambda reason: play(reason) if reason else None)

        self.read(lambda flow, desk: flow.needs_reason(desk, sheet.row.id), asked, group="hear")

    def _ask_agent(self, sheet: Sheet) -> None:
        def given(answers: Answers | None) -> None:
            if answers is not None:
                number = answers["number"]
                self.act(
                    lambda flow, desk: flow.name_agent(desk, sheet.row.id, number), done=f"已指明 {number}"
                )

        field = Field("工号", sheet.row.staff_no, max_length=12, id="number")
        self.app.push_screen(AskForm("指明话务员", [field], required=("number",)), given)

    def action_add(self) -> None:
        """n: put a record in by hand."""

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._typed["add"] = answers
                is_complaint = answers["complaint"] == "yes"
                self.act(
                    lambda flow, desk: flow.add(
                        desk, answers["about"], answers["why"], is_complaint=is_complaint
                    ),
                    lambda _: self._added(),
                )

        kept = self._typed.get("add", {})
        fields: list[Field | Choice | LongText] = [
            Field("工单或录音号", kept.get("about") or self._about, max_length=64, id="about"),
            Choice(
                "投诉话务员",
                [("no", "不是"), ("yes", "是")],
                value=kept.get("complaint", "no"),
                id="complaint",
            ),
            LongText("理由", kept.get("why", ""), max_length=LONGEST, id="why"),
        ]
        self.app.push_screen(AskForm("列入质检", fields, required=("about", "why")), given)

    def _added(self) -> None:
        self._typed.pop("add", None)
        self.say("已列入待检", "done")


def _key(name: str, sheet: Sheet) -> str:
    return f"{name} {sheet.row.id}"


def _named(row: CheckRow) -> str:
    return f"{row.who} {day_time(row.record_at)}"


def _points(points: int | None) -> str:
    return "各项都不适用，不计分" if points is None else f"{points} 分"


def _why_not(deed: Deed, row: CheckRow) -> str:
    """Why a key does nothing on this row, in the words of the next step."""
    if deed is Deed.HEAR_RECORDING:
        return "这条记录没有录音编号" if not row.recording_no else "这段录音不由您听"
    if deed is Deed.JUDGE_QUALITY and not row.agent:
        return "还没有指明话务员：先按 k 指明"
    lines = {
        Deed.JUDGE_QUALITY: "已评过分，或是您自己的话务",
        Deed.DECIDE_QUALITY: "没有待裁定的申辩，或评分、被检的是您本人",
        Deed.ANSWER_QUALITY: "只有被检的本人、在时限内可以申辩一次",
        Deed.NAME_AGENT: "已评分，不能再改话务员",
    }
    return lines[deed]
