"""不予受理: the reasons there are, what each stands on, and where the caller can go (practice P9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """One reason of the list, with its basis and the numbers of those who are competent."""

    code: str
    words: str
    basis: str
    where: str


_BASIS = "国办发〔2020〕53号（须通过法定程序解决的事项）"

DECLINE_REASONS: tuple[DeclineReason, ...] = (
    DeclineReason("lawsuit", "诉讼", _BASIS, "法院诉讼服务 12368"),
    DeclineReason("arbitration", "仲裁", _BASIS, "公共法律服务 12348"),
    DeclineReason("reconsideration", "行政复议", _BASIS, "行政复议机关或公共法律服务 12348"),
    DeclineReason("discipline", "纪检监察", _BASIS, "纪检监察举报 12388"),
    DeclineReason("petition", "信访已受理", _BASIS, "原受理的信访局"),
    DeclineReason("disclosure", "政府信息公开", _BASIS, "该行政机关的信息公开机构"),
    DeclineReason("military", "军队事务", "涉军事项由军队有关部门办理", "军队有关部门或退役军人事务局"),
    DeclineReason("secrets", "涉国家秘密、商业秘密、个人隐私", "依法不得在热线受理", "有权处理的机关"),
    DeclineReason("elsewhere", "非本地事项", "属地原则", "当地区号加 12345"),
    DeclineReason("finished", "已依法办结且无新事实", "同一事项无新情况不重复受理", "原办理单位"),
)
"""The closed list; a caller who insists is put through to the dispatcher, who decides (practice P9)."""


SAMPLE_PERCENT, DECIDE_HOURS = 10, 2
"""Unless `declined.sample_percent` and `declined.decide_hours` (office hours) say otherwise."""


def is_sampled(uid: str, percent: float) -> bool:
    """Whether 班长 looks at the declining of the order `uid`: so many in a hundred, the same whoever asks (practice P9)."""
    share = int.from_bytes(sha256(uid.encode()).digest()[:4], "big") / 2**32
    return share * 100 < percent


def where_to_go(reason: DeclineReason, directory: Mapping[str, str]) -> str:
    """Return whom the caller is sent to: as the city's `directory.declined` says (reason → office and number), else as here."""
    return str(directory.get(reason.code) or reason.where)


def decline_reason(code: str) -> DeclineReason | None:
    """Return a reason by its code, or None."""
    return next((reason for reason in DECLINE_REASONS if reason.code == code), None)
