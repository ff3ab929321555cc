"""质检 of the invented month: records put in, judged, answered, decided; and what the next draw finds of itself.

It draws no lots, so that the rest of the day stays what it is without it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from db.codes import CallSummary, ItemVerdict, OrderKind
from desk import intake, quality
from desk.context import Desk
from desk.intake_rows import OrderForm
from seed.calls import call_note
from seed.cast import Cast
from seed.story import Life, matters

AUDITOR, SUPERVISOR = "1401", "1002"
TAKEN_BY = ("1203", "1201", "1202", "1204", "1201", "1203")
FAILED, PASSED, NONE = map(str, (ItemVerdict.FAILED, ItemVerdict.PASSED, ItemVerdict.NOT_APPLICABLE))
SHEETS: tuple[tuple[Mapping[str, str], str], ...] = (
    ({"服务态度": FAILED, "派单": NONE}, "语速快，两次打断诉求人"),
    ({"类型与分类": FAILED, "派单": NONE}, "应记咨询，记成了求助"),
    ({"派单": NONE}, ""),
    ({"受理五要素": FAILED, "答复与承诺": FAILED, "派单": NONE}, "没问地点；答应“明天一定办好”"),
)
"""What was found on each of the first records; the others wait."""
ANSWER = "诉求人连续催问，当时已请他慢说，录音第 2 分钟可听到"
SECOND_ANSWER = "来电先问政策，后要求代办，按求助登记是照受理口径第 6 条"
_NUISANCE, _COMPLAINER = "13900000404", "13900000405"


def checked(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each life begins, and the life."""
    yield now - timedelta(days=4, hours=3), _sheets(cast, now)
    yield now - timedelta(days=1, hours=6), _nuisance(cast)
    yield now - timedelta(hours=27), _complaint(cast, now)


def _sheets(cast: Cast, now: datetime) -> Life:
    told = [each for each in matters() if each["kind"] == OrderKind.INQUIRY]
    order_nos = []
    for number, staff_no in enumerate(TAKEN_BY):
        matter = told[number % len(told)]
        order_nos.append(_answered(cast, cast.at(staff_no), matter, cast.caller(number)["phone"]))
        yield now - timedelta(days=4, hours=3, minutes=-7 * (number + 1))
    yield now - timedelta(days=2)
    keys = [quality.add(cast.at(AUDITOR), order_no, "月度抽听") for order_no in order_nos]
    for key, (verdicts, words) in zip(keys, SHEETS, strict=False):
        every = dict.fromkeys(quality.items_of(cast.at(AUDITOR)), PASSED)
        quality.judge(cast.at(AUDITOR), key, {**every, **verdicts}, words)
    yield now - timedelta(days=1, hours=4)
    quality.answer(cast.at(TAKEN_BY[0]), keys[0], ANSWER)
    quality.answer(cast.at(TAKEN_BY[1]), keys[1], SECOND_ANSWER)
    yield now - timedelta(days=1)
    quality.decide(cast.at(SUPERVISOR), keys[1], {"类型与分类": PASSED}, "口径第 6 条如此，改判")


def _answered(cast: Cast, desk: Desk, matter: dict[str, Any], number: str) -> str:
    form = OrderForm(
        kind=OrderKind.INQUIRY,
        number=number,
        area_code=cast.areas.get(matter["area"]),
        place=matter["place"],
        title=matter["title"],
        content=matter["content"],
        category_code=matter["category"],
    )
    return intake.register_direct_answer(desk, form, matter["reply"], call_note(desk, number)).order_no


def _nuisance(cast: Cast) -> Life:
    """One number rings thrice to disturb: each of the three is checked by rule."""
    desk = cast.at("1202")
    for _ in range(3):
        intake.file_call(desk, call_note(desk, _NUISANCE, summary=CallSummary.NUISANCE))
        yield desk.now() + timedelta(minutes=9)


def _complaint(cast: Cast, now: datetime) -> Life:
    """Somebody complains of an operator to another one: by rule the call complained of is checked."""
    first, second = cast.at("1201"), cast.at("1204")
    intake.file_call(first, call_note(first, _COMPLAINER, summary=CallSummary.PROGRESS))
    yield now - timedelta(hours=25)
    form = OrderForm(
        kind=OrderKind.COMPLAINT,
        number=_COMPLAINER,
        name="邱先生",
        title="话务员没听完就挂断",
        content="昨天查进度，话务员没有听我说完就挂了电话，要求道歉。",
        accused_name="12345热线话务员",
        area_code=cast.areas.get("横水镇"),
        place="县城",
    )
    said = "已道歉并记录，由班长核听录音后回电告知结果"
    intake.register_direct_answer(second, form, said, call_note(second, _COMPLAINER))
    yield second.now() + timedelta(minutes=1)
