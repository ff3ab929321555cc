"""社会评议: the pool, the sessions, their files, the draw, the secret ballots and what they lead to (practice P29)."""

from desk.review.panel import add_panel_page, tell_of_panel
from desk.social_review.closing import close_session, conclude, open_session
from desk.social_review.drafts import forget_words, keep_words, kept_words
from desk.social_review.drawing import draw, give_pins, recuse, replace, replay
from desk.social_review.files import edit_file, open_file, release_file
from desk.social_review.papers import letter_words, save_letter, save_minutes
from desk.social_review.planning import plan_session, put_all_on, put_on, take_off
from desk.social_review.pool import NewPanelist, keep_panelist, leave_pool, pool
from desk.social_review.pool_sheets import PoolTakenIn, export_pool, take_in_pool
from desk.social_review.reading import board
from desk.social_review.voting import ballot_page, cast, sign_secrecy

__all__ = [
    "NewPanelist",
    "PoolTakenIn",
    "add_panel_page",
    "ballot_page",
    "board",
    "cast",
    "close_session",
    "conclude",
    "draw",
    "edit_file",
    "export_pool",
    "forget_words",
    "give_pins",
    "keep_panelist",
    "keep_words",
    "kept_words",
    "leave_pool",
    "letter_words",
    "open_file",
    "open_session",
    "plan_session",
    "pool",
    "put_all_on",
    "put_on",
    "recuse",
    "release_file",
    "replace",
    "replay",
    "save_letter",
    "save_minutes",
    "sign_secrecy",
    "take_in_pool",
    "take_off",
    "tell_of_panel",
]
