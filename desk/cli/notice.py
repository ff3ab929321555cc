"""`desk notice list | add | publish | end | read | readers`: 公告与口径, with the sentence to say (practice P14)."""

import argparse

from desk import notices
from desk.cli import options, terminal
from desk.intake_rows import NoticeRow
from desk.notices import ReaderRow
from desk.rules.calendar import local

DEEDS = {
    "list": "列出正在公告的和待发布的",
    "add": "拟公告（班长即发布，其他人待班长发布）",
    "publish": "发布待发布的公告（班长）",
    "end": "提前结束公告",
    "read": "已阅内部公告",
    "readers": "谁看了、谁没看内部公告（班长）",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk notice`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name not in ("list", "add"):
            deed.add_argument("key", metavar="编号", type=int, help="desk notice list 里的编号")
        if name == "end":
            deed.add_argument("--reason", metavar="理由", required=True)
        if name == "add":
            _describe_form(deed)


def _describe_form(deed: options.Parser) -> None:
    deed.add_argument("--title", metavar="标题", required=True)
    deed.add_argument("--sentence", metavar="告知语", required=True, help="读给诉求人的话")
    deed.add_argument(
        "--from", dest="starts", metavar="开始", default="", help="如 2026-11-24 8:00；不写为现在"
    )
    deed.add_argument(
        "--until", dest="ends", metavar="结束", required=True, help="如 18:00（今天）、2026-11-24 18:00"
    )
    deed.add_argument("--area", metavar="地点", default="", help="县、乡镇或村的全名或代码；不写为全县")
    deed.add_argument("--unit", metavar="单位", default="", help="代码、简称或全称；不写为本单位")
    deed.add_argument("--staff", dest="is_staff", action="store_true", help="内部公告：本中心人员须已阅")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, notices.board(desk))
        elif given.deed == "add":
            form = notices.NoticeForm(
                given.title, given.sentence, given.ends, given.starts, given.area, given.unit, given.is_staff
            )
            _tell(given, notices.announce(desk, form), "已拟")
        elif given.deed == "publish":
            _tell(given, notices.publish(desk, given.key), "已发布")
        elif given.deed == "read":
            notices.confirm(desk, given.key)
            terminal.say_json({"id": given.key, "read": True}) if given.is_json else terminal.say("已阅")
        elif given.deed == "readers":
            _list_readers(given, notices.readers(desk, given.key))
        else:
            _tell(given, notices.end(desk, given.key, given.reason), "已结束")
    return 0


def _list(given: argparse.Namespace, rows: tuple[NoticeRow, ...]) -> None:
    for row in rows:
        terminal.say_json(_fields(row)) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("现在没有公告：用 desk notice add 拟写")


def _list_readers(given: argparse.Namespace, rows: tuple[ReaderRow, ...]) -> None:
    for row in rows:
        read_at = row.read_at and local(row.read_at)
        if given.is_json:
            when = read_at and read_at.isoformat(timespec="seconds")
            terminal.say_json({"staff_no": row.staff_no, "name": row.name, "read_at": when})
        else:
            words = f"{read_at:%m-%d %H:%M} 已阅" if read_at else "未阅"
            terminal.say(f"{row.staff_no:<8} {terminal.fitted(row.name, 12)} {words}")


def _tell(given: argparse.Namespace, row: NoticeRow, done: str) -> None:
    if given.is_json:
        terminal.say_json(_fields(row))
    else:
        terminal.say(f"{done}：{_line(row)}")


def _fields(row: NoticeRow) -> dict[str, object]:
    assert row.starts_at is not None, "a board's row has one"
    return {
        "id": row.id,
        "title": row.title,
        "sentence": row.sentence,
        "area": row.area,
        "unit": row.unit,
        "starts_at": local(row.starts_at).isoformat(timespec="seconds"),
        "ends_at": local(row.ends_at).isoformat(timespec="seconds"),
        "told_count": row.told_count,
        "order_count": row.order_count,
        "for_staff": row.for_staff,
        "is_unread": row.is_unread,
        "is_waiting": row.is_waiting,
    }


def _line(row: NoticeRow) -> str:
    counted = "待阅" if row.is_unread else "内部" if row.for_staff else f"告知{row.told_count}人"
    state = "待发布" if row.is_waiting else counted
    area = terminal.fitted(row.area or "全县", 12)
    return (
        f"{row.id:>4}  {terminal.fitted(state, 10)} {area} 至 {local(row.ends_at):%m-%d %H:%M}  {row.title}"
    )
