"""The keys of F3: which deed each one is, by tab, and which of them to show for an order."""

from __future__ import annotations

from collections.abc import Iterable

from desk.codes import Deed
from desk.dispatch_rows import DispatchOrder
from screens.widgets.key_hints import HelpGroup, Hint

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
_RELATE = (Deed.RELATE, ("r", "关联"))
_SEND: Keys = (
    (Deed.SEND, ("Enter", "派首选")),
    (Deed.SEND, ("1-5", "派第几个")),
    (Deed.SEND, ("/", "找单位")),
    (Deed.ASK_COMPLETION, ("b", "退回补充")),
    (Deed.PUT_INTO_TRIAGE, ("y", "研判")),
    (Deed.SEND, ("j", "加派")),
    (Deed.SEND, ("x", "要求")),
    _FINALLY,
    _CORRECT,
    _SPLIT,
    _MERGE,
    _RELATE,
    _MARK,
)
_KEYS: dict[str, Keys] = {
    "to_dispatch": (*_SEND[:4], _UP, *_SEND[4:]),
    "in_triage": (
        (Deed.RULE_TRIAGE, ("y", "研判结论")),
        *(pair for pair in _SEND if pair[0] not in {Deed.ASK_COMPLETION, Deed.PUT_INTO_TRIAGE}),
    ),
    "returned": (
        (Deed.GRANT_RETURN, ("t", "裁定")),
        (Deed.GRANT_PART_RETURN, ("t", "裁定退协办")),
        (Deed.REDIRECT_RETURN, ("p", "同意并改派")),
        (Deed.REFER_RETURN, ("y", "转研判")),
        *(_FINALLY, _REASSIGN, _ADD, _RECALL, _CORRECT, _RELATE, _MARK),
    ),
    "to_complete": (_CORRECT, _SPLIT, _MERGE, _RELATE, _MARK),
    "merged": ((Deed.UNMERGE, ("e", "拆开合并")),),
    "unsigned": (_RECALL, _REASSIGN, _FINALLY, _ADD, _CORRECT, _FORGET, _RELATE, _MARK),
    "hotline_day": (_CORRECT, _RELATE, _MARK),
    "declined": (
        (Deed.TELL_DECLINED, ("t", "回电告知")),
        (Deed.CONFIRM_DECLINED, ("t", "裁定")),
        (Deed.PASS_DECLINED, ("t", "抽查")),
    ),
}
_IN_LISTS: tuple[Hint, ...] = (("f", "案例"), ("^D", "详情"), ("[ ]", "换栏"), ("o", "范围"))
_RETURN_FIGURES: Hint = ("i", "退单统计")
KEYS_TOLD: tuple[Hint, ...] = (
    ("Enter", "派给首选；有标记时全部各派首选"),
    ("1-5", "派给第几个建议"),
    ("/", "按单位、科室、职责清单查找"),
    ("Space", "标记，成批派单"),
    ("x", "写办理要求，随单转给单位"),
    ("j", "加派协办单位"),
    ("b", "退回补充"),
    ("y", "转研判；在研判一栏是研判记录和结论"),
    ("v", "按研判结论、热线日决定派出或交办"),
    ("h", "热线日：安排、议程、决定、落实"),
    ("u", "退回上级中心（上级转来而不属本中心的）"),
    ("c", "撤回刚派出的或光标所在的（未签收）"),
    ("U", "收回刚派出的，不用写理由"),
    ("z", "不作先例：以后的建议不参照这次派单"),
    ("n", "改派"),
    ("t", "裁定退单（在不受理一栏：裁定、回电、抽查）：同意并改派、同意、不同意、转研判；裁定退协办"),
    ("p", "同意退单并改派建议的单位"),
    ("k", "快速裁决：退满次数的，由班长或研判组员派定，不得再退"),
    ("i", "退单统计"),
    ("g", "更正标题、类型、紧急程度"),
    ("a", "更正事发地区"),
    ("l", "更正诉求分类"),
    ("f", "典型案例：与光标所在工单相似的，可再查"),
    ("s", "拆单：一事一单"),
    ("e", "并入主单；在从单一栏拆开合并"),
    ("r", "关联另一件工单"),
    ("m", "标记领导批示、上级督办、媒体、人大政协件"),
    ("o", "只看某些乡镇、片区或线路"),
)
"""Every key of F3 in full words."""
_ALSO = {
    "to_dispatch": "Space v U a l",
    "in_triage": "Space v U a l",
    "returned": "Enter / v a l",
    "to_complete": "a l",
    "hotline_day": "v a l",
    "unsigned": "/ v a l",
    "declined": "Enter",
}
"""Keys of a tab that its key row has no room for."""
_EVERYWHERE = frozenset("hifo")
_IN_TAB = {
    ("returned", "Enter"): "裁定退单",
    ("returned", "/"): "查找单位、科室，改派",
    ("unsigned", "/"): "查找单位、科室，改派",
    ("to_dispatch", "y"): "转研判",
    ("in_triage", "y"): "研判记录和结论",
    ("returned", "y"): "第二次退单转研判",
    ("merged", "e"): "拆开合并",
    ("declined", "t"): "坚持受理的裁定，已维持的回电告知，抽查（班长）",
    ("declined", "Enter"): "同 t",
}
"""What a key does in one tab, where it does something else in another."""
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
    ahead, after = (day, ()) if tab == "hotline_day" else ((), day)
    return (*ahead, *ruled, *able, *after, *((_TAKE_BACK,) if can_recall else ()), *more, *_IN_LISTS)


def help_for(tab: str) -> tuple[HelpGroup, HelpGroup]:
    """F1 on F3: the keys of the tab shown, as its key row orders them, each once, then those that do something in other tabs."""
    words = dict(KEYS_TOLD)
    named = dict.fromkeys(key for _, (key, _) in _KEYS[tab])
    more = {*_ALSO.get(tab, "").split(), *_EVERYWHERE}
    own = [*named, *(key for key in words if key in more and key not in named)]
    here = [(key, _IN_TAB.get((tab, key), words[key])) for key in own]
    return ("本页", here), ("派单的其他栏", [hint for hint in KEYS_TOLD if hint[0] not in own])


def _first_of_each_key(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """A key that does one deed or, where that cannot be, another one is written once."""
    found: dict[str, Hint] = {}
    for hint in hints:
        found.setdefault(hint[0], hint)
    return tuple(found.values())
