"""没填完: gaps of a template, and what a template asks for instead of saying it."""

import re
from collections.abc import Iterator

from desk.rules.replies.findings import Check, Finding, by_words, matches, unnested

_ASKED = (
    "填写|填入|输入|待填|待补|待定稿|补充|插入|此处|省略|单位名称|承办单位|单位|部门|姓名|名称|日期|时间|地点|地址|电话|"
    "办理情况|核查情况|处理结果|办理结果|结果|原因|依据|内容|标题|诉求"
)
_GAPS = re.compile(
    r"[_＿]{2,}|(?<![A-Za-z0-9])[_＿]+[年月日]"
    r"|(?:[XxＸｘ×*＊]{1,4}年)?[XxＸｘ×*＊]{1,4}月(?:[XxＸｘ×*＊]{1,4}[日号])?"
    r"|[×]+日前?|某[年月][^，。；]{0,2}某[月日]|某某(?:局|镇|乡|街道|单位|部门|公司|科|股)"
    r"|(?<![0-9一-鿿])[ \u3000]+年[ \u3000]*月(?:[ \u3000]*日)?|(?<=[于在至])[ \u3000]*年[ \u3000]+月(?:[ \u3000]*日)?"
    r"|(?<![A-Za-z0-9])[XxＸｘ×]{2,}(?![A-Za-z0-9])|(?:根据|按照|依据|依照)[^，。；]{0,6}《[ \u3000]*》|第[ \u3000×Xx]+条|[（(](?:附件名称|单位名称|承办单位|姓名|日期|时间|地点|电话|办理情况|办理结果|处理结果)[）)]"
    rf"|[【\[{{]+(?:请在?此?|待|此处|在此)?(?:{_ASKED}|附件|文件)(?:{_ASKED}|名称|[：:]?[ \u3000]*)*[】\]}}]+"
    rf"|[（(](?:请(?!见|您|参|注)|待(?!遇)|此处|在此|签名|签字|盖章|略|金额|数量|人名)[^（）()。]{{0,12}}[）)]|YYYY|MM月"
    r"|(?<![亟尚有仍])待(?:补充|填写)|此处填写|TODO|todo"
)


def left_open(reply: str) -> Iterator[Finding]:
    """One finding for each kind of gap that was not filled."""
    found = unnested(matches(_GAPS, reply))
    yield from by_words(Check.GAP, reply, found, "还有没填的 {}：填上或删去")
