"""Whatever is typed or pasted into whatever field of whatever deed: kept unharmed, or refused in one clear line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import card, city_settings, finder, intake, people, session, telephone
from desk.errors import Refused
from desk.intake_rows import OrderForm
from desk.people import NewPerson
from desk.rules.text import cleaned
from tests.desk import hostile
from tests.desk.hostile import Kept
from tests.desk.hostile_stages import FLOWS, STAGES, Stage, desk_of
from tests.world import PIN, World

TOO_LONG = "too long"
DEEDS = [(flow, name) for flow, deeds in STAGES.items() for name in deeds]


@pytest.mark.parametrize("flow", FLOWS)
def test_no_field_of_a_flow_is_forgotten(flow: str) -> None:
    takes_words = {name for name, deed in hostile.deeds_of(FLOWS[flow]).items() if hostile.text_fields(deed)}
    assert takes_words - {"emergency_types"} == set(STAGES[flow])


@dataclass
class Tried:
    """One deed at its moment, to be done again and again with other words."""

    flow: str
    name: str
    stage: Stage
    world: World
    kept: Kept
    arguments: dict[str, Any]

    def __call__(self, field: str, text: str) -> Refused | None:
        """Do the deed with `text` in `field`; return its refusal, which must be clear and have written nothing."""
        given = hostile.with_text(self.arguments, field, text)
        desk = desk_of(self.world, self.stage)
        deed = getattr(FLOWS[self.flow], self.name)
        try:
            deed(**given) if desk is None else deed(desk, **given)
        except Refused as refusal:
            assert not self.kept.is_written(), (field, ascii(text[:30]))
            hostile.assert_clear(refusal)
            return refusal
        return None

    @property
    def keeps_as_typed(self) -> bool:
        """What is half typed is no deed: it comes back into the same field, which takes what can be shown."""
        return self.name in {"save_draft", "keep_draft", "keep_note", "keep_words"}

    def keeps(self, field: str, text: str) -> str | None:
        """Do the deed with `text`, which must then stand in the store unless the field takes no words; TOO_LONG if it is."""
        refusal = self(field, text)
        is_too_long = refusal is not None and "最多" in refusal.message
        if field not in self.stage.picked and not is_too_long:
            assert refusal is None, (field, text[:30], refusal)
            is_changed = text == hostile.CHANGED and not self.keeps_as_typed
            assert self.kept.holds(hostile.CHANGED_INTO if is_changed else (text,)), (field, text[:30])
        self.undone()
        return TOO_LONG if is_too_long else None

    def refuses(self, field: str, text: str) -> None:
        """Do the deed with `text`, which must be refused unless the deed is none, or the field takes no words."""
        refusal = self(field, text)
        assert refusal or self.keeps_as_typed or field in self.stage.picked, (field, ascii(text))
        self.undone()

    def undone(self) -> None:
        """Bring the store back if the deed was done; it must not have left anything that steers a terminal."""
        if self.kept.is_written():
            steering = [text for text in self.kept.texts() if hostile.STEERS.search(text)]
            assert not steering, ascii(steering)
            self.kept.restore()


@pytest.fixture
def tried(request: pytest.FixtureRequest, world: World) -> Iterator[Tried]:
    flow, name = request.param
    stage = STAGES[flow][name]
    arguments = stage.arguments(world)
    kept = Kept(world)
    yield Tried(flow, name, stage, world, kept, arguments)
    kept.close()


@pytest.mark.parametrize("tried", DEEDS, indirect=True, ids=".".join)
def test_every_field_keeps_words_unharmed_or_refuses_them(tried: Tried) -> None:
    for field in hostile.text_fields(getattr(FLOWS[tried.flow], tried.name)):
        if tried.keeps(field, hostile.ALL_AT_ONCE) is TOO_LONG:
            assert [tried.keeps(field, text) for text in hostile.UNHARMED] == [None] * len(hostile.UNHARMED)
        tried.refuses(field, hostile.FORBIDDEN[0])
        if "." in field and tried.name != "register":
            continue  # a form and a call are looked at in one place, whatever is done with them
        tried.keeps(field, hostile.CHANGED)
        if tried.keeps(field, hostile.LONG) is not TOO_LONG:
            tried.keeps(field, hostile.LONGER)
        for text in hostile.FORBIDDEN[1:]:
            tried.refuses(field, text)
        for text in hostile.EMPTY:
            tried(field, text)
            tried.undone()


TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, content=TEXTS, name=TEXTS)
def test_any_text_at_all_is_kept_as_cleaned_or_refused(
    world: World, title: str, content: str, name: str
) -> None:
    desk = world.desk("1203")
    form = OrderForm(content=content, title=title, name=name)
    try:
        born = intake.decline(desk, form, "lawsuit")
    except Refused as refusal:
        hostile.assert_clear(refusal)
        return
    row = world.row("SELECT title, content, requester_name FROM work_orders WHERE id = :id", id=born.id)
    assert row["content"] == cleaned(content, 20_000, "")
    assert row["requester_name"] == cleaned(name, 40, "", one_line=True)
    assert not hostile.STEERS.search("".join(row.values()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_question_is_answered_or_refused(world: World, text: str) -> None:
    desk = world.desk("1203")
    for ask in (finder.find, card.card, intake.similar, intake.areas, intake.progress):
        try:
            ask(desk, text)
        except Refused as refusal:
            hostile.assert_clear(refusal, given=text)


@pytest.mark.parametrize("text", [*hostile.UNHARMED, *hostile.FORBIDDEN, hostile.CHANGED, hostile.LONG])
def test_nobody_signs_in_and_no_call_rings_under_hostile_text(world: World, text: str) -> None:
    opening = session.open_store(world.path)
    person = NewPerson("9001", "甲", "CY-12345", ("agent",))
    asked = (
        lambda: session.log_in(opening, text, PIN),
        lambda: session.log_in(opening, "1203", text),
        lambda: session.log_in_without_pin(opening, text),
        lambda: telephone.ring(opening, text, "12345"),
        lambda: telephone.ring(opening, "13800000000", text),
        lambda: telephone.answer(opening, text),
        lambda: telephone.hang_up(opening, text, "clerk"),
        lambda: people.roles_named([text]),
        lambda: people.add_person(world.desks["1001"], replace(person, staff_no=text), "135790"),
        lambda: people.add_person(world.desks["1001"], replace(person, unit=text), "135790"),
        lambda: people.reset_pin(world.desks["1001"], text, "135790"),
        lambda: city_settings.set_setting(world.desks["1001"], text, "1"),
        lambda: card.card(world.desks["1001"], text),
    )
    for ask in asked:
        with pytest.raises(Refused) as raised:
            ask()
        hostile.assert_clear(raised.value)
