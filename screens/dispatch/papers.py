"""The forms of several fields on F3: 更正, and the verdict on a 退单."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.codes import Deed, OrderKind, Urgency, word
from desk.dispatch_rows import ReturnPaper
from desk.rows import OrderRow
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.dispatch.asking import Keep
from screens.widgets import Choice, Field, LongText

_CLOCK = ("kind", "urgency")


def correction(row: OrderRow, kept: Answers, keep: Keep) -> KeptForm:
    """更正: what the order says now, to be changed; a new type or urgency needs a reason before the form closes."""
    kinds = [(str(kind), word(kind)) for kind in OrderKind]
    urgencies = [(str(each), word(each)) for each in Urgency if each is not Urgency.CRITICAL]
    if row.urgency is Urgency.CRITICAL:
        urgencies = [(str(row.urgency), word(row.urgency))]
    fields: list[Field | Choice | LongText] = [
        Field("标题", row.title, max_length=60, id="new_title"),
        Choice("诉求类型", kinds, value=str(row.kind), id="kind"),
        Choice("紧急程度", urgencies, value=str(row.urgency), id="urgency"),
        LongText("更正理由", max_length=500, id="reason"),
    ]

    def check(answers: Answers) -> str:
        changed = corrected(row, answers)
        if all(changed[name] is None for name in ("title", *_CLOCK)):
            return "没有改动：请先修改要更正的内容"
        moves_clock = any(changed[name] is not None for name in _CLOCK)
        return "更正类型或紧急程度会改时限，请填写更正理由" if moves_clock and not answers["reason"] else ""

    before = {str(field.id): field.value for field in fields}

    def keep_changes(answers: Answers) -> None:
        # What is as the order says must not come back once the order says something else.
        keep({name: words for name, words in answers.items() if words != before[name]})

    title = f"更正 {row.order_no}"
    return KeptForm(title, fields, keep=keep_changes, kept=kept, required=("new_title",), check=check)


def corrected(row: OrderRow, answers: Answers) -> dict[str, Any]:
    """What a filled form changes, as the deed takes it: None for what stays."""
    kind, urgency = OrderKind(answers["kind"]), Urgency(answers["urgency"])
    return {
        "reason": answers["reason"],
        "title": answers["new_title"] if answers["new_title"] != row.title else None,
        "kind": kind if kind is not row.kind else None,
        "urgency": urgency if urgency is not row.urgency else None,
    }


def verdict(asked: ReturnPaper, refusals: Mapping[Deed, str], kept: Answers, keep: Keep) -> KeptForm:
    """The verdict on a 退单, chosen by hand among what this person may do; a no needs its reason before the form closes."""
    reason = word(asked.reason) if asked.reason else ""
    offered = [
        (Deed.REDIRECT_RETURN, f"同意并改派{asked.target}"),
        (Deed.GRANT_RETURN, "同意退单"),
        (Deed.REFUSE_RETURN, "不同意"),
        (Deed.REFER_RETURN, "转研判"),
    ]
    options = [(str(deed), words) for deed, words in offered if deed not in refusals]
    fields: list[Field | Choice | LongText] = [
        Choice("裁定", options, is_open=True, id="verdict"),
        LongText("裁定意见", max_length=500, id="words"),
    ]
    title = f"{asked.unit}退单：{reason} {asked.words} 建议改派 {asked.target or '未写'}"
    return KeptForm(title, fields, keep=keep, kept=kept, required=("verdict",), check=_needs_words)


def _needs_words(answers: Answers) -> str:
    if answers["words"]:
        return ""
    needed = {str(Deed.REFUSE_RETURN): "不同意退单须写明理由", str(Deed.REFER_RETURN): "转研判须写明事由"}
    return needed.get(answers["verdict"], "")
