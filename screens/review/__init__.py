"""F6 审核评议."""

from screens.review.screen import ReviewScreen

__all__ = ["ReviewScreen"]
