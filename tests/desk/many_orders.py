"""Many invented orders whose lives go on at random by the desk's own deeds: what is refused just does not happen."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from db.codes import (
    DissatisfactionCause,
    Grade,
    OrderKind,
    ProcedureKind,
    ReturnReason,
    Satisfaction,
    StewardStep,
    Urgency,
    WriteOffEvidence,
)
from desk import assessment, dispatch, emergency, intake, my_tickets, procedures, review, stewardship
from desk.context import Desk
from desk.errors import Refused
from desk.rules.calendar import local
from desk.rules.callbacks import Survey
from tests.desk import panel_life
from tests.desk.unit_desk import unit_id
from tests.world import World

UNITS = ("CY-CGJ", "CY-RSJ", "CY-HSZ")
PEOPLE = {
    "CY-CGJ": ("2101", "2102", "2103"),
    "CY-RSJ": ("2201", "2201", "2202"),
    "CY-HSZ": ("2301", "2301", "2302"),
}
"""联络员, 经办人 and 审核人 of each unit."""
DISPATCHERS, AUDITORS, SUPERVISOR = ("1301", "1302"), ("1501", "1502"), "1002"
KINDS = (OrderKind.INQUIRY, OrderKind.HELP_REQUEST, OrderKind.COMPLAINT, OrderKind.TIP_OFF, OrderKind.PRAISE)
EMERGENCIES = ("燃气泄漏", "自杀自残")
RATINGS = tuple(Satisfaction)

Step = Callable[["ManyOrders", str], object]


class ManyOrders:
    """A world in which orders live at random. `done` counts what was done, by name."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)
        self.done: Counter[str] = Counter()
        self.numbers: list[str] = []

    def live(self, orders: int, steps: int) -> None:
        """Bear `orders` orders and do `steps` things, one after another, as time goes by."""
        for step in range(steps):
            self.world.clock.tick(minutes=self.chance.choice((1, 2, 5, 10, 30, 100)))
            if len(self.numbers) < orders and (step % 3 == 0 or not self.numbers):
                self._bear()
            else:
                order_no = self.chance.choice(self.numbers)
                for _ in range(self.chance.choice((1, 1, 3))):
                    self._step(order_no)

    def desk(self, staff_no: str) -> Desk:
        """The desk of one person."""
        return self.world.desks[staff_no]

    def any_unit(self) -> int:
        """The key of one of the units."""
        return unit_id(self.world, self.chance.choice(UNITS))

    def _bear(self) -> None:
        if self.chance.random() < 0.08:
            kind = self.chance.choice(EMERGENCIES)
            born = intake.register_emergency(self.desk("1203"), "13800000009", "老城社区", kind)
            self.numbers.append(born.order_no)
            return
        kind = self.chance.choices(KINDS, (3, 4, 6, 1, 1))[0]
        urgency = self.chance.choices((Urgency.NORMAL, Urgency.URGENT), (9, 1))[0]
        needs = self.chance.random() > 0.1
        born_no = self.world.order(kind=kind, urgency=urgency, needs_answer=needs).order_no
        self.numbers.append(born_no)

    def _step(self, order_no: str) -> None:
        row = self.world.row(
            "SELECT o.status, o.grade, u.code FROM work_orders o LEFT JOIN units u ON u.id = o.steward_id"
            " WHERE o.order_no = :no",
            no=order_no,
        )
        self.people = PEOPLE.get(row["code"], PEOPLE["CY-CGJ"])
        is_leaving = row["status"] in _RUN and self.chance.random() < 0.15
        steps = _STEPS.get(row["status"], ()) + (_RUNNING if is_leaving else ())
        if not steps:
            return
        weights = [weight for _, weight, _ in steps]
        name, _, step = self.chance.choices(steps, weights)[0]
        with suppress(Refused):
            step(self, order_no)
            self.done[name] += 1

    def survey(self) -> Survey:
        """What a caller may say, at random."""
        result, attitude, timeliness = (self.chance.choices(RATINGS, (3, 6, 3, 2, 1, 2))[0] for _ in range(3))
        is_solved = self.chance.random() < 0.8
        is_bad = Survey(result, attitude, timeliness).is_dissatisfied
        cause = self.chance.choice(tuple(DissatisfactionCause)) if is_bad else None
        is_long = not is_solved and not is_bad and self.chance.random() < 0.4
        return Survey(result, attitude, timeliness, True, is_solved, is_long, cause)


