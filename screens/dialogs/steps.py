"""管家六步 and 变更管家: what is asked on F4 and on every order's card."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from desk.codes import StewardStep, word
from screens.columns import short_number
from screens.dialogs.ask import Answers, AskText
from screens.dialogs.kept import KeptForm
from screens.dialogs.pick import Pick
from screens.errands import Errands
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.long_text import LongText

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.rows import PickRow

Result = TypeVar("Result")
STEWARDSHIP = "desk.stewardship"
LONG, SHORT = 2000, 500
NEEDED = (("yes", "已做"), ("no", "不需要"))


def step_fields() -> Sequence[Field | Choice | LongText]:
    """Which step, done or not needed, and the words: what was done, or why there is no need."""
    return [
        Choice("步骤", [(str(step), word(step)) for step in StewardStep], is_open=True, id="step"),
        Choice("是否需要", NEEDED, id="needed"),
        LongText("情况", max_length=LONG, placeholder="做了什么；不需要的写明为什么", id="words"),
    ]


def write_step(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    """File what the form was answered."""
    return flow.write_step(desk, order_no, given["step"], given["words"], is_needed=given["needed"] != "no")


class Stewards(Errands[Result]):
    """A page about one order on which its six steps are written and its lead is passed on."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._step_words: Answers = {}

    def ask_step(self, order_no: str) -> None:
        """六步记录: ask, then write; what was typed outlives Esc and a refusal."""

        def keep(answers: Answers) -> None:
            self._step_words = answers

        def given(answers: Answers | None) -> None:
            if answers is not None:
                keep(answers)
                self.act(
                    lambda _, desk: write_step(_stewardship(), desk, order_no, answers),
                    lambda _: keep({}),
                    done=f"已记入管家六步 {short_number(order_no)}",
                )

        form = KeptForm(
            f"六步记录 {short_number(order_no)}",
            step_fields(),
            keep=keep,
            kept=self._step_words,
            required=("step", "words"),
        )
        self.app.push_screen(form, given)

    def ask_steward(self, order_no: str) -> None:
        """变更管家: one of the units that help, then the reason; says at once why not."""

        def looked(units: tuple[PickRow, ...]) -> None:
            pick = Pick(
                f"变更管家 {short_number(order_no)}：由哪个协办单位接任",
                STEWARDSHIP,
                lambda _, __, text: [unit for unit in units if text in unit.name],
            )
            self.app.push_screen(pick, picked)

        def picked(unit: PickRow | None) -> None:
            if unit is not None:
                ask = AskText(
                    f"变更管家为{unit.name}（时限不变，原管家转协办）", "变更理由", max_length=SHORT
                )
                self.app.push_screen(ask, lambda reason: self._change(order_no, unit, reason))

        self.read(lambda _, desk: _stewardship().successors(desk, order_no), looked, group="steward")

    def _change(self, order_no: str, unit: PickRow, reason: str | None) -> None:
        if reason:
            self.act(
                lambda _, desk: _stewardship().change_steward(desk, order_no, int(unit.key), reason),
                done=f"工单管家已变更为{unit.name}，两家单位都已告知",
            )


def _stewardship() -> Any:
    return importlib.import_module(STEWARDSHIP)
