"""典型案例 without anybody's name: what points to a person becomes a neutral word (practice P25, P29, P32 c).

The desk proposes, a person reads and mends, and whatever still looks like somebody's number or is known of those
involved is refused at the door of the library (`left_over`). Masking one word too many costs a key, one too few a name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from desk.rules.secrecy import Span, marked_words

PERSON, ACCUSED, PLACE, NUMBER = "某某", "被反映对象", "某处", "某号码"
_NEUTRAL = {
    "id_number": "某证件号",
    "phone": NUMBER,
    "contact": "某联系方式",
    "plate": "某车牌",
    "address": PLACE,
    "order_no": "某工单",
    "name": PERSON,
    "person": PERSON,
    "staff": PERSON,
    "accused": ACCUSED,
    "place": PLACE,
    "number": NUMBER,
    "job": "诉求人",
}
_NEVER_LEFT = frozenset({"id_number", "phone", "contact", "plate", "order_no"})
"""What no case may hold whatever the person who checked it thinks; places and titles are theirs to judge."""

_COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田姜范姚谭廖邹熊金陆郝孔崔邱秦江史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚庞樊兰殷施陶洪翟颜倪严牛温季俞"
    "章鲁葛伍韦申尤毕聂焦柳邢岳齐梅莫庄辛祝涂祁耿詹覃欧幸缪蓝邝阮柯骆靳褚裴娄郁戚卞芦饶甘谌阙晏敖揭"
)
"""Surnames that hardly ever begin an ordinary word."""
_SURNAMES = _COMMON + "高石方万于任安常向路文江管左古包白盛康宁冷凌成时计单单全连明应关游邬巫鄢房华利柴解盘雍"
_COMPOUND = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|端木|长孙|宇文"
_SURNAME = f"(?:{_COMPOUND}|[{_SURNAMES}])"
_CLEAR = f"(?:{_COMPOUND}|[{_COMMON}])"
_TITLE = (
    "先生|女士|小姐|师傅|同志|老师|医生|大夫|护士|律师|阿姨|大爷|大妈|大叔|大伯|大姐|大哥|嫂子|婆婆|奶奶|爷爷|"
    "书记|主任|镇长|乡长|县长|局长|科长|股长|所长|站长|村长|组长|队长|校长|院长|经理|老板|会计|委员|警官"
)
_CALLED = "名叫|叫做|叫作|姓名|名字|法定代表人|法人代表|法人|经办人|联系人|举报人|投诉人|反映人|申请人|当事人|负责人"
_IS_SOMEBODY = (
    "村民|居民|业主|住户|租户|房东|工人|职工|员工|农户|学生|家长|患者|死者|伤者|司机|车主|店主|摊主|包工头|老板|"
    "男子|女子|同事|邻居|本人|姓名|联系人|经办人|负责人|工作人员|队员|书记|主任|局长|村长|组长|科长|所长|经理"
)
_VERB = "[说称表反在已将被和与及等的是打到去来向要对把未不没也就都曾于因为让给从]"
_END = rf"(?=$|[^一-鿿]|{_VERB})"
_DIGIT = "[0-9零〇○Oo幺一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("order_no", r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}-?[0-9]{8}-?[0-9]{4,}"),
    ("id_number", r"(?<![0-9])[0-9](?:[ \-]?[0-9]){14,18}[Xx]?(?![0-9])"),
    ("phone", rf"(?<![0-9A-Za-z]){_DIGIT}(?:[ \-.·]?{_DIGIT}){{6,}}(?![0-9])"),
    (
        "contact",
        r"(?:微信|wx|vx|QQ|抖音|快手)号?(?:码|是|为)?[:： ]*[A-Za-z0-9_\-]{5,}|https?://[^\s，。；]+",
    ),
    (
        "name",
        rf"(?:{_CALLED})[是为:： ]*(?P<name>{_SURNAME}[一-鿿·]{{1,2}}?){_END}",
    ),
    ("name", rf"(?:{_IS_SOMEBODY})(?P<name>{_SURNAME}[一-鿿]{{1,2}}?){_END}"),
    ("name", rf"(?P<name>(?:{_CLEAR}|[高石方万安常])[一-鿿]{{0,2}}?)(?:{_TITLE})"),
    (
        "name",
        rf"(?:(?<![一-鿿])|(?<=[和与是找由给向被让叫跟同对]))(?P<name>[小老阿]{_CLEAR})(?={_VERB}|[，。、；,;]|$)",
    ),
    (
        "name",
        rf"(?P<name>{_CLEAR}[一-鿿]{{1,2}})(?=[（(，,、： :]*(?:男|女|电话|手机|联系电话|联系方式|身份证|家住|现住)[，,：:（(0-9 ])",
    ),
    ("place", r"[一-鿿]{2,4}?(?:小区|花园|家园|公寓|佳园|新村|大厦|名苑|华府|壹号|公馆|山庄|别墅)"),
)
_NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        "单位 安全 常务 方面 向上 任何 任务 连续 成立 平时 常年 全部 全县 全镇 全体 利用 石材 石头 石油 文化 关于 关注 路段 路边"
        " 路灯 江西 江边 明天 明确 相邻 严重 严格 严肃 经常 高空 高层 高级 高速 高峰 万分 万元 施工 施救 应急 应当 安排 安装 地方"
        " 黄土 黄泥 黄水 雷雨 雷电 金属 温泉 田里 田间 汤水 马路 马上 牛羊 牛栏 林业 林场 林地 水利 江河 龙头 唐突 许多 许可 何时"
        " 何人 何处 余下 余款 易发 史上 计生 时任 时间 管理 管道 左边 左右 左侧 古树 包工 白天 白色 健康 康复 冷水 单元 全程 连片"
        " 明显 应该 关闭 游客 华侨 利益 解决 金额 武装 温度 季节 章程 齐全 焦急 申请 申报 申诉 尤其 孔洞 施肥 兰花 范围 叶子",
    )
)
_VAGUE = re.compile("[该本此这各整某]|老旧|住宅|一处|一个|附近|封闭|物业|居民|业主|新建|在建")
"""What stands before 小区 and names none."""
_STREET = re.compile("[路街巷弄道村组镇乡区园苑城]|屋场")
_CERTAIN = re.compile(r"号楼|号院|栋|幢|单元|室|房|住|自然村|屋|[0-9]号|[0-9]-[0-9]|小组")
"""A house, whoever's: 三楼, 五户, 一层 alone are nobody's."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows of those involved: wherever it stands, it goes."""

    persons: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    why: str = field(compare=False)