def _send(many: ManyOrders, no: str) -> object:
    helpers = [many.any_unit() for _ in range(many.chance.choice((0, 0, 1, 2)))]
    desk = many.desk(many.chance.choice(DISPATCHERS))
    return dispatch.send(desk, no, many.any_unit(), co_unit_ids=helpers, forward_text="请核查反映的情况")


def _call_out(many: ManyOrders, no: str) -> object:
    return emergency.call_out(many.desk("1401"), no, many.any_unit())


def _reassign(many: ManyOrders, no: str) -> object:
    return dispatch.reassign(
        many.desk("1302"), no, many.any_unit(), reason="职责在该单位", forward_text="请核查"
    )


def _rule_finally(many: ManyOrders, no: str) -> object:
    return dispatch.rule_finally(
        many.desk(SUPERVISOR), no, many.any_unit(), reason="两次退单", forward_text="请核查"
    )


def _ask_return(many: ManyOrders, no: str) -> object:
    desk, target = many.desk(many.people[0]), many.any_unit()
    my_tickets.ask_return(
        desk, no, ReturnReason.NOT_OUR_DUTY, target, "不归本单位", duty_item="清单第1项", finding="已看现场"
    )
    many.world.clock.tick(minutes=many.chance.choice((10, 40)))
    if many.chance.random() < 0.8:
        decide = many.chance.choice((dispatch.grant_return, dispatch.refuse_return, dispatch.redirect_return))
        decide(many.desk("1302"), no, "按职责清单裁定")
    return None


def _add_unit(many: ManyOrders, no: str) -> object:
    return dispatch.add_unit(many.desk("1301"), no, many.any_unit(), requirement="请协办")


def _change_steward(many: ManyOrders, no: str) -> object:
    return stewardship.change_steward(many.desk("1301"), no, many.any_unit(), "由其牵头更合适")


def _ask_extension(many: ManyOrders, no: str) -> object:
    return my_tickets.ask_extension(many.desk(many.people[1]), no, 3, "材料在途", "已电话告知诉求人")


def _ask_suspension(many: ManyOrders, no: str) -> object:
    for _ in range(3):
        many.world.clock.tick(hours=3)
        my_tickets.log_contact_attempt(many.desk(many.people[1]), no, "13800000000", "无人接听")
    return my_tickets.ask_suspension(many.desk(many.people[1]), no, "等诉求人补充")


def _reply(many: ManyOrders, no: str) -> object:
    return my_tickets.submit_reply(
        many.desk(many.people[1]), no, f"已办 {many.chance.random()}", "您好，已经办理完毕"
    )


def _answer(many: ManyOrders, no: str) -> object:
    by = many.people[1]
    row = many.world.row(
        "SELECT kind, is_confidential, needs_answer FROM work_orders WHERE order_no = :no", no=no
    )
    if row["kind"] == "tip_off" or row["is_confidential"]:
        by = AUDITORS[1]
    if not row["needs_answer"]:
        return my_tickets.log_answer(many.desk(by), no, "not_needed")
    return my_tickets.log_answer(many.desk(by), no, said="已告知处理结果")


def _pass(many: ManyOrders, no: str) -> object:
    for step in (StewardStep.STABILISE, StewardStep.PREVENT):
        with suppress(Refused):
            stewardship.write_step(many.desk(many.people[1]), no, step, "已落实")
    is_new = many.chance.random() < 0.8
    return review.pass_close_review(many.desk(AUDITORS[0]), no, has_new_result=is_new)


def _call_back(many: ManyOrders, no: str) -> object:
    grade = many.chance.choice((None, None, None, Grade.B, Grade.C))
    return review.finish_callback(
        many.desk("1601"), no, many.survey(), "诉求人的话", grade, "酌情" if grade else ""
    )


def _unreached(many: ManyOrders, no: str) -> object:
    for hours in (0, 5, 20):
        many.world.clock.tick(hours=hours)
        review.log_callback_attempt(many.desk("1601"), no)
    return review.close_unreached(many.desk("1601"), no)


def _rework(many: ManyOrders, no: str) -> object:
    with suppress(Refused):
        my_tickets.rule_escalation(many.desk("1701"), no, "局长包案")
    return review.rework(
        many.desk(AUDITORS[0]), no, "重新核查", many.chance.choice(tuple(DissatisfactionCause))
    )


def _write_off(many: ManyOrders, no: str) -> object:
    for evidence in WriteOffEvidence:
        with suppress(Refused):
            review.ask_write_off(many.desk(AUDITORS[0]), no, evidence, "依据在案")
    # Now and then the one who asked decides himself: the desk must know better.
    return review.approve_write_off(many.desk(many.chance.choice((*AUDITORS, SUPERVISOR))), no)


