"""Codes as they stand on disk: short, lower case, never translated.

Standard library only, so that every floor may read them cheaply. The Chinese word of each code stands in
`desk/codes.py`. Closed sets carry a named CHECK in the schema; growing sets (status, deed, channel, role …)
are plain short strings that the code and `desk check` watch.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where an order stands in its life (practice P1)."""

    TO_DISPATCH = "to_dispatch"
    TO_COMPLETE = "to_complete"
    IN_TRIAGE = "in_triage"
    TO_SIGN = "to_sign"
    IN_PROGRESS = "in_progress"
    UNIT_REVIEW = "unit_review"
    TO_ANSWER = "to_answer"
    IN_PROCEDURE = "in_procedure"
    CLOSE_REVIEW = "close_review"
    TO_CALL_BACK = "to_call_back"
    DISSATISFIED = "dissatisfied"
    TO_PANEL = "to_panel"
    CLOSED = "closed"
    ARCHIVED = "archived"
    DECLINED = "declined"
    TRANSFERRED_OUT = "transferred_out"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    MERGED = "merged"


class OrderKind(StrEnum):
    """诉求类型; `undetermined` is an imported order whose kind the dispatcher still has to name."""

    INQUIRY = "inquiry"
    HELP_REQUEST = "help_request"
    COMPLAINT = "complaint"
    TIP_OFF = "tip_off"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    UNDETERMINED = "undetermined"


