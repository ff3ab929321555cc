"""The form itself: fields, what stands in them, and how they become an `OrderForm`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from desk.codes import ContactWay, OrderKind, Urgency, word
from desk.intake_rows import MomentRow, OrderForm
from screens.intake.fields import NumberField, OpenChoice, PickField, PickLine, PlaceField, ProposedField
from screens.widgets import Choice, Field, FormRow, LongText

KINDS = (
    OrderKind.INQUIRY,
    OrderKind.HELP_REQUEST,
    OrderKind.COMPLAINT,
    OrderKind.TIP_OFF,
    OrderKind.SUGGESTION,
    OrderKind.PRAISE,
)
IDENTITIES = (("named", "实名"), ("anonymous", "匿名"), ("confidential", "保密"))
LINES = (("12345", "政务12345"), ("12333", "人社12333"))
LANGUAGES = ("普通话", "客家话", "赣州官话", "其他")
OF_THE_CALLER = (
    *("number", "name", "contact", "identity", "line", "language", "person", "home", "needs"),
    *("comer", "reason", "reach"),
)
"""What stays when the same caller has one more matter (F9)."""

NO_TITLE = "不填则按内容拟"

Values = dict[str, str]
_Any = Field | Choice | LongText


class IntakeForm(VerticalScroll, can_focus=False):
    """受理表单: what every call needs, and the rest under one key (practice P11)."""

    first = "number"
    """The field in which an empty form begins."""

    def compose(self) -> ComposeResult:
        area_line = PickLine(id="area-picks")
        yield FormRow(
            NumberField("来电", width=16, max_length=60, id="number"),
            ProposedField("姓名", max_length=100, id="name"),
        )
        yield FormRow(OpenChoice("类型", [(str(kind), word(kind)) for kind in KINDS], id="kind"))
        yield FormRow(
            PickField("地点", "areas", area_line, id="area", width=24),
            PlaceField(
                "详细",
                area_line,
                max_length=300,
                placeholder="组、桩号、栋单元，或“不详”",
                id="place",
            ),
        )
        yield area_line
        yield Static("诉求内容", classes="label", markup=False)
        yield LongText("诉求内容", id="content")
        yield FormRow(Field("标题", max_length=200, placeholder=NO_TITLE, id="title"))
        yield FormRow(
            Field("联系", width=16, max_length=60, placeholder="同来电", id="contact"),
            Choice("身份", IDENTITIES, id="identity"),
        )
        yield FormRow(
            Choice(
                "紧急",
                [(str(each), word(each)) for each in (Urgency.NORMAL, Urgency.URGENT)],
                id="urgency",
                width=16,
            ),
            Choice("拨打热线", LINES, id="line"),
        )
        yield Container(id="more")

    # -- the rest under one key

    @property
    def is_unfolded(self) -> bool:
        """Whether the fields of the fold are there."""
        return bool(self.query("#accused"))

    async def unfold(self) -> None:
        """Show the fields of the fold, which most calls never need."""
        self.add_class("-open")
        if self.is_unfolded:
            return
        accused_line, category_line = PickLine(id="accused-picks"), PickLine(id="category-picks")
        other_line = PickLine(id="area2-picks")
        await self.query_one("#more").mount(
            FormRow(
                PickField("被反映单位", "accused_units", accused_line, id="accused"),
                Field("被反映对象", max_length=200, id="accused_name"),
            ),
            accused_line,
            FormRow(PickField("诉求分类", "categories", category_line, id="category")),
            category_line,
            FormRow(PickField("另一地点", "areas", other_line, id="area2")),
            other_line,
            FormRow(
                Field("事发时间", placeholder="前晚、腊月廿三", max_length=200, id="occurred"),
                Field("住址", id="home"),
            ),
            Static(id="occurred-note", markup=False),
            FormRow(Field("诉求目的", max_length=1000, id="purpose")),
            FormRow(Field("已向何处反映、结果", max_length=1000, id="earlier")),
            FormRow(
                Choice("答复", (("yes", "需要"), ("no", "不需要")), id="answer", width=18),
                Choice("方式", [(str(way), word(way)) for way in ContactWay], id="way"),
            ),
            FormRow(Field("方便时间", max_length=200, id="when"), Field("代诉", max_length=200, id="behalf")),
            FormRow(
                Choice("语言", [(each, each) for each in LANGUAGES], id="language"),
            ),
            FormRow(
                Choice("主体", (("person", "个人"), ("company", "企业")), id="person", width=14),
                Field("特殊需求", max_length=300, id="needs"),
            ),
        )

    def fold(self) -> None:
        """Hide the fold again, unless something stands in it that will be registered."""
        names = {str(part.id) for part in self.query("#more Field, #more Choice")}
        self.set_class(bool(names & self.values().keys()), "-open")

    # -- what stands in it

    def part(self, name: str) -> _Any:
        """The field called `name`."""
        found = self.query_one(f"#{name}")
        assert isinstance(found, Field | Choice | LongText)
        return found

    def parts(self) -> list[_Any]:
        """Every field, in the order of the form."""
        return [part for part in self.query("Field, Choice, LongText") if isinstance(part, _Any)]

    def values(self) -> Values:
        """What stands in every field that is not as the form began; a picked field also gives its code."""
        found: Values = {}
        for part in self.parts():
            name = str(part.id)
            if isinstance(part, Choice):
                if part.index > 0 or (isinstance(part, OpenChoice) and part.value):
                    found[name] = part.value
            elif part.value.strip():
                found[name] = part.value
            if isinstance(part, PickField) and part.code:
                found[f"{name}_code"] = part.code
        return found

    async def fill(self, values: Mapping[str, str]) -> None:
        """Put these values into the form and empty every other field; unfolds it when one of them stands there."""
        known = {str(part.id) for part in self.parts()}
        if any(name not in known and not name.endswith("_code") for name in values):
            await self.unfold()
        for part in self.parts():
            _put(part, values)
        self.fold()

    @property
    def area_code(self) -> str | None:
        """The area that was picked, or None."""
        area = self.part("area")
        return (area.code or None) if isinstance(area, PickField) else None

    def propose_title(self, words: str) -> None:
        """Show, in the empty title, the one that will be taken if none is typed."""
        title = self.part("title")
        if isinstance(title, Field) and title.placeholder != (words or NO_TITLE):
            title.placeholder = words or NO_TITLE

    def show_moment(self, words: str, found: MomentRow | None) -> None:
        """Show, under 事发时间, the date that its `words` propose, unless others stand there by now."""
        if words != self.values().get("occurred", ""):
            return
        said = f"拟为 {found.words}，不对请补写日期" if found else ""
        for note in self.query("#occurred-note").results(Static):
            note.update(said)
            note.set_class(bool(said), "-said")

    def remember(self, area: str | None, known: Sequence[str]) -> None:
        """Offer what was said of places in `area` before, unless another stands there by now."""
        if area == self.area_code:
            self.query_one(PlaceField).remember(known)

    @property
    def caller_name(self) -> ProposedField:
        """姓名."""
        return self.query_one("#name", ProposedField)

    @property
    def is_secret(self) -> bool:
        """Whether it will be a 举报 or 保密 order."""
        return is_secret(self.values())

    @property
    def typed(self) -> Values:
        """What stands in it beside what was proposed."""
        values = self.values()
        if self.caller_name.is_proposed:
            del values["name"]
        return values

    def note_emergency(self, number: str, place: str) -> None:
        """Take over what was said for an emergency, in case it is refused: nothing is asked twice."""
        for name, words in (("number", number), ("place", place)):
            part = self.part(name)
            if not part.value:
                part.value = words

    def focus_part(self, name: str) -> None:
        """Put the cursor into one field."""
        self.part(name).focus()

    @property
    def matter(self) -> str:
        """The words that say what it is about: title and content."""
        return f"{self.part('title').value} {self.part('content').value}".strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen that would be lost."""
        return not (self.values().keys() - {"line"})


