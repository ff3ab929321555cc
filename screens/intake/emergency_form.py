"""Ctrl+E: number, place and type of an emergency, and what to say and ask by its type (practice P24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from desk.rules import incidents
from screens.dialogs import AskForm
from screens.dialogs.ask import Answers
from screens.intake.form import Values, loose_area
from screens.widgets import Choice, Field, WideChoice

TITLE = "应急受理：有生命危险的，先转 110/119/120，再登记"
UNKNOWN = ("其他险情",)


class EmergencyForm(AskForm):
    """应急受理: what the form holds is there already; the card of the type chosen stands under the fields."""

    DEFAULT_CSS = "EmergencyForm #card { width: 1fr; height: auto; max-height: 9; margin: 1 0 0 0; }"

    def __init__(self, values: Values, settings: Mapping[str, Any]) -> None:
        area = values.get("area", "") if values.get("area_code") else ""
        place = f"{loose_area(values)}{values.get('place', '')}"
        self._settings = settings
        types: Sequence[str] = settings.get(incidents.TYPES) or UNKNOWN
        said = f"{values.get('title', '')}{values.get('content', '')}"
        likely = incidents.likely(said, types, settings.get(incidents.WORDS, {}))
        self._kind = WideChoice(
            "应急类型", [(each, each) for each in types], value=likely, is_open=True, id="type"
        )
        super().__init__(
            f"{TITLE}\n已选地点：{area}" if area else TITLE,
            [
                self._kind,
                Field("详细地点" if area else "事发地点", place, id="place"),
                Field("来电号码", values.get("number", ""), id="number"),
            ],
            required=("type",) if area else ("type", "place"),
            check=_Unreachable(),
        )

    def questions(self) -> ComposeResult:
        yield from super().questions()
        yield Static(self._card(), id="card", markup=False)

    @on(Choice.Changed)
    def _show_card(self) -> None:
        self.query_one("#card", Static).update(self._card())

    def _card(self) -> str:
        """What to say and ask; of a type that is not chosen yet nothing."""
        if not self._kind.value:
            return "选定类型后，这里是先说的话和要问的"
        found = incidents.incident(self._kind.value, self._settings)
        lines = (
            f"先转 {'、'.join(found.hand_over)}" if found.hand_over else "",
            f"先说：{'；'.join(found.advice)}" if found.advice else "",
            f"要问：{'；'.join(found.questions)}" if found.questions else "",
        )
        return "\n".join(line for line in lines if line)


class _Unreachable:
    """Refuses an emergency without a number once: nobody could be rung back when help is on its way (P24)."""

    def __init__(self) -> None:
        self._has_asked = False

    def __call__(self, answers: Answers) -> str:
        if answers["number"] or self._has_asked:
            return ""
        self._has_asked = True
        return "没有来电号码就不能回拨：请补号码，确实没有再按一次 ^S"
