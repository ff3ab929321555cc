"""通报 (practice P30): figures that can be counted again, examples with a reason, no names, another signer, receipts, .docx."""

import json
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.check import check
from db.codes import Deed
from desk import assessment, circulars, my_tickets
from desk.circular_rows import CircularRow
from desk.circulars import figures
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.rules import circulars as rules
from desk.rules.circulars import BadSigns, Example
from desk.rules.months import month_span
from tests.desk.circular_life import (
    AUDITOR,
    BAD_TITLE,
    LEADER,
    SECOND_AUDITOR,
    SUPERVISOR,
    bad_again,
    fortnight,
    good,
    moment,
)
from tests.desk.many_orders import EMERGENCIES, ManyOrders
from tests.world import World

DAYS = ("any", "2026-11-23", "2026-12-06")
LIAISON, UNIT_REVIEWER = "2101", "2103"


def numbers(row: CircularRow, unit: str) -> dict[str, int]:
    return dict(next(line.numbers for line in row.lines if line.name == unit))


def test_a_draft_counts_the_period_by_unit_and_says_it_in_sentences(world: World) -> None:
    fortnight(world)
    row = circulars.draft(world.desk(AUDITOR), *DAYS)
    late = numbers(row, "县城管局")
    assert (late["answered_late"], late["sent_back"], late["graded_d"], late["pressed_late"]) == (1, 1, 1, 1)
    assert numbers(row, "县人社局")["satisfied"] == 1
    assert row.title == "2026年11月23日至12月4日民意速办督查通报"
    assert "接单及时率 100%" in row.words["style"]
    assert "逾期回复或没有回复的有：县城管局（1 次）" in row.words["style"]
    assert "按时答复率 50.0%，超期 1 次。超期的有：县城管局（1 次）" in row.words["results"]
    assert "满意率 50.0%（连同社会评议认定诉求不合理的为 50.0%）" in row.words["satisfaction"]
    assert list(check(world.database)) == []


def test_a_period_ends_where_it_says(world: World) -> None:
    fortnight(world)
    first = circulars.draft(world.desk(AUDITOR), "any", "2026-11-23", "2026-11-29")
    assert numbers(first, "县人社局")["satisfied"] == 1
    assert "answered_late" not in numbers(first, "县城管局")
    second = circulars.draft(world.desk(AUDITOR), "any", "2026-11-30", "2026-12-06")
    assert [line.name for line in second.lines] == ["全部单位", "县城管局"]
    with world.nothing_written(), pytest.raises(BadInput, match="没有可通报的工单"):
        circulars.draft(world.desk(AUDITOR), "any", "2026-10-01", "2026-10-31")


def test_figures_of_months_equal_those_of_the_assessment_and_weeks_add_up(tmp_path: Path) -> None:
    """The same marks, another cut: what the 考核 says of a month a circular says, too, whatever lives were lived."""
    settings = {"emergency.types": list(EMERGENCIES), "crisis.types": [EMERGENCIES[1]]}
    world = World(tmp_path / "desk.db", settings=settings)
    ManyOrders(world, 5).live(orders=40, steps=800)
    months = sorted({f"{row['month']}" for row in world.rows("SELECT DISTINCT month FROM assessment_marks")})
    pressed = {rules.PRESSED_IN_TIME, rules.PRESSED_LATE}
    compared = 0
    for number in months:
        month = f"{number[:4]}-{number[4:]}"
        since, until = month_span(month, world.clock.now)
        table = {line.name: line.numbers for line in assessment.table(world.desk(SUPERVISOR), month).units}
        with world.database.read() as reader:
            path = world.desk(SUPERVISOR).actor.centre_path
            whole, *lines = figures.taken(reader, path, since, until, world.clock.now)
            middle = since + timedelta(days=11, hours=5)
            first, *_ = figures.taken(reader, path, since, middle, world.clock.now)
            rest, *_ = figures.taken(reader, path, middle, until, world.clock.now)
        for name in set(whole.numbers) - pressed:
            assert whole.numbers[name] == first.numbers.get(name, 0) + rest.numbers.get(name, 0), name
        for line in lines:
            ours = {name: count for name, count in line.numbers.items() if name not in pressed}
            theirs = {name: count for name, count in table.get(line.name, {}).items() if name in ours}
            assert ours == theirs, (month, line.name)
            compared += len(ours)
    assert compared > 20


