"""What is asked before a deed on a 办件 of a 专席, and the call that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk.codes import DayHalf, Deed, word
from screens.widgets import Choice, Field, LongText

if TYPE_CHECKING:
    from desk.context import Desk

Typed = Mapping[str, str]
Do = Callable[[Any, "Desk", str, Typed], object]
SHORT = 500


@dataclass(frozen=True, slots=True)
class SeatDeed:
    """A key of the tab 专席: its word, its fields as an untouched form has them, what must be there, the deed."""

    key: str
    deed: Deed
    words: str
    fields: Callable[[], Sequence[Field | Choice | LongText]]
    do: Do
    required: tuple[str, ...] = ()


def _half() -> Choice:
    return Choice("时段", [(str(half), word(half)) for half in DayHalf], id="half")


def _day(hint: str) -> Field:
    return Field("上门日期", max_length=20, placeholder=hint, id="day")


def _missed() -> Sequence[Field | Choice | LongText]:
    return [
        Choice("情况", (("failed", "未成"), ("no_show", "爽约")), is_open=True, id="how"),
        Field("未成原因", max_length=SHORT, placeholder="如 家中无人、设备故障", id="why"),
        _day("约好的新日期；没约的空着，由话务员去电另约"),
        _half(),
    ]


def _moved() -> Sequence[Field | Choice | LongText]:
    return [
        _day("如 2026-11-26，明天起的工作日"),
        _half(),
        Field("改约原因", max_length=SHORT, id="why"),
    ]


def _told() -> Sequence[Field | Choice | LongText]:
    return [
        Choice("结果", (("yes", "已告知"), ("no", "未接通")), is_open=True, id="reached"),
        Field("说明", max_length=SHORT, placeholder="本人怎么说的，可空", id="note"),
    ]


def _miss(flow: Any, desk: Desk, number: str, typed: Typed) -> object:
    is_no_show = typed["how"] == "no_show"
    return flow.miss_visit(
        desk, number, typed["why"], no_show=is_no_show, day=typed["day"], half=typed["half"]
    )


SEAT_DEEDS = (
    SeatDeed(
        "h",
        Deed.TELL_APPLICANT,
        "回电告知",
        _told,
        lambda flow, desk, number, typed: flow.tell(
            desk, number, typed["note"], reached=typed["reached"] == "yes"
        ),
        ("reached",),
    ),
    SeatDeed(
        "t",
        Deed.PASS_APPLICATION,
        "通过",
        lambda: [
            LongText(
                "告知内容", max_length=SHORT, placeholder="要告诉本人的，如 自何时起生效；可空", id="words"
            )
        ],
        lambda flow, desk, number, typed: flow.pass_application(desk, number, typed["words"]),
    ),
    SeatDeed(
        "b",
        Deed.SEND_BACK_APPLICATION,
        "退回补正",
        lambda: [LongText("欠缺内容", max_length=SHORT, placeholder="还缺什么，会读给本人", id="missing")],
        lambda flow, desk, number, typed: flow.send_back(desk, number, typed["missing"]),
        ("missing",),
    ),
    SeatDeed(
        "x",
        Deed.REFUSE_APPLICATION,
        "不予通过",
        lambda: [
            LongText("理由", max_length=SHORT, placeholder="会读给本人", id="reason"),
            Field("依据", max_length=SHORT, placeholder="文件和条款，会读给本人", id="basis"),
        ],
        lambda flow, desk, number, typed: flow.refuse(desk, number, typed["reason"], typed["basis"]),
        ("reason", "basis"),
    ),
    SeatDeed(
        "v",
        Deed.LOG_VISIT,
        "已上门",
        lambda: [Field("说明", max_length=SHORT, placeholder="办了什么，可空", id="note")],
        lambda flow, desk, number, typed: flow.log_visit(desk, number, typed["note"]),
    ),
    SeatDeed("m", Deed.MISS_VISIT, "未成、爽约", _missed, _miss, ("how", "why")),
    SeatDeed(
        "g",
        Deed.MOVE_VISIT,
        "改约",
        _moved,
        lambda flow, desk, number, typed: flow.move_visit(
            desk, number, typed["day"], typed["half"], typed["why"]
        ),
        ("day",),
    ),
    SeatDeed(
        "w",
        Deed.WITHDRAW_APPLICATION,
        "撤回",
        lambda: [Field("撤回原因", max_length=SHORT, placeholder="本人怎么说的", id="reason")],
        lambda flow, desk, number, typed: flow.withdraw_application(desk, number, typed["reason"]),
        ("reason",),
    ),
)
"""The keys that ask a short form; `d` 补正 asks the whole form of the application again."""
AMEND = "d"
BY_KEY = {each.key: each for each in SEAT_DEEDS}
EVERY_DEED = {each.key: each.deed for each in SEAT_DEEDS} | {AMEND: Deed.AMEND_APPLICATION}
WORDS = {each.key: each.words for each in SEAT_DEEDS} | {AMEND: "补正"}
