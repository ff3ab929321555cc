"""A form about one order whose words outlive Esc, a refusal and a lost line, until it is filed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input, TextArea

from desk.errors import BadInput, Refused
from screens.dialogs.ask import Answers, AskForm
from screens.errands import Errands
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint
from screens.widgets.long_text import LongText

if TYPE_CHECKING:
    from desk.context import Desk

Result = TypeVar("Result")
Keep = Callable[[Answers], object]
KEEP_AFTER_SECONDS = 0.5
RESTORED = "已恢复上次所填，请看一遍再交；^U 清空本栏"


class KeptForm(AskForm):
    """`keep` is told what is typed, half a second after the last key and on the way out; `kept` is put in at first.

    Whoever finds old words is told so: typed beside them, new ones would stand in somebody's file.
    """

    HINTS: ClassVar[Sequence[Hint]] = (
        ("^S", "确定"),
        ("Tab", "下一栏"),
        ("^U", "清空本栏"),
        ("Esc", "暂存并返回"),
    )
    BINDINGS = [Binding("ctrl+u", "clear_field", priority=True)]
    SELECTS_FIRST: ClassVar[bool] = True
    """Whether what is typed at once takes the place of what stands in the first field."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field | Choice | LongText],
        *,
        keep: Callable[[Answers], object],
        kept: Answers,
        required: Sequence[str] = (),
        check: Callable[[Answers], str] | None = None,
    ) -> None:
        super().__init__(title, fields, required=required, check=check)
        self._keep = keep
        self._kept = kept
        self._timer: Timer | None = None

    @property
    def answers(self) -> Answers:
        """What stands in the fields now."""
        return {str(field.id): field.value for field in self._fields}

    def on_mount(self) -> None:
        fresh = self.answers
        for field in self._fields:
            if kept := self._kept.get(str(field.id)):
                field.value = kept
        if self.answers != fresh:
            self.say(RESTORED)
        self._fields[0].focus()
        self.call_after_refresh(self._select_first)

    def _select_first(self) -> None:
        """A number typed anew takes the place of the old one."""
        first = self._fields[0]
        if self.SELECTS_FIRST and isinstance(first, Field) and first.has_focus:
            first.select_all()

    def go_to(self, label: str) -> None:
        """Put the cursor into the field that a refusal names (`退单理由` is the field 理由)."""
        for field in self._fields:
            if label and label.endswith(field.label):
                field.focus()
                return

    def point_out(self, why: Refused) -> None:
        """Say why what was sent in came back, with the cursor on what has to be mended."""
        self.refuse(str(why))
        if isinstance(why, BadInput):
            self.go_to(why.field)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._keep_soon()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep_soon()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        event.stop()
        self._keep_soon()

    def action_clear_field(self) -> None:
        field = self.focused
        if isinstance(field, LongText):
            field.clear()  # can be undone with Ctrl+Z, as a value set anew cannot
        elif isinstance(field, Field | Choice):
            field.value = ""
            self._keep_soon()

    def action_give(self) -> None:
        self.keep_now()
        super().action_give()

    def action_cancel(self) -> None:
        self.keep_now()
        super().action_cancel()

    def _keep_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER_SECONDS, self.keep_now)

    def keep_now(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._keep(self.answers)


class AsksKept(Errands[Result]):
    """A page that asks through `KeptForm`s; its flow keeps the words (`keep_words`, `kept_words`, `forget_words`)."""

    def ask_kept(
        self,
        about: str,
        name: str,
        form: Callable[[Keep, Answers], KeptForm],
        deed: Callable[[Any, Desk, Answers], Any],
        done: Callable[[Any], str],
    ) -> None:
        """Open the form `name` about something with the words kept for it, do `deed(flow, desk, answers)`, say `done`.

        After a refusal it comes back as it was typed, with the reason.
        """

        def file(flow: Any, desk: Desk, answers: Answers) -> Any:
            found = deed(flow, desk, answers)
            flow.forget_words(desk, about, name)
            return found

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: file(flow, desk, answers),
                    lambda found: self.say(done(found), "done"),
                    otherwise=lambda refused: opened(answers).call_after_refresh(point_out, refused),
                )

        def opened(kept: Answers) -> KeptForm:
            asked = form(lambda answers: self._keep_words(about, name, answers), kept)
            self.app.push_screen(asked, given)
            return asked

        def point_out(why: Refused) -> None:
            if isinstance(self.app.screen, KeptForm):
                self.app.screen.point_out(why)

        self.read(lambda flow, desk: flow.kept_words(desk, about, name), opened, group="form")

    def _keep_words(self, about: str, name: str, answers: Answers) -> None:
        """Not the form itself keeps them: it may be gone before its words are written."""
        self.read(
            lambda flow, desk: (
                flow.keep_words(desk, about, name, answers)
                if any(answers.values())
                else flow.forget_words(desk, about, name)
            ),
            lambda _: None,
            group="keep",
        )
