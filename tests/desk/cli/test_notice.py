"""`desk notice`: what is announced, without a screen (practice P14)."""

import json

from tests.desk.cli.conftest import Command


def test_a_notice_is_drawn_up_published_and_ended(command: Command) -> None:
    words = ("--title", "停水", "--sentence", "今日停水", "--until", "23:00", "--area", "横水镇")
    assert "待发布" in command("notice", "add", *words, "--as", "2101").out
    row = json.loads(command("notice", "list", "--json", "--as", "1002").out)
    assert (row["title"], row["is_waiting"]) == ("停水", True)
    refused = command("notice", "publish", row["id"], "--as", "1203")
    assert (refused.status, "班长" in refused.err) == (2, True)
    assert "已发布" in command("notice", "publish", row["id"], "--as", "1002").out
    assert "横水镇" in command("notice", "list", "--as", "1203").out
    assert "已结束" in command("notice", "end", row["id"], "--reason", "恢复了", "--as", "1002").out
    assert "现在没有公告" in command("notice", "list", "--as", "1203").out


def test_a_bad_time_is_one_line(command: Command) -> None:
    ran = command("notice", "add", "--title", "停水", "--sentence", "停水", "--until", "后来", "--as", "1002")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "结束时间" in ran.err


def test_who_has_not_read_a_notice_for_staff_is_listed(command: Command) -> None:
    words = ("--title", "新口径", "--sentence", "转 12393", "--until", "23:00", "--staff")
    assert "内部" in command("notice", "add", *words, "--as", "1002").out
    row = json.loads(command("notice", "list", "--json", "--as", "1203").out)
    assert (row["for_staff"], row["is_unread"]) == (True, True)
    assert command("notice", "read", row["id"], "--as", "1203").out == "已阅\n"
    lines = command("notice", "readers", row["id"], "--as", "1002").out.splitlines()
    assert [line.split()[0] for line in lines if "未阅" not in line] == ["1203"]