def _send_to_panel(many: ManyOrders, no: str) -> object:
    my_tickets.ask_panel(many.desk(many.people[1]), no, "已依法办理", "已当面解释")
    review.send_to_panel(many.desk(AUDITORS[0]), no, "已核对记录", lawful=True, explained=True)
    return review.tell_of_panel(many.desk("1601"), no, "已电话告知")


def _score_handling(many: ManyOrders, no: str) -> object:
    return assessment.score_handling(
        many.desk(many.chance.choice(AUDITORS)), no, many.chance.randint(1, 5), "按办理情况"
    )


def _score_cooperation(many: ManyOrders, no: str) -> object:
    desk = many.desk(many.people[0])
    return assessment.score_cooperation(desk, no, many.any_unit(), many.chance.randint(1, 5), "配合及时")


def _score_id(many: ManyOrders, no: str) -> tuple[int, str]:
    rows = many.world.rows(
        "SELECT s.id, u.code FROM scores s JOIN work_orders o ON o.id = s.order_id JOIN units u ON u.id = s.unit_id"
        " WHERE o.order_no = :no",
        no=no,
    )
    if not rows:
        raise Refused("没有评分")
    row = many.chance.choice(rows)
    return row["id"], row["code"]


def _appeal(many: ManyOrders, no: str) -> object:
    score_id, code = _score_id(many, no)
    return assessment.appeal_score(many.desk(PEOPLE[code][2]), score_id, "与事实不符")


def _grant_appeal(many: ManyOrders, no: str) -> object:
    score_id, _ = _score_id(many, no)
    points = many.chance.choice((None, 1, 3, 5))
    return assessment.grant_appeal(many.desk(SUPERVISOR), score_id, points, "情况属实")


def _refuse_appeal(many: ManyOrders, no: str) -> object:
    score_id, _ = _score_id(many, no)
    return assessment.refuse_appeal(many.desk(SUPERVISOR), score_id, "评分适当")


def _correct(many: ManyOrders, no: str) -> object:
    kind = many.chance.choice((OrderKind.INQUIRY, OrderKind.COMPLAINT, OrderKind.PRAISE))
    return dispatch.correct(many.desk(SUPERVISOR), no, reason="类型登记有误", kind=kind)


def _emergency_on(many: ManyOrders, no: str) -> object:
    desk = many.desk("1401")
    steps: tuple[Callable[[], object], ...] = (
        lambda: emergency.acknowledge(desk, no, "队长甲"),
        lambda: emergency.depart(desk, no),
        lambda: emergency.arrive(desk, no),
        lambda: emergency.contain(desk, no, "队长甲"),
        lambda: emergency.finish(desk, no, "已处置", "险情已排除"),
    )
    for step in steps:
        many.world.clock.tick(minutes=many.chance.choice((2, 5, 12)))
        with suppress(Refused):
            step()
    return None


def _enter_procedure(many: ManyOrders, no: str) -> object:
    due_on = f"{local(many.world.clock.now) + timedelta(days=many.chance.randint(2, 20)):%Y-%m-%d}"
    desk = many.desk(many.people[1])
    return procedures.enter_procedure(
        desk, no, ProcedureKind.PENALTY, "执法大队", "罚立1号", due_on, "已电话告知"
    )


def _end_procedure(many: ManyOrders, no: str) -> object:
    return procedures.end_procedure(many.desk(many.people[1]), no, "已作出决定")