def test_what_was_counted_can_be_counted_again_later(world: World) -> None:
    fortnight(world)
    row = circulars.draft(world.desk(AUDITOR), *DAYS)
    circulars.approve(world.desk(SUPERVISOR), row.id)
    world.clock.tick(days=20)
    good(world)
    assert circulars.differences(world.desk(SUPERVISOR), row.id) == ()
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET excluded_from_assessment = 1 WHERE order_no LIKE '%0002'")
    assert circulars.differences(world.desk(SUPERVISOR), row.id) == ("全部单位", "县城管局")
    assert circulars.one(world.desk(SUPERVISOR), row.id).lines == row.lines, (
        "the paper stays as it was signed"
    )


def test_what_is_asked_and_not_due_yet_is_nobodys_fault(world: World) -> None:
    fortnight(world)
    order_no = bad_again(world)
    row = circulars.draft(world.desk(AUDITOR), *DAYS)
    assert numbers(row, "县城管局")["pressed_late"] == 1, "due at 18:00 today"
    world.clock.tick(hours=9)
    again = circulars.recount(world.desk(AUDITOR), row.id)
    assert numbers(again, "县城管局")["pressed_late"] == 2
    my_tickets.answer_supervision(world.desk(UNIT_REVIEWER), order_no, "已清理")
    assert numbers(circulars.recount(world.desk(AUDITOR), row.id), "县城管局")["pressed_late"] == 2


class TestExamples:
    def test_each_says_why_and_names_nobody(self, world: World) -> None:
        good_no, bad_no = fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        assert [(each.order_no, each.is_good) for each in row.examples] == [(good_no, True), (bad_no, False)]
        assert "当日答复，一次办成" in row.examples[0].why
        assert row.examples[1].why == (
            "超期答复 1 次，诉求人不满意（D级）1 次，重办 1 次，督办、催办逾期回复 1 次，办结审核退回 1 次"
        )
        said = row.words["good"] + row.words["bad"]
        assert "横水镇" in said, "the township of the village"
        for leak in ("张德胜", "13900001111", "老城社区", good_no, bad_no):
            assert leak not in said

    @pytest.mark.parametrize(
        "hidden",
        [
            "kind = 'tip_off'",
            "is_confidential = 1",
            "is_crisis = 1",
            "is_special = 1",
            "content = content || '我要跳楼'",
        ],
    )
    def test_what_is_secret_a_crisis_or_a_special_report_is_none(self, tmp_path: Path, hidden: str) -> None:
        world = World(tmp_path / "desk.db", settings={"crisis.words": ["跳楼"]})
        fortnight(world)
        with world.database.write() as writer:
            writer.run(f"UPDATE work_orders SET {hidden}")
            if "crisis" in hidden:
                # What is no part of the 考核 has no figures; another order gives the period some.
                writer.run("UPDATE work_orders SET is_crisis = 0 WHERE order_no LIKE '%0001'")
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        assert {each.order_no[-4:] for each in row.examples} <= ({"0001"} if "is_crisis" in hidden else set())

    def test_an_order_that_is_not_decided_yet_is_no_bad_example(self, world: World) -> None:
        _, bad_no = fortnight(world)
        with world.database.write() as writer:
            writer.run("UPDATE work_orders SET status = 'dissatisfied' WHERE order_no = :no", no=bad_no)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        assert [each for each in row.examples if not each.is_good] == []

    def test_what_a_panel_found_unreasonable_is_no_bad_example(self, world: World) -> None:
        _, bad_no = fortnight(world)
        with world.database.write() as writer:
            writer.run(
                "UPDATE work_orders SET excluded_from_assessment = 1, status = 'closed' WHERE order_no = :no",
                no=bad_no,
            )
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        assert [each for each in row.examples if not each.is_good] == []
        assert "满意率 100%（连同社会评议认定诉求不合理的为 50.0%）" in row.words["satisfaction"]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5)), max_size=12), st.integers(1, 5))
