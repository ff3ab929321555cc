"""The lives of the invented day: from the call to wherever each order stands now.

A life is a generator: it does a deed, then yields the moment of the next. What would come after now never happens,
so that every status is found on the desk, some orders overdue, some in the pool, one emergency running.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from db.codes import (
    CallOutcome,
    CallSummary,
    DissatisfactionCause,
    OrderKind,
    ProcedureKind,
    ReturnReason,
    Satisfaction,
    StewardStep,
    TriageReason,
    Urgency,
    WriteOffEvidence,
)
from desk import dispatch, intake, my_tickets, review
from desk import emergency as green_channel
from desk.calls import CallNote
from desk.context import Desk
from desk.intake_rows import OrderForm
from desk.rules.calendar import local
from desk.stewardship import write_step
from seed.calls import call_note
from seed.cast import Cast
from seed.library import library
from seed.panels import panels
from seed.pressing import pressing
from seed.quality import checked
from seed.response import response
from seed.returns import FOUND_ON_SITE, NOT_LISTED, returns
from seed.scores import scores
from seed.seats import seats
from seed.sessions import sessions
from seed.story import (
    AGENTS,
    AUDITOR,
    DISPATCHERS,
    Life,
    Story,
    answer,
    answered,
    matters,
    register,
    reviewed,
    secure,
    signed,
    to_the_unit,
)

CALLER_BACK, SECOND_CALLER_BACK, SUPERVISOR, OFFICER = "1402", "1405", "1002", "1501"


def lives(cast: Cast, now: datetime, chance: random.Random) -> Iterator[tuple[datetime, Life]]:
    """Yield when each life begins, and the life."""
    told = matters()
    plain = [matter for matter in told if matter["urgency"] != Urgency.CRITICAL]
    critical = [matter for matter in told if matter["urgency"] == Urgency.CRITICAL]
    for life, count, least, most in PLAN:
        for _ in range(count):
            matter = _fitting(life, plain, chance)
            story = Story(cast, chance, matter, cast.caller())
            yield _daytime(now - timedelta(hours=chance.uniform(least, most)), now, chance), life(story)
    for number in range(5):
        story = Story(cast, chance, critical[number % len(critical)], cast.caller())
        begins = now - timedelta(minutes=12) if number == 0 else now - timedelta(hours=chance.uniform(3, 200))
        yield begins, emergency(story, is_running=number == 0)
    yield from sessions(cast, now)
    yield from panels(cast, now)
    yield from returns(cast, [matter for matter in plain if _is_ordinary(matter)], now)
    yield from library(cast, now)
    yield from response(cast, now)
    yield from pressing(cast, now)
    yield from seats(cast, now)
    yield from checked(cast, now)
    yield from scores(cast, [matter for matter in plain if _is_ordinary(matter)], now)
    for _ in range(40):
        moment = _daytime(now - timedelta(hours=chance.uniform(0.2, 60)), now, chance)
        yield moment, filed_call(Story(cast, chance, chance.choice(plain), cast.caller()))


def _fitting(
    life: Callable[[Story], Life], plain: list[dict[str, Any]], chance: random.Random
) -> dict[str, Any]:
    if life is answered_at_once:
        return chance.choice([matter for matter in plain if matter["kind"] == OrderKind.INQUIRY])
    if life in (
        satisfied,
        dissatisfied,
        written_off,
        extended,
        in_procedure,
        reworked,
        before_the_panel,
        merged,
    ):
        return chance.choice([matter for matter in plain if _is_ordinary(matter)])
    return chance.choice(plain)


def _is_ordinary(matter: dict[str, Any]) -> bool:
    """Whether a matter may be extended, panelled or merged: no question, tip-off, praise, nothing urgent."""
    return matter["kind"] not in _OF_ANOTHER_KIND and matter["urgency"] == Urgency.NORMAL


_OF_ANOTHER_KIND = (OrderKind.INQUIRY, OrderKind.TIP_OFF, OrderKind.PRAISE)


def _daytime(moment: datetime, now: datetime, chance: random.Random) -> datetime:
    """Callers call by day: what falls into the night is moved to the morning before or after."""
    hour = local(moment).hour
    if 7 <= hour < 22:
        return moment
    moved = moment + timedelta(hours=chance.uniform(7, 12))
    return moved if moved < now else moment - timedelta(hours=chance.uniform(6, 9))


# -- the lives


def waiting(story: Story) -> Life:
    """Registered, and nobody has sent it yet."""
    register(story)
    yield story.after(1, 2)


def to_complete(story: Story) -> Life:
    """Sent back to the operator: something is missing."""
    register(story)
    yield story.after(10, 60)
    dispatch.ask_completion(story.cast.any_of(*DISPATCHERS), story.order_no, "请补充具体楼栋和方便联系的时间")


def in_triage(story: Story) -> Life:
    """Unclear whose it is: 派单研判小组."""
    register(story)
    yield story.after(10, 60)
    dispatch.put_into_triage(
        story.cast.any_of(*DISPATCHERS), story.order_no, reason_code=TriageReason.BLURRED_DUTY
    )


def unsigned(story: Story) -> Life:
    """Sent, not signed yet."""
    yield from to_the_unit(story)


def returned_after_signing(story: Story) -> Life:
    """Signed first, then the unit says it is not theirs."""
    yield from signed(story, is_astray=True)
    yield story.after(20, 90)
    my_tickets.ask_return(
        story.handler,
        story.order_no,
        ReturnReason.NOT_OUR_DUTY,
        story.own_unit["id"],
        "经核实不属于本单位职责范围",
        NOT_LISTED,
        FOUND_ON_SITE,
    )


def in_progress(story: Story) -> Life:
    """Signed and being handled; with time some of these are overdue."""
    yield from signed(story)
    yield story.in_office(1, 6)
    my_tickets.note(story.handler, story.order_no, "已安排人员现场查看，正与当事人联系")
    if story.chance.random() < 0.15:
        yield story.in_office(2, 12)
        intake.urge(
            story.cast.any_of(*AGENTS), story.order_no, CallNote(number=story.caller["phone"], line="12345")
        )


def extended(story: Story) -> Life:
    """Cannot be solved in time: extended, grade C, in the pool."""
    yield from signed(story)
    yield story.in_office(6, 14)
    told = "已电话告知诉求人需延期，诉求人表示理解"
    my_tickets.ask_extension(story.handler, story.order_no, 5, "需第三方检测，检测周期较长", told)
    yield story.in_office(0.5, 2)
    my_tickets.grant_extension(story.cast.at("1301"), story.order_no, "同意，请按期答复")


def in_procedure(story: Story) -> Life:
    """Decided by a law with a term of its own: told to the citizen, waiting in the pool for its date."""
    yield from signed(story)
    yield story.in_office(6, 14)
    organ = story.own_unit["short_name"]
    due_on = f"{story.now() + timedelta(days=60):%Y-%m-%d}"
    my_tickets.enter_procedure(
        story.handler,
        story.order_no,
        ProcedureKind.PENALTY,
        organ,
        f"立案〔{story.now():%Y}〕{int(story.order_no[-4:])}号",
        due_on,
        "已电话告知案号和办理期限，诉求人表示知悉",
    )
    yield story.in_office(0.5, 2)
    write_step(story.handler, story.order_no, StewardStep.STABILISE, "办案期间每周联系诉求人一次")


PROMISED = "请您放心，我们保证让您满意，此类问题绝对不会再有。"


def under_unit_review(story: Story) -> Life:
    """Drafted, waiting for the unit's 审核人; of some the checker has something to say."""
    yield from _at_the_handler(story)
    _draft(story, PROMISED if story.is_one_in(4) else "")


