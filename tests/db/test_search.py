"""What stands in an order is found; what was changed or removed is not."""

import statistics
import time

import pytest

from db import search
from db.engine import Database
from tests.db.stores import add_order


def found(database: Database, text: str, **options: object) -> list[int]:
    with database.read() as reader:
        return search.find(reader, text, limit=20, **options)  # type: ignore[arg-type]


def test_the_newest_come_first_and_no_more_than_asked(filled: Database) -> None:
    assert found(filled, "噪音") == [5, 4, 3, 2, 1]
    with filled.read() as reader:
        assert search.find(reader, "噪音", limit=2) == [5, 4]


@pytest.mark.parametrize(
    "text",
    [
        "夜间施工",
        "横水镇 噪音",
        "CY01-20261123-0003",
        "1123-0003 施工",
        "７号井盖",
        "abc公司",
        "𠮷田",
        "😀 井盖",
        "镇东路",
        "诉求目的",
        "王小明",
        "转办内容",
        "王",
    ],
)
def test_an_order_is_found_by_any_of_its_words(empty: Database, text: str) -> None:
    with empty.write() as writer:
        add_order(writer, 1, title="另一件", content="毫不相干")
        wanted = add_order(
            writer,
            3,
            title="横水镇夜间施工噪音",
            content="7号井盖松动，ABC公司施工，𠮷田先生😀反映",
            place="镇东路口",
            purpose="诉求目的",
            requester_name="王小明",
            forward_text="转办内容",
        )
    assert found(empty, text) == [wanted]


@pytest.mark.parametrize(
    "text", ["", "  ", "，。！", '"', "' OR 1=1", "NEAR(", "a AND", "*", "^", "-", "\x00", "\ud800"]
)
def test_odd_questions_find_nothing_and_break_nothing(filled: Database, text: str) -> None:
    assert found(filled, text) == []


def test_a_changed_order_is_found_by_its_new_words_only(filled: Database) -> None:
    with filled.write() as writer:
        search.remove(writer, 3)
        writer.update("work_orders", 3, {"title": "路灯不亮", "content": "已经三天"})
        search.add(writer, 3)
    assert found(filled, "路灯") == [3]
    assert found(filled, "噪音") == [5, 4, 2, 1]


def test_a_refused_deed_is_not_found(filled: Database) -> None:
    with pytest.raises(LookupError), filled.write() as writer:
        add_order(writer, 6, title="路灯不亮")
        raise LookupError
    assert found(filled, "路灯") == []


def test_both_doors_write_the_index(filled: Database) -> None:
    with filled.light_write() as writer:
        add_order(writer, 6, title="路灯不亮")
    assert found(filled, "路灯") == [6]


def test_a_scope_hides_what_a_person_may_not_find(filled: Database) -> None:
    with filled.write() as writer:
        writer.run("UPDATE work_orders SET is_confidential = 1 WHERE id IN (2, 5)")
    scope = "o.is_confidential = 0 AND o.channel = :channel"
    assert found(filled, "噪音", scope=scope, parameters={"channel": "phone_12345"}) == [4, 3, 1]
    assert found(filled, "噪音", scope=scope, parameters={"channel": "web"}) == []


def test_rebuild_finds_the_same(filled: Database) -> None:
    with filled.write() as writer:
        search.remove(writer, 2)
    assert found(filled, "噪音") == [5, 4, 3, 1]
    with filled.write() as writer:
        search.rebuild(writer)
    assert found(filled, "噪音") == [5, 4, 3, 2, 1]


def test_erased_words_leave_the_file(filled: Database) -> None:
    with filled.write() as writer:
        add_order(writer, 6, title="zzqxsecret", requester_name="")
    assert found(filled, "zzqxsecret") == [6]
    with filled.write() as writer:
        search.remove(writer, 6)
        writer.update("work_orders", 6, {"title": ""})
        search.add(writer, 6)
        search.optimize(writer)
    with filled.write() as writer:
        writer.value("SELECT 1")
    filled.close()
    assert b"zzqxsecret" not in filled.path.read_bytes()


def test_indexing_an_order_costs_little_beside_writing_it(empty: Database) -> None:
    """About 0.3 ms where an order by Core takes more: as a ratio, seconds being a matter of the machine."""
    indexing, inserting = [], []
    with empty.write() as writer:
        for number in range(1, 41):
            began = time.perf_counter()
            order_id = add_order(writer, number, content="横水镇老城社区工地每晚施工到两点" * 25)
            inserting.append(time.perf_counter() - began)
            search.remove(writer, order_id)
            began = time.perf_counter()
            search.add(writer, order_id)
            indexing.append(time.perf_counter() - began)
    assert statistics.median(indexing) < statistics.median(inserting)
