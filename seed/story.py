"""A story under way, and the steps that many lives share: heard, sent, signed, answered, reviewed."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from db.codes import OrderKind, StewardStep, Urgency
from db.learned import LearnedStore
from desk import dispatch, intake, my_tickets, proposals, review
from desk.context import Desk
from desk.intake_rows import OrderForm
from desk.rules.office_hours import add_office_hours
from desk.stewardship import write_step
from seed.calls import call_note
from seed.cast import Cast

Life = Iterator[datetime]
AGENTS = ("1201", "1202", "1203", "1204")
DISPATCHERS = ("1301", "1302")
AUDITOR = "1401"
MOST_ALIKE = 5
_ANYBODYS = ("城管局", "住建局", "应急局")
"""Departments to which goes what is nobody's plainly."""


@dataclass(slots=True)
class Story:
    """One order's life under way: who tells it, who hears it, when the next thing happens."""

    cast: Cast
    chance: random.Random
    matter: dict[str, Any]
    caller: dict[str, str]
    order_no: str = ""
    unit: dict[str, Any] | None = None

    def now(self) -> datetime:
        """The moment at which the life stands."""
        return self.cast.at(AUDITOR).now()

    def after(self, least: float, most: float) -> datetime:
        """A moment some minutes from now, day or night."""
        return self.now() + timedelta(minutes=self.chance.uniform(least, most))

    def is_one_in(self, count: int) -> bool:
        """Whether this is one order of so many: by its number, so that nothing else of the day changes."""
        return int(self.order_no[-4:]) % count == 0

    def in_office(self, least: float, most: float) -> datetime:
        """A moment some office hours from now."""
        desk = self.cast.at(AUDITOR)
        hours = self.chance.uniform(least, most)
        return add_office_hours(self.now(), hours, desk.settings.limits, desk.calendar)

    @property
    def own_unit(self) -> dict[str, Any]:
        """The unit whose matter it is."""
        return self.cast.unit_for(self.matter["department"], self.matter["area"])

    def wrong_units(self) -> list[dict[str, Any]]:
        """At least two units that look right but are not: the other proposals for the matter, the likest first.

        By the duty list alone, without a lot drawn: what somebody taught the desk meanwhile does not change the day.
        """
        matter = self.matter
        by_id = {unit["id"]: unit for unit in self.cast.units}
        alike = [by_id[unit_id] for unit_id in self._proposed_units() if unit_id in by_id]
        alike += [self.cast.unit_for(department, matter["area"]) for department in _ANYBODYS]
        return list({unit["id"]: unit for unit in alike if unit["id"] != self.own_unit["id"]}.values())

    def place_of(self, unit: dict[str, Any]) -> int | None:
        """Which proposal the unit is, 1 the first; None for a unit that had to be looked for."""
        proposed = self._proposed_units()
        return proposed.index(unit["id"]) + 1 if unit["id"] in proposed else None

    def _proposed_units(self) -> list[int]:
        """The units that the duty list proposes for the matter, the best first; the same in every order's life."""
        matter = self.matter
        known = self.cast.proposed.get(matter["title"])
        if known is None:
            found = proposals.suggest(
                self.cast.at(DISPATCHERS[0]),
                matter["content"],
                title=matter["title"],
                area_code=self.cast.areas.get(matter["area"], ""),
                top=MOST_ALIKE,
                learned=LearnedStore(":memory:"),
            )
            known = self.cast.proposed[matter["title"]] = [row.unit_id for row in found.rows]
        return known

    @property
    def handler(self) -> Desk:
        """The 经办人 of the steward."""
        assert self.unit is not None
        return self.cast.handler(self.unit)

    @property
    def reviewer(self) -> Desk:
        """The 审核人 of the steward."""
        assert self.unit is not None
        return self.cast.reviewer(self.unit)


