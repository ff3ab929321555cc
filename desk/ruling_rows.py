"""What a panel or a 热线日 is asked for, as it was typed: names are looked up by the deed."""

from __future__ import annotations

from dataclasses import dataclass

from desk.codes import HandlingWay, PanelKind, TriageReason


@dataclass(frozen=True, slots=True)
class RulingForm:
    """承办单位, 协办单位, 办件方式, 工作要求, limit in working days (press conference, question 4).

    `steward` and `co_units` name units as people say them, several apart by 、; `leader` is who takes the case in
    hand (领导包案, 长期事项), `told` the log that the citizen was told of a 长期事项 (P8).
    """

    steward: str
    requirement: str
    days: str
    way: HandlingWay | str = HandlingWay.ALONE
    co_units: str = ""
    leader: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class PanelForm:
    """研判记录: who took part, why, what each unit argued (a line each, `单位：意见`), and the verdict."""

    verdict: RulingForm
    attendees: str
    reason_code: TriageReason | str = TriageReason.OTHER
    reason_words: str = ""
    arguments: str = ""
    kind: PanelKind | str = PanelKind.TRIAGE


@dataclass(frozen=True, slots=True)
class PanelStart:
    """With what the record of a panel begins: who leads it, why the order is there, who sits at the desk."""

    led_by: str
    reason_code: TriageReason
    reason_words: str
    attendees: str