class Urgency(StrEnum):
    """紧急程度: it chooses the clock (practice P4)."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class Channel(StrEnum):
    """受理渠道 (press conference: 多渠道受理，同平台处置)."""

    PHONE_12345 = "phone_12345"
    PHONE_12333 = "phone_12333"
    WEB = "web"
    APP = "app"
    MINI_PROGRAM = "mini_program"
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MAILBOX = "mailbox"
    STATION = "station"
    VISIT = "visit"


class Deed(StrEnum):
    """Everything one can do; each allowed deed leaves exactly one event of this kind."""

    # intake 受理
    REGISTER = "register"
    REGISTER_DIRECT_ANSWER = "register_direct_answer"
    REGISTER_EMERGENCY = "register_emergency"
    REGISTER_NEW_MATTER = "register_new_matter"
    IMPORT_ORDER = "import_order"
    CHANGE_OUTSIDE = "change_outside"
    DECLINE = "decline"
    INSIST = "insist"
    TRANSFER_OUT = "transfer_out"
    FILE_CALL = "file_call"
    MARK_CALLER = "mark_caller"
    UNMARK_CALLER = "unmark_caller"
    PROPOSE_NOTICE = "propose_notice"
    PUBLISH_NOTICE = "publish_notice"
    END_NOTICE = "end_notice"
    FILE_APPLICATION = "file_application"
    AMEND_APPLICATION = "amend_application"
    WITHDRAW_APPLICATION = "withdraw_application"
    TELL_APPLICANT = "tell_applicant"
    PASS_APPLICATION = "pass_application"
    SEND_BACK_APPLICATION = "send_back_application"
    REFUSE_APPLICATION = "refuse_application"
    MOVE_VISIT = "move_visit"
    LOG_VISIT = "log_visit"
    MISS_VISIT = "miss_visit"
    OPEN_APPLICATION = "open_application"
    READ_NOTICE = "read_notice"
    RETRY_MESSAGE = "retry_message"
    VERIFY_IDENTITY = "verify_identity"
    LOOK_INSURANCE = "look_insurance"
    PROMISE_ANSWER = "promise_answer"
    ANSWER_PROMISE = "answer_promise"
    KEEP_PROMISE = "keep_promise"
    LOG_PROMISE_ATTEMPT = "log_promise_attempt"
    SUPPLEMENT = "supplement"
    URGE = "urge"
    WITHDRAW = "withdraw"
    VOID = "void"
    MERGE = "merge"
    COMPLETE = "complete"
    # dispatch 派单
    SEND = "send"
    SEND_TO_CENTRE = "send_to_centre"
    ASK_COMPLETION = "ask_completion"
    PUT_INTO_TRIAGE = "put_into_triage"
    RULE_TRIAGE = "rule_triage"
    RECALL = "recall"
    REASSIGN = "reassign"
    ADD_UNIT = "add_unit"
    CHANGE_STEWARD = "change_steward"
    CORRECT = "correct"
    FORGET_LESSON = "forget_lesson"
    SPLIT = "split"
    SPLIT_OFF = "split_off"
    TAKE_IN = "take_in"
    UNMERGE = "unmerge"
    LET_GO = "let_go"
    FOLLOW_MAIN = "follow_main"
    RELATE = "relate"
    SET_MARKS = "set_marks"
    GRADE_BY_WORST = "grade_by_worst"
    GRANT_RETURN = "grant_return"
    GRANT_PART_RETURN = "grant_part_return"
    REFUSE_PART_RETURN = "refuse_part_return"
    REFUSE_RETURN = "refuse_return"
    HAND_UP = "hand_up"
    ACCEPT_DECLINED = "accept_declined"
    CONFIRM_DECLINED = "confirm_declined"
    TELL_DECLINED = "tell_declined"
    PASS_DECLINED = "pass_declined"
    # 提级 and 热线日
    ASK_ESCALATION = "ask_escalation"
    RULE_ESCALATION = "rule_escalation"
    REFER_TO_DAY = "refer_to_day"
    PLAN_DAY = "plan_day"
    HOLD_DAY = "hold_day"
    PUT_ON_AGENDA = "put_on_agenda"
    TAKE_OFF_AGENDA = "take_off_agenda"
    DECIDE_BY_DAY = "decide_by_day"
    FOLLOW_UP = "follow_up"
    REDIRECT_RETURN = "redirect_return"
    REFER_RETURN = "refer_return"
    RULE_FINALLY = "rule_finally"
    # 服务站
    PAIR_STATION = "pair_station"
    WRITE_HANDOVER = "write_handover"
    READ_HANDOVER = "read_handover"
    TAKE_OVER = "take_over"
    HAND_OVER = "hand_over"
    TAKE_NEWS = "take_news"
    ADD_AFTERWARDS = "add_afterwards"
    # the unit's desk 我的工单
    SIGN = "sign"
    AUTO_SIGN = "auto_sign"
    HAND_ON = "hand_on"
    NOTE = "note"
    WRITE_STEP = "write_step"
    ASK_RETURN = "ask_return"
    ASK_PART_RETURN = "ask_part_return"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ASK_SUSPENSION = "ask_suspension"
    GRANT_SUSPENSION = "grant_suspension"
    REFUSE_SUSPENSION = "refuse_suspension"
    RESUME = "resume"
    SUBMIT_REPLY = "submit_reply"
    PASS_REPLY = "pass_reply"
    SEND_BACK_REPLY = "send_back_reply"
    ASK_CO_HANDLING = "ask_co_handling"
    CO_SIGN = "co_sign"
    CO_REPLY = "co_reply"
    LOG_CONTACT_ATTEMPT = "log_contact_attempt"
    LOG_ANSWER = "log_answer"
    ENTER_PROCEDURE = "enter_procedure"
    EXTEND_PROCEDURE = "extend_procedure"
    END_PROCEDURE = "end_procedure"
    EXPIRE_PROCEDURE = "expire_procedure"
    REFUSE_PROCEDURE = "refuse_procedure"
    # emergency 应急
    CALL_OUT = "call_out"
    TRY_CALL_OUT = "try_call_out"
    HAND_TO_RESCUE = "hand_to_rescue"
    HEAR_RESCUE = "hear_rescue"
    RING_BACK = "ring_back"
    ACKNOWLEDGE = "acknowledge"
    DEPART = "depart"
    ARRIVE = "arrive"
    CONTAIN = "contain"
    FINISH = "finish"
    REPORT_ON = "report_on"
    DOWNGRADE = "downgrade"
    FALSE_ALARM = "false_alarm"
    # review 审核评议
    PASS_CLOSE_REVIEW = "pass_close_review"
    PASS_WITHOUT_CALLBACK = "pass_without_callback"
    SEND_BACK_CLOSE_REVIEW = "send_back_close_review"
    LOG_CALLBACK_ATTEMPT = "log_callback_attempt"
    CLOSE_SATISFIED = "close_satisfied"
    CLOSE_UNSOLVED = "close_unsolved"
    CLOSE_UNREACHED = "close_unreached"
    RECORD_DISSATISFACTION = "record_dissatisfaction"
    SET_GRADE = "set_grade"
    SET_PLAN = "set_plan"
    REWORK = "rework"
    REOPEN = "reopen"
    SEND_TO_PANEL = "send_to_panel"
    PANEL_REASONABLE = "panel_reasonable"
    PANEL_UNREASONABLE = "panel_unreasonable"
    ASK_PANEL = "ask_panel"
    REFUSE_PANEL = "refuse_panel"
    TELL_OF_PANEL = "tell_of_panel"
    ADD_PANEL_PAGE = "add_panel_page"
    PUT_ON_PANEL = "put_on_panel"
    TAKE_OFF_PANEL = "take_off_panel"
    EDIT_PANEL_FILE = "edit_panel_file"
    RELEASE_PANEL_FILE = "release_panel_file"
    PLAN_PANEL = "plan_panel"
    DRAW_PANEL = "draw_panel"
    RECUSE_PANELIST = "recuse_panelist"
    REPLACE_PANELIST = "replace_panelist"
    GIVE_PANEL_PINS = "give_panel_pins"
    OPEN_PANEL = "open_panel"
    SIGN_SECRECY = "sign_secrecy"
    CAST_BALLOT = "cast_ballot"
    CLOSE_PANEL = "close_panel"
    PANELIST_CHANGED = "panelist_changed"
    LOG_EXPLANATION = "log_explanation"
    ASK_WRITE_OFF = "ask_write_off"
    APPROVE_WRITE_OFF = "approve_write_off"
    REFUSE_WRITE_OFF = "refuse_write_off"
    REMIND = "remind"
    SUPERVISE = "supervise"
    ANSWER_SUPERVISION = "answer_supervision"
    ANSWER_REMINDER = "answer_reminder"
    PRESS_BY_RULE = "press_by_rule"
    ACCEPT_ANSWER = "accept_answer"
    PRESS_AGAIN = "press_again"
    ARCHIVE = "archive"
    SCORE_HANDLING = "score_handling"
    SCORE_COOPERATION = "score_cooperation"
    APPEAL_SCORE = "appeal_score"
    GRANT_APPEAL = "grant_appeal"
    REFUSE_APPEAL = "refuse_appeal"
    # the library of cases 典型案例
    PROPOSE_CASE = "propose_case"
    PUBLISH_CASE = "publish_case"
    RETIRE_CASE = "retire_case"
    # the library of answers 知识库
    PROPOSE_ENTRY = "propose_entry"
    PUBLISH_ENTRY = "publish_entry"
    REFUSE_ENTRY = "refuse_entry"
    RETIRE_ENTRY = "retire_entry"
    REPORT_ENTRY = "report_entry"
    ASK_OWNER = "ask_owner"
    SETTLE_NOTE = "settle_note"
    IMPORT_KNOWLEDGE = "import_knowledge"
    # the house itself
    DUE_CHANGED = "due_changed"
    OPEN_SECRET = "open_secret"
    REVEAL_PHONE = "reveal_phone"
    PRINT_ORDER = "print_order"
    ADD_ATTACHMENT = "add_attachment"
    ERASED = "erased"
    LOG_IN = "log_in"
    LOG_IN_FAILED = "log_in_failed"
    LOG_OUT = "log_out"
    CHANGE_PIN = "change_pin"
    SET_SETTING = "set_setting"
    IMPORT_DUTY = "import_duty"
    MAP_CHANNEL = "map_channel"
    STAFF_CHANGED = "staff_changed"
    TEAM_CHANGED = "team_changed"
    ROSTER_CHANGED = "roster_changed"
    DRAFT_REPORT = "draft_report"
    DROP_REPORT = "drop_report"
    APPROVE_REPORT = "approve_report"
    SEND_REPORT = "send_report"
    READ_REPORT = "read_report"
    INSTRUCT_REPORT = "instruct_report"
    DRAFT_CIRCULAR = "draft_circular"
    DROP_CIRCULAR = "drop_circular"
    APPROVE_CIRCULAR = "approve_circular"
    SEND_CIRCULAR = "send_circular"
    READ_CIRCULAR = "read_circular"
    HAND_OVER_SHIFT = "hand_over_shift"
    # 质检
    DRAW_QUALITY = "draw_quality"
    ADD_QUALITY = "add_quality"
    NAME_AGENT = "name_agent"
    JUDGE_QUALITY = "judge_quality"
    HEAR_RECORDING = "hear_recording"
    ANSWER_QUALITY = "answer_quality"
    DECIDE_QUALITY = "decide_quality"
    TAKE_SHIFT = "take_shift"
    PHRASE_CHANGED = "phrase_changed"
    HOUSE_PHRASE_CHANGED = "house_phrase_changed"
    STORE_CREATED = "store_created"
    STORE_MIGRATED = "store_migrated"
    STORE_FILLED = "store_filled"
    BACKED_UP = "backed_up"
    EXPORTED = "exported"


class Role(StrEnum):
    """What a person may be at the desk; one person may be several (design part 4)."""

    AGENT = "agent"
    DISPATCHER = "dispatcher"
    TRIAGE_MEMBER = "triage_member"
    LIAISON = "liaison"
    HANDLER = "handler"
    UNIT_REVIEWER = "unit_reviewer"
    STATION_CLERK = "station_clerk"
    DUTY_OFFICER = "duty_officer"
    AUDITOR = "auditor"
    CALLBACK_AGENT = "callback_agent"
    PANELIST = "panelist"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class DutyListName(StrEnum):
    """Which 职责清单 an item stands in; all lists share one row of numbers, so that 第118项 is said once."""

    DUTY = "duty"
    WAGES = "wages"


class Grade(StrEnum):
    """ABCD 四级 (press conference, question 4: C and D are given there, A and B are ours)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Outcome(StrEnum):
    """How an order ended."""

    DIRECT_ANSWER = "direct_answer"
    SATISFIED = "satisfied"
    ACCEPTED_EXPLANATION = "accepted_explanation"
    UNSOLVED = "unsolved"
    UNREACHED = "unreached"
    NOT_CALLED = "not_called"
    UNREASONABLE = "unreasonable"
    WRITTEN_OFF = "written_off"
    FALSE_ALARM = "false_alarm"
    DECLINED = "declined"
    TRANSFERRED_OUT = "transferred_out"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    MERGED = "merged"