_TO_DISPATCH = (
    ("send", 12, _send),
    ("call_out", 6, _call_out),
    ("void", 1, lambda many, no: intake.void(many.desk(SUPERVISOR), no, "重复登记")),
    ("put_into_triage", 1, lambda many, no: dispatch.put_into_triage(many.desk("1302"), no, "职责不清")),
    ("merge", 1, lambda many, no: dispatch.merge(many.desk("1301"), no, many.chance.choice(many.numbers))),
    ("rule_finally", 2, _rule_finally),
)
_AT_THE_UNIT = (
    ("reassign", 1, _reassign),
    ("rule_finally", 2, _rule_finally),
    ("ask_return", 3, _ask_return),
    ("grant_return", 2, lambda many, no: dispatch.grant_return(many.desk("1302"), no, "同意")),
    ("refuse_return", 2, lambda many, no: dispatch.refuse_return(many.desk("1302"), no, "职责在贵单位")),
    ("redirect_return", 1, lambda many, no: dispatch.redirect_return(many.desk("1302"), no, "同意")),
    ("false_alarm", 1, lambda many, no: emergency.false_alarm(many.desk(SUPERVISOR), no, "现场无险情")),
    ("correct", 1, _correct),
    ("add_unit", 2, _add_unit),
)
_AT_WORK = (
    ("change_steward", 2, _change_steward),
    ("enter_procedure", 1, _enter_procedure),
    ("ask_extension", 1, _ask_extension),
    ("grant_extension", 2, lambda many, no: my_tickets.grant_extension(many.desk("1701"), no, "同意")),
    ("ask_suspension", 1, _ask_suspension),
    ("grant_suspension", 2, lambda many, no: my_tickets.grant_suspension(many.desk("1302"), no, "同意")),
    ("resume", 1, lambda many, no: my_tickets.resume(many.desk(many.people[1]), no, "诉求人来电")),
)
_STEPS: dict[str, tuple[tuple[str, int, Step], ...]] = {
    "to_dispatch": _TO_DISPATCH,
    "in_triage": (("send", 1, _send),),
    "to_sign": (
        ("sign", 8, lambda many, no: my_tickets.sign(many.desk(many.people[0]), no)),
        ("auto_sign", 3, lambda many, no: my_tickets.auto_sign(many.desk("1301"), no)),
        ("recall", 1, lambda many, no: dispatch.recall(many.desk("1301"), no, "派错")),
        ("emergency", 6, _emergency_on),
        ("call_out", 1, _call_out),
        *_AT_THE_UNIT,
    ),
    "in_progress": (("reply", 14, _reply), ("emergency", 4, _emergency_on), *_AT_THE_UNIT, *_AT_WORK),
    "in_procedure": (
        ("end_procedure", 1, _end_procedure),
        ("expire_procedure", 3, lambda many, no: procedures.expire_procedure(many.desk("1301"), no)),
        (
            "refuse_procedure",
            1,
            lambda many, no: procedures.refuse_procedure(many.desk(AUDITORS[0]), no, "没有立案书"),
        ),
    ),
    "unit_review": (
        ("pass_reply", 8, lambda many, no: my_tickets.pass_reply(many.desk(many.people[2]), no)),
        (
            "send_back_reply",
            1,
            lambda many, no: my_tickets.send_back_reply(many.desk(many.people[2]), no, "再写清楚", ["other"]),
        ),
    ),
    "to_answer": (("answer", 10, _answer), *_AT_WORK),
    "close_review": (
        ("pass", 8, _pass),
        (
            "send_back",
            2,
            lambda many, no: review.send_back_close_review(
                many.desk(AUDITORS[0]), no, "没有答到点上", ["other"]
            ),
        ),
    ),
    "to_call_back": (
        ("call_back", 6, _call_back),
        ("missed", 2, lambda many, no: review.log_callback_attempt(many.desk("1601"), no)),
        ("unreached", 1, _unreached),
    ),
    "dissatisfied": (
        ("rework", 3, _rework),
        ("send_to_panel", 3, _send_to_panel),
        ("explain", 3, lambda many, no: review.log_explanation(many.desk(AUDITORS[0]), no, "依法只能如此")),
        ("write_off", 4, _write_off),
    ),
    "to_panel": (
        ("reasonable", 1, lambda many, no: panel_life.held(many.world, no, 5, 2)),
        ("unreasonable", 3, lambda many, no: panel_life.held(many.world, no, 2, 5)),
    ),
    "closed": (
        ("score_handling", 6, _score_handling),
        ("score_cooperation", 8, _score_cooperation),
        ("appeal", 6, _appeal),
        ("grant_appeal", 5, _grant_appeal),
        ("refuse_appeal", 2, _refuse_appeal),
        ("write_off", 2, _write_off),
        ("reopen", 1, lambda many, no: review.reopen(many.desk(AUDITORS[0]), no, "诉求人补充新情况")),
        ("archive", 1, lambda many, no: review.archive(many.desk(AUDITORS[0]), no)),
        ("set_grade", 1, lambda many, no: review.set_grade(many.desk(AUDITORS[0]), no, "D", "复核为D级")),
    ),
    "archived": (
        ("score_handling", 1, _score_handling),
        ("appeal", 1, _appeal),
        ("grant_appeal", 1, _grant_appeal),
    ),
}
_RUN = frozenset(
    {"to_dispatch", "to_sign", "in_progress", "unit_review", "to_answer", "close_review", "to_call_back"}
)
_RUNNING: tuple[tuple[str, int, Step], ...] = (
    ("withdraw", 1, lambda many, no: intake.withdraw(many.desk("1203"), no, "诉求人不要求再办")),
)
