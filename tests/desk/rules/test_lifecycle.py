"""The declared tables of life and rights hang together (practice P1, design parts 4 and 5)."""

from hypothesis import given
from hypothesis import strategies as st

from db.codes import Deed, Role, Status
from desk.codes import WORDS, word
from desk.rules import lifecycle, rights, separation
from desk.rules.lifecycle import BIRTHS, ENDS, LIFECYCLE, RUNNING
from desk.rules.rights import RIGHTS, Scope

CHAIN = (
    (Status.TO_DISPATCH, Deed.SEND),
    (Status.TO_SIGN, Deed.SIGN),
    (Status.IN_PROGRESS, Deed.SUBMIT_REPLY),
    (Status.UNIT_REVIEW, Deed.PASS_REPLY),
    (Status.TO_ANSWER, Deed.LOG_ANSWER),
    (Status.CLOSE_REVIEW, Deed.PASS_CLOSE_REVIEW),
    (Status.TO_CALL_BACK, Deed.CLOSE_SATISFIED),
    (Status.CLOSED, Deed.ARCHIVE),
)


def test_the_chain_of_practice_p1_is_walked_in_one_line() -> None:
    steps = [lifecycle.next_status(status, deed) for status, deed in CHAIN]
    assert steps == [status for status, _ in CHAIN[1:]] + [Status.ARCHIVED]


def test_every_status_and_deed_has_its_chinese_word() -> None:
    for codes in (Status, Deed, Role):
        assert {word(code) for code in codes}
        assert all((codes, str(code)) in WORDS for code in codes)


def test_every_running_status_can_be_left_and_every_status_reached() -> None:
    reached = set(LIFECYCLE.values()) | set(BIRTHS.values())
    assert reached == set(Status)
    for status in RUNNING:
        assert any(LIFECYCLE[status, deed] is not status for deed in lifecycle.deeds_from(status)), status


def test_running_and_ended_statuses_are_all_there_are() -> None:
    assert set(RUNNING) | set(ENDS) == set(Status)
    assert not set(RUNNING) & set(ENDS)


def test_every_deed_on_an_order_is_somebodys_right() -> None:
    for deed in lifecycle.ON_AN_ORDER:
        assert rights.roles_for(deed), deed


def test_units_never_do_the_centres_deeds() -> None:
    for role in rights.UNIT_ROLES:
        for deed in (
            Deed.SEND,
            Deed.PASS_CLOSE_REVIEW,
            Deed.CLOSE_SATISFIED,
            Deed.APPROVE_WRITE_OFF,
            Deed.RECALL,
        ):
            assert (role, deed) not in RIGHTS


def test_a_role_that_nobody_holds_falls_to_the_supervisor() -> None:
    at_the_centre = rights.AT_THE_CENTRE_ROLES - {Role.ADMIN}
    for (role, deed), scopes in RIGHTS.items():
        if role in at_the_centre and Scope.CENTRE in scopes:
            assert (Role.SUPERVISOR, deed) in RIGHTS, deed


def test_who_may_not_be_the_second_person_is_told_what_to_do() -> None:
    for deed in separation.NOT_THE_SAME:
        assert separation.NOT_THE_SAME[deed].earlier
        assert "请由" in separation.line_for(deed)


@given(st.lists(st.sampled_from(sorted(lifecycle.ON_AN_ORDER)), max_size=60))
def test_no_sequence_of_deeds_leaves_the_lifecycle(deeds: list[Deed]) -> None:
    status = Status.TO_DISPATCH
    for deed in deeds:
        after = lifecycle.next_status(status, deed)
        if after is not None:
            assert (status, deed) in LIFECYCLE
            status = after
        assert status in Status
