"""The two pages of F12: what the caller says of himself, and his record while the call runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from desk.codes import IdentityFact, word
from desk.errors import BadInput
from desk.insurance_rows import IdentityClaim
from desk.rules.calendar import local
from desk.rules.id_number import id_number
from screens.dialogs import AskForm
from screens.dialogs.ask import Answers
from screens.dialogs.base import Dialog
from screens.widgets import Choice, Field
from screens.widgets.detail import Detail, Line, Section

if TYPE_CHECKING:
    from desk.insurance_rows import IdentityCheck, InsuranceRecord
    from desk.telephone import RingRow

FLOW = "desk.social_insurance"
UNCHECKED = "来电已挂断，身份核验没有做完：未记录"
OVER = "来电已挂断，社保记录已收起"
_LONGEST_ON_SCREEN = 10 * 60.0
"""Seconds; a desk without a telephone system does not hear the caller hang up."""


class IdentityForm(AskForm):
    """身份核验: name, ID number and one more fact. Nothing typed here is kept once the page is closed."""

    FLOW = FLOW
    OPENS_PAGES = False

    def __init__(
        self,
        call_key: str,
        name: str,
        *,
        has_source: bool,
        is_heard: bool = False,
        passed: Callable[[IdentityCheck, str], object],
    ) -> None:
        facts = [(str(fact), word(fact)) for fact in IdentityFact]
        fields: list[Field | Choice] = [
            Choice("本人", (("own", "本人"), ("other", "代他人问")), id="whose"),
            Field("姓名", name, max_length=40, id="name"),
            Field("身份证号", max_length=24, placeholder="18 位，逐位核对", id="id_number"),
            Choice("再问一项", facts, id="fact"),
            Field("来电人所答", max_length=100, placeholder="如 章贡区；手机后四位；单位全称", id="value"),
        ]
        if not has_source:
            fields.append(Choice("核对结果", (("", "未核对"), ("yes", "相符"), ("no", "不符")), id="agrees"))
        super().__init__(
            "身份核验：只查来电人本人；所问所答不进工单",
            fields,
            required=("name", "id_number", "value"),
            check=self._flaw,
        )
        self._call_key = call_key
        self._passed = passed
        self._calls = _RunningCall(call_key, is_heard=is_heard)

    def _flaw(self, answers: Answers) -> str:
        try:
            id_number(answers["id_number"], local(self.desk_app.now()).date())
        except BadInput as flaw:
            return flaw.message
        return ""

    def dismiss_with(self, answers: Answers) -> None:
        """Every field is there: check them; the page closes only for a caller who is who he says."""
        number = answers["id_number"]
        claim = IdentityClaim(
            answers["name"],
            number,
            IdentityFact(answers["fact"]),
            answers["value"],
            is_own=answers["whose"] == "own",
        )
        agrees = {"yes": True, "no": False}.get(answers.get("agrees", ""))
        self.act(
            lambda flow, desk: flow.verify(desk, claim, self._call_key, agrees=agrees),
            lambda check: self._verified(check, number),
        )

    def _verified(self, check: IdentityCheck, number: str) -> None:
        if not check.has_passed:
            self.refuse(f"核验未通过，已记录。请告诉来电人：{check.sentence}")
            return
        self.dismiss(None)
        self.app.call_later(self._passed, check, number)

    def hear_calls(self, calls: tuple[RingRow, ...]) -> None:
        if self._calls.is_over(calls):
            self.dismiss(None)
            self.app.call_later(self._say_it_is_over)

    def _say_it_is_over(self) -> None:
        say = getattr(self.app.screen, "say", None)
        if say is not None:
            say(UNCHECKED)


class RecordPage(Dialog[str]):
    """社保记录: read out to the caller himself. Closes when he hangs up; a refused look closes it with the reason."""

    FLOW = FLOW
    OPENS_PAGES = False
    HINTS = (("Up/Down", "滚动"), ("Esc", "收起"))
    DEFAULT_CSS = "RecordPage > #box { width: 100%; max-width: 100; height: 100%; max-height: 30; }"

    def __init__(self, check: IdentityCheck, id_number: str, *, is_heard: bool = False) -> None:
        super().__init__("社保记录：只念给本人听，不抄进工单，挂断即收起")
        self._check = check
        self._id_number = id_number
        self._calls = _RunningCall(check.call_key, is_heard=is_heard)

    def questions(self) -> ComposeResult:
        yield Detail(hint="正在查询..", id="record")

    def on_mount(self) -> None:
        self.set_timer(_LONGEST_ON_SCREEN, self.action_cancel)
        self.query_one(Detail).focus()
        self.act(
            lambda flow, desk: flow.look(desk, self._check, self._id_number),
            self._show,
            otherwise=lambda why: self.dismiss(str(why)),
        )

    def _show(self, record: InsuranceRecord) -> None:
        known = (("姓名", record.name), ("参保地", record.place), ("单位", record.employer))
        lines: list[Line] = [pair for pair in known if pair[1]]
        self.query_one(Detail).show([Section("", lines), Section("【记录】", record.items)])

    def hear_calls(self, calls: tuple[RingRow, ...]) -> None:
        if self._calls.is_over(calls):
            self.dismiss(OVER)


class _RunningCall:
    """One call, watched: over once it was among those of the seat and no longer is.

    A call that the telephone system has told of was there before the page was: its end may be the first thing heard.
    """

    def __init__(self, call_key: str, *, is_heard: bool) -> None:
        self._call_key = call_key
        self._was_there = is_heard

    def is_over(self, calls: tuple[RingRow, ...]) -> bool:
        is_there = any(call.call_id == self._call_key for call in calls)
        self._was_there = self._was_there or is_there
        return self._was_there and not is_there
