"""典型案例: what was handled well, or badly, told without names and found beside the next order like it."""

from desk.cases.making import of_order, propose, publish, retire
from desk.cases.reading import beside, full, page

__all__ = ["beside", "full", "of_order", "page", "propose", "publish", "retire"]
