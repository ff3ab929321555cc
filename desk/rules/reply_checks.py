"""答复审核: what a public reply is looked through for before it goes to the citizen (issue 5, part 2).

It answers the point, names its basis, promises nothing that cannot be kept, and holds nobody's personal data. The desk
points at words and never decides: only what belongs to somebody else stops a reply.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.rules.id_number import masked_id
from desk.rules.likeness import bigrams
from desk.rules.phrases import gap
from desk.rules.secrecy import masked_phone, tells

_BASIS = re.compile(
    r"《[^》]{2,}》|根据|依据|按照|依照|遵照|经?(?:现场|实地)(?:核查|核实|查看|检查|检测|监测|勘查|踏勘|走访|调查|了解)|"
    r"经(?:核查|核实|调查|查实|查看|检查|检测|监测|鉴定|走访|了解)|到现场"
)
_PROMISE = re.compile(
    r"(?<![不非])(?<!不能)(?<!无法)(?<!难以)(?:保证(?!金|书|人)|一定(?!程度|的|范围|规模|数量|影响|期限)|绝对|尽快|尽早|早日|"
    r"力争|争取|百分之百)"
)
_DATE = re.compile(
    r"[0-9]{1,2} ?(?:月|日|号|天|个?工作日|小时|周|个月)|[一二两三四五六七八九十]{1,3}(?:天|个?工作日|小时|周|个月|日内)|"
    r"今[天日]|明[天日]|后天|本[周月]|下[周月]|[月年季]底|周[一二三四五六日]|[0-9]{1,2}[:：][0-9]{2}"
)
_POINT = re.compile(
    r"(?:^|(?<=[\s。；;，,：:]))(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[、.．)）](?![0-9])"
)
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ \-]?[0-9]){8}(?![0-9])")
_PAPER = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ \-]?[0-9]){14,18}[Xx]?(?![0-9A-Za-z])")
_ENOUGH_SHARED = 2
_SHOWN = 12


class Check(StrEnum):
    """What the checklist of 答复审核 looks at."""

    POINT = "point"
    BASIS = "basis"
    PROMISE = "promise"
    BUCK_PASSING = "buck_passing"
    PERSONAL = "personal"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at again: which check, and a Chinese line that says what to do. `stops`: it cannot be handed in."""

    check: Check
    words: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """What a reply has to meet, as its unit may know it: the gist (title, and purpose on a line of its own), the full words.

    `phone` and `name` are the caller's, '' where the unit is not told them.
    """

    gist: str
    content: str
    phone: str = ""
    name: str = ""


def findings(
    reply: str, matter: Matter, promise_words: Iterable[str] = (), buck_words: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return what an eye should rest on, the weightiest first; nothing for an empty reply.

    The city's own words of promise and of 推诿 come from the settings `promise.words` and `buck_passing.words`.
    """
    if not reply.strip():
        return ()
    return (
        *_personal(reply, matter),
        *(Finding(Check.GAP, "还有没填的 ___：填上或删去") for _ in range(gap(reply) is not None)),
        *_off_the_point(reply, matter),
        *_without_basis(reply),
        *_promises(reply, promise_words),
        *(
            Finding(Check.BUCK_PASSING, f"像推诿：“{word}”，写明谁来办、怎么办")
            for word in buck_words
            if word in reply
        ),
    )


def others_data(reply: str, own_phone: str = "") -> tuple[str, ...]:
    """Return the mobile numbers and papers' numbers in a reply that are not the caller's own, masked."""
    plain = unicodedata.normalize("NFKC", reply)
    papers = [_digits(found[0]) for found in _PAPER.finditer(plain)]
    mobiles = [_digits(found[0]) for found in _MOBILE.finditer(plain)]
    own = _digits(own_phone)
    return (
        *(f"证件号或账号 {masked_id(each)}" for each in papers),
        *(f"手机号 {masked_phone(each)}" for each in mobiles if each != own),
    )


def _digits(text: str) -> str:
    return re.sub(r"[ \-]", "", text).upper()


def _personal(reply: str, matter: Matter) -> Iterator[Finding]:
    for found in dict.fromkeys(others_data(reply, matter.phone)):
        yield Finding(Check.PERSONAL, f"有{found}，不是诉求人的：删去，或改用单位座机", stops=True)
    if matter.phone and tells(reply, matter.phone):
        yield Finding(Check.PERSONAL, "有诉求人的号码：删去")
    if len(matter.name) > 1 and tells(reply, matter.name):
        yield Finding(Check.PERSONAL, "有诉求人的姓名：改称“您”")


def _off_the_point(reply: str, matter: Matter) -> Iterator[Finding]:
    said = _features(reply)
    gist = _features(matter.gist)
    if gist and len(gist & said) < min(_ENOUGH_SHARED, len(gist)):
        title = matter.gist.partition("\n")[0]
        yield Finding(Check.POINT, f"没有说到诉求的事：写明“{_short(title)}”办得怎样")
    points = _points(matter.content)
    for number, point in enumerate(points, 1):
        if (words := _features(point)) and not words & said:
            yield Finding(Check.POINT, f"第{number}点没有回答：{_short(point)}")


def _points(content: str) -> Sequence[str]:
    """The matters that a caller counted out (1、… 2、…); nothing where there are not two."""
    points = [part.strip() for part in _POINT.split(content)[1:]]
    return points if len(points) > 1 else ()


def _without_basis(reply: str) -> Iterator[Finding]:
    if not _BASIS.search(reply):
        yield Finding(Check.BASIS, "没写依据：写法规《》、根据什么，或现场核查的情况")


def _promises(reply: str, words: Iterable[str]) -> Iterator[Finding]:
    undated = [part for part in _SENTENCE.split(reply) if not _DATE.search(part)]
    found = dict.fromkeys(match[0] for part in undated for match in _PROMISE.finditer(part))
    for word in found:
        yield Finding(Check.PROMISE, f"“{word}”没有期限：写明哪一天，或写已经做了什么")
    for word in words:
        if word in reply and not any(each in word for each in found):
            yield Finding(Check.PROMISE, f"承诺过头：“{word}”，只写做得到的")


def _features(text: str) -> frozenset[str]:
    return frozenset(each for each in bigrams(text) if len(each) > 1)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}.."