def anonymised(text: str, known: Known | None = None) -> str:
    """`text` with every person, number, plate and address in it replaced by a neutral word; done twice it changes no more.

    A proposal: a person reads it before it is kept. Sources: practice P25, P29 (places to the township), P32 c.
    """
    for _ in range(_MOST_ROUNDS):
        masked = _masked(text, known or Known())
        if masked == text:
            break
        text = masked
    return text


_MOST_ROUNDS = 4
"""A word that was taken away may bring two others together; more often than this it never does."""


def left_over(text: str, known: Known | None = None) -> tuple[str, ...]:
    """What of `text` may never stand in a case, in its order: numbers, plates, and what is known of those involved."""
    given = known or Known()
    found = [each for each in _marks(text) if each.why in _NEVER_LEFT]
    found += list(_of_known(text, given, is_strict=True))
    return tuple(dict.fromkeys(text[each.start : each.end] for each in _apart(found)))


def _masked(text: str, known: Known) -> str:
    parts, position = [], 0
    for each in _apart([*_of_known(text, known), *_marks(text)]):
        parts += [text[position : each.start], _neutral(text[each.start : each.end], each.why)]
        position = each.end
    return "".join(parts) + text[position:]


def _neutral(words: str, why: str) -> str:
    """The word that stands in the place of `words`; a title stays beside the name that it lost."""
    return words if words in _NEUTRAL.values() else _NEUTRAL[why]


