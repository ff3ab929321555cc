"""The keys of F3: which deed each one is, by tab, and which of them to show for an order."""

from __future__ import annotations

from desk.codes import Deed
from desk.dispatch_rows import DispatchOrder
from screens.widgets.key_hints import Hint

Keys = tuple[tuple[Deed, Hint], ...]
_CORRECT = (Deed.CORRECT, ("g", "更正"))
_ADD = (Deed.ADD_UNIT, ("j", "加派"))
_RECALL = (Deed.RECALL, ("c", "撤回"))
_REASSIGN = (Deed.REASSIGN, ("n", "改派"))
_MARK = (Deed.SET_MARKS, ("m", "标记"))
_SPLIT = (Deed.SPLIT, ("s", "拆单"))
_MERGE = (Deed.MERGE, ("h", "合并"))
_SEND: Keys = (
    (Deed.SEND, ("Enter", "派首选")),
    (Deed.SEND, ("1-5", "派第几个")),
    (Deed.SEND, ("/", "找单位")),
    (Deed.ASK_COMPLETION, ("b", "退回补充")),
    (Deed.PUT_INTO_TRIAGE, ("y", "研判")),
    (Deed.SEND, ("j", "加派")),
    _CORRECT,
    _SPLIT,
    _MERGE,
    _MARK,
)
_KEYS: dict[str, Keys] = {
    "to_dispatch": _SEND,
    "in_triage": ((Deed.RULE_TRIAGE, ("y", "研判结论")), *_SEND),
    "returned": ((Deed.GRANT_RETURN, ("t", "裁定")), _REASSIGN, _ADD, _RECALL, _CORRECT, _MARK),
    "to_complete": (_CORRECT, _SPLIT, _MERGE, _MARK),
    "merged": ((Deed.UNMERGE, ("h", "拆开合并")),),
    "unsigned": (_RECALL, _REASSIGN, _ADD, _CORRECT, _MARK),
}
_IN_LISTS: tuple[Hint, ...] = (("^D", "详情"), ("[ ]", "换栏"), ("o", "范围"))
SEND_HINTS = (*(hint for _, hint in _SEND), *_IN_LISTS)


def hints_for(tab: str, shown: DispatchOrder | None, *, can_recall: bool = False) -> tuple[Hint, ...]:
    """The bottom row: only what this person may do with this order now, and the last one sent."""
    if shown is None:
        return _IN_LISTS[1:]
    able = tuple(hint for deed, hint in _KEYS[tab] if deed not in shown.refusals)
    return (*able, *((_RECALL[1],) if can_recall else ()), *_IN_LISTS)
