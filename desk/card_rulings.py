"""The part of a card that tells what a panel or a 热线日 said of the order (practice P22)."""

from collections.abc import Iterator

from db.codes import AgendaReason, PanelKind, TriageReason
from db.doors import Reader, Row
from db.queries import hotline_days, panels
from desk import rulings
from desk.codes import word
from desk.words import stored


def lines(reader: Reader, order_id: int, *, hides_words: bool) -> Iterator[str]:
    """Yield the panels, the sessions and their decisions, oldest first.

    `hides_words` leaves out what was argued over a secret order: a unit reads only what was demanded (P32).
    """
    for panel in panels.of_order(reader, order_id):
        yield from _panel(reader, panel, hides_words=hides_words)
    for line in hotline_days.lines_of_order(reader, order_id):
        held = f"，已于 {stored(line['held_at'])} 召开" if line["held_at"] else ""
        why = word(AgendaReason(line["reason"])) + ("" if hides_words else f" {line['words']}")
        yield f"热线日议程 {stored(line['planned_at'])} {line['leader']}主持{held}：{why}"
    for decision in panels.decisions_of_order(reader, order_id):
        yield from _decision(reader, decision, hides_words=hides_words)


def _panel(reader: Reader, panel: Row, *, hides_words: bool) -> Iterator[str]:
    why = word(TriageReason(panel["reason"])) + ("" if hides_words else f" {panel['reason_words']}")
    kind = word(PanelKind(panel["kind"]))
    yield f"{kind} {stored(panel['held_at'])} {panel['led_by']}牵头：{why}".rstrip()
    members = panels.members(reader, panel["id"])
    names = [row["unit_name"] or row["staff_name"] for row in members]
    yield f"  参加：{'、'.join(name for name in names if name)}"
    for row in members if not hides_words else ():
        for place, words in enumerate(str(row["argument"]).splitlines()):
            head = f"{row['unit_name']}：" if row["unit_name"] and place == 0 else ""
            yield f"  {head}{words}"


def _decision(reader: Reader, decision: Row, *, hides_words: bool) -> Iterator[str]:
    what = "研判结论" if decision["panel_id"] else "热线日决定"
    said = rulings.line(reader, decision)
    yield f"{what} {stored(decision['made_at'])} {said}  限 {stored(decision['due_at'])}"
    yield f"  要求：{decision['requirement']}"
    yield f"  告知诉求人：{decision['told']}" if decision["told"] and not hides_words else ""
    if decision["noted_at"]:
        state = "已落实" if decision["done_at"] else "落实中"
        note = "" if hides_words else f"：{decision['note']}"
        yield f"  {state} {stored(decision['noted_at'])} {decision['noter_name'] or ''}{note}".rstrip()
