"""Everything that hangs on one order, for its card: one SELECT a table, oldest first."""

from collections.abc import Sequence

from db.doors import Reader, Row

_BY = "LEFT JOIN staff s ON s.id = {column}"


def assignments(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return who has held the order: unit, section, person, sent, signed, due, ended."""
    return reader.all(
        "SELECT a.part, a.round, a.sent_at, a.signed_at, a.due_at, a.due_explanation, a.requirement, a.ended_at,"
        " a.end_reason, a.is_signed_by_force, a.is_signed_too_late, a.is_final, a.answer, a.answered_at, u.short_name AS unit, c.name AS section,"
        " s.name AS person FROM assignments a JOIN units u ON u.id = a.unit_id"
        f" LEFT JOIN sections c ON c.id = a.section_id {_BY.format(column='a.staff_id')}"
        " WHERE a.order_id = :id ORDER BY a.id",
        id=order_id,
    )


def requests(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return what was asked beside the status, and how it was decided."""
    return reader.all(
        "SELECT r.kind, r.asked_at, r.due_at, r.reason_code, r.reason, r.evidence, r.finding, r.referred_at,"
        " r.verdict, r.decided_at, r.decision, r.level, r.stage, r.judged_at, r.is_accepted, s.name AS asker,"
        " d.name AS decider, j.name AS judge, u.short_name AS target FROM requests r"
        f" {_BY.format(column='r.asked_by')} LEFT JOIN staff d ON d.id = r.decided_by"
        " LEFT JOIN staff j ON j.id = r.judged_by"
        " LEFT JOIN units u ON u.id = r.target_unit_id WHERE r.order_id = :id ORDER BY r.id",
        id=order_id,
    )


def replies(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the unit's drafts with their verdicts."""
    return reader.all(
        "SELECT r.round, r.drafted_at, r.internal_result, r.public_reply, r.verdict, r.checked_at, r.check_note,"
        " s.name AS drafter, c.name AS checker FROM replies r"
        f" {_BY.format(column='r.drafted_by')} LEFT JOIN staff c ON c.id = r.checked_by"
        " WHERE r.order_id = :id ORDER BY r.id",
        id=order_id,
    )


def answers(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the logged answers to the citizen and the attempts that reached nobody."""
    return reader.all(
        "SELECT a.round, a.answered_at, a.way, a.number, a.outcome, a.said, s.name AS person,"
        " k.number AS entry, v.version AS entry_version FROM answers a"
        " LEFT JOIN knowledge_versions v ON v.id = a.knowledge_version_id"
        " LEFT JOIN knowledge_entries k ON k.id = v.entry_id"
        f" {_BY.format(column='a.answered_by')} WHERE a.order_id = :id ORDER BY a.id",
        id=order_id,
    )


def callbacks(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every callback attempt."""
    return reader.all(
        "SELECT c.round, c.called_at, c.is_reached, c.result, c.attitude, c.timeliness, c.was_contacted, c.is_solved,"
        f" c.cause, c.note, s.name AS person FROM callbacks c {_BY.format(column='c.called_by')}"
        " WHERE c.order_id = :id ORDER BY c.id",
        id=order_id,
    )


def grades(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the history of grades."""
    return reader.all(
        "SELECT g.round, g.grade, g.graded_at, g.reason, s.name AS person FROM grades g"
        f" {_BY.format(column='g.graded_by')} WHERE g.order_id = :id ORDER BY g.id",
        id=order_id,
    )


def pool_entries(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every stay in 工单监测池."""
    return reader.all(
        "SELECT p.grade, p.reason, p.entered_at, p.review_at, p.plan, p.left_at, p.evidence, s.name AS person"
        f" FROM pool_entries p {_BY.format(column='p.left_by')} WHERE p.order_id = :id ORDER BY p.id",
        id=order_id,
    )


def emergency(reader: Reader, order_id: int) -> Row | None:
    """Return the steps of the green channel, if the order is or was an emergency."""
    return reader.one(
        "SELECT type, started_at, due_at, called_out_at, acknowledged_at, departed_at, arrived_at, contained_at,"
        " contained_said_by, finished_at, ended_at, end_reason FROM emergencies WHERE order_id = :id",
        id=order_id,
    )


def messages(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the messages about an order (告知): to which unit, what, and whether it was sent."""
    return reader.all(
        "SELECT m.made_at, m.body, m.state, m.sent_at, m.failure, u.short_name AS unit FROM messages m"
        " LEFT JOIN units u ON u.id = m.to_unit_id WHERE m.order_id = :id ORDER BY m.id",
        id=order_id,
    )