def matters() -> list[dict[str, Any]]:
    """Return the invented matters of `stories.jsonl`."""
    text = resources.files(__package__).joinpath("stories.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def register(story: Story, by: str = "") -> None:
    """Somebody calls, an agent (`by`, or any) registers."""
    matter, caller = story.matter, story.caller
    desk = story.cast.at(by) if by else story.cast.any_of(*AGENTS)
    is_secret = matter["kind"] == OrderKind.TIP_OFF
    form = OrderForm(
        kind=OrderKind(matter["kind"]),
        urgency=Urgency(matter["urgency"]),
        number=caller["phone"],
        name="" if is_secret and story.chance.random() < 0.5 else caller["name"],
        is_confidential=is_secret,
        area_code=story.cast.areas.get(matter.get("village", "")) or story.cast.areas.get(matter["area"]),
        place=matter["place"],
        title=matter["title"],
        content=matter["content"],
        category_code=matter["category"],
        accused_name=matter.get("accused", ""),
        purpose=matter["purpose"],
        language=caller["language"],
        line="12333" if matter["department"] == "人社局" else "12345",
    )
    story.order_no = intake.register(desk, form, call_note(desk, caller["phone"], form.line)).order_no


def send(story: Story, *, is_astray: bool = False) -> None:
    """A dispatcher sends it to the unit whose matter it is, or to the likest other; 举报 with 转办内容 only."""
    matter = story.matter
    story.unit = story.wrong_units()[0] if is_astray else story.own_unit
    is_secret = matter["kind"] == OrderKind.TIP_OFF
    forward = f"群众反映：{matter['title']}。请依法核实处理，注意保密。" if is_secret else None
    dispatch.send(
        story.cast.any_of(*DISPATCHERS),
        story.order_no,
        story.unit["id"],
        forward_text=forward,
        proposal=story.place_of(story.unit),
    )


def answer(story: Story) -> Life:
    """Drafted, passed in the unit, told to the citizen."""
    matter = story.matter
    if story.is_one_in(9):
        _sent_back_in_the_unit(story)
    my_tickets.submit_reply(story.handler, story.order_no, matter["internal"], matter["reply"])
    yield story.in_office(0.5, 3)
    my_tickets.pass_reply(story.reviewer, story.order_no)
    yield story.in_office(0.3, 3)
    teller = story.cast.at(AUDITOR) if matter["kind"] == OrderKind.TIP_OFF else story.handler
    my_tickets.log_answer(teller, story.order_no, number=story.caller["phone"], said=matter["reply"])


def _sent_back_in_the_unit(story: Story) -> None:
    """A first draft that says nothing, with the reasons why it came back."""
    empty = "您好，您反映的问题已收悉，我们高度重视，将尽快处理，感谢您的支持。"
    my_tickets.submit_reply(story.handler, story.order_no, "已安排人员处理", empty)
    my_tickets.send_back_reply(story.reviewer, story.order_no, "写明查到什么、哪天办好", ["empty", "basis"])


def _sent_back_by_the_centre(story: Story) -> None:
    """The first answer had no papers; the same handler adds them, and the citizen is told again."""
    auditor, matter = story.cast.at(AUDITOR), story.matter
    review.send_back_close_review(
        auditor, story.order_no, "补现场照片和告知记录", ["papers_missing", "unanswered"]
    )
    internal = f"{matter['internal']}；现场照片已附"
    my_tickets.submit_reply(story.handler, story.order_no, internal, matter["reply"])
    my_tickets.pass_reply(story.reviewer, story.order_no)
    teller = auditor if matter["kind"] == OrderKind.TIP_OFF else story.handler
    my_tickets.log_answer(teller, story.order_no, number=story.caller["phone"], said=matter["reply"])


def secure(story: Story) -> None:
    """What a D order needs before it is closed: 兜底维稳 and 长效机制 (practice P23); at once, and without a lot drawn."""
    notes = (
        (StewardStep.STABILISE, "已上门说明处理情况，诉求人情绪平稳，专人跟进"),
        (StewardStep.PREVENT, "纳入每周巡查，与属地村（社区）建立联动"),
    )
    for step, note in notes:
        write_step(story.handler, story.order_no, step, note)


def to_the_unit(story: Story, *, is_astray: bool = False) -> Life:
    """Registered and sent."""
    register(story)
    yield story.after(3, 160)
    send(story, is_astray=is_astray)


def signed(story: Story, *, is_astray: bool = False) -> Life:
    """Registered, sent, signed."""
    yield from to_the_unit(story, is_astray=is_astray)
    yield story.in_office(0.2, 5)
    my_tickets.sign(story.handler, story.order_no)


def answered(story: Story, least: float, most: float) -> Life:
    """Signed, handled for some office hours, answered."""
    yield from signed(story)
    yield story.in_office(least, most)
    yield from answer(story)


def reviewed(story: Story, least: float = 4, most: float = 30) -> Life:
    """Answered, and passed by 办结审核."""
    yield from answered(story, least, most)
    yield story.in_office(0.5, 5)
    if story.is_one_in(14) and story.matter["kind"] != OrderKind.TIP_OFF:
        _sent_back_by_the_centre(story)
    review.pass_close_review(story.cast.at(AUDITOR), story.order_no, "材料齐全，逐点答复")
    yield story.in_office(0.5, 8)
