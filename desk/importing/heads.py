"""Under which names a field may come in a file, and which columns are for the way back."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "id", "工单编号", "外部编号", "留言编号", "信件编号", "来件编号"),
    "subject": ("标题", "subject", "主题", "留言主题", "诉求标题", "title"),
    "detail": ("内容", "detail", "诉求内容", "留言详情", "来信内容", "content"),
    "time": (
        "时间",
        "time",
        "留言时间",
        "来信时间",
        "诉求时间",
        "提交时间",
        "来电时间",
        "反映时间",
        "来件时间",
    ),
    "kind": ("诉求类型", "kind", "工单类型"),
    "urgency": ("紧急程度", "urgency"),
    "phone": ("联系电话", "phone", "电话", "手机", "来电号码", "联系方式"),
    "name": ("姓名", "name", "诉求人", "联系人", "留言用户"),
    "place": ("地点", "place", "事发地点", "地址"),
    "area": ("区域", "area", "所属区域", "事发区域", "乡镇", "区划代码"),
    "channel": ("渠道", "channel", "受理渠道", "来源渠道"),
    "category": ("诉求分类", "category", "一级标签"),
    "accused": ("被反映对象", "accused"),
    "purpose": ("诉求目的", "purpose"),
    "address": ("住址", "address"),
    "anonymous": ("匿名", "anonymous"),
    "confidential": ("保密", "confidential"),
    "reply": ("答复", "reply", "答复意见", "答复内容"),
    "reply_time": ("答复时间", "reply_time"),
    "source": ("来源", "source"),
    "likes": ("点赞数", "likes"),
    "dislikes": ("反对数", "dislikes"),
    "upstream_no": ("上级编号", "upstream_no", "督办编号", "批示编号", "信访编号"),
    "upstream_state": ("上级状态", "upstream_state", "平台状态", "原平台状态"),
    "upstream_due": (
        "上级时限",
        "upstream_due",
        "办理时限",
        "办结时限",
        "截止时间",
        "限办时间",
        "要求办结时间",
    ),
    "upstream_return": ("上级退回", "upstream_return", "退回原因", "退回意见", "退回说明"),
    "upstream_demand": ("上级要求", "upstream_demand", "办理要求", "交办意见", "督办要求"),
    "marks": ("标记", "marks", "件别", "特殊标记"),
    "leader": ("领导批示", "leader", "是否领导批示", "批示内容"),
    "supervised": ("督办", "supervised", "是否督办", "上级督办"),
    "petition": ("信访转", "petition", "信访转办", "是否信访件"),
}
"""The names under which a field may come; the first is its Chinese label."""

REQUIRED = ("id", "subject", "detail", "time")

RESULT_HEADS: Mapping[str, tuple[str, ...]] = {
    "our_no": ("我方编号", "our_no", "我方工单编号", "下级编号"),
    "our_state": ("办理状态", "our_state", "办理进度"),
    "our_unit": ("承办单位", "our_unit", "办理单位"),
    "result": ("办理结果", "result", "办结意见"),
    "result_time": ("办结时间", "result_time"),
}
"""What goes back to the channel: an import passes over these columns, an export fills them (practice P20)."""


@lru_cache(maxsize=1024)
def field_called(head: str) -> str | None:
    """Return the field that a column of this name holds, or None for one that the desk does not know."""
    return _named(HEADS, head)


@lru_cache(maxsize=1024)
def result_called(head: str) -> str | None:
    """Return what goes back to the channel in a column of this name, or None."""
    return _named(RESULT_HEADS, head)


def _named(known: Mapping[str, tuple[str, ...]], head: str) -> str | None:
    plain = unicodedata.normalize("NFKC", head).strip().lstrip("\ufeff").rstrip("*").lower()
    return next((name for name, heads in known.items() if plain in heads), None)


def label(name: str) -> str:
    """Return a field's Chinese label."""
    return (HEADS.get(name) or RESULT_HEADS[name])[0]
