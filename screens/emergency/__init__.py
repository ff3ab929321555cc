"""应急: the emergencies against their thirty minutes."""

from screens.emergency.screen import EmergencyScreen

__all__ = ["EmergencyScreen"]