def _put(part: _Any, values: Mapping[str, str]) -> None:
    name = str(part.id)
    value = values.get(name, "")
    if isinstance(part, ProposedField):
        part.put(value)
    elif isinstance(part, PickField):
        part.put(values.get(f"{name}_code", ""), value)
    elif isinstance(part, OpenChoice):
        part.value = value
    elif isinstance(part, Choice):
        part.index = next((at for at, (known, _) in enumerate(part.options) if known == value), 0)
    elif isinstance(part, LongText):
        if part.value != value:
            part.value = value
    else:
        part.value = value


def is_secret(values: Mapping[str, str]) -> bool:
    """Whether a form with these values becomes a 举报 or 保密 order."""
    return values.get("kind") == OrderKind.TIP_OFF or values.get("identity") == "confidential"


def order_form(values: Mapping[str, str]) -> OrderForm:
    """The form as the flow takes it; area words that are no entry of the list go before the place."""

    def text(name: str) -> str:
        return values.get(name, "")

    loose = loose_area(values)
    accused = "" if text("accused_code") else text("accused")
    return OrderForm(
        kind=OrderKind(text("kind")) if text("kind") else None,
        content=text("content"),
        number=text("number"),
        contact_phone=text("contact"),
        name=text("name"),
        is_anonymous=text("identity") == "anonymous",
        is_confidential=text("identity") == "confidential",
        is_company=text("person") == "company",
        urgency=Urgency(text("urgency") or Urgency.NORMAL),
        area_code=text("area_code") or None,
        other_area_code=text("area2_code") or None,
        place=f"{loose}{text('place')}",
        title=text("title"),
        category_code=text("category_code") or None,
        accused_name="、".join(filter(None, (text("accused_name"), accused))),
        accused_unit=text("accused_code") or None,
        occurred_words=text("occurred"),
        purpose=text("purpose"),
        earlier_steps=text("earlier"),
        home_address=text("home"),
        needs_answer=text("answer") != "no",
        answer_way=ContactWay(text("way") or ContactWay.PHONE),
        answer_time=text("when"),
        language=text("language"),
        special_needs=text("needs"),
        on_behalf=text("behalf"),
        line=text("line") or "12345",
    )


def loose_area(values: Mapping[str, str]) -> str:
    """Words in the field of the area that are no area: they are kept as words of the place."""
    return "" if values.get("area_code") else values.get("area", "")


FIELD_OF_LABEL = {
    "诉求类型": "kind",
    "联系电话": "contact",
    "来电号码": "number",
    "事发地点": "area",
    "诉求内容": "content",
    "姓名": "name",
    "标题": "title",
    "诉求分类": "category",
    "另一地点": "area2",
    "被反映对象": "accused_name",
    "事发时间": "occurred",
    "诉求目的": "purpose",
    "已向何处反映": "earlier",
    "住址": "home",
    "方便时间": "when",
    "特殊需求": "needs",
    "代诉": "behalf",
    "到站人": "comer",
    "代办原因": "reason",
    "联系办法": "reach",
    "本人同意": "consent",
    "宣读": "readback",
    "见证人": "witness",
}
"""Where the cursor goes when the flow refuses a field by its Chinese label."""
