"""What a reply is made of: whether anything was done or found, what it rests on, and what it says of a danger."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from desk.rules.replies.findings import Check, Finding, Matter, matches, short

_CLAUSE = re.compile(r"[^，。！？!?；;：:\n]+")
_COURTESY = re.compile(
    r"^(?:尊敬|亲爱|广大)?的?(?:[“\"]?[A-Za-z]{1,3}[0-9]{5,}[”\"]?)|您好|你好|(?:网友|市民|来信人|留言人)(?:朋友)?[”\"]?$|感谢|谢谢|致谢|祝(?:您|你)|欢迎|"
    r"(?:^|[的与和、])(?:支持|理解|监督|关心|关注|信任|配合)(?:与|和|、)?(?:支持|理解|监督|配合)?$|(?:期待|满意)$|愉快|事事顺心|特此(?:回复|答复|函复)|此复|专此|敬请谅解|请(?:您|你)?(?:谅解|理解|放心|耐心|等候|等待|知悉|关注)|耐心|再次"
)
_RECEIVED = re.compile(
    r"收悉|已?收到|已阅|已看到|看到了|知道了|已知悉|获悉|记录在案|已记录|已登记|已受理|登记在册|如下|现将|相关情况回复"
)
_PASSED_ON = re.compile(
    r"(?:已|将|会|特|并)?(?:转|移)(?:交|办|送|至|给|达|呈|请|到)?|已?交(?:由|办|有关|相关)|责成|批转|交办|呈报|上报|反映给|告知相关"
)
_HEEDED = re.compile(r"重视|非常重要|很重要|很好|非常好|宝贵|关切|关注|放在心上|引起")
_INTENT = re.compile(
    r"(?:将|会|正在|正|予以|要|拟|后续|下一步|下步|今后|尽快|及时|尽早|抓紧|持续|认真|积极|进一步|加大|切实|按程序|依法依规|早日)[^，。；]{0,24}"
    r"(?:处理|研究|对待|落实|跟进|解决|核实|考虑|办理|关注|改进|维护|督促|推进|调查|答复|回复|力度|协调|争取|完善|加强|结果|消息|通知|待)|^(?:努力|不断|着力|全力)|提升[^，。；]{0,6}(?:水平|质量|能力|效能)|安排专人|^有(?:消息|结果|情况|进展)|(?:第一时间|届时)|正在(?:处理|办理)中?$|(?:群众|您的?)(?:合法)?(?:利益|权益)$"
)
_LOOKED = re.compile(
    r"^(?:经|已)?(?:认真|初步|仔细|现场)?(?:核实|核查|调查|了解|研究|查)(?:后|了解|核实)?$|^(?:关于|针对|对于?|就)?(?:您|你|网友)?(?:所)?(?:反映|咨询|提出?|留言|来信|投诉|建议)[^，。；]{0,16}(?:问题|情况|事项|事宜|一事|诉求|建议|意见)$|^关于|问题$|一事$|^(?:您|你)的(?:意见|建议|留言|来信|问题)|^以上|^我(?:局|镇|办|们|单位)?(?:领导)?$|^(?:有关|相关)(?:部门|单位)$|^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$"
)
_SUBSTANCE_LEAST, _SHORT_TITLE = 7, 3
_ENOUGH_FACTS, _ENOUGH_SAID = 2, 40

_BASIS = re.compile(
    r"《[^》]{2,}》|[〔﹝\[（(【]?(?:19|20)[0-9]{2}[〕﹞\])）】]?[^，。；]{0,3}[0-9]+号|\[政府发文\]|第[0-9一二三四五六七八九十百]+条|"
    r"(?:根据|依据|按照|依照|遵照|按(?!照|规|惯)|(?<![根依])据(?!说))(?!有关|相关|惯例|规定|现行|我国)[^，。；]{2,}|"
    r"(?:核查|核实|调查|查看|检查|检测|监测|勘查|踏勘|走访|查询|查阅|查实|查明|查处|经查|据查|鉴定|约谈|座谈|回访|调阅|比对|摸底|巡查|了解到|经了解|据了解|经与|电话联系|上门)|到(?:达)?现场|现场|"
    r"(?:条例|方案|通知|公告|合同|协议|批复|审批|规划|许可|备案|判决|裁定|会议纪要|目录|清单|预算|招标|投标|中标)"
)
_FACTS = re.compile(
    r"(?:有关|相关|现行)(?:法律|法规|规定|政策|要求|文件|标准)|规定|政策|标准|"
    r"[0-9]+(?:\.[0-9]+)?(?:元|万|亿|米|公里|平方|亩|户|人|年|月|日|号|天|个|座|台|盏|处|条|%|％|℃|分贝|岁|吨|级|楼|期|栋|路|份|次|km|m)|"
    r"[一二三四五六七八九十两几]+(?:年|个月|处|盏|条|座|台|家|户|次|期)|[0-9]{5,}|\*{5,}|身份证|户口[本簿]|材料|证明|窗口|申请(?:表|书)|营业执照|资料|"
    r"(?:已|正在|还在|已经)[^，。；]{0,16}(?:修|换|装|清|拆|建|停|开|缴|退|罚|责令|整改|处罚|劝|施工|安装|完成|完工|启动|纳入|列入|上报|申报|批评|教育|撤|立案|发放|到账|恢复|调整|停止|优化|疏通|解决|办|联系|安排|组织|撤|进入|建设|完善|申报|投入|通车|通水|通电)|"
    r"(?:责令|督促|约谈|罚款|立案|通报|整改|施工|招标|拆除|修复|更换|安装|纳入|列入|增设|改造)|(?:主要)?原因|由于|(?:等|待)[^，。；]{2,12}(?:后|再)|因为?[^，。；此]{4,}|"
    r"(?:由|属|归)[^，。；]{2,16}(?:负责|管理|管辖|运营|承担|所有|所属)|(?:可|需|须|应|请)(?:以)?(?:持|携带|凭|到|前往|在|向|提供|拨打|登录|咨询|联系|按)"
)

_THINGS = (
    r"电箱门?|塔吊|消防栓|消防通道|花盆|电瓶车|马路|道路|桥墩|滑梯|秋千|健身器材|螺丝|配电房|水库|坝脚|烟囱|井盖|盖板|沟盖|电线|高压线|电缆|线缆|线路|电杆|电箱|变压器|石头|山石|石块|护栏|栏杆|扶手|围挡|围墙|墙体?|墙面|外墙|房屋?|屋顶|楼板|阳台|天花板|"
    r"桥面?|河堤|堤坝|大坝|山坡|山体|边坡|护坡|路面|地面|地基|路基|大?树|树枝|广告牌|招牌|灯杆|瓷砖|玻璃|水泥块|电梯|扶梯|脚手架|塔吊|化粪池|"
    r"深坑|大坑|地洞|煤气|燃气|天然气|液化气|气罐|煤气罐|气瓶|锅炉"
)
_STATES = (
    r"敞开|开着|露在外|吊着|没有水|占用|堵塞|烧了|烧毁|冲空|掏空|冲垮|冲毁|渗水|冒浑水|全松|漏气|歪得|断(?!定|言)|裂|塌|垮|倒(?!闭|卖|是|车|入|逼)|往下掉|掉(?:下|落|砖|石)|(?<!拆)掉了|坠|滚(?:下|落)|脱落|滑落|碎|松动|松了|缺失|缺了|丢了|丢失|被偷|不见|翘|歪|倾斜(?!政策)|晃|摇摇|摇晃|悬空|裸露|"
    r"漏(?!水|税|缴|报|了税)|爆裂|爆炸|着火|起火|冒[烟火]|垂|老化|失灵|失控|困住|困人|卡住|踩空|陷|没盖|没有盖|敞开"
)
_DANGERS = re.compile(
    rf"(?:{_THINGS})[^。！？；，,\n]{{0,8}}?(?:{_STATES})|(?:{_STATES})(?:的|了)?[^。，；]{{0,4}}(?:{_THINGS})|"
    r"漏[气电]|触电|冒火|冒烟|火花|飞线|(?:起|着)(?:过|了)?(?:[一二三两几]次)?火|失火|火灾|爆炸|怕(?:炸|塌|倒|掉|出事|摔|砸|滑坡)|"
    r"滑坡|塌方|泥石流|落石|坍塌|垮塌|塌陷|倒塌|高空(?:坠|抛)|摇摇欲坠|危房|危墙|危桥|(?:困|卡)在[^，。；]{0,4}电梯|(?:没有?|缺|无)(?:任何)?(?:护栏|栏杆|防护)|"
    r"(?:红绿灯|信号灯)[^，。；]{0,6}(?:坏|不亮|失灵)|(?:砸|咬|绊)(?:伤|死|坏|了[^，。；]{0,3}[人次台辆]|倒[^，。；]{0,3}人)|(?:经常|多次|频繁|已经?)[^，。；]{0,6}(?:车祸|交通事故)|(?:溺|落)水|淹死|"
    r"(?:刺鼻|有毒)(?:的)?(?:气|味|烟)|毒气|中毒|(?:头晕|呕吐|恶心|昏迷|晕倒)|(?:流浪|恶)狗|狗[^，。；]{0,8}咬|咬(?:伤|人|了)|马蜂|毒蛇|出人命|踩空|(?:差点|险些)[^，。；]{0,8}(?:掉|摔|砸|栽|撞|伤|死|踩|压)|摔下来|不敢(?:靠近|睡|走|住)|焦味|烧焦"
)
_MEASURES = re.compile(
    r"(?P<at>安全|警示|警戒|提醒|提示|围挡|围护|封闭|隔离|撤离|疏散|转移安置|避让|绕行|远离|注意|切勿|不要|谨慎|排险|排除|除险|加固|抢修|抢险|救援|救治|应急|停用|停运|断电|断气|关停|停产|停业|整改|维修|修复|修缮|修补|更换|"
    r"加装|安装|增设|设置|补装|拆除|清理|清除|清运|整治|整修|处罚|查处|责令|督促|捕捉|抓捕|收容|疏通|硬化|改造|施工|重建|新建|搬迁|加强|加大|巡查|劝导|执法|监测|立案|"
    r"(?:拨打|请打|报)1(?:10|19|20|22)|措施)"
)
_NOT_DONE = re.compile(
    r"(?:未|没有?|尚未|无法|不(?:能|予|属|得|宜|在)?|当时|曾经?|原|规定|应当|应该|系[^，。；]{0,12}|由[^，。；]{0,10})[^，。；]{0,10}$"
)


def substance(reply: str, matter: Matter) -> Iterator[Finding]:
    """空话: received, heeded, passed on, to be done soon, and nothing that was found or done."""
    said = _said(reply, matter)
    if len(said) < _SUBSTANCE_LEAST and not _facts(said, matter):
        yield Finding(
            Check.EMPTY, "只有套话：写明查到什么、已经做了什么、什么时候办好", places=((0, len(reply)),)
        )


def without_basis(reply: str, matter: Matter) -> Iterator[Finding]:
    """没有依据: neither a rule, nor what was looked at, nor facts, reasons or a way to go that say as much."""
    if _BASIS.search(_untitled(reply, matter)):
        return
    said = _said(reply, matter)
    if len(said) < _ENOUGH_SAID and len(_facts(said, matter)) < _ENOUGH_FACTS:
        yield Finding(Check.BASIS, "没写依据：写法规《》、根据什么，或现场核查的情况")


def _untitled(reply: str, matter: Matter) -> str:
    return reply.replace(matter.title, "") if len(matter.title) > _SHORT_TITLE else reply


@lru_cache(maxsize=4)
def _said(reply: str, matter: Matter) -> str:
    """What remains of a reply without courtesy, receipt, intent and the title of its claim."""
    clauses = map(str.strip, _CLAUSE.findall(_untitled(reply, matter)))
    return "，".join(each for each in clauses if not _is_empty(each, matter))


def _is_empty(clause: str, matter: Matter) -> bool:
    if any(pattern.search(clause) for pattern in (_COURTESY, _PASSED_ON, _LOOKED)):
        return True
    is_hollow = any(pattern.search(clause) for pattern in (_RECEIVED, _HEEDED, _INTENT))
    return is_hollow and not _facts(clause, matter)


def _facts(text: str, matter: Matter) -> frozenset[str]:
    """What a text tells beyond its claim: figures, papers, deeds, reasons, ways to go."""
    found = frozenset(each[0] for each in _FACTS.finditer(text))
    return frozenset(each for each in found if each not in matter.content and each not in matter.gist)


def without_advice(reply: str, matter: Matter, danger_words: Iterable[str]) -> Iterator[Finding]:
    """险情没有安全提示: the claim speaks of a danger, the reply neither warns nor did anything about it."""
    claim = f"{matter.gist}\n{matter.content}"
    danger = _danger(claim) or next((word for word in danger_words if word in claim), "")
    if danger and not any(_is_done(reply, place) for place in matches(_MEASURES, reply)):
        yield Finding(Check.SAFETY, f"诉求说到“{short(danger)}”：写明已做的防护，或提醒怎样避险")


@lru_cache(maxsize=64)
def _danger(claim: str) -> str:
    """The words of a claim that speak of a danger; it is asked again at each pause of whoever writes the reply."""
    found = _DANGERS.search(claim)
    return found[0] if found else ""


def _is_done(reply: str, place: tuple[int, int]) -> bool:
    """Whether a measure is taken or advised, rather than said to be wanting or somebody's duty."""
    return not _NOT_DONE.search(reply[max(place[0] - 14, 0) : place[0]])