def test_of_each_unit_one_example_at_most_the_heaviest(pairs: list[tuple[int, int]], most: int) -> None:
    examples = [
        Example(f"u{n}", f"no{n:02}", unit, str(unit), True, float(weight), "")
        for n, (unit, weight) in enumerate(pairs)
    ]
    chosen = rules.chosen(examples, most)
    assert len({each.unit_id for each in chosen}) == len(chosen) <= most
    for each in chosen:
        assert each.weight == max(other.weight for other in examples if other.unit_id == each.unit_id)


def test_what_is_said_of_a_bad_example_is_what_went_wrong() -> None:
    assert rules.badness(BadSigns()) == (0, "")
    assert rules.badness(BadSigns(sent_back=2)) == (2, "办结审核退回 2 次")
    weight, why = rules.badness(BadSigns(answered_late=1, pressed_late=3))
    assert (weight, why) == (9, "超期答复 1 次，督办、催办逾期回复 3 次")


@pytest.mark.parametrize(
    ("kind", "now", "expected"),
    [
        ("week", "2026-11-29 23:59", "2026年11月16日至22日"),
        ("week", "2026-11-30 00:01", "2026年11月23日至29日"),
        ("week", "2027-01-05 09:00", "2026年12月28日至2027年1月3日"),
        ("month", "2026-12-01 00:00", "2026年11月"),
        ("month", "2027-01-31 09:00", "2026年12月"),
    ],
)
def test_the_last_full_week_and_month(kind: str, now: str, expected: str) -> None:
    assert rules.period_words(*rules.period(kind, moment(now))) == expected


@pytest.mark.parametrize(
    ("first", "last", "flaw"),
    [
        ("", "2026-11-01", "开始日期请写成"),
        ("2026-11-01", "十一月", "结束日期请写成"),
        ("2026-11-31", "2026-12-01", "开始日期请写成"),
        ("2026-12-02", "2026-12-01", "早于开始日期"),
        ("2026-12-09", "2026-12-31", "还没有到"),
        ("2001-01-01", "2026-11-01", "超过十年"),
    ],
)
def test_a_period_that_is_none_is_refused(first: str, last: str, flaw: str) -> None:
    with pytest.raises(BadInput, match=flaw):
        rules.period("any", moment("2026-12-04 09:00"), first, last)


