"""质检: records drawn by rule, judged on a sheet, answered by the one checked, decided by another (practice P31)."""

from desk.quality.drawing import Drawn, add, draw, name_agent
from desk.quality.exporting import export
from desk.quality.figures import figures, in_words, sections
from desk.quality.hearing import hear, needs_reason
from desk.quality.judging import answer, decide, items_of, judge
from desk.quality.reading import page, sheet, views

__all__ = [
    "Drawn",
    "add",
    "answer",
    "decide",
    "draw",
    "export",
    "figures",
    "hear",
    "in_words",
    "items_of",
    "judge",
    "name_agent",
    "needs_reason",
    "page",
    "sections",
    "sheet",
    "views",
]
