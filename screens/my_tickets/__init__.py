"""我的工单: what is mine or my unit's, most pressing on top, and one key for each step."""

from screens.my_tickets.screen import MyTicketsScreen

__all__ = ["MyTicketsScreen"]