class TestSigning:
    def test_a_second_person_signs_and_numbers_begin_anew_each_year(self, world: World) -> None:
        fortnight(world)
        row = circulars.draft(world.desk(SUPERVISOR), *DAYS)
        with world.nothing_written(), pytest.raises(NotAllowed, match="拟稿人不能签发"):
            circulars.approve(world.desk(SUPERVISOR), row.id)
        with world.nothing_written(), pytest.raises(NotAllowed):
            circulars.approve(world.desk(AUDITOR), row.id)
        signed = circulars.approve(world.desk(LEADER), row.id)
        assert (signed.number, signed.state) == ("12345督查通报〔2026〕1号", "待印发")
        for refused in (
            lambda: circulars.rewrite(world.desk(AUDITOR), row.id, row.words),
            lambda: circulars.recount(world.desk(AUDITOR), row.id),
            lambda: circulars.drop(world.desk(AUDITOR), row.id, "不要了"),
            lambda: circulars.approve(world.desk(LEADER), row.id),
        ):
            with world.nothing_written(), pytest.raises(NotNow, match="已签发"):
                refused()
        second = circulars.draft(world.desk(AUDITOR), "any", "2026-11-23", "2026-11-29")
        assert circulars.approve(world.desk(LEADER), second.id).number.endswith("〔2026〕2号")
        world.clock.now = moment("2027-01-04 09:00")
        third = circulars.draft(world.desk(AUDITOR), "any", "2026-11-30", "2026-12-06")
        assert circulars.approve(world.desk(LEADER), third.id).number.endswith("〔2027〕1号")

    def test_whoever_mended_a_word_does_not_sign(self, world: World) -> None:
        fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        circulars.rewrite(world.desk(SUPERVISOR), row.id, {**row.words, "demand": "抓紧整改"})
        with world.nothing_written(), pytest.raises(NotAllowed, match="拟稿人不能签发"):
            circulars.approve(world.desk(SUPERVISOR), row.id)

    def test_a_field_that_must_say_something_holds_it_back(self, world: World) -> None:
        fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        circulars.rewrite(world.desk(AUDITOR), row.id, {**row.words, "style": ""})
        with world.nothing_written(), pytest.raises(BadInput, match="还没写工作作风"):
            circulars.approve(world.desk(LEADER), row.id)

    @pytest.mark.parametrize("leak", ["张德胜", "13900001111", "赣B12345", "CY01-20261123-0002", "老城社区"])
    def test_words_that_point_to_somebody_are_refused(self, world: World, leak: str) -> None:
        fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        with world.nothing_written(), pytest.raises(BadInput, match="反面典型里仍有"):
            circulars.rewrite(world.desk(AUDITOR), row.id, {**row.words, "bad": f"县城管局：{leak}门口"})

    def test_one_draft_of_a_period_at_a_time(self, world: World) -> None:
        fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        with world.nothing_written(), pytest.raises(NotNow, match="已有一份草稿"):
            circulars.draft(world.desk(SECOND_AUDITOR), *DAYS)
        circulars.drop(world.desk(AUDITOR), row.id, "数据还没齐")
        assert circulars.page(world.desk(AUDITOR)).rows == ()
        assert circulars.draft(world.desk(SECOND_AUDITOR), *DAYS).id != row.id

    def test_counting_again_takes_in_what_came_since_and_keeps_the_demand(self, world: World) -> None:
        fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        circulars.rewrite(world.desk(AUDITOR), row.id, {**row.words, "demand": "三日内书面报告"})
        good(world, title="咨询失业登记")
        again = circulars.recount(world.desk(AUDITOR), row.id)
        assert numbers(again, "县人社局")["satisfied"] == 2
        assert again.words["demand"] == "三日内书面报告"
        assert again.as_of > row.as_of


