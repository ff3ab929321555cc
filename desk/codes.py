"""Each code's Chinese word, in the hotline's own language (practice.md, words on the screen).

The enums themselves come from `db/codes.py`; screens take them from here.
"""

from enum import StrEnum
from typing import TypeVar

from db.codes import (
    AgendaReason,
    AnswerOutcome,
    ApplicationState,
    AssignmentPart,
    CallDirection,
    CallerMarkKind,
    CallOutcome,
    CallSummary,
    Channel,
    Comer,
    ContactWay,
    CounterReason,
    DayHalf,
    Deed,
    DissatisfactionCause,
    DutyListName,
    Grade,
    HandlingWay,
    HandoverKind,
    IdentityFact,
    IdentityOutcome,
    ItemVerdict,
    LinkKind,
    MessageState,
    NotAssessed,
    NotCalledRule,
    OrderKind,
    OrderMark,
    Outcome,
    PanelChoice,
    PanelKind,
    PanelVerdict,
    PressureLevel,
    ProcedureEnding,
    ProcedureKind,
    Profession,
    QualityReason,
    QualityState,
    ReadBack,
    RecusalReason,
    ReportKind,
    ReportStage,
    RequestKind,
    ReturnReason,
    Role,
    Satisfaction,
    ScoreKind,
    SeatState,
    SendBackReason,
    SpecialForm,
    Status,
    StewardStep,
    TeamName,
    TeamRole,
    TransferState,
    TransferWay,
    TriageReason,
    UnitLevel,
    Urgency,
    Verdict,
    VisitOutcome,
    WriteOffEvidence,
)

__all__ = [
    "AgendaReason",
    "AnswerOutcome",
    "ApplicationState",
    "AssignmentPart",
    "CallDirection",
    "CallOutcome",
    "CallSummary",
    "CallerMarkKind",
    "Channel",
    "Comer",
    "ContactWay",
    "CounterReason",
    "DayHalf",
    "Deed",
    "DissatisfactionCause",
    "DutyListName",
    "Grade",
    "HandlingWay",
    "HandoverKind",
    "IdentityFact",
    "IdentityOutcome",
    "ItemVerdict",
    "LinkKind",
    "MessageState",
    "NotAssessed",
    "NotCalledRule",
    "OrderKind",
    "OrderMark",
    "Outcome",
    "PanelChoice",
    "PanelKind",
    "PanelVerdict",
    "PressureLevel",
    "ProcedureEnding",
    "ProcedureKind",
    "Profession",
    "QualityReason",
    "QualityState",
    "ReadBack",
    "RecusalReason",
    "ReportKind",
    "ReportStage",
    "RequestKind",
    "ReturnReason",
    "Role",
    "Satisfaction",
    "ScoreKind",
    "SeatState",
    "SendBackReason",
    "SpecialForm",
    "Status",
    "StewardStep",
    "TeamName",
    "TeamRole",
    "TransferState",
    "TransferWay",
    "TriageReason",
    "UnitLevel",
    "Urgency",
    "Verdict",
    "VisitOutcome",
    "WriteOffEvidence",
    "code_for",
    "word",
]

C = TypeVar("C", bound=StrEnum)

