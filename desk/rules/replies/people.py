"""个人信息: whose numbers, names, plates and addresses a public reply gives away (practice P33)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from desk.rules.id_number import masked_id
from desk.rules.replies.findings import Check, Finding, Matter, Place, by_words, matches
from desk.rules.secrecy import masked_phone

_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[ \-]?)?(?P<at>1[3-9][0-9](?:[ \-.]?[0-9]){8})(?![0-9])")
_PAPER = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ \-]?[0-9]){14,18}[Xx]?(?![0-9A-Za-z])")
_SPOKEN = re.compile(
    r"(?<![零〇幺一二两三四五六七八九])[幺一][三四五六七八九][零〇幺一二两三四五六七八九]{9}(?![零〇幺一二两三四五六七八九])"
)
_PLATE = re.compile(
    r"(?<!出租车)(?<!公交车)(?<!的士)(?<!巴士)(?<!警车)"
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Za-hj-z][ ·•.\-]?[A-Za-z0-9]{4,5}[A-Za-z0-9挂学]"
    r"(?![A-Za-z0-9])(?!号?(?:出租|公交|的士|巴士|警车|线))"
)
_BORN = re.compile(
    r"[男女][，,]?(?:[一-鿿]{1,3}族[，,]?)?(?:生于)?[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:出?生)?"
)
_HOME = re.compile(
    r"(?:家住|住址(?:为|是|：|:)|家庭地址|现住|户籍地址|(?<![入暂])住(?![房宅院户建口所证地权])(?:在|于)?)(?P<at>[^，,。；;！!？?\s《》]{2,24}?(?:[0-9一二三四五六七八九十]+(?:栋|幢|座|号楼|单元|组))?[0-9一二三四五六七八九十]+(?:号|室|房|栋|单元)(?!文))"
)
_MAIL = re.compile(
    r"[A-Za-z0-9_.+\-]{3,64}@(?:qq|163|126|139|189|sina|sohu|gmail|foxmail|outlook|hotmail)\.[a-z.]{2,6}|"
    r"(?:微信|QQ|qq|抖音)(?:号|账号)?(?:是|为|:|：)? ?(?:[A-Za-z0-9][A-Za-z0-9_\-]{4,})"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余叶程魏苏吕丁任卢姚沈钟姜崔谭廖范汪金石戴贾韦夏"
    "付邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤温康施牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹欧耿关焦俞柳"
)
_NAMED = re.compile(
    rf"(?:(?:您|你)本人[（(]|诉求人|投诉人|举报人|反映人|来电人|申请人|当事人|信访人|报料人)(?:为|是|姓名|叫|：|:| )?(?P<at>[{_SURNAMES}](?!某|女士|先生|姓)[一-鿿]{{1,2}}?)"
    r"(?=[（(，,、。：:；;\s0-9]|电话|手机|反映|的|本人|先生|女士|同志|住|认可|表示|称|家|对|已|要求|确认|同意|满意|接受|是|系|为|在|向|$)"
)
_DOOR = re.compile(r"[0-9A-Za-z]+(?:号楼|号院|号|栋|幢|座|单元|楼|层|室|房|组)|(?<=[0-9])-?[0-9]+$")
_BETWEEN = r"[ \-–—.·•,，、()（）]*"
_SHORTEST_NAME = 2
_DOOR_PARTS = 2


def personal(reply: str, matter: Matter) -> Iterator[Finding]:
    """What belongs to somebody, the caller included; only other people's numbers stop the reply."""
    plain = _narrow(reply)
    for place, words in _numbers(plain, matter.phone):
        yield Finding(Check.PERSONAL, f"有{words}，不是诉求人的：删去，或改用单位座机", True, (place,))
    yield from _caller(reply, plain, matter)
    yield from by_words(Check.PERSONAL, reply, matches(_PLATE, plain), "有车牌号 {}：删去，或只写“涉事车辆”")
    yield from by_words(Check.PERSONAL, reply, matches(_BORN, plain), "有出生日期“{}”：删去")
    yield from by_words(
        Check.PERSONAL, reply, (each.span() for each in _MAIL.finditer(plain)), "有私人联系方式“{}”：删去"
    )
    if not _places_of(matter.name, plain):
        yield from by_words(Check.PERSONAL, reply, matches(_NAMED, plain), "有诉求人的姓名“{}”：改称“您”")


def others_data(reply: str, own_phone: str = "") -> tuple[str, ...]:
    """Return the mobile numbers and papers' numbers in a reply that are not the caller's own, masked."""
    return tuple(words for _, words in _numbers(_narrow(reply), own_phone))


def _numbers(plain: str, own_phone: str) -> list[tuple[Place, str]]:
    own = _digits(_narrow(own_phone))
    papers = [found.span() for found in _PAPER.finditer(plain)]
    mobiles = [place for place in matches(_MOBILE, plain) if not any(a <= place[0] < b for a, b in papers)]
    found = [(place, f"证件号或账号 {masked_id(_digits(plain[slice(*place)]))}") for place in papers]
    for place in mobiles:
        number = _digits(plain[slice(*place)])
        if number != own:
            found.append((place, f"手机号 {masked_phone(number)}"))
    found += [(each.span(), "用汉字写的手机号") for each in _SPOKEN.finditer(plain)]
    once: dict[str, tuple[Place, str]] = {}
    for place, words in found:
        once.setdefault(words, (place, words))
    return list(once.values())


def _caller(reply: str, plain: str, matter: Matter) -> Iterator[Finding]:
    for known, say in (
        (matter.phone, "有诉求人的号码：删去"),
        (matter.name, "有诉求人的姓名：改称“您”"),
        (matter.address, "有诉求人的住址：删去"),
    ):
        where = _places_of(known, plain)
        if where:
            yield Finding(Check.PERSONAL, say, places=where)
    if matter.address and _places_of(matter.address, plain):
        return
    door = "".join(_DOOR.findall(_narrow(matter.address))[-_DOOR_PARTS:])
    if where := _places_of(door, plain):
        yield Finding(Check.PERSONAL, "有诉求人的门牌：删去", places=where)
    else:
        yield from by_words(Check.PERSONAL, reply, matches(_HOME, plain), "有住址“{}”：删去")


def _places_of(known: str, plain: str) -> tuple[Place, ...]:
    value = re.sub(_BETWEEN, "", _narrow(known)).casefold()
    if len(value) < _SHORTEST_NAME:
        return ()
    return tuple(matches(_spaced(value), plain.casefold()))


@lru_cache(maxsize=64)
def _spaced(value: str) -> re.Pattern[str]:
    """What is known of the caller, however it is spaced or hyphenated (138 1234 5678)."""
    return re.compile(_BETWEEN.join(map(re.escape, value)))


@lru_cache(maxsize=16)
def _narrow(text: str) -> str:
    """The text in its narrow forms, one for one, so that places stay those of the reply."""
    if text.isascii():
        return text
    wide = {each for each in set(text) if not each.isascii() and not "\u4e00" <= each <= "\u9fff"}
    table = {ord(each): twin for each in wide if len(twin := unicodedata.normalize("NFKC", each)) == 1}
    return text.translate(table)


def _digits(text: str) -> str:
    return re.sub(r"[ \-.]", "", text).upper()