class RequestKind(StrEnum):
    """Requests beside the status: the unit goes on meanwhile (design part 5)."""

    RETURN = "return"
    PART_RETURN = "part_return"
    EXTENSION = "extension"
    SUSPENSION = "suspension"
    WRITE_OFF = "write_off"
    ESCALATION = "escalation"
    SUPERVISION = "supervision"
    REMINDER = "reminder"
    LENGTHEN = "lengthen"
    INSIST = "insist"
    SAMPLE = "sample"
    PANEL = "panel"


class PressureLevel(StrEnum):
    """Whose matter a 催办 or 督办 is, the lowest first: that person answers for it and is told (issue 6, part 7)."""

    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    HEAD = "head"


class Verdict(StrEnum):
    """What became of a request or a reply."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"


class SendBackReason(StrEnum):
    """Why a reply is sent back, by the unit's 审核人 or by 办结审核: what the checker looks at, and what only a person sees."""

    POINT = "point"
    UNANSWERED = "unanswered"
    BASIS = "basis"
    EMPTY = "empty"
    PROMISE = "promise"
    ABSOLUTE = "absolute"
    DATE = "date"
    BUCK_PASSING = "buck_passing"
    PERSONAL = "personal"
    SAFETY = "safety"
    GAP = "gap"
    PAPERS_MISSING = "papers_missing"
    AGAINST_CALLBACK = "against_callback"
    OTHER = "other"


