"""One line a figure: what was measured, against what, and whether the bound is met."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with the most it may be; a bound of None is for information."""

    name: str
    value: float
    bound: float | None = None
    unit: str = "x"

    def __str__(self) -> str:
        if self.bound is None:
            return f"      {self.name:<66} {self.value:8.2f} {self.unit}"
        verdict = "ok  " if self.value <= self.bound else "OVER"
        return f"{verdict}  {self.name:<66} {self.value:8.2f} {self.unit}  (at most {self.bound:g})"


class Skipped(Exception):
    """A benchmark that cannot run here; its words say what is missing."""
