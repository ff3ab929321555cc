"""The fields of one line: under which names they come, how each is read, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from db.codes import Channel, OrderKind, Urgency
from db.times import to_ms
from desk.codes import code_for, word
from desk.errors import BadInput
from desk.rules.text import cleaned, normalised_phone
from desk.rules.titles import proposed_title
from desk.rules.written_times import moment_written

T = TypeVar("T")

DEFAULT_CHANNEL = Channel.MAILBOX
"""Letters to the leaders: what a file of messages is when nobody says otherwise."""

LONGEST_TITLE, LONGEST_CONTENT, LONGEST_WORDS = 100, 20_000, 200

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
}
"""The names under which a field may come; the first is its Chinese label."""

REQUIRED = ("id", "subject", "detail", "time")

_CODES = re.compile(r"[a-z0-9_]{1,16}(?:、[a-z0-9_]{1,16})*")
_YES, _NO = (
    frozenset(("是", "1", "y", "yes", "true", "√")),
    frozenset(("", "否", "0", "n", "no", "false", "无")),
)
_SHORTEST_PHONE = 5
_CUT_MOBILE = re.compile(r"1[3-9]\d{0,8}")
_ANSWERED_BY_PHONE = frozenset((Channel.PHONE_12345, Channel.PHONE_12333, Channel.STATION, Channel.VISIT))


@dataclass(frozen=True, slots=True)
class Message:
    """One good line: what the order is born with. `values` are columns of the order, `texts` words of its event."""

    number: int
    kind: OrderKind
    urgency: Urgency
    values: dict[str, Any]
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def outside(self) -> tuple[str, str]:
        """What tells it from every other order that came from outside: (channel, number)."""
        return self.values["channel"], self.values["outside_no"]


@dataclass(frozen=True, slots=True)
class Places:
    """How names of areas, categories and units are looked up: each gives a code or key, or None."""

    area: Callable[[str], str | None]
    area_of_place: Callable[[str], str | None]
    category: Callable[[str], str | None]
    unit: Callable[[str], int | None]


@lru_cache(maxsize=1024)
def field_called(head: str) -> str | None:
    """Return the field that a column of this name holds, or None for one that the desk does not know."""
    plain = unicodedata.normalize("NFKC", head).strip().lstrip("\ufeff").rstrip("*").lower()
    return next((name for name, heads in HEADS.items() if plain in heads), None)


def label(name: str) -> str:
    """Return a field's Chinese label."""
    return HEADS[name][0]