def _marks(text: str) -> Iterator[_Found]:
    """What looks like a person's by itself: by the patterns of secrecy, and by names and numbers in a case's words."""
    narrow = _narrow(text)
    for why, pattern in _compiled():
        for match in pattern.finditer(narrow):
            span = match.span("name") if "name" in pattern.groupindex else match.span()
            if _points_to_somebody(why, narrow[slice(*span)]):
                yield _Found(*span, why)
    for mark in filter(_counts, marked_words(text)):
        leads_in = mark.why == "address" and mark.word[0] in "在到于从说称"
        yield _Found(mark.start + leads_in, mark.end, mark.why)


def _points_to_somebody(why: str, words: str) -> bool:
    if why == "name":
        return "某" not in words and words[:2] not in _NO_NAMES
    return why != "place" or not _VAGUE.search(words)


def _counts(span: Span) -> bool:
    """Whether a mark of secrecy points to a person in a case too: not so my mother, 三楼, 五户 or 只有我知道."""
    if span.why != "address":
        return span.why in ("id_number", "phone", "contact", "plate", "job")
    return bool(_CERTAIN.search(span.word) or _STREET.search(span.word[:-2]))


def _of_known(text: str, known: Known, *, is_strict: bool = False) -> Iterator[_Found]:
    """Where what is known stands, however it is spaced or widened. A place may be public: strictly it is no secret."""
    narrow = _narrow(text)
    groups: list[tuple[str, Iterable[str]]] = [
        ("accused", known.accused),
        ("person", known.persons),
        ("staff", known.staff),
        ("number", known.numbers),
    ]
    if not is_strict:
        groups.append(("place", known.places))
    for why, words in groups:
        for word in words:
            for pattern in _spellings(word, is_whole=is_strict or why == "staff"):
                yield from (_Found(match.start(), match.end(), why) for match in pattern.finditer(narrow))


def _spellings(word: str, *, is_whole: bool) -> Iterator[re.Pattern[str]]:
    """The word itself with anything between its signs; unless `is_whole`, the given name alone too, if it has two signs.

    A given name may be an ordinary word (文明): it is masked for the caller's sake, but nobody is kept from writing it.
    """
    plain = re.sub(r"[\W_]+", "", _narrow(word))
    if len(plain) < 2 or plain in _NOBODY:
        return
    yield _spaced(plain)
    if not is_whole and re.fullmatch(rf"{_SURNAME}[一-鿿]{{2}}", plain):
        yield _spaced(plain[-2:])


_NOBODY = frozenset({"匿名", "未知", "不详", "先生", "女士", "本人", "群众", "市民", "居民"})


@lru_cache(maxsize=512)
def _spaced(plain: str) -> re.Pattern[str]:
    return re.compile(r"[\s\-·.•,，、*]*".join(map(re.escape, plain)), re.IGNORECASE)


def _apart(found: Iterable[_Found]) -> Iterator[_Found]:
    """Overlapping places as one, under the reason of the one that begins first (the longest of those)."""
    kept: _Found | None = None
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept is None:
            kept = each
        elif each.start < kept.end:
            kept = _Found(kept.start, max(kept.end, each.end), kept.why)
        else:
            yield kept
            kept = each
    if kept is not None:
        yield kept


def _narrow(text: str) -> str:
    """`text` with full-width signs as ASCII, one for one, so that positions stay those of the text."""
    narrowed = (unicodedata.normalize("NFKC", sign) for sign in text)
    return "".join(one if len(one) == 1 else sign for one, sign in zip(narrowed, text, strict=True))


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((why, re.compile(pattern, re.IGNORECASE)) for why, pattern in _PATTERNS)
