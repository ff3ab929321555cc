"""工单管家: exactly one for each order at every moment, its six steps, and the units' 快速处置专项队伍 (practice P23).

改派 takes an order to another unit and starts it there anew; 变更管家 passes the lead among those who handle it already.
"""

from desk.stewardship.changing import change_steward, successors
from desk.stewardship.steps import write_step
from desk.stewardship.team_sheets import TakenIn as TeamsTakenIn
from desk.stewardship.team_sheets import export as export_teams
from desk.stewardship.team_sheets import take_in as take_in_teams
from desk.stewardship.teams import add_member, remove_member, teams

__all__ = [
    "TeamsTakenIn",
    "add_member",
    "change_steward",
    "export_teams",
    "remove_member",
    "successors",
    "take_in_teams",
    "teams",
    "write_step",
]
