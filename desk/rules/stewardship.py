"""工单管家's six steps: which of them an order must show before it is closed (practice P23)."""

from collections.abc import Collection

from db.codes import Grade, StewardStep

BEFORE_CLOSING = (StewardStep.STABILISE, StewardStep.PREVENT)
"""兜底维稳 and 长效机制: asked of C, of D, and of a matter told for the third time."""

MAY_BE_NEEDLESS = frozenset({StewardStep.COORDINATE, *BEFORE_CLOSING})
"""The steps of which one may write 不需要, and why; nobody answers without having looked, done and told."""

REPEATED = 3
"""From how many tellings on one matter asks for both, unless the setting `steward.repeated_times` says otherwise."""


def is_asked(grade: str | None, pool_grade: str | None, times: int, repeated: int = REPEATED) -> bool:
    """Whether an order needs 兜底维稳 and 长效机制: graded or watched C or D, or told `repeated` times."""
    return bool({grade, pool_grade} & {Grade.C, Grade.D}) or times >= repeated


def missing(written: Collection[str]) -> tuple[StewardStep, ...]:
    """Return which of the two are not written yet, in their order."""
    return tuple(step for step in BEFORE_CLOSING if step not in written)