class ReturnReason(StrEnum):
    """退单 reasons seen in practice (practice P7)."""

    WRONG_AREA = "wrong_area"
    UNCLEAR_OWNERSHIP = "unclear_ownership"
    OVERLAPPING_DUTY = "overlapping_duty"
    NOT_OUR_DUTY = "not_our_duty"


class TriageReason(StrEnum):
    """Why an order goes to the 派单研判小组 (press conference, question 4; practice P22)."""

    UNCLEAR_TARGET = "unclear_target"
    BLURRED_DUTY = "blurred_duty"
    CROSSING_AREAS = "crossing_areas"
    OTHER = "other"


class PanelKind(StrEnum):
    """研判, or 联合研判 together with 信访局 (practice P22)."""

    TRIAGE = "triage"
    JOINT = "joint"


class HandlingWay(StrEnum):
    """办件方式 that a panel or a 热线日 decides (press conference, question 4 names the thing, the ways are ours)."""

    ALONE = "alone"
    JOINT = "joint"
    ON_SITE = "on_site"
    ACT_FIRST = "act_first"
    LEADER = "leader"
    LONG_TERM = "long_term"


class AgendaReason(StrEnum):
    """Why an order stands on the agenda of a 热线日 (practice P22)."""

    ESCALATED = "escalated"
    D_TWICE = "d_twice"
    C_LONG = "c_long"
    MANY_CALLERS = "many_callers"
    BY_HAND = "by_hand"


