"""举报 and 保密: the words that point to a person, and how numbers and names are masked (practice P32, P33).

The desk marks, a person decides: each marked word is kept or removed by hand before the text goes to a unit, so
marking one too many costs a key, and missing one may cost the caller dear.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from db.codes import Deed

REMOVED = "［已隐去］"

# Full-width forms count as their ASCII twins, one for one, so that positions stay those of the text.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NUMERAL = "[0-9零〇一二三四五六七八九十百千两甲乙丙丁东西南北中]"
_CLAUSE = r"[^，。；！？,;!?\s]"
_KIN = (
    "老公|老婆|丈夫|妻子|爱人|对象|男朋友|女朋友|前夫|前妻|儿子|女儿|儿媳|女婿|媳妇|父亲|母亲|父母|爸爸|妈妈|爸|妈|"
    "爷爷|奶奶|外公|外婆|公公|婆婆|岳父|岳母|哥哥|弟弟|姐姐|妹妹|大哥|大姐|哥|弟|姐|妹|嫂子|姐夫|妹夫|孙子|孙女|外孙|"
    "舅舅|舅妈|叔叔|婶婶|伯伯|伯父|姑姑|姑父|姨妈|阿姨|侄子|侄女|外甥|堂[兄弟哥姐妹]|表[兄弟哥姐妹]|小孩|孩子|"
    "邻居|同事|亲戚|同学|战友|房东|老板|家人|家属"
)
_SELF = rf"(?:我们?|本人)(?:的|家的?)?(?:{_KIN})?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    # Longest numbers first is not needed: touching and overlapping spans are joined.
    ("id_number", r"(?<![0-9])[0-9]{15,19}[Xx]?(?![0-9])"),
    ("phone", r"(?<![0-9])(?:\+?86[ \-]?)?1[3-9][0-9](?:[ \-.]?[0-9]){8}(?![0-9])"),
    ("phone", r"(?<![0-9])(?:\(?0[0-9]{2,3}\)?[ \-]?)?[2-9][0-9]{6,7}(?![0-9])"),
    ("phone", r"[零〇幺一二两三四五六七八九]{7,}"),
    ("contact", r"[A-Za-z0-9_.+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+"),
    ("contact", r"(?:微信|wx|WX|vx|VX|QQ|qq|抖音)号?[是为:： ]*[A-Za-z0-9_\-]{5,}"),
    (
        "plate",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][ ·•.\-]?[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳]",
    ),
    ("address", rf"(?:家住在?|家在|住在|我们?家?住|本人住){_CLAUSE}{{1,24}}"),
    (
        "address",
        rf"(?:[一-鿿]{{1,8}}(?:路|街|巷|弄|道|村|组|镇|乡|社区|小区|花园|家园|公寓|大厦|苑|城|屋场))?"
        rf"(?:(?<![月0-9])(?:第?{_NUMERAL}{{1,8}}|[A-Za-z])(?:号楼|号院|号|栋|幢|座|单元|楼|层|室|房|户|门|组|弄|巷)(?!线))+[0-9]{{0,4}}",
    ),
    ("address", r"(?<![0-9\-])[0-9]{1,3}(?:-[0-9]{1,4}){1,3}(?![0-9\-])"),
    ("address", r"[一-鿿]{1,6}(?:村民小组|自然村|屋场|屋下|围屋|村小组)"),
    ("kinship", rf"(?:我们?|本人|俺|咱|自己)(?:的|家|家的)?(?:{_KIN})"),
    ("job", rf"{_SELF}(?:是|叫|名叫|姓|系|原是|曾是|曾任|担任|当过){_CLAUSE}{{1,20}}"),
    (
        "job",
        rf"{_SELF}(?:在|于|从){_CLAUSE}{{1,16}}(?:工作|上班|打工|务工|任职|就职|做事|读书|上学|退休|离职|辞职)",
    ),
    ("name", r"(?:姓名|举报人|投诉人|反映人|联系人|申请人)[是为:： ]+[一-鿿·]{2,8}"),
    ("name", r"[一-鿿](?:先生|女士|小姐|师傅)"),
    ("only_me", r"(?:只有|仅有?|就)我(?:们?(?:一|两|几)个?人?)?才?(?:知道|清楚|看到|看见|在场|晓得)"),
    (
        "only_me",
        r"除了我[^，。；！？,;!?\s]{0,8}(?:知道|清楚|晓得|看到|看见)|我亲眼|我亲手|我在场|我(?:偷偷)?(?:拍|录)(?:的|了|下)",
    ),
)
_COMPOUND_SURNAMES = frozenset(
    re.findall("..", "欧阳司马上官诸葛司徒东方独孤皇甫尉迟公孙令狐慕容夏侯端木长孙宇文")
)


READ_BY_UNITS = frozenset(
    {
        *(Deed.SEND, Deed.SEND_TO_CENTRE, Deed.REASSIGN, Deed.ADD_UNIT, Deed.RECALL, Deed.CALL_OUT),
        *(Deed.ASK_RETURN, Deed.GRANT_RETURN, Deed.REFUSE_RETURN, Deed.REDIRECT_RETURN),
        *(Deed.ASK_PART_RETURN, Deed.GRANT_PART_RETURN, Deed.REFUSE_PART_RETURN),
        *(Deed.REFER_RETURN, Deed.RULE_FINALLY, Deed.HAND_ON),
        *(Deed.CHANGE_STEWARD, Deed.WRITE_STEP, Deed.ASK_CO_HANDLING),
        *(Deed.ASK_EXTENSION, Deed.GRANT_EXTENSION, Deed.REFUSE_EXTENSION),
        *(Deed.ASK_SUSPENSION, Deed.GRANT_SUSPENSION, Deed.REFUSE_SUSPENSION),
        *(Deed.SUBMIT_REPLY, Deed.PASS_REPLY, Deed.SEND_BACK_REPLY, Deed.CO_SIGN, Deed.CO_REPLY),
        *(Deed.SEND_BACK_CLOSE_REVIEW, Deed.REMIND, Deed.SUPERVISE, Deed.ANSWER_SUPERVISION),
        *(Deed.ANSWER_REMINDER, Deed.PRESS_BY_RULE, Deed.ACCEPT_ANSWER, Deed.PRESS_AGAIN),
        *(Deed.ASK_ESCALATION, Deed.RULE_ESCALATION, Deed.REFER_TO_DAY, Deed.DECIDE_BY_DAY),
        *(Deed.REWORK, Deed.REOPEN, Deed.SET_GRADE, Deed.SET_PLAN, Deed.REFUSE_PROCEDURE, Deed.END_PROCEDURE),
        *(Deed.ASK_WRITE_OFF, Deed.APPROVE_WRITE_OFF, Deed.REFUSE_WRITE_OFF),
        *(Deed.ASK_PANEL, Deed.REFUSE_PANEL),
        *(
            Deed.SCORE_HANDLING,
            Deed.SCORE_COOPERATION,
            Deed.APPEAL_SCORE,
            Deed.GRANT_APPEAL,
            Deed.REFUSE_APPEAL,
        ),
    }
)
"""The deeds whose words a unit may read on a secret order: said to it or by it. What the centre says in them is
checked for the caller; the words of all other deeds may hold the caller's and are not shown to it (P32 b)."""

