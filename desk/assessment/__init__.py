"""考核: figures by unit and month, the orders behind them, scores of people and 申诉 (press conference, question 4; P30)."""

from desk.assessment.appealing import appeal_score, grant_appeal, refuse_appeal
from desk.assessment.behind import left_out, orders
from desk.assessment.exporting import save
from desk.assessment.figures import table
from desk.assessment.recounting import verify
from desk.assessment.scores import line_of, score, score_lines, scores, to_score
from desk.assessment.scoring import score_cooperation, score_handling

__all__ = [
    "appeal_score",
    "grant_appeal",
    "left_out",
    "line_of",
    "orders",
    "refuse_appeal",
    "save",
    "score",
    "score_cooperation",
    "score_handling",
    "score_lines",
    "scores",
    "table",
    "to_score",
    "verify",
]
