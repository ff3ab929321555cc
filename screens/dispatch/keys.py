"""The keys of F3: which deed each one is, by tab, and which of them to show for an order."""

from __future__ import annotations

from collections.abc import Iterable

from desk.codes import Deed
from desk.dispatch_rows import DispatchOrder
from screens.widgets.key_hints import Hint

Keys = tuple[tuple[Deed, Hint], ...]
_CORRECT = (Deed.CORRECT, ("g", "更正"))
_ADD = (Deed.ADD_UNIT, ("j", "加派"))
_RECALL = (Deed.RECALL, ("c", "撤回"))
_FORGET = (Deed.FORGET_LESSON, ("z", "不作先例"))
_TAKE_BACK: Hint = ("U", "收回")
_REASSIGN = (Deed.REASSIGN, ("n", "改派"))
_UP = (Deed.HAND_UP, ("u", "退回上级"))
_BY_RULING: Hint = ("v", "按结论派")
_DAY: Hint = ("h", "热线日")
_FINALLY = (Deed.RULE_FINALLY, ("k", "快速裁决"))
_MARK = (Deed.SET_MARKS, ("m", "标记"))
_SPLIT = (Deed.SPLIT, ("s", "拆单"))
_MERGE = (Deed.MERGE, ("e", "合并"))
_SEND: Keys = (
    (Deed.SEND, ("Enter", "派首选")),
    (Deed.SEND, ("1-5", "派第几个")),
    (Deed.SEND, ("/", "找单位")),
    (Deed.ASK_COMPLETION, ("b", "退回补充")),
    (Deed.PUT_INTO_TRIAGE, ("y", "研判")),
    (Deed.SEND, ("j", "加派")),
    _FINALLY,
    _CORRECT,
    _SPLIT,
    _MERGE,
    _MARK,
)
_KEYS: dict[str, Keys] = {
    "to_dispatch": (*_SEND[:5], _UP, *_SEND[5:]),
    "in_triage": ((Deed.RULE_TRIAGE, ("y", "研判结论")), *_SEND),
    "returned": (
        (Deed.GRANT_RETURN, ("t", "裁定")),
        (Deed.GRANT_PART_RETURN, ("t", "裁定退协办")),
        (Deed.REDIRECT_RETURN, ("p", "同意并改派")),
        (Deed.REFER_RETURN, ("y", "转研判")),
        *(_FINALLY, _REASSIGN, _ADD, _RECALL, _CORRECT, _MARK),
    ),
    "to_complete": (_CORRECT, _SPLIT, _MERGE, _MARK),
    "merged": ((Deed.UNMERGE, ("e", "拆开合并")),),
    "unsigned": (_RECALL, _REASSIGN, _FINALLY, _ADD, _CORRECT, _FORGET, _MARK),
    "hotline_day": (),
}
_IN_LISTS: tuple[Hint, ...] = (("f", "案例"), ("^D", "详情"), ("[ ]", "换栏"), ("o", "范围"))
_RETURN_FIGURES: Hint = ("i", "退单统计")
SEND_HINTS = (*(hint for _, hint in _SEND), *_IN_LISTS)


def hints_for(tab: str, shown: DispatchOrder | None, *, can_recall: bool = False) -> tuple[Hint, ...]:
    """The bottom row: only what this person may do with this order now, and the last one sent."""
    is_watched = tab == "hotline_day" or shown is None or Deed.SEND in shown.refusals
    day = (_DAY,) if is_watched else ()
    if shown is None:
        return (*day, *_IN_LISTS[1:])
    able = _first_of_each_key(hint for deed, hint in _KEYS[tab] if deed not in shown.refusals)
    ruled = (_BY_RULING,) if shown.ruling else ()
    more = (_RETURN_FIGURES,) if tab == "returned" else ()
    return (*day, *ruled, *able, *((_TAKE_BACK,) if can_recall else ()), *more, *_IN_LISTS)


def _first_of_each_key(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """A key that does one deed or, where that cannot be, another one is written once."""
    found: dict[str, Hint] = {}
    for hint in hints:
        found.setdefault(hint[0], hint)
    return tuple(found.values())