class LineReader:
    """Reads the fields of one line one by one and keeps every complaint, so that all are named at once."""

    def __init__(self, fields: Mapping[str, Any], now: datetime, default_channel: Channel) -> None:
        self._now = now
        self._default_channel = default_channel
        self._raw: dict[str, Any] = {}
        self._heads: dict[str, str] = {}
        self.flaws: list[tuple[str, str]] = []
        for head, value in fields.items():
            name = field_called(head)
            if name is not None and name not in self._raw:
                self._raw[name], self._heads[name] = value, head

    def message(self, number: int, places: Places) -> Message | None:
        """Return the line as a message, or None when `flaws` says why not."""
        for name in REQUIRED:
            if name not in self._raw:
                self._complain(name, f"缺少字段 {label(name)}")
        values = {**self._identity(), **self._words(), **self._caller(), **self._place(places)}
        kind = self._code("kind", OrderKind, OrderKind.UNDETERMINED)
        urgency = self._read("urgency", self._urgency) or Urgency.NORMAL
        data, texts = self._aside(values)
        return None if self.flaws else Message(number, kind, urgency, values, data, texts)

    def _complain(self, name: str, reason: str) -> None:
        head = self._heads.get(name, HEADS[name][1])
        shown = label(name) if head == label(name) else f"{label(name)}（{head}）"
        self.flaws.append((shown, reason.removeprefix(label(name))))

    def _read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """Return what `reader` makes of a field, or None when that is a complaint."""
        try:
            return reader(plain_text(self._raw.get(name)))
        except BadInput as error:
            self._complain(name, error.message)
            return None

    def _text(self, name: str, limit: int = LONGEST_WORDS, *, one_line: bool = True) -> str:
        return self._read(name, lambda text: cleaned(text, limit, label(name), one_line=one_line)) or ""

    def _code(self, name: str, codes: type[Any], default: Any) -> Any:
        def code(text: str) -> Any:
            found = code_for(codes, text) if text else default
            if found is None:
                known = "、".join(word(each) for each in codes)
                raise BadInput(f"不认识“{text[:20]}”，可写：{known}")
            return found

        return self._read(name, code) or default

    def _urgency(self, text: str) -> Urgency:
        urgency = code_for(Urgency, text) if text else Urgency.NORMAL
        if urgency is None:
            raise BadInput(f"不认识“{text[:20]}”，可写：一般、紧急")
        if urgency is Urgency.CRITICAL:
            raise BadInput("特急事项不能导入，请在坐席台按 Ctrl+E 应急登记")
        return urgency

    def _identity(self) -> dict[str, Any]:
        channel = self._code("channel", Channel, self._default_channel)
        outside_no = self._text("id", 64)
        if "id" in self._raw and not outside_no and not self._is_flawed("id"):
            self._complain("id", "不能为空")
        raised_at = self._read("time", self._moment) if "time" in self._raw else None
        way = "phone" if channel in _ANSWERED_BY_PHONE else "online"
        return {
            "channel": str(channel),
            "outside_no": outside_no,
            "raised_at": raised_at and to_ms(raised_at),
            "answer_way": way,
        }

    def _is_flawed(self, name: str) -> bool:
        return any(shown.startswith(label(name)) for shown, _ in self.flaws)

    def _moment(self, text: str) -> datetime:
        if not text:
            raise BadInput("不能为空")
        moment = moment_written(text, label("time"))
        if moment > self._now + timedelta(days=1):
            raise BadInput(f"“{text}”晚于现在，请核对")
        return moment

    def _words(self) -> dict[str, Any]:
        content = self._text("detail", LONGEST_CONTENT, one_line=False)
        title = self._text("subject", LONGEST_TITLE)
        if "detail" in self._raw and not content and not self._is_flawed("detail"):
            self._complain("detail", "不能为空")
        title = title or proposed_title(content) or "未拟标题"
        return {"title": title, "content": content, "purpose": self._text("purpose", 500)}

    def _caller(self) -> dict[str, Any]:
        return {
            "contact_phone": self._read("phone", _contact_phone) or None,
            "requester_name": self._text("name", 40),
            "home_address": self._text("address"),
            "is_anonymous": bool(self._read("anonymous", _yes_or_no)),
            "is_confidential": bool(self._read("confidential", _yes_or_no)),
        }

    def _place(self, places: Places) -> dict[str, Any]:
        def area(text: str) -> str | None:
            code = places.area(text) if text else None
            if text and code is None:
                raise BadInput(f"不认识区域“{text[:20]}”，请写全称（如 横水镇）或 12 位区划代码")
            return code

        category, accused, place = (
            self._text("category", 40),
            self._text("accused", 100),
            self._text("place"),
        )
        return {
            "accused_name": accused,
            "accused_unit_id": places.unit(accused) if accused else None,
            "area_code": self._read("area", area) or places.area_of_place(place),
            "place": place,
            "category_code": places.category(category) if category else None,
        }

    def _aside(self, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """What the other system knew besides: figures into the event, its words into the event's words."""
        data = {name: self._raw[name] for name in ("likes", "dislikes") if _is_figure(self._raw.get(name))}
        reply = self._text("reply", LONGEST_CONTENT, one_line=False)
        if reply:
            when = self._text("reply_time", 40)
            values["earlier_steps"] = f"原平台{when}已答复：{reply}"
        source, texts = self._text("source"), {"category": self._text("category")}
        if _CODES.fullmatch(source):
            data["source"] = source
        else:
            texts["source"] = source
        return data, {name: text for name, text in texts.items() if text}


def _is_figure(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12


def plain_text(value: Any) -> str:
    """Return a value of JSON or of a workbook as the text that a person would have typed."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool):
        return _BLANKS[value]
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list):
        return "、".join(map(plain_text, value))
    if not isinstance(value, int | float | date):
        raise BadInput("须为文字")
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return str(value)


_BLANKS: Mapping[bool | None, str] = {None: "", True: "是", False: "否"}
_EXACT = 10**15
"""Up to here a workbook's number is a whole one: 123.0 is the number 123."""


def _contact_phone(text: str) -> str:
    """A number that reaches the requester: the desk's own door takes short ones too (110, an extension)."""
    phone = normalised_phone(text, label("phone"))
    digits = phone.partition("转")[0]
    if phone and (len(digits) < _SHORTEST_PHONE or _CUT_MOBILE.fullmatch(digits)):
        raise BadInput(f"只有 {len(digits)} 位，不完整：手机 11 位，固话带区号（如 0797-8212345）")
    return phone


def _yes_or_no(text: str) -> bool:
    plain = text.strip().lower()
    if plain not in _YES | _NO:
        raise BadInput(f"只能写是或否，不能写“{text[:20]}”")
    return plain in _YES
