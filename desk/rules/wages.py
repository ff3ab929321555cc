"""欠薪: the preset questions, who is likely to have to pay, and the words of the order (practice P17).

The rule is 《保障农民工工资支付条例》 (State Council order 724); what is worked out here is a first view, 人社 decides.
"""

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """What was worked on: building works by the department in charge of them, or a firm."""

    BUILDING = "building"
    ROAD = "road"
    WATER = "water"
    FARMLAND = "farmland"
    MINE = "mine"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    UPKEEP = "upkeep"
    PARK = "park"
    FIRM = "firm"


class Hiring(StrEnum):
    """Who took the workers on."""

    DIRECT = "direct"
    SUBCONTRACTOR = "subcontractor"
    FOREMAN = "foreman"
    AGENCY = "agency"


class Funds(StrEnum):
    """What the caller knows of the money for the works."""

    UNKNOWN = "unknown"
    UNPAID = "unpaid"
    PAID = "paid"


WORK_WORDS = {
    Work.BUILDING: "房建市政",
    Work.ROAD: "公路水运",
    Work.WATER: "水利",
    Work.FARMLAND: "农田乡村",
    Work.MINE: "矿山国土",
    Work.SCHOOL: "学校",
    Work.HOSPITAL: "医院",
    Work.UPKEEP: "环卫园林",
    Work.PARK: "园区企业",
    Work.FIRM: "其他企业",
}
HIRING_WORDS = {
    Hiring.DIRECT: "用人单位",
    Hiring.SUBCONTRACTOR: "分包单位",
    Hiring.FOREMAN: "包工头",
    Hiring.AGENCY: "劳务派遣",
}
FUNDS_WORDS = {Funds.UNKNOWN: "不清楚", Funds.UNPAID: "业主未付", Funds.PAID: "业主已付"}

_STORY_WORDS = {
    Work.BUILDING: "房屋建筑和市政工程",
    Work.ROAD: "公路水运工程",
    Work.WATER: "水利工程",
    Work.FARMLAND: "高标准农田和乡村项目",
    Work.MINE: "矿山和国土整治项目",
    Work.SCHOOL: "学校建设项目",
    Work.HOSPITAL: "医院建设项目",
    Work.UPKEEP: "市政维护与园林环卫用工",
    Work.PARK: "园区企业和园区项目",
    Work.FIRM: "企业用工",
}
_FIRMS = frozenset({Work.UPKEEP, Work.PARK, Work.FIRM})


@dataclass(frozen=True, slots=True)
class WageClaim:
    """欠薪登记 as the caller answers it; `amount` and `period` are words, `workers` is how many are owed."""

    employer: str
    work: Work = Work.BUILDING
    project: str = ""
    hiring: Hiring = Hiring.DIRECT
    owner: str = ""
    contractor: str = ""
    funds: Funds = Funds.UNKNOWN
    period: str = ""
    amount: str = ""
    workers: int = 1
    has_contract: bool = False
    evidence: str = ""

    @property
    def is_works(self) -> bool:
        """Whether it is about building works, whose general contractor answers for those below him."""
        return self.work not in _FIRMS


@dataclass(frozen=True, slots=True)
class Liable:
    """Who is likely to have to pay, and by which article."""

    party: str
    ground: str

    def __str__(self) -> str:
        return f"{self.party}（《保障农民工工资支付条例》{self.ground}）"


def liable(claim: WageClaim) -> tuple[Liable, ...]:
    """Return who is likely to have to pay, the first to be turned to first; never empty."""
    if claim.hiring is Hiring.AGENCY:
        return (Liable(f"派遣单位支付，无派遣许可的由用工单位{claim.employer}清偿", "第十八条"),)
    if not claim.is_works:
        if claim.hiring is Hiring.DIRECT:
            return (Liable(f"用人单位{claim.employer}清偿", "第十六条"),)
        return (Liable("发包给个人或无资质单位的，由发包单位依法清偿", "第十九条"),)
    return (*_by_the_chain(claim), *_by_the_owner(claim))


def _by_the_chain(claim: WageClaim) -> tuple[Liable, ...]:
    general = f"施工总承包单位{claim.contractor}".rstrip()
    if claim.hiring is Hiring.DIRECT:
        return (Liable(f"用人单位{claim.employer}清偿", "第十六条"),)
    if claim.hiring is Hiring.FOREMAN:
        payer = general if claim.contractor or not claim.owner else f"建设单位{claim.owner}"
        return (Liable(f"违法分包给个人的，由{payer}清偿", "第三十六条"),)
    return (Liable(f"分包单位{claim.employer}直接负责，由{general}先行清偿", "第三十条"),)


def _by_the_owner(claim: WageClaim) -> tuple[Liable, ...]:
    if claim.funds is not Funds.UNPAID:
        return ()
    return (Liable(f"建设单位{claim.owner}以未结清的工程款为限先行垫付", "第二十九条"),)


def title(claim: WageClaim) -> str:
    """Return the title of the order."""
    return f"{claim.project or claim.employer}拖欠{claim.workers}人工资{claim.amount}"


def story(claim: WageClaim, *, is_real_name: bool, is_group: bool) -> str:
    """Return the words of the order, a line for each answer; what was not answered is left out.

    Without a real name it is a 劳动监察线索, never refused (practice P17).
    """
    heads = "" if is_real_name else "【劳动监察线索，未实名】"
    heads += "【群体】" if is_group else ""
    lines = [
        f"{heads}欠薪登记（{_STORY_WORDS[claim.work]}拖欠农民工工资）",
        _line("用人单位", claim.employer),
        _line("工程或工作", claim.project),
        _line("招用方式", f"由{HIRING_WORDS[claim.hiring]}招用"),
        _line("建设单位", claim.owner),
        _line("施工总承包", claim.contractor),
        _line("工程款", "" if claim.funds is Funds.UNKNOWN else FUNDS_WORDS[claim.funds]),
        _line("欠薪时段", claim.period),
        _line("金额、人数", "，".join(filter(None, (claim.amount, f"{claim.workers} 人")))),
        _line("劳动合同", "有" if claim.has_contract else "无"),
        _line("证据", claim.evidence),
        _line("初判责任主体", "；".join(map(str, liable(claim)))),
    ]
    return "\n".join(filter(None, lines))


def _line(name: str, words: str) -> str:
    return f"{name}：{words}" if words else ""
