"""Every deed and question of the six flows, and of the duty list, that takes words, with a moment at which it is allowed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.codes import (
    AnswerOutcome,
    CallOutcome,
    CallSummary,
    Deed,
    DissatisfactionCause,
    Grade,
    OrderKind,
    RequestKind,
    ReturnReason,
    Satisfaction,
    StewardStep,
    Urgency,
    WriteOffEvidence,
)
from db.ids import new_uid
from db.times import to_ms
from desk import (
    assessment,
    cases,
    channels,
    circulars,
    dispatch,
    duties,
    emergency,
    hotline_day,
    intake,
    knowledge,
    messages,
    my_tickets,
    notices,
    promises,
    quality,
    review,
    seats,
    shift_board,
    social_insurance,
    social_review,
    special_seats,
    stations,
    stewardship,
)
from desk.calls import CallNote
from desk.context import Desk
from desk.dispatch_rows import SplitPart
from desk.intake_rows import OrderForm, PhraseForm
from desk.knowledge_rows import EntryText
from desk.rules.callbacks import Survey
from desk.settings import Settings
from desk.social_review import NewPanelist
from tests.desk import (
    assessed,
    at_the_seats,
    circular_life,
    dispatching,
    insured,
    panel_life,
    quality_desk,
    review_life,
    sessions,
    unit_desk,
)
from tests.desk.counter import COUNTER
from tests.desk.emergencies import an_emergency, brought_to, unit_key
from tests.world import World

ADMIN = "1001"
AGENT, SUPERVISOR, DISPATCHER, OTHER_DISPATCHER, OFFICER = "1203", "1002", "1301", "1302", "1401"
CLERK = "2301"
LIAISON, HANDLER, UNIT_REVIEWER, HELPER = "2101", "2102", "2103", "2201"
AUDITOR, SECOND_AUDITOR, CALLER = "1501", "1502", "1601"

MAPPED = ("编号=号", "标题=题", "内容=文", "时间=时")

Arguments = dict[str, Any]
PICKED = frozenset(
    {
        "order_no", "order", "into", "reason_code", "outcome", "way", "staff_no", "area_code", "category_code",
        "to", "emergency_type", "service", "leaving", "phone", "proof", "form.other_area_code",
        "marks[]", "upstream_due", "parts[].category",
        "number", "contact_phone", "draft_id", "form.number", "form.contact_phone", "form.area_code",
        "form.category_code", "form.accused_unit", "call.number", "order_nos[]",
        "form.steward", "form.co_units", "form.way", "form.days", "form.attendees", "form.reason_code", "form.kind",
        "days", "when", "target", "due_on", "reasons[]",
    }
)  # fmt: skip
"""Fields that hold a code, a key or a number: words there are refused, never kept."""


PHRASE_KEYS = PICKED | {"uid", "phrase.abbreviation", "phrase.line", "phrase.category_code"}
"""Of a phrase only its words are kept as they are typed."""


SEAT_KEYS = PICKED | {"form", "answers[]", "day", "half", "first", "last", "unit"}
"""Of a 专席: the answers are tried field by field in tests/desk/rules/test_special_forms.py."""


QUALITY_KEYS = PICKED | {"about", "staff_no", "verdicts[]", "view", "month"}
"""Of 质检: what names a record, a person, an item or a list."""


ASSESSMENT_KEYS = PICKED | {"month", "key"}
"""Of 考核: what names a month or a figure."""


@dataclass(frozen=True)
class Stage:
    """Who does it, and how an order is brought there. `picked` are fields of this deed that take no words."""

    by: str
    arguments: Callable[[World], Arguments]
    picked: frozenset[str] = PICKED


def _on(by: str, order: Callable[[World], str], **more: Any) -> Stage:
    """A deed on an order that `order` brings there; a callable among `more` is asked for its value."""

    def arguments(world: World) -> Arguments:
        order_no = order(world)
        return {"order_no": order_no, **{k: v(world) if callable(v) else v for k, v in more.items()}}

    return Stage(by, arguments)


def _asks(by: str, **more: Any) -> Stage:
    """A question: its words are looked for, and kept nowhere."""
    return Stage(by, lambda world: dict(more), PICKED | {"text", "place", "line", "topic", "view", "month"})


def _plain(world: World) -> str:
    return world.order().order_no


def _form(**more: Any) -> OrderForm:
    given: Arguments = {
        "kind": OrderKind.COMPLAINT,
        "content": "夜里打桩",
        "number": "13800000000",
        "place": "老城",
    }
    return OrderForm(**{**given, **more})


def _call(**more: Any) -> CallNote:
    return CallNote(number="13800000000", line="12345", **more)


def _at_the_counter(world: World) -> str:
    return intake.register_at_counter(world.desk(CLERK), _form(), COUNTER).order_no


def _map_saved(world: World) -> str:
    return channels.save_map(world.desk(SUPERVISOR), "省厅", "省平台", MAPPED).name


def _to_complete(world: World) -> str:
    order_no = _plain(world)
    dispatch.ask_completion(world.desk(DISPATCHER), order_no, "请补充门牌号")
    return order_no


def _planned_and_signed(world: World) -> str:
    sessions.planned(world)
    return unit_desk.signed(world)


def _merged(world: World) -> str:
    order_no = _plain(world)
    dispatch.merge(world.desk(DISPATCHER), order_no, _plain(world))
    return order_no


def _asked_back(world: World) -> str:
    order_no = unit_desk.sent(world)
    dispatching.ask_return(world, order_no)
    return order_no


def _asked_back_again(world: World) -> str:
    order_no = _asked_back(world)
    dispatch.refuse_return(world.desk(SUPERVISOR), order_no, "属你单位职责")
    dispatching.ask_return(world, order_no, finding="到场无施工")
    return order_no


def _refused_twice(world: World) -> str:
    order_no = _asked_back_again(world)
    dispatch.refuse_return(world.desk(OTHER_DISPATCHER), order_no, "仍属你单位")
    return order_no


def _asked_longer(world: World) -> str:
    order_no = unit_desk.signed(world)
    my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, "需检测", "已电话告知")
    return order_no


def _tried_thrice(world: World) -> str:
    order_no = unit_desk.signed(world)
    for _ in range(3):
        world.clock.tick(minutes=90)
        my_tickets.log_contact_attempt(world.desk(HANDLER), order_no)
    return order_no


def _asked_to_wait(world: World) -> str:
    order_no = _tried_thrice(world)
    my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人提供合同")
    return order_no


def _waiting(world: World) -> str:
    order_no = _asked_to_wait(world)
    my_tickets.grant_suspension(world.desk(DISPATCHER), order_no)
    return order_no


def _handed(world: World) -> str:
    """An emergency that 119 has been told of."""
    order_no = an_emergency(world).order_no
    emergency.hand_to_rescue(world.desk(OFFICER), order_no, "119")
    return order_no


def _heard_crisis(world: World) -> str:
    """A 危机来电 under control, of which 110 has said what came."""
    order_no = an_emergency(world, "自杀风险", is_crisis=True).order_no
    brought_to(world, order_no, Deed.CONTAIN)
    emergency.hand_to_rescue(world.desk(OFFICER), order_no, "110")
    emergency.hear_rescue(world.desk(OFFICER), order_no, "110", "已劝下")
    return order_no


def _emergency(step: Deed | None = None) -> Callable[[World], str]:
    def brought(world: World) -> str:
        order_no = an_emergency(world).order_no
        if step is not None:
            brought_to(world, order_no, step)
        return order_no

    return brought


def _supervised(world: World) -> str:
    order_no = review_life.sent(world)
    review.supervise(world.desk("1701"), order_no, "三日内到现场")
    return order_no


def _supervision_answered(world: World) -> str:
    order_no = _supervised(world)
    my_tickets.answer_supervision(world.desk(LIAISON), order_no, "已到现场")
    return order_no


def _reminded(world: World) -> str:
    order_no = review_life.sent(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    return order_no


def _a_photograph(world: World) -> Path:
    path = world.path.with_name("photo.jpg")
    path.write_bytes(b"photo")
    return path


def _in_procedure(world: World) -> str:
    order_no = review_life.sent(world)
    my_tickets.enter_procedure(world.desk(HANDLER), order_no, **_PROCEDURE)
    return order_no


_PROCEDURE: dict[str, Any] = {
    "kind": "labour_inspection",
    "organ": "县劳动保障监察大队",
    "number": "崇劳监立〔2026〕18号",
    "due_on": "2026-12-31",
    "told": "已电话告知案号和期限",
    "way": "phone",
}


def _panel_said_no(world: World) -> str:
    return panel_life.judged(world, is_reasonable=False)


def _pooled_and_told(world: World) -> str:
    panel_life.pooled(world)
    return panel_life.told(world)


def _a_ballot(world: World) -> dict[str, Any]:
    """Whoever votes is drawn by lot: the account of the first seat is made that of 9001."""
    session = panel_life.opened(world, _pooled_and_told(world))
    line = social_review.board(world.desk(AUDITOR), session.id).lines[0]
    sitting = panel_life.panel(world, session)
    world.desks["panelist"] = sitting[0]
    return {"line_id": line.line_id, "choice": "reasonable", "reason": "问题还在"}


def _a_seat(world: World) -> dict[str, Any]:
    session = panel_life.drawn(world, _pooled_and_told(world))
    seat = social_review.board(world.desk(AUDITOR), session.id).seats[0]
    return {"seat_id": seat.id, "reason": "与承办人是亲属"}


def _a_file(world: World) -> dict[str, Any]:
    order_no = panel_life.told(world)
    return {"order_no": order_no, "text": social_review.open_file(world.desk(AUDITOR), order_no).text}


def _asked_off(world: World) -> str:
    order_no = review_life.reworked_and_satisfied(world)
    evidence = WriteOffEvidence.SATISFIED_CALLBACK
    review.ask_write_off(world.desk(AUDITOR), order_no, evidence, "第二轮回访满意")
    return order_no


def _closed(world: World) -> str:
    order_no = review_life.to_call_back(world)
    review.close_satisfied(world.desk(CALLER), order_no)
    return order_no


def _helped(world: World) -> str:
    order_no = unit_desk.sent(world, co=("CY-RSJ",))
    my_tickets.co_sign(world.desk(HELPER), order_no)
    return order_no


def _part_asked_back(world: World) -> str:
    order_no = unit_desk.sent(world, co=("CY-RSJ",))
    helper, why = world.desk(HELPER), ReturnReason.NOT_OUR_DUTY
    my_tickets.ask_part_return(helper, order_no, why, "不涉用工", "清单第 118 项", "横水镇")
    return order_no


def _helping_part(world: World) -> int:
    return int(world.row("SELECT id FROM assignments WHERE part = 'co_handling'")["id"])


def _helped_and_signed(world: World) -> str:
    order_no = _helped(world)
    my_tickets.sign(world.desk(HANDLER), order_no)
    return order_no


def _proposed(world: World) -> int:
    order_no = _closed(world)
    return cases.propose(world.desk(AUDITOR), order_no, "夜间施工", "夜里打桩", "已停工").row.id


def _satisfied_write_off(world: World) -> str:
    return review_life.reworked_and_satisfied(world)


def _unreached(world: World) -> str:
    order_no = review_life.to_call_back(world)
    for _ in range(3):
        world.clock.tick(hours=25)
        review.log_callback_attempt(world.desk(CALLER), order_no)
    return order_no


def _finished(world: World) -> str:
    done = intake.register_direct_answer(world.desk(AGENT), **{**_FORM, "answer": "已告知"})
    return done.order_no


def _nuisance(world: World) -> str:
    for _ in range(3):
        intake.file_call(world.desk(AGENT), _call(summary=CallSummary.NUISANCE))
    return "13800000000"


def _marked(world: World) -> str:
    number = _nuisance(world)
    intake.mark_nuisance(world.desk(SUPERVISOR), number, "反复辱骂")
    return number


def _held(world: World) -> str:
    body = {"values": {"number": "13800000000"}}
    return str(intake.save_draft(world.desk(AGENT), body, "断线", "d1", is_held=True))


def _declined(world: World) -> str:
    born = intake.decline(world.desk(AGENT), OrderForm(content="判错了", number="13800001111"), "lawsuit")
    return born.order_no


def _sampled(world: World) -> str:
    desk = world.desk(AGENT)
    desk.take(Settings({"declined.sample_percent": 100}))
    return intake.decline(desk, OrderForm(content="判错了"), "lawsuit").order_no


def _insisted(world: World) -> str:
    order_no = _declined(world)
    intake.insist(world.desk(AGENT), order_no, "就要你们管")
    return order_no


def _confirmed(world: World) -> str:
    order_no = _insisted(world)
    dispatch.confirm_declined(world.desk(DISPATCHER), order_no, "仍请到法院反映")
    return order_no


def _failed_message(world: World) -> int:
    world.order()
    with world.database.write() as writer:
        writer.run("UPDATE messages SET state = 'failed'")
    return int(world.row("SELECT max(id) AS id FROM messages")["id"])


def _notice(world: World) -> int:
    now = to_ms(world.clock.now)
    row = {
        "uid": new_uid(),
        "title": "停水",
        "sentence": "今日停水",
        "starts_at": now - 1,
        "published_at": now - 1,
        "ends_at": now + 10**7,
    }
    with world.database.write() as writer:
        return writer.insert("notices", row)


def _labour(world: World) -> int:
    return unit_key(world, "CY-RSJ")


def _house(world: World) -> int:
    return unit_key(world, "CY-CGJ")


def _seat(by: str, number: Callable[[World], str], **words: str) -> Stage:
    return Stage(by, lambda world: {"number": number(world), **words}, SEAT_KEYS)


def _phrase(abbreviation: str = "wyf") -> PhraseForm:
    return PhraseForm(abbreviation, "小区物业收费")


def _own_phrase(world: World) -> str:
    return intake.add_phrase(world.desk(AGENT), _phrase("yy")).uid


_FORM = {"form": _form(), "call": _call()}

_ENTRY = PICKED | {
    "number",
    "unit",
    "line",
    "topic",
    "text",
    "text.line",
    "text.owner",
    "text.valid_from",
    "text.valid_to",
    "text.review_by",
}
_TEXT = EntryText(topic="城管", title="夜间施工噪音扰民向谁反映", answer="请说地点。", keywords="噪音")


def _proposed_entry(world: World) -> str:
    return knowledge.propose(world.desk(SUPERVISOR), _TEXT).number


def _entry(world: World) -> str:
    return knowledge.publish(world.desk(ADMIN), _proposed_entry(world)).number


def _note(world: World) -> int:
    return knowledge.report(world.desk(AGENT), _entry(world), "电话已改").id


def _seated(world: World) -> str:
    """班长 has signed in: a call can be put through to her."""
    seats.be_seen(world.desks[SUPERVISOR])
    return "supervisor:班长"


def _promised(world: World) -> int:
    call = CallNote("13800000000")
    return promises.promise(world.desks[AGENT], "supervisor:班长", "转移接续", call).id


def _kept_draft(world: World) -> str:
    return intake.save_draft(world.desks[AGENT], {"values": {}}, "社保") or ""


_LOOKED_UP = ("staff_no", "profession", "area_code", "employer_code", "units", "people", "mobile")

STAGES: dict[str, dict[str, Stage]] = {
    "intake": {
        "register": Stage(AGENT, lambda world: dict(_FORM)),
        "register_at_counter": Stage(
            CLERK, lambda world: {"form": _form(), "counter": COUNTER}, PICKED | {"form.line"}
        ),
        "receipt": Stage(CLERK, lambda world: {"order_no": _at_the_counter(world)}),
        "register_direct_answer": Stage(AGENT, lambda world: {**_FORM, "answer": "已告知"}),
        "answer_from_entry": Stage(
            AGENT, lambda world: {**_FORM, "number": _entry(world), "version": 1}, PICKED | {"number"}
        ),
        "register_emergency": Stage(
            AGENT, lambda world: {**_FORM, "number": "", "place": "老城", "emergency_type": "燃气泄漏"},
            PICKED | {"form.place"},
        ),
        "decline": Stage(
            AGENT, lambda world: {**_FORM, "reason": "lawsuit", "explanation": ""}, PICKED | {"reason"}
        ),
        "transfer_out": Stage(AGENT, lambda world: {**_FORM, "to": "110"}),
        "file_call": Stage(AGENT, lambda world: {"call": _call(summary=CallSummary.UNRELATED)}),
        "tell_notice": Stage(AGENT, lambda world: {"notice_id": _notice(world), "call": _call()}),
        "mark_settled": _on(SUPERVISOR, _finished, paper="崇人社监决〔2026〕8号"),
        "mark_nuisance": Stage(SUPERVISOR, lambda world: {"number": _nuisance(world), "ground": "反复辱骂"}),
        "unmark_caller": Stage(SUPERVISOR, lambda world: {"number": _marked(world), "reason": "已致歉"}),
        "take": Stage(AGENT, lambda world: {"call_id": "17"}, PICKED | {"call_id"}),
        "complete": _on(AGENT, _to_complete, words="三单元", call=_call()),
        "supplement": _on(AGENT, _plain, words="还在打桩", call=_call()),
        "urge": _on(AGENT, _plain, words="怎么还没人来", call=_call()),
        "withdraw": _on(AGENT, _plain, words="不告了", call=_call()),
        "void": _on(SUPERVISOR, _plain, reason="登记错误"),
        "decline_order": Stage(
            SUPERVISOR,
            lambda world: {"order_no": _plain(world), "reason": "lawsuit", "explanation": ""},
            PICKED | {"reason"},
        ),
        "progress": Stage(
            AGENT, lambda world: {"order": _plain(world), "phone": "13800000000", "proof": "李先生"}
        ),
        "save_draft": Stage(AGENT, lambda world: {"body": {"content": "夜里"}, "title": "夜里", "draft_id": "a"}),
        "drop_draft": Stage(AGENT, lambda world: {"draft_id": "a"}),
        "log_attempt": Stage(AGENT, lambda world: {"draft_id": _held(world)}),
        "caller": _asks(AGENT, phone="13800000000"),
        "areas": _asks(AGENT, text="横水"),
        "categories": _asks(AGENT, text="噪音"),
        "accused_units": _asks(AGENT, text="城管"),
        "promise": Stage(
            AGENT,
            lambda _: {
                "target": "supervisor:班长", "question": "转移接续", "call": CallNote("13800000000"), "caller_name": "李四",
            },
            PICKED | {"call.outside_id"},
        ),
        "transfer_picks": _asks(AGENT, text="11"),
        "offer_call": Stage(
            AGENT,
            lambda world: {"call_key": "A1", "target": _seated(world), "draft_id": _kept_draft(world), "title": "社保"},
            PICKED | {"call_key"},
        ),
        "take_over": Stage(SUPERVISOR, lambda _: {"transfer_id": "x"}, PICKED | {"transfer_id"}),
        "withdraw_offer": Stage(AGENT, lambda _: {"transfer_id": "x"}, PICKED | {"transfer_id"}),
        "note_outside": Stage(
            AGENT,
            lambda _: {"call_key": "A1", "number": "110", "name": "公安", "is_three_way": True},
            PICKED | {"call_key", "name"},
        ),
        "call_supervisor": Stage(
            AGENT, lambda _: {"call_key": "A1", "title": "不想活"}, PICKED | {"call_key"}
        ),
        "outside_picks": _asks(AGENT, text="11"),
        "insist": _on(AGENT, _declined, words="就要你们管", call=_call()),
        "decline_reasons": _asks(AGENT, text="诉讼"),
        "directory": _asks(AGENT, text="信访"),
        "occurred": Stage(AGENT, lambda world: {"words": "前晚"}, PICKED | {"words"}),
        "phrases": Stage(AGENT, lambda world: {"line": "", "category_code": ""}, PICKED | {"line"}),
        "phrase_used": Stage(AGENT, lambda world: {"uid": "a"}, PICKED | {"uid"}),
        "add_phrase": Stage(AGENT, lambda world: {"phrase": _phrase()}, PHRASE_KEYS),
        "change_phrase": Stage(
            AGENT, lambda world: {"uid": _own_phrase(world), "phrase": _phrase("zz")}, PHRASE_KEYS
        ),
        "remove_phrase": Stage(AGENT, lambda world: {"uid": _own_phrase(world)}, PHRASE_KEYS),
        "landmarks": _asks(AGENT, area_code="360725100000"),
        "understood": Stage("", lambda world: {"place": "G105 K1+2"}, PICKED | {"place"}),
        "offer": _asks(AGENT, text="夜里打桩", place="滑坡处"),
        "matter": _asks(AGENT, text="夜里打桩", area_code="360725100000", line="12345", place="滑坡处"),
        "similar": _asks(AGENT, text="夜里打桩", area_code="360725100000"),
        "notices": _asks(AGENT, text="夜里打桩", area_code="360725100000"),
        "likely_units": _asks(AGENT, text="夜里打桩", area_code="360725100000"),
    },
    "dispatch": {
        "accept_declined": _on(DISPATCHER, _insisted, reason="属本县住建局职责"),
        "confirm_declined": _on(DISPATCHER, _insisted, sentence="仍请到法院反映"),
        "tell_declined": _on(DISPATCHER, _confirmed, note="本人接听", was_answered=True),
        "pass_declined": _on(SUPERVISOR, _sampled, note="理由正确"),
        "reveal": _on(DISPATCHER, _plain, reason="回电"),
        "send": _on(DISPATCHER, _plain, unit_id=_house, requirement="请核查", forward_text="请核查噪音"),
        "send_to_first": Stage(DISPATCHER, lambda world: {"order_nos": (_plain(world),)}),
        "add_unit": _on(DISPATCHER, unit_desk.sent, unit_id=_labour, requirement="请协助"),
        "reassign": _on(
            DISPATCHER, unit_desk.sent, unit_id=_labour, reason="属人社", requirement="", forward_text="请核查"
        ),
        "recall": _on(DISPATCHER, unit_desk.sent, reason="派错"),
        "ask_completion": _on(DISPATCHER, _plain, missing="门牌号"),
        "forget_lesson": _on(DISPATCHER, _asked_longer, reason="临时安排"),
        "put_into_triage": _on(DISPATCHER, _plain, words="职责不清", reason_code="other"),
        "panel_start": _on(DISPATCHER, sessions.in_triage),
        "rule_triage": _on(DISPATCHER, sessions.in_triage, form=sessions.panel()),
        "carry_out": _on(DISPATCHER, sessions.ruled, forward_text="请核查噪音"),
        "hand_up": _on("5301", sessions.handed_down, reason="不在园区范围"),
        "grant_return": _on(OTHER_DISPATCHER, _asked_back, decision="同意"),
        "refuse_return": _on(OTHER_DISPATCHER, _asked_back, decision="属你单位职责"),
        "redirect_return": _on(OTHER_DISPATCHER, _asked_back, decision="属实", requirement="三日内办"),
        "grant_part_return": _on(OTHER_DISPATCHER, _part_asked_back, part_id=_helping_part, decision="同意"),
        "refuse_part_return": _on(OTHER_DISPATCHER, _part_asked_back, part_id=_helping_part, decision="须配合"),
        "refer_return": _on(OTHER_DISPATCHER, _asked_back_again, reason="职能交叉"),
        "rule_finally": _on(
            SUPERVISOR, _refused_twice, unit_id=_labour, reason="再核，属人社", requirement="三日内办",
            forward_text="请核查",
        ),
        "correct": _on(DISPATCHER, _plain, reason="标题有误", title="夜间打桩", area_code=None),
        "keep_note": _on(DISPATCHER, _plain, demand="请核查", forward_text=""),
        "keep_words": _on(DISPATCHER, _plain, form="recall", answers={"reason": "派错"}),
        "forget_words": Stage(
            DISPATCHER, lambda world: {"order_no": _plain(world), "form": "x"}, PICKED | {"form"}
        ),
        "why_not": _on(DISPATCHER, _plain, kind=Deed.SEND),
        "forward_text": _on(DISPATCHER, _plain),
        "leave": _on(DISPATCHER, _plain),
        "order_detail": _on(DISPATCHER, _plain, leaving=None),
        "proposals": _on(DISPATCHER, _plain),
        "areas": _asks(DISPATCHER, text="横水"),
        "categories": _asks(DISPATCHER, text="噪音"),
        "units": _asks(DISPATCHER, text="城管"),
        "split": _on(
            DISPATCHER, _plain, parts=(SplitPart("路灯不亮", "老城社区路灯坏了"),), rest_title="", rest_content=""
        ),
        "merge": _on(DISPATCHER, _plain, into=_plain),
        "unmerge": _on(DISPATCHER, _merged, reason="不是同一事项"),
        "relate": _on(DISPATCHER, _plain, to=_plain),
        "main_candidates": Stage(
            DISPATCHER, lambda world: {"order_no": _plain(world), "text": "打桩"}, PICKED | {"text"}
        ),
        "set_marks": _on(
            DISPATCHER, _plain, marks=("upstream",), upstream_no="赣督1", upstream_due="", upstream_demand="三日内报"
        ),
        "marks": _on(DISPATCHER, _plain),
        "narrow": Stage(DISPATCHER, lambda world: {"key": "line:12333"}, PICKED | {"key"}),
        "scope_picks": _asks(DISPATCHER, text="横水"),
    },
    "my_tickets": {
        "sign": _on(HANDLER, unit_desk.sent),
        "sign_all": Stage(HANDLER, lambda world: {"order_nos": (unit_desk.sent(world),)}),
        "auto_sign": _on(SUPERVISOR, unit_desk.sent),
        "co_sign": _on(HELPER, lambda world: unit_desk.sent(world, co=("CY-RSJ",))),
        "add_attachment": _on(HANDLER, unit_desk.signed, path=_a_photograph),
        "check_attachments": _on(HANDLER, unit_desk.signed),
        "print_order": Stage(
            HANDLER,
            lambda world: {
                "order_no": unit_desk.signed(world),
                "path": world.path.with_name("page.docx"),
                "may_overwrite": True,
            },
        ),
        "ask_co_handling": _on(
            LIAISON,
            unit_desk.signed,
            unit_id=lambda world: unit_desk.unit_id(world, "CY-RSJ"),
            requirement="请查务工人员台账",
        ),
        "answer_supervision": _on(LIAISON, _supervised, answer="已到现场"),
        "answer_reminder": _on(LIAISON, _reminded, answer="明日办结"),
        "co_reply": _on(HELPER, _helped, answer="我局已核"),
        "write_step": _on(HANDLER, unit_desk.signed, step=StewardStep.PREVENT, note="列入巡查"),
        "hand_on": _on(LIAISON, unit_desk.signed, staff_no=HANDLER),
        "hand_on_all": Stage(
            LIAISON, lambda world: {"order_nos": (unit_desk.signed(world),), "staff_no": HANDLER}
        ),
        "note": _on(HANDLER, unit_desk.signed, text="已到现场"),
        "log_visit": _on(HANDLER, unit_desk.signed, words="见到本人，已清理"),
        "log_contact_attempt": _on(HANDLER, unit_desk.signed, number="", note="无人接听"),
        "ask_return": _on(
            LIAISON, unit_desk.sent, reason_code=ReturnReason.NOT_OUR_DUTY, target_unit_id=_labour,
            reason="属人社", duty_item="清单第 201 项", finding="到场无施工",
        ),
        "ask_part_return": _on(
            HELPER, _helped, reason_code=ReturnReason.NOT_OUR_DUTY, reason="不涉用工", duty_item="清单第 118 项",
            target="横水镇", finding="到场无用工",
        ),
        "ask_extension": _on(HANDLER, unit_desk.signed, days=2, reason="需检测", told_citizen_log="已告知"),
        "grant_extension": _on(DISPATCHER, _asked_longer, decision="同意"),
        "refuse_extension": _on(DISPATCHER, _asked_longer, decision="请加快"),
        "ask_panel": _on(HANDLER, review_life.dissatisfied, handled="已依法办理", explained="已当面解释"),
        "ask_escalation": _on(LIAISON, unit_desk.signed, reason="协调不动"),
        "rule_escalation": _on("1701", sessions.escalated, decision="由城管牵头"),
        "refer_to_day": _on("1701", sessions.escalated, words="须县长定"),
        "ask_suspension": _on(HANDLER, _tried_thrice, reason="等合同"),
        "grant_suspension": _on(DISPATCHER, _asked_to_wait, decision="同意"),
        "refuse_suspension": _on(DISPATCHER, _asked_to_wait, decision="可办理"),
        "resume": _on(HANDLER, _waiting, reason="来电了"),
        "check_reply": Stage(
            HANDLER,
            lambda world: {"order_no": unit_desk.signed(world), "public_reply": "您好，已停工"},
            PICKED | {"public_reply", "internal_result"},
        ),
        "submit_reply": _on(HANDLER, unit_desk.signed, internal_result="已停工", public_reply="您好，已停工"),
        "pass_reply": _on(UNIT_REVIEWER, unit_desk.drafted, note="通过"),
        "send_back_reply": _on(UNIT_REVIEWER, unit_desk.drafted, note="请写清时间", reasons=("other",)),
        "log_answer": _on(
            HANDLER, unit_desk.passed, outcome=AnswerOutcome.ANSWERED, way="phone", number="", said="已告知"
        ),
        "enter_procedure": Stage(
            HANDLER, lambda world: {"order_no": review_life.sent(world), **_PROCEDURE}, PICKED | {"kind"}
        ),
        "extend_procedure": _on(HANDLER, _in_procedure, due_on="2027-01-29", reason="案情复杂", told="已告知"),
        "end_procedure": _on(HANDLER, _in_procedure, result="已责令支付"),
        "reveal_phone": _on(HANDLER, unit_desk.signed, reason="回电"),
        "keep_draft": _on(HANDLER, unit_desk.signed, internal_result="已停工", public_reply="您好"),
        "draft_of": _on(HANDLER, unit_desk.signed),
        "drop_draft": _on(HANDLER, unit_desk.signed),
        "detail": _on(HANDLER, unit_desk.signed),
        "receivers": _asks(LIAISON, text="经办"),
        "reply_phrases": _asks(HANDLER, text="感谢"),
        "target_units": _asks(LIAISON, text="人社", order_no=""),
    },
    "emergency": {
        "call_out": _on(OFFICER, _emergency(), unit_id=_house, person="队长甲", note="已通知", number=""),
        "acknowledge": _on(OFFICER, _emergency(Deed.CALL_OUT), person="队长甲"),
        "depart": _on(OFFICER, _emergency(Deed.ACKNOWLEDGE), note="两车"),
        "arrive": _on(OFFICER, _emergency(Deed.DEPART), note="已到"),
        "contain": _on(OFFICER, _emergency(Deed.ARRIVE), said_by="队长甲", note="已关阀", remote_reason=""),
        "report_on": _on(OFFICER, _emergency(Deed.ARRIVE), text="正在疏散"),
        "finish": Stage(
            SUPERVISOR,
            lambda world: {
                "order_no": _heard_crisis(world),
                "result": "已换阀",
                "public_reply": "已排除",
                "remainder": "",
                "care_on": "2026-12-31",
                "care_by": "王芳",
            },
            PICKED | {"care_on"},
        ),
        "downgrade": _on(SUPERVISOR, _emergency(), urgency=Urgency.URGENT, reason="不是险情"),
        "false_alarm": _on(SUPERVISOR, _emergency(), reason="误报"),
        "detail": _on(OFFICER, _emergency()),
        "why_not": _on(OFFICER, _emergency(), kind=Deed.CALL_OUT),
        "callees": Stage(
            OFFICER, lambda world: {"order_no": _emergency()(world), "text": "城管"}, PICKED | {"text"}
        ),
        "callee_of": Stage("", lambda _: {"key": "1|13800000000|队长甲"}, PICKED | {"key"}),
        "try_call_out": _on(
            OFFICER, _emergency(), unit_id=_house, outcome=CallOutcome.REFUSED, person="队长甲", note="车坏", number=""
        ),
        "ring_back": _on(OFFICER, _emergency(), note="已在路上", was_reached=True),
        "hand_to_rescue": _on(OFFICER, _emergency(), service="119", taker="07", note="两车"),
        "hear_rescue": _on(OFFICER, _handed, service="119", result="已到场"),
        "rescue_choices": _on(OFFICER, _emergency()),
        "keep_words": _on(OFFICER, _emergency(), form="finish", answers={"result": "已换阀"}),
        "kept_words": Stage(
            OFFICER, lambda world: {"order_no": _emergency()(world), "form": "x"}, PICKED | {"form"}
        ),
        "forget_words": Stage(
            OFFICER, lambda world: {"order_no": _emergency()(world), "form": "x"}, PICKED | {"form"}
        ),
    },
    "review": {
        "pass_close_review": _on(AUDITOR, review_life.in_review, note="答复完整"),
        "score_handling": _on(AUDITOR, assessed.closed, points=4, reason="办理及时"),
        "send_back_close_review": _on(AUDITOR, review_life.in_review, reason="没有回答", reasons=("point",)),
        "open_callback": _on(CALLER, review_life.to_call_back),
        "log_callback_attempt": _on(CALLER, review_life.to_call_back, note="无人接听"),
        "close_satisfied": _on(CALLER, review_life.to_call_back, note="满意"),
        "close_unsolved": _on(CALLER, review_life.to_call_back, note="还没解决"),
        "close_unreached": _on(CALLER, _unreached, note="三次未接"),
        "record_dissatisfaction": _on(CALLER, review_life.to_call_back, note="还在响", cause=DissatisfactionCause.RESULT),
        "finish_callback": _on(CALLER, review_life.to_call_back, survey=Survey(Satisfaction.SATISFIED), note="满意"),
        "set_grade": _on(AUDITOR, review_life.to_call_back, grade=Grade.D, reason="来访不认可"),
        "rework": _on(AUDITOR, review_life.dissatisfied, requirement="现场复核"),
        "register_new_matter": Stage(
            CALLER,
            lambda world: {
                "order_no": review_life.to_call_back(world),
                "kind": "complaint",
                "content": "楼下又开了一家烧烤",
                "place": "老城社区",
            },
            PICKED | {"kind"},
        ),
        "refuse_procedure": _on(AUDITOR, _in_procedure, reason="没有立案文书"),
        "reopen": _on(AUDITOR, _closed, reason="问题反复"),
        "set_plan": _on(AUDITOR, review_life.dissatisfied, plan="每晚巡查"),
        "remind": _on(AUDITOR, review_life.sent, note="请抓紧"),
        "supervise": _on("1701", review_life.sent, requirement="三日内到现场"),
        "answer_supervision": _on(LIAISON, _supervised, answer="已到现场"),
        "accept_answer": _on("1701", _supervision_answered, note="可以"),
        "press_again": _on("1701", _supervision_answered, requirement="写明完成时间"),
        "pressure_choices": _on(AUDITOR, review_life.sent, kind=RequestKind.SUPERVISION),
        "panel_request": _on(AUDITOR, panel_life.asked),
        "send_to_panel": _on(AUDITOR, panel_life.asked, note="已核对记录", lawful=True, explained=True),
        "refuse_panel": _on(AUDITOR, panel_life.asked, reason="办理尚不完整"),
        "tell_of_panel": Stage(
            CALLER,
            lambda world: {"order_no": panel_life.granted(world), "said": "已告知", "page": "我还有话说"},
            PICKED | {"way"},
        ),
        "add_panel_page": _on(CALLER, panel_life.told, words="还有一点"),
        "log_explanation": _on(CALLER, _panel_said_no, said="已说明"),
        "ask_write_off": _on(
            AUDITOR, _satisfied_write_off, evidence_kind=WriteOffEvidence.SATISFIED_CALLBACK, evidence="满意"
        ),
        "approve_write_off": _on(SECOND_AUDITOR, _asked_off, note="核实"),
        "refuse_write_off": _on(SECOND_AUDITOR, _asked_off, reason="再观察"),
        "archive": _on(AUDITOR, _closed),
        "check": Stage(
            AUDITOR,
            lambda world: {"order_no": review_life.in_review(world), "kind": Deed.PASS_CLOSE_REVIEW, "called": "通过"},
            PICKED | {"called"},
        ),
        "detail": _on(AUDITOR, review_life.in_review),
        "plan_words": _on(AUDITOR, review_life.dissatisfied),
        "write_off_asked": _on(AUDITOR, review_life.in_review),
        "keep_words": _on(AUDITOR, review_life.in_review, form="rework", answers={"words": "现场"}),
        "kept_words": Stage(
            AUDITOR, lambda world: {"order_no": review_life.in_review(world), "form": "x"}, PICKED | {"form"}
        ),
        "forget_words": Stage(
            AUDITOR, lambda world: {"order_no": review_life.in_review(world), "form": "x"}, PICKED | {"form"}
        ),
    },
    "hotline_day": {
        "plan_day": Stage(SUPERVISOR, lambda world: {"when": "2026-11-30", "leader": "刘县长", "place": "三楼"}),
        "put_on_agenda": _on(SUPERVISOR, _planned_and_signed, words="三家都推"),
        "take_off_agenda": _on(SUPERVISOR, sessions.on_agenda, why="已解决"),
        "decide_by_day": _on("1701", sessions.on_agenda, form=sessions.ruling()),
        "follow_up": _on(SUPERVISOR, sessions.decided, note="已到现场", is_done=False, days=""),
        "orders": _asks(SUPERVISOR, text="噪音"),
        "why_not": _on(SUPERVISOR, _plain, kind=Deed.DECIDE_BY_DAY),
        "keep_words": _on(SUPERVISOR, _plain, form="decide", answers={"requirement": "核查"}),
        "kept_words": Stage(
            SUPERVISOR, lambda world: {"order_no": _plain(world), "form": "x"}, PICKED | {"form"}
        ),
        "forget_words": Stage(
            SUPERVISOR, lambda world: {"order_no": _plain(world), "form": "x"}, PICKED | {"form"}
        ),
    },
    "duties": {
        "find": _asks(AGENT, text="噪音"),
        "list_named": _asks("", text="欠薪"),
    },
    "cases": {
        "of_order": _on(AUDITOR, _closed),
        "propose": _on(
            AUDITOR, _closed, title="夜间施工", matter="夜里打桩", handling="已停工", lesson="先停工再取证"
        ),
        "publish": Stage(
            SECOND_AUDITOR,
            lambda world: {
                "case_id": _proposed(world), "title": "夜间施工", "matter": "夜里打桩", "handling": "已停工",
                "lesson": "先停工再取证",
            },
        ),
        "retire": Stage(SECOND_AUDITOR, lambda world: {"case_id": _proposed(world), "reason": "政策已变"}),
        "page": _asks(AGENT, text="打桩", order_no=""),
        "beside": _on(AGENT, _plain),
    },
    "knowledge": {
        "page": _asks(AGENT, text="噪音", topic="", line=""),
        "matching": _asks(AGENT, text="噪音", line=""),
        "topics": _asks(AGENT, line=""),
        "full": Stage(AGENT, lambda world: {"number": _entry(world)}, _ENTRY),
        "propose": Stage(SUPERVISOR, lambda world: {"text": _TEXT, "number": "", "reason": "新规定"}, _ENTRY),
        "publish": Stage(ADMIN, lambda world: {"number": _proposed_entry(world)}, _ENTRY),
        "refuse": Stage(ADMIN, lambda world: {"number": _proposed_entry(world), "reason": "没有依据"}, _ENTRY),
        "retire": Stage(SUPERVISOR, lambda world: {"number": _entry(world), "reason": "政策已变"}, _ENTRY),
        "report": Stage(AGENT, lambda world: {"number": _entry(world), "words": "电话已改"}, _ENTRY),
        "ask_owner": Stage(
            AGENT,
            lambda world: {"question": "围挡多高", "number": "", "unit": "", "call_key": ""},
            _ENTRY | {"call_key"},
        ),
        "keep_words": Stage(
            AGENT, lambda world: {"about": _entry(world), "form": "report", "answers": {"text": "电话已改"}},
            _ENTRY | {"about", "form"},
        ),
        "kept_words": Stage(AGENT, lambda world: {"about": _entry(world), "form": "x"}, _ENTRY | {"about", "form"}),
        "forget_words": Stage(AGENT, lambda world: {"about": _entry(world), "form": "x"}, _ENTRY | {"about", "form"}),
        "settle": Stage(
            SUPERVISOR, lambda world: {"note_id": _note(world), "answer": "已改", "number": ""}, _ENTRY
        ),
    },
    "channels": {
        "save_map": Stage(
            SUPERVISOR,
            lambda world: {"name": "省厅", "channel": "省平台", "pairs": MAPPED, "heads": ("备注",)},
            PICKED | {"channel", "pairs[]"},
        ),
        "remove_map": Stage(SUPERVISOR, lambda world: {"name": _map_saved(world)}, PICKED | {"name"}),
        "map_shown": Stage(SUPERVISOR, lambda world: {"name": _map_saved(world)}, PICKED | {"name"}),
        "source_named": Stage(SUPERVISOR, lambda world: {"text": "省平台"}, PICKED | {"text"}),
        "not_in_sample": Stage("", lambda world: {"heads": ("甲",), "pairs": ("编号=甲",)}, PICKED | {"heads[]", "pairs[]"}),
    },
    "stations": {
        "add_station": Stage(
            ADMIN,
            lambda world: {
                "site": "CYHS1", "staff_nos": (CLERK,), "phone": "0797-3812345", "path": world.path.with_name("new"),
            },
            PICKED | {"site", "staff_nos[]"},
        ),
        "write_file": Stage(
            SUPERVISOR, lambda world: {"path": world.path.with_name("new"), "site": "CYHS1"}, PICKED | {"site"}
        ),
    },
    "stewardship": {
        "write_step": _on(HANDLER, unit_desk.signed, step=StewardStep.PREVENT, note="列入巡查"),
        "change_steward": _on(DISPATCHER, _helped_and_signed, unit_id=_labour, reason="主责在劳动监察"),
        "successors": _on(DISPATCHER, _helped),
        "teams": Stage(SUPERVISOR, lambda world: {"unit": ""}, PICKED | {"unit"}),
        "add_member": Stage(
            LIAISON, lambda world: {"name": "演练甲", "phone": "13800007777", "shift": "白班", "unit": ""},
            PICKED | {"unit"},
        ),
    },
    "notices": {
        "announce": Stage(LIAISON, lambda _: {"form": notices.NoticeForm("停水", "今日停水", "23:00", "", "", "")},
            PICKED | {"form.ends", "form.starts", "form.area", "form.unit"},
        ),
        "end": Stage(SUPERVISOR, lambda world: {"notice_id": _notice(world), "reason": "已提前恢复"}),
    },
    "special_seats": {
        "file_application": Stage(
            AGENT, lambda _: {"form": "talent", "answers": at_the_seats.TALENT, "call": CallNote(number=at_the_seats.PHONE)}, SEAT_KEYS
        ),
        "amend": Stage(
            AGENT, lambda world: {"number": at_the_seats.sent_back(world), "answers": at_the_seats.TALENT}, SEAT_KEYS
        ),
        "withdraw_application": _seat(AGENT, at_the_seats.query, reason="不办了"),
        "pass_application": _seat(HELPER, at_the_seats.query, words="可以申请"),
        "send_back": _seat(HELPER, at_the_seats.query, missing="单位名称"),
        "refuse": _seat(HELPER, at_the_seats.query, reason="不符合条件", basis="人才租房办法"),
        "tell": _seat(AGENT, at_the_seats.passed, note="本人知道了"),
        "log_visit": _seat(LIAISON, at_the_seats.to_visit_today, note="已采集"),
        "miss_visit": _seat(LIAISON, at_the_seats.to_visit_today, why="家中无人", day="2026-11-27", half="上午"),
        "move_visit": _seat(AGENT, at_the_seats.booked, day="2026-11-27", half="上午", why="家里有事"),
        "open_application": _seat(HELPER, at_the_seats.query),
        "refusal": Stage(
            AGENT, lambda world: {"number": at_the_seats.query(world), "deed": Deed.PASS_APPLICATION}, SEAT_KEYS
        ),
        "paper": _seat(AGENT, at_the_seats.query),
        "reveal_phone": _seat(AGENT, at_the_seats.query),
        "next_free": Stage(AGENT, lambda _: {"unit": "县城管局", "day": "2026-11-25"}, SEAT_KEYS),
        "figures": Stage(AGENT, lambda _: {"first": "2026-11-01", "last": "2026-11-30"}, SEAT_KEYS),
    },
    "social_review": {
        "tell_of_panel": Stage(
            CALLER,
            lambda world: {"order_no": panel_life.granted(world), "said": "已告知", "page": "我还有话说"},
            PICKED | {"way"},
        ),
        "add_panel_page": _on(CALLER, panel_life.told, words="还有一点"),
        "plan_session": Stage(AUDITOR, lambda _: {"when": "2026-12-08 15:00", "place": "评议室"}, PICKED | {"when"}),
        "put_on": _on(AUDITOR, panel_life.told),
        "take_off": _on(AUDITOR, panel_life.told),
        "open_file": _on(AUDITOR, panel_life.told),
        "edit_file": Stage(AUDITOR, _a_file),
        "release_file": _on(AUDITOR, panel_life.told),
        "recuse": Stage(AUDITOR, _a_seat),
        "cast": Stage("panelist", _a_ballot, PICKED | {"choice"}),
        "letter_words": _on(AUDITOR, _panel_said_no),
        "save_letter": _on(AUDITOR, _panel_said_no, path=Path("letter.doc")),
        "keep_panelist": Stage(
            AUDITOR,
            lambda _: {"given": NewPanelist("9001", "甲乙丙", "律师")},
            PICKED | {f"given.{name}" for name in _LOOKED_UP},
        ),
        "keep_words": Stage(
            AUDITOR, lambda _: {"about": "day-1", "form": "plan", "answers": {"place": "评议室"}}, PICKED | {"about", "form"}
        ),
        "kept_words": Stage(AUDITOR, lambda _: {"about": "day-1", "form": "x"}, PICKED | {"about", "form"}),
        "forget_words": Stage(AUDITOR, lambda _: {"about": "day-1", "form": "x"}, PICKED | {"about", "form"}),
        "leave_pool": Stage(AUDITOR, lambda _: {"staff_no": "9001"}, PICKED | {"staff_no"}),
    },
    "messages": {
        "ring_instead": Stage(AGENT, lambda world: {"message_id": _failed_message(world), "note": "家人代接"}),
    },
    "promises": {
        "promise": Stage(
            AGENT,
            lambda _: {
                "target": "supervisor:班长", "question": "转移接续", "call": CallNote("13800000000"), "caller_name": "李四",
            },
            PICKED | {"call.outside_id"},
        ),
        "answer": Stage(SUPERVISOR, lambda world: {"promise_id": _promised(world), "words": "可以转移"}),
        "keep": Stage(SUPERVISOR, lambda world: {"promise_id": _promised(world), "words": "可以转移"}),
    },
    "quality": {
        "add": Stage(
            AUDITOR,
            lambda world: {"about": quality_desk.registered(world).order_no, "why": "群众反映"},
            QUALITY_KEYS,
        ),
        "name_agent": Stage(
            AUDITOR, lambda world: {"check_id": quality_desk.to_check(world), "staff_no": "1204"}, QUALITY_KEYS
        ),
        "judge": Stage(
            AUDITOR,
            lambda world: {
                "check_id": quality_desk.to_check(world),
                "verdicts": quality_desk.all_passed(),
                "words": "派错单位",
            },
            QUALITY_KEYS,
        ),
        "answer": Stage(AGENT, lambda world: {"check_id": quality_desk.judged(world), "words": "派得对"}),
        "decide": Stage(
            SUPERVISOR,
            lambda world: {"check_id": quality_desk.disputed(world), "verdicts": {}, "words": "维持"},
            QUALITY_KEYS,
        ),
        "hear": Stage(AUDITOR, lambda world: {"check_id": quality_desk.audible(world), "reason": "核对"}),
        "page": _asks(AUDITOR, view="to_check"),
        "figures": _asks(AUDITOR, month="2026-11"),
        "export": Stage(
            AUDITOR,
            lambda world: {
                "path": world.path.with_name("质检.csv"), "month": "2026-11", "may_overwrite": True,
            },
            QUALITY_KEYS,
        ),
    },
    "assessment": {
        "score_handling": Stage(
            AUDITOR, lambda world: {"order_no": assessed.closed(world), "points": 4, "reason": "办理及时"}
        ),
        "score_cooperation": Stage(
            HANDLER,
            lambda world: {
                "order_no": assessed.closed(world),
                "unit_id": unit_desk.unit_id(world, assessed.HELPER),
                "points": 4,
                "reason": "随叫随到",
            },
        ),
        "appeal_score": Stage(
            LIAISON, lambda world: {"score_id": assessed.handled_score(world), "reason": "当天已到场"}
        ),
        "grant_appeal": Stage(
            SUPERVISOR,
            lambda world: {"score_id": assessed.appealed(world), "points": 5, "decision": "情况属实"},
        ),
        "refuse_appeal": Stage(
            SUPERVISOR, lambda world: {"score_id": assessed.appealed(world), "decision": "评分适当"}
        ),
        "table": _asks(SUPERVISOR, month="2026-11"),
        "scores": _asks(SUPERVISOR, month="2026-11"),
        "left_out": Stage(SUPERVISOR, lambda _: {"month": "2026-11"}, ASSESSMENT_KEYS),
        "orders": Stage(
            SUPERVISOR, lambda _: {"month": "2026-11", "unit_id": 0, "key": "received"}, ASSESSMENT_KEYS
        ),
        "save": Stage(
            SUPERVISOR,
            lambda world: {
                "month": "2026-11", "path": world.path.with_name("考核.xlsx"), "may_overwrite": True,
            },
            ASSESSMENT_KEYS,
        ),
    },
    "circulars": {
        "draft": Stage(
            AUDITOR, lambda world: (circular_life.fortnight(world), {"kind": "any", "first": "2026-11-23", "last": "2026-12-04"})[1],
            PICKED | {"kind", "first", "last"},
        ),
        "rewrite": Stage(
            AUDITOR, lambda world: {"circular_id": circular_life.drafted(world), "words": {"title": "十一月通报", "demand": "整改"}}
        ),
        "drop": Stage(AUDITOR, lambda world: {"circular_id": circular_life.drafted(world), "why": "重拟"}),
        "send": Stage(
            AUDITOR, lambda world: {"circular_id": circular_life.signed(world), "unit_codes": ["CY-HSZ"]},
            PICKED | {"unit_codes[]"},
        ),
    },
    "shift_board": {
        "behind": Stage(SUPERVISOR, lambda _: {"key": "calls:"}, PICKED | {"key"}),
    },
    "social_insurance": {
        "verify": Stage(
            AGENT,
            lambda _: {"claim": insured.CLAIM, "call_key": "call", "agrees": True},
            PICKED | {"call_key", "claim.name", "claim.id_number", "claim.value"},
        ),
        "look": Stage(
            AGENT,
            lambda world: {"check": insured.passed(world), "number": insured.NUMBER},
            PICKED | {"number"},
        ),
    },
}  # fmt: skip

FLOWS = {
    "intake": intake,
    "dispatch": dispatch,
    "my_tickets": my_tickets,
    "emergency": emergency,
    "review": review,
    "social_review": social_review,
    "hotline_day": hotline_day,
    "duties": duties,
    "cases": cases,
    "circulars": circulars,
    "knowledge": knowledge,
    "channels": channels,
    "stations": stations,
    "stewardship": stewardship,
    "notices": notices,
    "special_seats": special_seats,
    "messages": messages,
    "promises": promises,
    "quality": quality,
    "shift_board": shift_board,
    "assessment": assessment,
    "social_insurance": social_insurance,
}


def desk_of(world: World, stage: Stage) -> Desk | None:
    """Return the desk of who does it; None for a question that needs nobody."""
    return world.desks[stage.by] if stage.by else None
