"""专席 of the invented day: applications at every step, and visits done, booked and in vain.

They draw no lots and touch no order, so that the rest of the day stays what it is without them. ID numbers end in the
sequence 000, which nobody is given; the people and their numbers are invented.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from desk import special_seats
from desk.calls import CallNote
from desk.context import Desk
from desk.rules.calendar import local, next_working_day
from desk.rules.id_number import check_digit
from desk.rules.office_hours import add_office_hours
from seed.cast import Cast
from seed.story import Life

AGENT, SECOND_AGENT = "1203", "1202"
INSURER, SECOND_INSURER, TALENT_OFFICE = "2171", "2172", "2121"
VISITOR = "2181"
"""医保局, 人社局 and 公安局 of the county."""

OFFICE_HOURS = 3
"""After so many of them an application is decided here."""
Answers = Mapping[str, str]


def _id_number(born: str) -> str:
    first = f"360725{born}000"
    return first + check_digit(first)


def seats(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life."""
    hours = timedelta(hours=1)
    yield (
        now - 3 * hours,
        filed(cast, AGENT, "treatment_elsewhere", _settled("钟桂英", "19560312", "广东省东莞市")),
    )
    yield now - 50 * hours, passed(cast, _settled("谢长根", "19490827", "福建省厦门市"))
    yield now - 30 * hours, sent_back(cast)
    yield now - 120 * hours, told(cast)
    yield (
        now - 170 * hours,
        filed(cast, SECOND_AGENT, "stop_insurance", _stopped("曾小军", "20060705", "army")),
    )
    yield now - 75 * hours, refused(cast)
    yield (
        now - hours,
        filed(cast, AGENT, "talent", _query("吴思远", "housing", "硕士回崇义工作，人才公寓怎么申请")),
    )
    yield now - 26 * hours, filed(cast, AGENT, "talent", _answered())
    yield now - 4 * hours, booked(cast, "卢秀兰", "immobile", "横水镇朱坑村下屋组 12 号")
    yield now - 100 * hours, visited(cast)
    yield now - 102 * hours, nobody_at_home(cast)


def filed(cast: Cast, staff_no: str, form: str, answers: Answers) -> Life:
    """Taken, and left where it is."""
    _file(cast, staff_no, form, answers)
    yield from ()


def passed(cast: Cast, answers: Answers) -> Life:
    """Passed; the citizen is still to be rung."""
    number = _file(cast, SECOND_AGENT, "treatment_elsewhere", answers)
    yield _after_hours(cast.at(INSURER))
    special_seats.pass_application(cast.at(INSURER), number, "即日起生效，在备案地直接刷医保码结算")


def sent_back(cast: Cast) -> Life:
    """Sent back for what is missing."""
    answers = {
        **_stopped("邱明华", "19881120", "employee"),
        "paid": "yes",
        "refund": "yes",
        "holder": "邱明华",
        "bank": "崇义农商银行阳岭支行",
        "account": "62220000000000017",
        "missing": "职工医保参保凭证",
    }
    number = _file(cast, AGENT, "stop_insurance", answers)
    yield _after_hours(cast.at(INSURER))
    special_seats.send_back(cast.at(INSURER), number, "职工医保参保凭证没有，请补单位参保证明")


def told(cast: Cast) -> Life:
    """Passed, and the citizen told."""
    answers = {
        "name": "黄小满",
        "category": "newborn",
        "proof": "Y360000001",
        "householder": "黄建国",
        "address": "过埠镇铁木村上坝组",
        "year": str(local(cast.at(AGENT).now()).year),
        "period": "late",
        "phone": "13807980104",
        "agent": "黄建国（父亲）",
        "shown": "出生医学证明、户口簿",
    }
    number = _file(cast, AGENT, "join_insurance", answers)
    yield _after_hours(cast.at(SECOND_INSURER))
    special_seats.pass_application(cast.at(SECOND_INSURER), number, "出生之日起享受待遇，请缴费")
    yield cast.at(AGENT).now() + timedelta(hours=1)
    special_seats.tell(cast.at(AGENT), number, "父亲知道了")