def _at_the_handler(story: Story) -> Life:
    yield from signed(story)
    yield story.in_office(3, 16)


def _draft(story: Story, more: str = "") -> None:
    reply = f"{story.matter['reply']}{more}"
    my_tickets.submit_reply(story.handler, story.order_no, story.matter["internal"], reply)


def to_answer(story: Story) -> Life:
    """Passed in the unit, the citizen not told yet."""
    yield from _at_the_handler(story)
    _draft(story)
    yield story.in_office(0.5, 2)
    my_tickets.pass_reply(story.reviewer, story.order_no)


def to_audit(story: Story) -> Life:
    """Answered, waiting for 办结审核."""
    yield from answered(story, 3, 20)


def to_call_back(story: Story) -> Life:
    """Passed, waiting for the callback."""
    yield from reviewed(story)


def satisfied(story: Story) -> Life:
    """Called back, satisfied, closed; older ones archived."""
    yield from reviewed(story)
    result = story.chance.choice(
        [Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED]
    )
    review.close_satisfied(
        story.cast.any_of(CALLER_BACK, SECOND_CALLER_BACK),
        story.order_no,
        result,
        result,
        result,
        was_contacted=True,
        is_solved=True,
    )
    yield story.in_office(8, 30)
    review.archive(story.cast.at(AUDITOR), story.order_no)


