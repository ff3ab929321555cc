"""F2 受理: the form of a call, and what is known beside it."""

from screens.intake.screen import IntakeScreen

__all__ = ["IntakeScreen"]