class AssignmentPart(StrEnum):
    """What a unit is in an order."""

    STEWARD = "steward"
    CO_HANDLING = "co_handling"
    CENTRE = "centre"
    INNER = "inner"


class StewardStep(StrEnum):
    """The six steps of a 工单管家 (press conference; practice P23)."""

    INVESTIGATE = "investigate"
    COORDINATE = "coordinate"
    ORGANISE = "organise"
    REPLY = "reply"
    STABILISE = "stabilise"
    PREVENT = "prevent"


class AnswerOutcome(StrEnum):
    """答复诉求人: answered, or one of the two ways not to (practice P1)."""

    ANSWERED = "answered"
    UNREACHABLE = "unreachable"
    NOT_NEEDED = "not_needed"


class OrderMark(StrEnum):
    """What a work order carries beside its kind (practice P21): a leader's note, an upper organ's demand …"""

    LEADER = "leader"
    UPSTREAM = "upstream"
    MEDIA = "media"
    DELEGATES = "delegates"
    PETITION = "petition"


class LinkKind(StrEnum):
    """How one order points to another: split off from it (拆单), its 从单 (合并), or of one matter (关联; practice P10)."""

    SPLIT = "split"
    MERGED = "merged"
    RELATED = "related"


class ContactWay(StrEnum):
    """How somebody was, or wants to be, reached."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"
    LETTER = "letter"
    ONLINE = "online"


class Satisfaction(StrEnum):
    """满意度 (practice P28)."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"
    NOT_RATED = "not_rated"


class DissatisfactionCause(StrEnum):
    """What a dissatisfied caller is dissatisfied with (practice P28)."""

    RESULT = "result"
    ATTITUDE = "attitude"
    TIMELINESS = "timeliness"
    POLICY = "policy"


class SpecialForm(StrEnum):
    """专席 (press conference: 医保专席, 人才服务专席, 预约上门): what is taken by telephone and decided behind it."""

    TREATMENT_ELSEWHERE = "treatment_elsewhere"
    STOP_INSURANCE = "stop_insurance"
    JOIN_INSURANCE = "join_insurance"
    TALENT = "talent"
    HOME_VISIT = "home_visit"


class ApplicationState(StrEnum):
    """Where a 办件 of a 专席 stands."""

    PENDING = "pending"
    SENT_BACK = "sent_back"
    PASSED = "passed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"
    BOOKED = "booked"
    TO_REBOOK = "to_rebook"
    VISITED = "visited"


class VisitOutcome(StrEnum):
    """What became of one slot of a 预约上门."""

    BOOKED = "booked"
    DONE = "done"
    FAILED = "failed"
    NO_SHOW = "no_show"
    MOVED = "moved"
    CANCELLED = "cancelled"


