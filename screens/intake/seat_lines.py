"""What the right side says of the 专席: which digit takes what the words speak of, and what the caller has running."""

from __future__ import annotations

from collections.abc import Iterable

from desk.codes import SpecialForm, word
from desk.intake_rows import Offer
from desk.special_rows import ApplicationRow
from screens.cells import local
from screens.widgets import Section

WAGES = "wages"
MENU = ((WAGES, "欠薪"), *((str(form), word(form)) for form in SpecialForm))
"""What the digits from 1 on choose after ^W."""


def seat_sections(offer: Offer) -> Iterable[Section]:
    """The form that the words of a matter speak of, if any."""
    if offer.wage_words and "欠薪登记（" not in offer.title:
        yield Section(f"“{offer.wage_words[0]}”：按 ^W {_digit(WAGES)} 逐项问，理清责任主体")
    if offer.seat is not None:
        form, said = offer.seat
        yield Section(f"“{said}”：按 ^W {_digit(form)} 登记{word(form)}")


def application_line(row: ApplicationRow) -> str:
    """One running application of the caller, in a line."""
    due = f"，最迟{local(row.due_at):%m-%d}" if row.due_at else ""
    ring = "，等回电告知（F4 专席 h）" if row.to_tell else ""
    when = f" {row.slot}" if row.slot else ""
    return f"办件 {row.short_number} {word(row.form)}{when} {word(row.state)}，{row.unit}{due}{ring}"


def _digit(code: str) -> int:
    return next(digit for digit, (known, _) in enumerate(MENU, 1) if known == code)