def dissatisfied(story: Story) -> Life:
    """Called back, dissatisfied: D, in the pool."""
    yield from reviewed(story)
    review.record_dissatisfaction(
        story.cast.any_of(CALLER_BACK, SECOND_CALLER_BACK),
        story.order_no,
        Satisfaction.DISSATISFIED,
        Satisfaction.SATISFIED,
        Satisfaction.BASICALLY_SATISFIED,
        cause=DissatisfactionCause.RESULT,
        was_contacted=True,
        is_solved=False,
        note="问题又出现，要求彻底解决",
    )


def reworked(story: Story) -> Life:
    """A second round at the unit, still watched as D."""
    yield from dissatisfied(story)
    yield story.in_office(0.5, 4)
    review.rework(story.cast.at(AUDITOR), story.order_no, "请到现场复核，与诉求人当面沟通后答复")


def written_off(story: Story) -> Life:
    """Second round solved it; written off by a second person, archived; here and there he has not come to it yet."""
    yield from reworked(story)
    yield story.in_office(4, 10)
    secure(story)
    yield from answer(story)
    yield story.in_office(0.5, 3)
    review.pass_close_review(story.cast.at(AUDITOR), story.order_no, "第二轮已实质解决")
    yield story.in_office(0.5, 4)
    pleased = Satisfaction.SATISFIED
    review.close_satisfied(
        story.cast.at(SECOND_CALLER_BACK),
        story.order_no,
        pleased,
        pleased,
        pleased,
        was_contacted=True,
        is_solved=True,
    )
    yield story.in_office(0.5, 3)
    review.ask_write_off(
        story.cast.at(AUDITOR), story.order_no, WriteOffEvidence.SATISFIED_CALLBACK, "第二轮回访满意"
    )
    is_waiting = int(story.order_no[-4:]) % 5 == 0
    yield story.in_office(0.5, 3)
    if not is_waiting:
        review.approve_write_off(story.cast.at(SUPERVISOR), story.order_no)
    yield story.in_office(1, 6)
    if not is_waiting:
        review.archive(story.cast.at(AUDITOR), story.order_no)


def answered_at_once(story: Story) -> Life:
    """A question answered in the call."""
    form = OrderForm(
        kind=OrderKind.INQUIRY,
        number=story.caller["phone"],
        name=story.caller["name"],
        area_code=story.cast.areas.get(story.matter["area"]),
        place=story.matter["place"],
        title=story.matter["title"],
        content=story.matter["content"],
        category_code=story.matter["category"],
    )
    intake.register_direct_answer(story.cast.any_of(*AGENTS), form, story.matter["reply"])
    yield story.after(1, 2)


def withdrawn(story: Story) -> Life:
    """The citizen wishes it withdrawn."""
    yield from to_the_unit(story)
    yield story.after(60, 300)
    desk = story.cast.any_of(*AGENTS)
    intake.withdraw(
        desk,
        story.order_no,
        "事情已自行解决，不用再办了",
        CallNote(number=story.caller["phone"], line="12345"),
    )


def before_the_panel(story: Story) -> Life:
    """Handled lawfully and in time, explained, still not accepted: the unit asks for 社会评议, the centre checks and tells."""
    yield from dissatisfied(story)
    yield story.in_office(1, 4)
    my_tickets.ask_panel(
        story.handler,
        story.order_no,
        "已按职责到场核查，依照现行规定处理，程序合法，材料齐全",
        "当面和电话各解释一次，说明了依据和程序",
    )
    yield story.in_office(1, 4)
    review.send_to_panel(
        story.cast.at(AUDITOR), story.order_no, "已核对办理记录和答复记录", lawful=True, explained=True
    )
    yield story.in_office(0.5, 3)
    page = story.chance.choice(["", "我只要一个说法，承办单位来过但没有解决根子问题"])
    review.tell_of_panel(
        story.cast.any_of(CALLER_BACK, SECOND_CALLER_BACK), story.order_no, "已告知将由社会评议员评议", page
    )


def declined(story: Story) -> Life:
    """Not the hotline's: the caller was told where to go."""
    form = OrderForm(
        number=story.caller["phone"],
        name=story.caller["name"],
        content=f"反映{story.matter['title']}，已向法院起诉",
    )
    intake.decline(
        story.cast.any_of(*AGENTS), form, story.chance.choice(["lawsuit", "arbitration", "reconsideration"])
    )
    yield story.after(1, 2)


def transferred(story: Story) -> Life:
    """Put through to an outside number."""
    form = OrderForm(
        number=story.caller["phone"], name=story.caller["name"], content=f"{story.matter['title']}，已转外线"
    )
    intake.transfer_out(story.cast.any_of(*AGENTS), form, story.chance.choice(["110", "12348"]))
    yield story.after(1, 2)