_BETWEEN = re.compile(r"[\s\-–—.·•,，、()（）]+")


def tells(text: str, known: str) -> bool:
    """Whether a text holds what is known of the caller, however it is spaced, hyphenated or widened (138 1234 5678)."""
    value = _folded(known)
    return len(value) > 1 and value in _folded(text)


def _folded(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled on first use: lists mask numbers with this module long before anybody marks a text."""
    return tuple((why, re.compile(pattern)) for why, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Span:
    """A marked place: `text[start:end]`, the words there, and why (address, kinship, job, plate, only_me …)."""

    start: int
    end: int
    word: str
    why: str


def marked_words(
    text: str, markers: Mapping[str, Iterable[str]] | None = None, known: Iterable[str] = ()
) -> tuple[Span, ...]:
    """Every place of `text` that may point to a person, in order and without overlaps.

    `markers` are the city's own words by reason (settings `secrecy.*_markers`); `known` is what the desk knows of the
    caller (name, number, address): wherever it stands it is marked. Source: practice P32 (b).
    """
    narrow = text.translate(_NARROW)
    found = [(m.start(), m.end(), why) for why, pattern in _compiled() for m in pattern.finditer(narrow)]
    groups = chain((markers or {}).items(), [("known", known)])
    found += [each for why, words in groups for word in words for each in _places(narrow, word, why)]
    return tuple(Span(start, end, text[start:end], why) for start, end, why in _joined(found))


def _places(text: str, word: str, why: str) -> list[tuple[int, int, str]]:
    plain = word.translate(_NARROW).strip()
    if not plain:
        return []
    return [(m.start(), m.end(), why) for m in re.finditer(re.escape(plain), text, re.IGNORECASE)]


def _joined(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Overlapping places as one, under the reason of the one that begins first."""
    joined: list[tuple[int, int, str]] = []
    for start, end, why in sorted(found, key=lambda each: (each[0], -each[1])):
        if joined and start < joined[-1][1]:
            first, last, reason = joined[-1]
            joined[-1] = (first, max(last, end), reason)
        else:
            joined.append((start, end, why))
    return joined


def blanked(text: str, spans: Iterable[Span], kept: Collection[Span] = ()) -> str:
    """`text` with every span replaced by ［已隐去］, except those that a person chose to keep.

    The spans must come from `marked_words` of this very text; ValueError if one does not fit it.
    """
    parts, position = [], 0
    for span in sorted(spans, key=lambda each: each.start):
        if span.start < position or text[span.start : span.end] != span.word:
            raise ValueError("the marked words belong to another text")
        parts += [text[position : span.start], span.word if span in kept else REMOVED]
        position = span.end
    return "".join(parts) + text[position:]


def masked_phone(phone: str) -> str:
    """`138****5678`, `0797-****345`; a shorter number hides four digits at least, anything else is stars.

    '' stays ''. Only the centre's and the handler's open card shows more (practice P33).
    """
    digits = re.sub(r"[^0-9]", "", phone.translate(_NARROW).split("转")[0])
    if not phone.strip():
        return ""
    if re.fullmatch(r"(?:86)?1[3-9][0-9]{9}", digits):
        return f"{digits[-11:-8]}****{digits[-4:]}"
    area = re.match(r"0(?:10|2[0-9]|[3-9][0-9]{2})(?=[0-9]{7,8}$)", digits)
    if area:
        return f"{area[0]}-****{digits[area.end() + 4 :]}"
    shown = 4 if len(digits) > 8 else max(len(digits) - 4, 0)
    return "****" + digits[len(digits) - shown :]


def masked_name(name: str) -> str:
    """`王**` for 王小明, `欧阳*` for 欧阳修; 王女士 says no more than a surname and stays; '' stays ''."""
    plain = name.strip()
    if len(plain) == 3 and plain.endswith(("先生", "女士")):
        return plain
    shown = 2 if plain[:2] in _COMPOUND_SURNAMES and len(plain) > 2 else 1
    return plain[:shown] + "*" * min(max(len(plain) - shown, 1), 3) if plain else ""