class DayHalf(StrEnum):
    """Half a day: what a visit is booked by."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class NotCalledRule(StrEnum):
    """Why an order is closed without 回访, each a named rule (practice P28)."""

    ANONYMOUS_WITHOUT_NUMBER = "anonymous_without_number"
    NO_NUMBER = "no_number"
    NOT_WANTED = "not_wanted"
    PRAISE = "praise"
    CRISIS = "crisis"
    NO_NEW_RESULT = "no_new_result"


class AssessmentMark(StrEnum):
    """What counts in the 考核: first what is the units', then what is the centre's (practice P3, P7, P28, P30)."""

    RECEIVED = "received"
    SIGNED_IN_TIME = "signed_in_time"
    SIGNED_LATE = "signed_late"
    ANSWERED_IN_TIME = "answered_in_time"
    ANSWERED_LATE = "answered_late"
    LEFT_LATE = "left_late"
    RETURN_UNFOUNDED = "return_unfounded"
    SENT_BACK = "sent_back"
    REWORKED = "reworked"
    GRADED_D = "graded_d"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    NOT_RATED = "not_rated"
    UNREACHED = "unreached"
    HELPED = "helped"
    SENT_IN_TIME = "sent_in_time"
    SENT_LATE = "sent_late"
    FIRST_SENT = "first_sent"
    FIRST_WRONG = "first_wrong"
    AUDITED_IN_TIME = "audited_in_time"
    AUDITED_LATE = "audited_late"
    TO_CALL_BACK = "to_call_back"
    EXCUSED = "excused"
    CALLED_IN_TIME = "called_in_time"
    CALLED_LATE = "called_late"
    CITIZEN_IN_TIME = "citizen_in_time"
    CITIZEN_LATE = "citizen_late"


class ScoreKind(StrEnum):
    """What a person scores: 处理成效 of a steward, 配合情况 of a helping unit (press conference, question 4)."""

    HANDLING = "handling"
    COOPERATION = "cooperation"


class NotAssessed(StrEnum):
    """Why an order is left out of the 考核 (press conference, question 4; practice P25)."""

    UNREASONABLE = "unreasonable"
    CRISIS = "crisis"
    VOID = "void"
    WITHDRAWN = "withdrawn"
    TRANSFERRED_OUT = "transferred_out"
    FALSE_ALARM = "false_alarm"


class WriteOffEvidence(StrEnum):
    """What a 销号 may rest on (practice P8, P29; issue 6)."""

    SATISFIED_CALLBACK = "satisfied_callback"
    SOLVED_CALLBACK = "solved_callback"
    PANEL_UNREASONABLE = "panel_unreasonable"


class Profession(StrEnum):
    """界别 of a 评议员 (press conference, question 1: 不同领域专业人士)."""

    PEOPLE_DEPUTY = "people_deputy"
    CPPCC_MEMBER = "cppcc_member"
    LAWYER = "lawyer"
    TEACHER = "teacher"
    DOCTOR = "doctor"
    COMMUNITY_WORKER = "community_worker"
    BUSINESS = "business"
    MEDIA = "media"
    RETIRED_CADRE = "retired_cadre"
    VILLAGER = "villager"
    TRADE_UNION = "trade_union"
    VOLUNTEER = "volunteer"


class PanelChoice(StrEnum):
    """What a 评议员 may put on a ballot; 回避 counts as neither (practice P29)."""

    REASONABLE = "reasonable"
    UNREASONABLE = "unreasonable"
    RECUSED = "recused"


class PanelVerdict(StrEnum):
    """What the ballots of one order come to; without a quorum they come to nothing."""

    REASONABLE = "reasonable"
    UNREASONABLE = "unreasonable"
    NO_QUORUM = "no_quorum"


class RecusalReason(StrEnum):
    """Why somebody of the pool may not sit over an agenda (practice P29)."""

    EMPLOYER = "employer"
    TIED_UNIT = "tied_unit"
    TIED_PERSON = "tied_person"
    SAME_PERSON = "same_person"
    SAME_VILLAGE = "same_village"
    SAT_LATELY = "sat_lately"
    BY_HAND = "by_hand"


class ProcedureKind(StrEnum):
    """法定程序 with a term of its own (practice P9)."""

    LABOUR_INSPECTION = "labour_inspection"
    MARKET_COMPLAINT = "market_complaint"
    PENALTY = "penalty"
    RECONSIDERATION = "reconsideration"
    OTHER = "other"


class ProcedureEnding(StrEnum):
    """How an order came back from its 法定程序."""

    RESULT = "result"
    EXPIRED = "expired"
    REFUSED = "refused"


class CallDirection(StrEnum):
    """呼入 or 呼出."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class CallSummary(StrEnum):
    """话务小结: each answered call ends with one (practice P5)."""

    NEW_ORDER = "new_order"
    DIRECT_ANSWER = "direct_answer"
    PROGRESS = "progress"
    URGE = "urge"
    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    TRIPARTITE = "tripartite"
    DROPPED = "dropped"
    SILENT = "silent"
    NUISANCE = "nuisance"
    WRONG_NUMBER = "wrong_number"
    DECLINED = "declined"
    PRAISE = "praise"
    UNRELATED = "unrelated"
    CALLBACK = "callback"
    UNIT_CONTACT = "unit_contact"
    CALL_OUT = "call_out"
    SPECIAL_SEAT = "special_seat"
    TOLD = "told"


