"""The fields of one line: how each is read, and what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from db.codes import Channel, OrderKind, Urgency
from db.times import to_ms
from desk.codes import code_for, word
from desk.errors import BadInput
from desk.importing.heads import REQUIRED, label
from desk.importing.message import Message, own_title
from desk.importing.sources import Source
from desk.importing.tables import FORMULA
from desk.importing.upstream import DEMAND_LIMIT, FLAGS, NO, YES, flag_written, marks_written
from desk.rules.marks import column_of
from desk.rules.text import cleaned, normalised_phone
from desk.rules.written_times import deadline_written, moment_written

T = TypeVar("T")

LONGEST_TITLE, LONGEST_CONTENT, LONGEST_WORDS = 100, 20_000, 200

_CODES = re.compile(r"[a-z0-9_]{1,16}(?:、[a-z0-9_]{1,16})*")
_SHORTEST_PHONE = 5
_CUT_MOBILE = re.compile(r"1[3-9]\d{0,8}")
_ANSWERED_BY_PHONE = frozenset((Channel.PHONE_12345, Channel.PHONE_12333, Channel.STATION, Channel.VISIT))


@dataclass(frozen=True, slots=True)
class Places:
    """How names of areas, categories and units are looked up: each gives a code or key, or None.

    `closes` is when business ends on the last day of a limit that names no hour.
    """

    area: Callable[[str], str | None]
    area_of_place: Callable[[str], str | None]
    category: Callable[[str], str | None]
    unit: Callable[[str], int | None]
    closes: time


class LineReader:
    """Reads the fields of one line one by one and keeps every complaint, so that all are named at once."""

    def __init__(self, fields: Mapping[str, Any], now: datetime, source: Source) -> None:
        self._now = now
        self._source = source
        self._raw: dict[str, Any] = {}
        self._heads: dict[str, str] = {}
        self.flaws: list[tuple[str, str]] = []
        for head, value in fields.items():
            name = source.field_of(head)
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
        values |= self._upstream(places)
        data, texts = self._aside(values)
        state, sent_back = self._text("upstream_state", 40), self._text("upstream_return", DEMAND_LIMIT)
        data |= {"marks": values["marks"]} if values["marks"] else {}
        if self.flaws:
            return None
        return Message(number, kind, urgency, values, data, texts, state, sent_back)

    def _complain(self, name: str, reason: str) -> None:
        head = self._heads.get(name, self._source.head_of(name))
        shown = label(name) if head == label(name) else f"{label(name)}（{head}）"
        self.flaws.append((shown, reason.removeprefix(label(name))))

    def _read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """Return what `reader` makes of a field, or None when that is a complaint."""
        try:
            return reader(_typed(self._raw.get(name)))
        except BadInput as error:
            self._complain(name, error.message)
            return None

    def _text(self, name: str, limit: int = LONGEST_WORDS, *, one_line: bool = True) -> str:
        return self._read(name, lambda text: cleaned(text, limit, label(name), one_line=one_line)) or ""

    def _code(self, name: str, codes: type[Any], default: Any) -> Any:
        def code(text: str) -> Any:
            found = code_for(codes, text) or code_for(codes, text[:-1]) if text else default
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
        channel = self._code("channel", Channel, self._source.channel)
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
        title = title or own_title(content)
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

    def _upstream(self, places: Places) -> dict[str, Any]:
        """What an upper platform sets beside the matter: its number, limit, demand and marks (practice P20)."""
        marks = list(self._read("marks", marks_written) or ())
        demands = [self._text("upstream_demand", DEMAND_LIMIT)]
        for name, mark in FLAGS.items():
            is_marked, words = self._read(name, flag_written) or (False, "")
            marks += [mark] if is_marked else []
            demands.append(words)
        due = self._read("upstream_due", lambda text: self._due(text, places.closes))
        return {
            "marks": column_of(marks),
            "upstream_no": self._text("upstream_no", 64) or None,
            "upstream_due_at": due and to_ms(due),
            "upstream_demand": self._demand("；".join(each for each in demands if each)),
        }

    def _demand(self, text: str) -> str:
        try:
            return cleaned(text, DEMAND_LIMIT, label("upstream_demand"), one_line=True)
        except BadInput as error:
            self._complain("upstream_demand", error.message)
            return ""

    def _due(self, text: str, closes: time) -> datetime | None:
        return deadline_written(text, label("upstream_due"), closes) if text else None

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


def _typed(value: Any) -> str:
    """The text of a cell. Raises BadInput for one that computes what it shows."""
    if value is FORMULA or value == str(FORMULA):
        raise BadInput("是公式或出错值，请在表格里“粘贴为数值”后再导入")
    return plain_text(value)


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
    if isinstance(value, float) and abs(value) >= _EXACT:
        raise BadInput("超过 15 位，表格只记得住前 15 位，请设为文本格式后重新导出")
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
    if plain not in YES | NO:
        raise BadInput(f"只能写是或否，不能写“{text[:20]}”")
    return plain in YES