_WORDS: dict[type[StrEnum], str] = {
    Status: """to_dispatch 待派单 to_complete 待补充 in_triage 研判中 to_sign 待签收 in_progress 办理中
        unit_review 待单位审核 to_answer 待答复诉求人 in_procedure 法定程序中 close_review 待办结审核 to_call_back 待回访
        dissatisfied 不满意待定 to_panel 待评议 closed 办结 archived 归档 declined 不予受理
        transferred_out 转出 withdrawn 撤诉 void 作废 merged 合并""",
    OrderKind: """inquiry 咨询 help_request 求助 complaint 投诉 tip_off 举报 suggestion 建议 praise 表扬
        undetermined 待定""",
    Urgency: "normal 一般 urgent 紧急 critical 特急",
    UnitLevel: "city 市级 county 县级 township 乡镇级 village 村级",
    Channel: """phone_12345 电话12345 phone_12333 电话12333 web 网站 app 手机应用 mini_program 小程序
        national 国家平台 provincial 省平台 mailbox 市长信箱 station 便民服务站 visit 来访""",
    Deed: """register 受理 register_direct_answer 直接答复 register_emergency 应急受理 register_new_matter 另登新事项 import_order 导入受理 change_outside 来件更新
        decline 不予受理 insist 坚持受理 transfer_out 转出 file_call 话务小结 mark_caller 标记来电人 unmark_caller 取消来电人标记 propose_notice 拟公告 publish_notice 发布公告
        end_notice 结束公告 read_notice 已阅公告 retry_message 重发告知 verify_identity 身份核验 look_insurance 查社保记录 promise_answer 承诺回电 answer_promise 答复承诺回电 keep_promise 回电告知
        log_promise_attempt 承诺回电未通 supplement 补充材料 urge 群众催单 withdraw 撤诉
        file_application 登记办件 amend_application 办件补正 withdraw_application 撤回办件 tell_applicant 回电告知
        pass_application 办件通过 send_back_application 办件退回补正 refuse_application 办件不予通过
        move_visit 改约上门 log_visit 已上门 miss_visit 上门未成 open_application 查看办件
        void 作废 merge 合并 complete 补充完毕 send 派单 send_to_centre 转下级中心 ask_completion 退回补充
        put_into_triage 转研判 rule_triage 研判结论 recall 撤回 reassign 改派 add_unit 加派 change_steward 变更管家 correct 更正 forget_lesson 不作先例
        split 拆单 split_off 拆出受理 take_in 并入从单 unmerge 拆开合并 let_go 拆出从单 follow_main 随主单答复
        relate 关联 set_marks 标记 grade_by_worst 按最低等级评级
        grant_return 同意退单 refuse_return 不同意退单 grant_part_return 同意退协办
        refuse_part_return 不同意退协办 hand_up 退回上级中心
        accept_declined 改为受理 confirm_declined 维持不予受理 tell_declined 回电告知 pass_declined 抽查通过
        ask_escalation 申请提级 rule_escalation 提级调度 refer_to_day 提交热线日 plan_day 安排热线日
        hold_day 召开热线日 put_on_agenda 列入热线日 take_off_agenda 移出热线日 decide_by_day 热线日决定
        follow_up 跟踪落实 redirect_return 同意退单并改派 refer_return 退单转研判 rule_finally 快速裁决
        pair_station 登记服务站 write_handover 导出交接文件 read_handover 收取交接文件 take_over 服务站来件
        hand_over 上传中心 take_news 中心回复 add_afterwards 上传后补充
        sign 签收 auto_sign 自动签收 hand_on 转科室/经办人
        note 办理记录 write_step 六步记录 ask_return 申请退单 ask_part_return 申请退协办 ask_extension 申请延期 grant_extension 同意延期
        refuse_extension 不同意延期 ask_suspension 申请挂起 grant_suspension 同意挂起
        refuse_suspension 不同意挂起 resume 恢复计时 submit_reply 提交答复 pass_reply 单位审核通过
        send_back_reply 单位审核退回 ask_co_handling 请协办 co_sign 协办签收 co_reply 协办答复 log_contact_attempt 联系诉求人
        log_answer 答复诉求人 enter_procedure 转法定程序 extend_procedure 法定期限顺延 end_procedure 法定程序有结果
        expire_procedure 法定期满恢复办理 refuse_procedure 退回法定程序 call_out 应急派出 try_call_out 呼叫未果 hand_to_rescue 移交110/119/120 hear_rescue 接警方回复 ring_back 回拨诉求人 acknowledge 接令 depart 出动 arrive 到场 contain 险情已控制
        finish 处置完毕 report_on 续报 downgrade 降级 false_alarm 误报 pass_close_review 办结审核通过
        pass_without_callback 审核通过并免回访办结
        send_back_close_review 办结审核退回 log_callback_attempt 回访未通 close_satisfied 回访满意
        close_unsolved 未解决但接受解释 close_unreached 无法回访办结 record_dissatisfaction 回访不满意
        set_grade 评级 set_plan 处置计划 rework 重办 reopen 重新启动 send_to_panel 提交社会评议 panel_reasonable 评议诉求合理
        panel_unreasonable 评议诉求不合理 ask_panel 申请社会评议 refuse_panel 不同意评议 tell_of_panel 告知社会评议
        add_panel_page 补充意见 put_on_panel 列入评议会 take_off_panel 移出评议会 edit_panel_file 整理评议材料
        release_panel_file 评议材料定稿 plan_panel 安排评议会 draw_panel 抽取评议员 recuse_panelist 评议员回避
        replace_panelist 补抽评议员 give_panel_pins 发评议PIN open_panel 开始评议 sign_secrecy 签署保密承诺
        cast_ballot 评议投票 close_panel 结束评议 panelist_changed 评议员变更 log_explanation 解释说明 ask_write_off 申请销号 approve_write_off 同意销号
        refuse_write_off 不同意销号 remind 催办 supervise 督办 answer_supervision 督办回复
        answer_reminder 催办回复 archive 归档 score_handling 处理成效评分 score_cooperation 配合情况评分
        appeal_score 评分申诉 grant_appeal 同意申诉 refuse_appeal 不同意申诉
        answer_reminder 催办回复 press_by_rule 自动催办督办 accept_answer 认可回复 press_again 再督办 archive 归档
        propose_case 提出案例 publish_case 发布案例 retire_case 撤下案例
        propose_entry 提出知识条目 publish_entry 发布知识条目 refuse_entry 不采用知识条目 retire_entry 停用知识条目
        report_entry 报告知识有误 ask_owner 请责任单位答 settle_note 办结知识问题 import_knowledge 导入知识库
        due_changed 时限调整 open_secret 查阅保密原文 reveal_phone 查看号码 erased 依法删除 log_in 登录
        log_in_failed 登录失败 log_out 退出登录 change_pin 修改PIN set_setting 修改设置 import_duty 导入职责清单 phrase_changed 短语变更 house_phrase_changed 公用短语变更 map_channel 渠道列对照 staff_changed 人员变更 team_changed 队伍变更 roster_changed 值班表变动 draft_report 拟报 drop_report 撤稿 approve_report 签发 send_report 送阅 read_report 已阅 instruct_report 批示 draft_circular 拟通报 drop_circular 撤通报 approve_circular 签发通报 send_circular 印发通报 read_circular 签收通报 hand_over_shift 交班 take_shift 接班
        due_changed 时限调整 open_secret 查阅保密原文 reveal_phone 查看号码 print_order 打印工单
        due_changed 时限调整 open_secret 查阅保密原文 reveal_phone 查看号码 print_order 打印工单 add_attachment 添加附件
        erased 依法删除 log_in 登录
        log_in_failed 登录失败 log_out 退出登录 change_pin 修改PIN set_setting 修改设置 import_duty 导入职责清单 phrase_changed 短语变更 house_phrase_changed 公用短语变更 map_channel 渠道列对照 staff_changed 人员变更 team_changed 队伍变更 roster_changed 值班表变动 hand_over_shift 交班 take_shift 接班
        draw_quality 抽取质检 add_quality 列入质检 name_agent 指明话务员 judge_quality 质检评分 hear_recording 听录音
        answer_quality 质检申辩 decide_quality 裁定申辩
        store_created 建库 store_migrated 数据升级 store_filled 补齐初始数据 backed_up 备份 exported 导出""",
    Role: """agent 话务员 dispatcher 派单员 triage_member 研判组员 liaison 联络员 handler 经办人
        unit_reviewer 审核人 station_clerk 服务站代办员 duty_officer 应急值班员 auditor 审核员
        callback_agent 回访员 panelist 评议员 leader 调度领导 supervisor 班长 admin 管理员""",
    DutyListName: "duty 职责清单 wages 根治欠薪工作责任清单",
    OrderMark: """leader 领导批示件 upstream 上级督办件 media 媒体件 delegates 人大政协件
        petition 信访转办件""",
    LinkKind: "split 拆单 merged 合并 related 关联",
    Grade: "A A级 B B级 C C级 D D级",
    Outcome: """direct_answer 直接答复 satisfied 满意 accepted_explanation 接受解释 unsolved 未解决
        unreached 无法回访 not_called 免回访 unreasonable 诉求不合理 written_off 已销号 false_alarm 误报
        declined 不予受理 transferred_out 转出 withdrawn 撤诉 void 作废 merged 合并""",
    RequestKind: """return 退单 part_return 退协办 extension 延期 suspension 挂起 write_off 销号 escalation 提级
        supervision 督办 reminder 催办 lengthen 放宽时限 insist 坚持受理 sample 抽查 panel 社会评议""",
    PressureLevel: "handler 经办人 unit_head 单位负责人 leader 分管领导 head 主要负责人",
    Verdict: "pending 待定 granted 同意 refused 不同意 lapsed 失效",
    ReturnReason: "wrong_area 属地不符 unclear_ownership 权属不清 overlapping_duty 职能交叉 not_our_duty 非本单位职责",
    TriageReason: "unclear_target 指向不明确 blurred_duty 职能界限模糊 crossing_areas 辖区交叉 other 其他",
    PanelKind: "triage 研判 joint 联合研判",
    Profession: """people_deputy 人大代表 cppcc_member 政协委员 lawyer 律师 teacher 教师 doctor 医生
        community_worker 社区工作者 business 企业代表 media 媒体 retired_cadre 退休干部 villager 村民代表
        trade_union 工会 volunteer 志愿者""",
    PanelChoice: "reasonable 合理 unreasonable 不合理 recused 回避",
    PanelVerdict: "reasonable 诉求合理 unreasonable 诉求不合理 no_quorum 未达法定人数",
    RecusalReason: """employer 在承办单位工作 tied_unit 与承办单位有关系 tied_person 与当事人有关系 same_person 本人是当事人
        same_village 与事发地同村 sat_lately 近期评议过该单位 by_hand 人工回避""",
    HandlingWay: """alone 独立承办 joint 牵头会办 on_site 现场办公 act_first 先办后议 leader 领导包案
        long_term 长期事项""",
    AgendaReason: """escalated 提级 d_twice 多次D级 c_long C级久未解决 many_callers 多人反映
        by_hand 人工列入""",
    AssignmentPart: "steward 工单管家 co_handling 协办 centre 中心 inner 科室",
    StewardStep: """investigate 调查研判 coordinate 协调协办 organise 组织办理 reply 妥善回复
        stabilise 兜底维稳 prevent 长效机制""",
    AnswerOutcome: "answered 已答复 unreachable 无法联系 not_needed 不需答复",
    ContactWay: "phone 电话 visit 上门 message 短信 letter 书面 online 网上",
    Satisfaction: """very_satisfied 非常满意 satisfied 满意 basically_satisfied 基本满意 dissatisfied 不满意
        very_dissatisfied 非常不满意 not_rated 未评价""",
    DissatisfactionCause: "result 结果 attitude 态度 timeliness 时效 policy 政策",
    NotAssessed: """unreasonable 社会评议不合理 crisis 危机来电 void 作废 withdrawn 撤诉 transferred_out 转出
        false_alarm 误报""",
    ScoreKind: "handling 处理成效 cooperation 配合情况",
    NotCalledRule: """anonymous_without_number 匿名且无号码 no_number 未留联系电话 not_wanted 本人不需回访
        praise 表扬不回访 crisis 危机来电不回访 no_new_result 重新启动后没有新结果，原评价有效""",
    ProcedureKind: """labour_inspection 劳动监察立案 market_complaint 市场监管投诉调解 penalty 行政处罚
        reconsideration 行政复议 other 其他法定程序""",
    ProcedureEnding: "result 已有结果 expired 法定期满 refused 审核退回",
    SendBackReason: """point 答非所问 unanswered 有一点没答 basis 没写依据 empty 只有套话 promise 承诺过头 absolute 说得太绝
        date 日期不实 buck_passing 推诿 personal 泄露个人信息 safety 没有安全提示 gap 没有填完
        papers_missing 材料不全 against_callback 与回访不符 other 其他""",
    WriteOffEvidence: """satisfied_callback 入池后回访满意 solved_callback 已解决并回访
        panel_unreasonable 评议诉求不合理并已解释""",
    CounterReason: "dialect 方言 speech 口齿 hearing 听力 no_phone 无手机 cannot_write 不识字 other 其他",
    Comer: "self 本人 family 亲属 neighbour 邻居 cadre 村组干部 other 其他",
    ReadBack: "confirmed 已宣读，本人确认 witnessed 已宣读，见证人确认",
    CallDirection: "inbound 呼入 outbound 呼出",
    HandoverKind: """emergency 应急 rescue 移交 urgent 待派紧急 unsigned 未签收 to_complete 待补充 draft 待回拨
        promise 承诺回电 notice 公告 roster 空班 message 告知失败""",
    QualityReason: "sample 抽检 crisis 危机 nuisance 骚扰 complaint 投诉 by_hand 指定",
    QualityState: "to_check 待检 judged 已检 answered 申辩 settled 已裁定",
    ItemVerdict: "passed 合格 failed 不合格 not_applicable 不适用",
    SeatState: "free 空闲 talking 通话 wrap_up 话后整理 rest 小休 away 离席",
    ReportKind: "flash 快报 special 专报 warning 预警快报",
    ReportStage: "first 初报 follow_up 续报 final 终报",
    TeamName: "quick 快速处置队伍 response 应急队伍",
    TeamRole: "leader 队长 deputy 副队长 member 队员",
    CallOutcome: "reached 接通 no_answer 无人接听 refused 拒绝出动",
    MessageState: "waiting 待发 sending 正在发 sent 已发 failed 失败 void 已撤回 rung 已电话告知",
    CallerMarkKind: "settled 已依法办结 nuisance 骚扰来电",
    TransferWay: "seat 座席 specialist 专席 supervisor 班长 outside 外线 three_way 三方通话 silent 静默呼叫",
    TransferState: "offered 等待 taken 已接 refused 未接 withdrawn 收回 lapsed 超时退回 connected 已转",
    IdentityFact: "place 参保地 phone_tail 手机后四位 employer 单位",
    IdentityOutcome: """passed 通过 not_own 非本人 no_record 无此参保人 name_differs 姓名不符 fact_differs 第三项不符
        said_to_differ 人工核对不符""",
    CallSummary: """new_order 新建工单 direct_answer 直接答复 progress 查询进度 urge 群众催单 supplement 补充材料
        withdraw 撤诉 transfer 转接 tripartite 三方通话 dropped 断线 silent 无声 nuisance 骚扰
        wrong_number 错号 declined 不予受理 praise 表扬 unrelated 与业务无关 callback 回访
        unit_contact 单位联系 call_out 应急呼出 special_seat 专席办件 told 电话告知""",
    SpecialForm: """treatment_elsewhere 异地就医备案 stop_insurance 居民医保停保 join_insurance 居民医保参保
        talent 人才政策 home_visit 预约上门""",
    ApplicationState: """pending 待审批 sent_back 退回补正 passed 已通过 refused 不予通过 withdrawn 撤回
        answered 已答复 booked 待上门 to_rebook 待另约 visited 已上门""",
    VisitOutcome: "booked 待上门 done 已上门 failed 未成 no_show 爽约 moved 改约 cancelled 取消",
    DayHalf: "morning 上午 afternoon 下午",
}


def _table() -> dict[tuple[type[StrEnum], str], str]:
    table: dict[tuple[type[StrEnum], str], str] = {}
    for codes, text in _WORDS.items():
        parts = text.split()
        pairs = zip(parts[::2], parts[1::2], strict=True)
        table.update({(codes, str(codes(code))): chinese for code, chinese in pairs})
    return table


WORDS = _table()
"""The word of every code, by set and code: `closed` of one set equals `closed` of another to Python."""


def word(code: StrEnum) -> str:
    """Return a code's Chinese word."""
    return WORDS[type(code), str(code)]


def code_for(codes: type[C], chinese: str) -> C | None:
    """Return the code of a set by its Chinese word (or by the code itself), or None."""
    for code in codes:
        if chinese in (word(code), str(code)):
            return code
    return None
