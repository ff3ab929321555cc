"""审核评议: 办结审核, 回访, ABCD, 工单监测池, 销号, 评议, 督办 (practice P1, P2, P28, P29; press conference, question 4)."""

from desk.assessment import score_handling
from desk.pressure import answer_supervision, remind, supervise
from desk.pressure_choices import pressure_choices
from desk.pressure_judged import accept_answer, press_again
from desk.procedures import refuse_procedure
from desk.review.audit import pass_close_review, send_back_close_review
from desk.review.callback import (
    close_satisfied,
    close_unreached,
    close_unsolved,
    finish_callback,
    log_callback_attempt,
    open_callback,
    record_dissatisfaction,
)
from desk.review.drafts import forget_words, keep_words, kept_words
from desk.review.figures import figures
from desk.review.lists import detail, page, tabs
from desk.review.new_matter import register_new_matter
from desk.review.obstacles import check
from desk.review.panel import (
    add_panel_page,
    log_explanation,
    panel_request,
    refuse_panel,
    send_to_panel,
    tell_of_panel,
)
from desk.review.rounds import plan_words, reopen, rework, set_grade, set_plan
from desk.review.write_off import approve_write_off, archive, ask_write_off, refuse_write_off, write_off_asked

__all__ = [
    "accept_answer",
    "add_panel_page",
    "answer_supervision",
    "approve_write_off",
    "archive",
    "ask_write_off",
    "check",
    "close_satisfied",
    "close_unreached",
    "close_unsolved",
    "detail",
    "figures",
    "finish_callback",
    "forget_words",
    "keep_words",
    "kept_words",
    "log_callback_attempt",
    "log_explanation",
    "open_callback",
    "page",
    "panel_request",
    "pass_close_review",
    "plan_words",
    "press_again",
    "pressure_choices",
    "record_dissatisfaction",
    "refuse_panel",
    "refuse_procedure",
    "refuse_write_off",
    "register_new_matter",
    "remind",
    "reopen",
    "rework",
    "score_handling",
    "send_back_close_review",
    "send_to_panel",
    "set_grade",
    "set_plan",
    "supervise",
    "tabs",
    "tell_of_panel",
    "write_off_asked",
]
