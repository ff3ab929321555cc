"""起草答复: the unit's reply in a pane of its own; every word is kept until it is submitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widgets import Static, TextArea

from desk.codes import Verdict
from desk.rules.phrases import gap
from screens.dialogs import Pick
from screens.dialogs.base import Dialog
from screens.widgets import Detail, LongText, Section
from screens.widgets.folded import Folded
from screens.widgets.header import WIDE

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.my_tickets_rows import DraftRow, TicketRow
    from desk.rows import PickRow
    from desk.rules.reply_checks import Finding

SAVE_AFTER = 1.0
MOST = 4000


class ReplyEditor(Dialog[bool]):
    """办理情况 for the house and 公开答复 for the citizen; Ctrl+S gives both to the 审核人."""

    FLOW = "desk.my_tickets"
    HINTS = (("^S", "提交审核"), ("^Y", "短语"), ("Tab", "下一栏"), ("F9", "翻看诉求"), ("Esc", "留存草稿"))
    BINDINGS = [
        Binding("ctrl+s", "submit", priority=True),
        Binding("f9", "leaf", priority=True),
        Binding("ctrl+y", "phrase", priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    DEFAULT_CSS = """
    ReplyEditor {
        & > #box { width: 100%; max-width: 160; height: 100%; }
        & #title { margin: 0; }
        & #sheet { height: 1fr; layout: vertical; }
        & #matter { height: 4fr; min-height: 3; }
        & #texts { height: 6fr; }
        & .label { color: $label; height: 1; }
        & #checks { height: auto; max-height: 3; color: $warning; display: none; }
        &.-wide #checks { max-height: 6; }
        &.-found #checks { display: block; }
        & LongText { height: 1fr; min-height: 2; }
        &.-wide #sheet { layout: horizontal; }
        &.-wide #matter { height: 1fr; width: 2fr; }
        &.-wide #texts { height: 1fr; width: 3fr; }
    }
    """

    def __init__(self, ticket: TicketRow) -> None:
        super().__init__(f"起草答复  {ticket.order.order_no}  {ticket.order.title}")
        self._ticket = ticket
        self._order_no = ticket.order.order_no
        self._kept = ("", "")
        self._timer: Timer | None = None
        self._checked = ""

    def questions(self) -> ComposeResult:
        with Container(id="sheet"):
            yield Detail(id="matter")
            with Vertical(id="texts"):
                yield Static("办理情况（仅内部可见）", classes="label", markup=False)
                yield LongText("办理情况", max_length=MOST, id="internal")
                yield Static("公开答复（告知诉求人）", classes="label", markup=False)
                yield LongText("公开答复", max_length=MOST, id="public")
                yield Folded("", id="checks")

    def on_mount(self) -> None:
        self.query_one(Detail).show(self._matter())
        self.query_one("#internal").focus()
        self.read(lambda flow, desk: flow.draft_of(desk, self._order_no), self._fill, group="fill")

    def _matter(self) -> list[Section]:
        """What the reply has to meet: the wishes of those who sent the order back, then the matter itself."""
        reply = self._ticket.reply
        matter = [part for part in self._ticket.sections if part.heading == "诉求内容"]
        shown = [Section(part.heading, part.lines) for part in (*self._ticket.why_again, *matter)]
        if reply is not None and reply.verdict is Verdict.REFUSED:
            return [Section("审核退回意见", (reply.check_note,)), *shown]
        return shown

    def action_leaf(self) -> None:
        """One page on, from the end to the top again: without leaving the field that one types in."""
        matter = self.query_one(Detail)
        if matter.scroll_offset.y >= matter.max_scroll_y:
            matter.scroll_to(y=0, animate=False, force=True)
        else:
            matter.scroll_page_down(animate=False, force=True)

    def action_phrase(self) -> None:
        """Ctrl+Y: go to the next ___ of the text that one types in, or choose a phrase of the city."""
        field = self.focused if isinstance(self.focused, LongText) else self.query_one("#public", LongText)
        found = gap(field.text, field.index_of(field.selection.end))
        if found is not None:
            field.select_span(*found)
            return

        def chosen(phrase: PickRow | None) -> None:
            if phrase is not None:
                self._put(field, phrase.key)

        pick = Pick(
            "答复短语：填入光标处，___ 为待填",
            self.FLOW,
            lambda flow, desk, text: flow.reply_phrases(desk, text),
            asks="短语里的字",
            hint="没有符合的短语：由管理员在设置 reply.phrases 里添加",
        )
        self.app.push_screen(pick, chosen)

    def _put(self, field: LongText, words: str) -> None:
        """Put a phrase where the cursor stands, with its first ___ marked."""
        field.focus()
        at = field.index_of(field.selection.end)
        field.insert(words)
        found = gap(words)
        if found is not None:
            field.select_span(at + found[0], at + found[1])

    @property
    def typed(self) -> tuple[str, str]:
        """Both texts as they stand."""
        return self.query_one("#internal", LongText).text, self.query_one("#public", LongText).text

    def _fill(self, draft: DraftRow | None) -> None:
        if any(self.typed):
            return
        reply = self._ticket.reply
        # Whoever drafts in another's place begins anew.
        begun = draft or (reply if reply is not None and reply.is_own else None)
        if begun is None:
            return
        self._kept = (begun.internal_result, begun.public_reply)
        self.query_one("#internal", LongText).value = begun.internal_result
        self.query_one("#public", LongText).value = begun.public_reply
        self._look_through()
        if draft is not None:
            self.say("已恢复上次未提交的草稿")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._timer is None and self.typed != self._kept:
            self._timer = self.set_timer(SAVE_AFTER, self._save)

    def keep_now(self) -> None:
        if self.is_mounted and self.typed != self._kept:
            self._stop_timer()
            self._save()

    def _save(self) -> None:
        self._timer = None
        self._look_through()
        self._keep(lambda _: None)

    def _look_through(self) -> None:
        """Hold the public reply against the checklist of 答复审核, when it has changed."""
        internal, public = self.typed
        if public != self._checked:
            self._checked = public
            self.read(
                lambda flow, desk: flow.check_reply(desk, self._order_no, public, internal),
                self._show_findings,
                group="check",
            )

    def _show_findings(self, found: tuple[Finding, ...]) -> None:
        self.set_class(bool(found), "-found")
        between = "\n" if self.has_class("-wide") else "；"
        self.query_one("#checks", Folded).say(f"! {between.join(each.words for each in found)}")

    def _keep(self, then: Callable[[object], object]) -> None:
        internal, public = self._kept = self.typed
        self.read(
            lambda flow, desk: flow.keep_draft(desk, self._order_no, internal, public), then, group="draft"
        )

    def action_cancel(self) -> None:
        self._stop_timer()
        if self.typed == self._kept:
            self.dismiss(False)
        else:
            self._keep(lambda _: self.dismiss(False))

    def action_submit(self) -> None:
        self._stop_timer()
        internal, public = self.typed

        def submit(flow: Any, desk: Desk) -> None:
            flow.submit_reply(desk, self._order_no, internal, public)
            flow.drop_draft(desk, self._order_no)

        self.act(submit, then=lambda _: self.dismiss(True), otherwise=lambda _: self._save())

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