class CallOutcome(StrEnum):
    """How an attempt to reach somebody about an emergency went (practice P24)."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"


class HandoverKind(StrEnum):
    """What one shift leaves to the next (practice P27)."""

    EMERGENCY = "emergency"
    RESCUE = "rescue"
    URGENT = "urgent"
    UNSIGNED = "unsigned"
    TO_COMPLETE = "to_complete"
    DRAFT = "draft"
    PROMISE = "promise"
    NOTICE = "notice"
    ROSTER = "roster"
    MESSAGE = "message"


class QualityReason(StrEnum):
    """Why a record is checked: by rule (5 %, all 危机, 骚扰 and complaints about operators), or by hand (practice P31)."""

    SAMPLE = "sample"
    CRISIS = "crisis"
    NUISANCE = "nuisance"
    COMPLAINT = "complaint"
    BY_HAND = "by_hand"


class QualityState(StrEnum):
    """Where a quality check stands."""

    TO_CHECK = "to_check"
    JUDGED = "judged"
    ANSWERED = "answered"
    SETTLED = "settled"


class ItemVerdict(StrEnum):
    """What a checker says of one item of the sheet."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class SeatState(StrEnum):
    """What a taken seat is doing (practice P31)."""

    FREE = "free"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    REST = "rest"
    AWAY = "away"


class ReportKind(StrEnum):
    """快报 of an emergency, 专报 of a 群体事件, 预警快报 of what rises in a place (domain 17, practice P26)."""

    FLASH = "flash"
    SPECIAL = "special"
    WARNING = "warning"


class ReportStage(StrEnum):
    """初报, 续报 and 终报 of one matter (practice P26)."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    FINAL = "final"


class TeamName(StrEnum):
    """Which team of a unit somebody is in: 快速处置专项队伍 (practice P23) or the city's 应急队伍 (domain 16)."""

    QUICK = "quick"
    RESPONSE = "response"


class TeamRole(StrEnum):
    """What somebody is in the 应急队伍."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class MessageState(StrEnum):
    """What became of a message (practice P19); `void` was taken back before it was sent, `rung` told by telephone instead."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    VOID = "void"
    RUNG = "rung"


class CounterReason(StrEnum):
    """代办原因: why somebody comes to a 服务站 instead of ringing (practice P18)."""

    DIALECT = "dialect"
    SPEECH = "speech"
    HEARING = "hearing"
    NO_PHONE = "no_phone"
    CANNOT_WRITE = "cannot_write"
    OTHER = "other"


class Comer(StrEnum):
    """到站人: who stands at the counter, seen from the one whose wish it is."""

    SELF = "self"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    CADRE = "cadre"
    OTHER = "other"


class ReadBack(StrEnum):
    """宣读: how the words that were written down were confirmed (practice P18)."""

    CONFIRMED = "confirmed"
    WITNESSED = "witnessed"


class CallerMarkKind(StrEnum):
    """What 班长 says of a number for a while (practice P15)."""

    SETTLED = "settled"
    NUISANCE = "nuisance"


class IdentityFact(StrEnum):
    """The one more fact that a caller names beside name and ID number (practice P17)."""

    PLACE = "place"
    PHONE_TAIL = "phone_tail"
    EMPLOYER = "employer"


class IdentityOutcome(StrEnum):
    """What a 身份核验 came to: passed, or the first thing that did not agree (practice P17)."""

    PASSED = "passed"
    NOT_OWN = "not_own"
    NO_RECORD = "no_record"
    NAME_DIFFERS = "name_differs"
    FACT_DIFFERS = "fact_differs"
    SAID_TO_DIFFER = "said_to_differ"


class TransferWay(StrEnum):
    """Where a call is put through to (practice P13), or who is called to it in silence (P25)."""

    SEAT = "seat"
    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    OUTSIDE = "outside"
    THREE_WAY = "three_way"
    SILENT = "silent"


class TransferState(StrEnum):
    """What became of a transfer; one that is offered until its time has run out has come back by itself."""

    OFFERED = "offered"
    TAKEN = "taken"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CONNECTED = "connected"


class UnitLevel(StrEnum):
    """Level of a unit in the tree."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class AreaLevel(StrEnum):
    """Level of an administrative area."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