class TestSending:
    def signed(self, world: World) -> CircularRow:
        fortnight(world)
        row = circulars.draft(world.desk(AUDITOR), *DAYS)
        with world.nothing_written(), pytest.raises(NotNow, match="还没有签发"):
            circulars.send(world.desk(AUDITOR), row.id)
        return circulars.approve(world.desk(LEADER), row.id)

    def test_units_are_told_read_it_and_it_is_archived(self, world: World) -> None:
        row = self.signed(world)
        with world.nothing_written(), pytest.raises(BadInput, match="没有这份通报"):
            circulars.mark_read(world.desk(LIAISON), row.id)
        assert circulars.page(world.desk(LIAISON)).rows == ()
        sent = circulars.send(world.desk(AUDITOR), row.id)
        assert (sent.state, len(sent.readers), sent.read_count) == ("已印发", 2, 0)
        bodies = [
            each["body"] for each in world.rows("SELECT body FROM messages WHERE template = 'circular'")
        ]
        assert bodies == [f"《{row.title}》已印发，请登录坐席台在 F6 按 c 阅知并签收。"] * 2
        with world.nothing_written(), pytest.raises(NotNow, match="都已印发"):
            circulars.send(world.desk(AUDITOR), row.id)
        assert circulars.unread_count(world.desk(LIAISON)) == 1
        (seen,) = circulars.page(world.desk(LIAISON)).rows
        assert (seen.is_own_unread, seen.examples, len(seen.readers)) == (True, (), 1)
        assert seen.words == row.words
        circulars.mark_read(world.desk(UNIT_REVIEWER), row.id)
        with world.nothing_written(), pytest.raises(NotNow, match="已签收"):
            circulars.mark_read(world.desk(LIAISON), row.id)
        assert circulars.one(world.desk(AUDITOR), row.id).read_count == 1
        done = circulars.mark_read(world.desk("2202"), row.id)
        assert circulars.one(world.desk(AUDITOR), row.id).state == "已归档"
        assert done.readers[0].read_by == "人社乙"
        kinds = [each["kind"] for each in world.rows("SELECT kind FROM events ORDER BY seq DESC LIMIT 5")]
        assert kinds == [
            *[Deed.READ_CIRCULAR] * 2,
            Deed.SEND_CIRCULAR,
            Deed.APPROVE_CIRCULAR,
            Deed.DRAFT_CIRCULAR,
        ]
        assert list(check(world.database)) == []

    def test_more_units_may_get_it_by_their_code(self, world: World) -> None:
        row = self.signed(world)
        circulars.send(world.desk(AUDITOR), row.id)
        assert len(circulars.send(world.desk(AUDITOR), row.id, ["CY-HSZ"]).readers) == 3
        for code in ("CY-12345", "没有", "CY-HSZ'; --"):
            with world.nothing_written(), pytest.raises(BadInput, match="不是本中心的承办单位"):
                circulars.send(world.desk(AUDITOR), row.id, [code])

    def test_who_neither_writes_nor_reads_them_sees_none(self, world: World) -> None:
        row = self.signed(world)
        circulars.send(world.desk(AUDITOR), row.id)
        for staff_no in ("1203", "1401"):
            with pytest.raises(NotAllowed, match="通报由"):
                circulars.page(world.desk(staff_no))
            with pytest.raises(NotAllowed):
                circulars.one(world.desk(staff_no), row.id)
        assert circulars.page(world.desk("2301")).rows == (), "it was not sent there"


def test_the_docx_holds_sentences_tables_and_examples_and_nobodys_name(world: World, tmp_path: Path) -> None:
    _, bad_no = fortnight(world)
    row = circulars.draft(world.desk(AUDITOR), *DAYS)
    path = circulars.save(world.desk(AUDITOR), row.id, tmp_path / "通报.docx")
    page = docx.Document(str(path))
    text = "\n".join(each.text for each in page.paragraphs)
    cells = [[cell.text for cell in line.cells] for table in page.tables for line in table.rows]
    assert "草稿，未签发" in text
    assert ["单位", "收件", "接单及时率", "按时答复率", "超期", "审核退回", "督办催办按时回复率"] in cells
    assert ["县城管局", "1", "100%", "0%", "1", "1", "0%"] in cells
    assert "四、正面典型" in text
    assert "督办催办按时回复率：时限内回复 ÷ 本期到期的督办、催办" in text
    everything = text + json.dumps(cells, ensure_ascii=False)
    for leak in ("张德胜", "13900001111", bad_no, BAD_TITLE):
        assert leak not in everything
    assert path.stat().st_mode & 0o777 == 0o600
    assert world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")["kind"] == Deed.EXPORTED
    with world.nothing_written(), pytest.raises(Refused):
        circulars.save(world.desk(AUDITOR), row.id, path)
    with world.nothing_written(), pytest.raises(BadInput, match=r"\.docx"):
        circulars.save(world.desk(AUDITOR), row.id, tmp_path / "通报.pdf")