def refused(cast: Cast) -> Life:
    """Refused with reason and basis, told at the second call."""
    answers = _settled("郭永强", "19910214", "湖南省郴州市") | {"missing": "居住证"}
    number = _file(cast, AGENT, "treatment_elsewhere", answers)
    yield _after_hours(cast.at(INSURER))
    special_seats.refuse(cast.at(INSURER), number, "未查到在本县的参保记录", "异地就医备案须在参保地办理")
    yield cast.at(AGENT).now() + timedelta(hours=1)
    special_seats.tell(cast.at(AGENT), number, reached=False)
    yield cast.at(AGENT).now() + timedelta(hours=3)
    special_seats.tell(cast.at(AGENT), number, "到参保地备案")


def booked(cast: Cast, name: str, reason: str, address: str) -> Life:
    """A visit on the next working day."""
    _book(cast, name, reason, address)
    yield from ()


def visited(cast: Cast) -> Life:
    """A visit that was made."""
    number, day = _book(cast, "张金莲", "old", "上堡乡正井村 3 组")
    yield day.replace(hour=11, minute=20)
    special_seats.log_visit(cast.at(VISITOR), number, "身份证已采集，十日内送证上门")


def nobody_at_home(cast: Cast) -> Life:
    """爽约, with a new date."""
    number, day = _book(cast, "朱福生", "disabled", "扬眉镇华坪村大屋场")
    yield day.replace(hour=11, minute=50)
    desk = cast.at(VISITOR)
    later = day.date()
    for _ in range(3):
        later = next_working_day(later, desk.calendar)
    special_seats.miss_visit(
        desk, number, "家中无人，电话关机", no_show=True, day=later.isoformat(), half="下午"
    )


def _file(cast: Cast, staff_no: str, form: str, answers: Answers) -> str:
    now = local(cast.at(staff_no).now())
    starts = {"treatment_elsewhere": f"{now:%Y-%m-%d}", "stop_insurance": f"{now:%Y-%m}"}
    answers = {**answers, "starts": starts.get(form, "")}
    call = CallNote(number=answers["phone"], line="12333" if form == "talent" else "12345")
    return special_seats.file_application(cast.at(staff_no), form, answers, call).number


def _after_hours(desk: Desk) -> datetime:
    return add_office_hours(desk.now(), OFFICE_HOURS, desk.settings.limits, desk.calendar)


def _book(cast: Cast, name: str, reason: str, address: str) -> tuple[str, datetime]:
    """Book the morning of the next working day; return the number and a moment of that day (China time)."""
    desk = cast.at(SECOND_AGENT)
    now = local(desk.now())
    day = next_working_day(now.date(), desk.calendar)
    answers = {
        "name": name,
        "phone": f"1380798{sum(map(ord, name)) % 10_000:04d}",
        "reason": reason,
        "matter": "id_card",
        "address": address,
        "day": day.isoformat(),
        "half": "morning",
    }
    return _file(cast, SECOND_AGENT, "home_visit", answers), now + (day - now.date())


def _settled(name: str, born: str, place: str) -> dict[str, str]:
    return {
        "name": name,
        "id_number": _id_number(born),
        "insured_place": "崇义县",
        "insurance": "resident",
        "kind": "settled",
        "place": place,
        "phone": f"1380798{born[-4:]}",
        "shown": "身份证、居住证",
    }


def _stopped(name: str, born: str, reason: str) -> dict[str, str]:
    return {
        "name": name,
        "id_number": _id_number(born),
        "insured_place": "崇义县长龙镇",
        "reason": reason,
        "paid": "no",
        "refund": "no",
        "phone": f"1380798{born[-4:]}",
        "shown": "身份证",
    }


def _query(name: str, topic: str, question: str) -> dict[str, str]:
    return {
        "name": name,
        "phone": "13807980777",
        "degree": "master",
        "employer": "在外地工作",
        "topic": topic,
        "question": question,
        "way": "passed",
    }


def _answered() -> dict[str, str]:
    asked = _query("肖文静", "exam", "今年事业单位招聘在哪里看公告、什么时候报名")
    return asked | {"degree": "bachelor", "way": "answered", "entry": "ZSK-RS-0115"}