def made_void(story: Story) -> Life:
    """A wrong record."""
    register(story)
    yield story.after(2, 9)
    intake.void(story.cast.at(SUPERVISOR), story.order_no, "试线时误登记")


def merged(story: Story) -> Life:
    """The same matter, told twice: 主单 and 从单."""
    register(story)
    main = story.order_no
    yield story.after(5, 20)
    story.caller = story.cast.caller()
    register(story)
    yield story.after(5, 20)
    dispatch.merge(story.cast.any_of(*DISPATCHERS), story.order_no, main)


def filed_call(story: Story) -> Life:
    """A call without an order."""
    summaries = (
        CallSummary.SILENT,
        CallSummary.WRONG_NUMBER,
        CallSummary.PROGRESS,
        CallSummary.DROPPED,
        CallSummary.UNRELATED,
        CallSummary.PRAISE,
    )
    summary = story.chance.choice(summaries)
    desk = story.cast.any_of(*AGENTS)
    intake.file_call(desk, call_note(desk, story.caller["phone"], summary=summary))
    yield story.after(1, 2)


def emergency(story: Story, *, is_running: bool) -> Life:
    """The green channel: called out, acknowledged, on the way, there, controlled, done."""
    matter = story.matter
    desk = story.cast.at("1203")
    story.order_no = intake.register_emergency(
        desk,
        story.caller["phone"],
        matter["place"],
        matter["emergency_type"],
        form=OrderForm(
            area_code=story.cast.areas.get(matter["area"]),
            content=matter["content"],
            title=matter["title"],
            category_code=matter["category"],
            name=story.caller["name"],
        ),
    ).order_no
    yield story.after(1, 2)
    officer = story.cast.at(OFFICER)
    unit = story.cast.unit_for(matter["department"], matter["area"])
    if is_running:
        _rung_one_after_another(officer, story.order_no, unit["id"])
    else:
        green_channel.call_out(officer, story.order_no, unit["id"])
    yield story.after(1, 3)
    green_channel.acknowledge(officer, story.order_no)
    yield story.after(1, 4)
    green_channel.depart(officer, story.order_no)
    if is_running:
        return
    yield story.after(5, 9)
    green_channel.arrive(officer, story.order_no)
    yield story.after(4, 8)
    green_channel.contain(officer, story.order_no, "现场负责人")
    yield story.after(10, 60)
    green_channel.finish(officer, story.order_no, matter["internal"], matter["reply"])
    yield story.after(5, 20)
    my_tickets.log_answer(officer, story.order_no, number=story.caller["phone"], said=matter["reply"])
    yield story.in_office(1, 4)
    review.pass_close_review(story.cast.at(AUDITOR), story.order_no, "处置及时")


def _rung_one_after_another(officer: Desk, order_no: str, unit_id: int) -> None:
    """119 is told; of the unit whoever is on duty does not answer, the next one goes."""
    green_channel.hand_to_rescue(officer, order_no, "119", "7 号接警员", "已出两车")
    line = [green_channel.callee_of(row.key) for row in green_channel.callees(officer, order_no)]
    first, second = [each for each in line if each.unit_id == unit_id and each.person][:2]
    green_channel.try_call_out(
        officer, order_no, unit_id, CallOutcome.NO_ANSWER, person=first.person, note="", number=first.phone
    )
    green_channel.call_out(officer, order_no, unit_id, person=second.person, number=second.phone)


PLAN: tuple[tuple[Callable[[Story], Life], int, float, float], ...] = (
    # life, how many, begun at least and at most so many hours ago
    (waiting, 13, 0.05, 3.2),
    (waiting, 3, 4.5, 9),
    (to_complete, 4, 1.5, 20),
    (in_triage, 4, 2, 24),
    (unsigned, 20, 3, 7),
    (unsigned, 5, 45, 90),
    (returned_after_signing, 4, 10, 30),
    (in_progress, 48, 26, 110),
    (in_progress, 9, 190, 260),
    (extended, 6, 110, 180),
    (in_procedure, 2, 110, 180),
    (under_unit_review, 14, 60, 130),
    (to_answer, 12, 60, 130),
    (to_audit, 14, 90, 170),
    (to_call_back, 20, 150, 230),
    (satisfied, 110, 170, 340),
    (dissatisfied, 9, 190, 300),
    (reworked, 6, 230, 320),
    (written_off, 10, 300, 420),
    (answered_at_once, 75, 0.1, 200),
    (withdrawn, 5, 20, 200),
    (before_the_panel, 4, 200, 300),
    (declined, 5, 1, 150),
    (transferred, 4, 1, 150),
    (made_void, 1, 5, 60),
    (merged, 3, 2, 40),
)
