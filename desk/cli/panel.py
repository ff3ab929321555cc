"""`desk panel …`: 社会评议 without the screens, from the agenda to the minutes. Nobody votes here, and no ballot is shown."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from desk import social_review
from desk.cli import options, terminal
from desk.codes import ContactWay, word
from desk.context import Desk
from desk.errors import BadInput
from desk.panel_rows import FILE_FIELDS, FileDraft, PanelBoard, PanelLineRow, SeatRow, SessionRow
from desk.words import moment

DEEDS = {
    "list": "列出各期和今年的件数",
    "show": "看一期：议程、评议员到会、结论；不写期号看待开的一期",
    "plan": "安排一期，加 --session 是改期",
    "tell": "登记告知诉求人，可加补充意见",
    "file": "看、改评议材料；加 --keep 保存，加 --release 定稿",
    "put": "列入议程；不写工单号是把待列入的都列入",
    "drop": "移出议程",
    "draw": "抽取评议员",
    "replay": "按记录里的种子重抽一遍，看结果是否相同",
    "recuse": "评议员人工回避",
    "replace": "补抽评议员",
    "pins": "给没签到的评议员发本期 PIN，只显示这一次",
    "open": "开始评议",
    "close": "结束评议，出结论",
    "minutes": "存评议会纪要（.docx）",
    "letter": "看解释说明函的话，加文件名存成 .docx",
}
_OF_A_SESSION = ("show", "draw", "replay", "replace", "pins", "open", "close", "minutes")
_OF_AN_ORDER = ("tell", "file", "drop", "letter")
_FIELDS = {label: name for name, label in FILE_FIELDS.items()}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk panel`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name in _OF_A_SESSION:
            deed.add_argument("session", metavar="期号", type=int, nargs="?" if name == "show" else None)
        if name in _OF_AN_ORDER:
            deed.add_argument("order_no", metavar="工单号")
        _more(name, deed)


def _more(name: str, deed: options.Parser) -> None:
    if name == "plan":
        deed.add_argument("when", metavar="时间", help='如 "2026-12-08 15:00"')
        deed.add_argument("--place", metavar="地点", required=True)
        deed.add_argument("--session", metavar="期号", type=int)
    elif name == "put":
        deed.add_argument("order_nos", metavar="工单号", nargs="*")
    elif name == "recuse":
        deed.add_argument("seat", metavar="席位", type=int, help="desk panel show 里的席位号")
        deed.add_argument("--why", metavar="理由", required=True)
    elif name == "tell":
        deed.add_argument("--words", metavar="告知情况", required=True)
        deed.add_argument("--page", metavar="补充意见", default="")
        ways = [word(way) for way in ContactWay]
        deed.add_argument("--way", metavar="方式", choices=ways, default=word(ContactWay.PHONE))
    elif name == "file":
        deed.add_argument("--set", metavar="栏=文字", action="append", default=[], help="、".join(_FIELDS))
        deed.add_argument("--keep", action="store_true", help="逐句看过，保存")
        deed.add_argument("--release", action="store_true", help="定稿")
    elif name in ("minutes", "letter"):
        deed.add_argument("file", metavar="文件", type=Path, nargs="?" if name == "letter" else None)
        deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        _DEEDS[given.deed](desk, given)
    return 0


def _say(given: argparse.Namespace, row: Any, *lines: str) -> None:
    if given.is_json:
        terminal.say_json(terminal.plain(row if isinstance(row, dict) else asdict(row)))
    else:
        terminal.say(*lines)


def _list(desk: Desk, given: argparse.Namespace) -> None:
    board = social_review.board(desk)
    for row in board.sessions:
        _say(given, row, _session(row))
    figures = board.figures
    line = f"今年已评议 {figures.sessions} 期 {figures.orders} 件：诉求合理 {figures.reasonable}，诉求不合理 {figures.unreasonable}；待列入 {len(board.waiting)} 件"
    if not given.is_json:
        terminal.say(line)


def _session(row: SessionRow) -> str:
    return f"第 {row.id} 期  {moment(row.planned_at)}  {row.place}  工单 {row.orders}  评议员 {row.sitting}/{row.seats}  {row.state}"


def _show(desk: Desk, given: argparse.Namespace) -> None:
    board = social_review.board(desk, given.session)
    if given.is_json:
        terminal.say_json(terminal.plain(asdict(board)))
        return
    for line in _board(board):
        terminal.say(line)


def _board(board: PanelBoard) -> Iterator[str]:
    if board.session is None:
        yield "还没有安排评议会：desk panel plan 时间 --place 地点"
    else:
        yield _session(board.session)
        yield from (_order(row) for row in board.lines)
        yield from (_seat(row) for row in board.seats)
        yield f"法定人数：每件 {board.quorum} 票"
    yield from (f"待列入 {_order(row)}" for row in board.waiting)


def _order(row: PanelLineRow) -> str:
    parts = [row.order_no, terminal.fitted(row.title, 30), terminal.fitted(row.unit, 12), row.file_state]
    if row.verdict is not None:
        parts.append(word(row.verdict))
    if row.counted is not None:
        parts.append(
            f"合理 {row.counted.reasonable} 不合理 {row.counted.unreasonable} 回避 {row.counted.recused}"
        )
    return "  ".join(parts)


def _seat(row: SeatRow) -> str:
    stood = f"回避：{row.removed_why}" if row.removed_at else "已签到" if row.signed_at else "未签到"
    return f"席位 {row.id:>4}  {row.staff_no} {terminal.fitted(row.name, 8)} {terminal.fitted(word(row.profession), 10)} {stood}  投票 {row.ballots}"


def _plan(desk: Desk, given: argparse.Namespace) -> None:
    row = social_review.plan_session(desk, given.when, given.place, given.session)
    _say(given, row, f"已安排：{_session(row)}")


def _tell(desk: Desk, given: argparse.Namespace) -> None:
    way = next(each for each in ContactWay if word(each) == given.way)
    social_review.tell_of_panel(desk, given.order_no, given.words, given.page, way)
    _say(given, {"order_no": given.order_no}, f"已登记告知：{given.order_no}")


def _file(desk: Desk, given: argparse.Namespace) -> None:
    draft = social_review.open_file(desk, given.order_no)
    text = replace(draft.text, **dict(map(_changed, given.set)))
    if given.keep or given.set:
        social_review.edit_file(desk, given.order_no, text)
    if given.release:
        social_review.release_file(desk, given.order_no)
    draft = social_review.open_file(desk, given.order_no)
    _say(given, draft, *_file_lines(draft))


def _changed(given: str) -> tuple[str, str]:
    label, _, words = given.partition("=")
    if label not in _FIELDS:
        raise BadInput(f"没有“{label[:20]}”这一栏，可写：{'、'.join(_FIELDS)}", "--set")
    return _FIELDS[label], words


def _file_lines(draft: FileDraft) -> Iterator[str]:
    yield f"{draft.order_no}  {'已定稿' if draft.is_released else '未定稿'}"
    for name, label in FILE_FIELDS.items():
        yield f"{label}：{getattr(draft.text, name)}"
    yield from (f"!可能认出人 {mark}" for mark in draft.marks)


def _put(desk: Desk, given: argparse.Namespace) -> None:
    if not given.order_nos:
        found = social_review.put_all_on(desk)
        _say(given, found, found.words)
    for order_no in given.order_nos:
        social_review.put_on(desk, order_no)
        _say(given, {"order_no": order_no}, f"已列入 {order_no}")


def _drop(desk: Desk, given: argparse.Namespace) -> None:
    social_review.take_off(desk, given.order_no)
    _say(given, {"order_no": given.order_no}, f"已移出 {given.order_no}")


def _on_session(
    deed: Callable[[Desk, int], SessionRow], done: str
) -> Callable[[Desk, argparse.Namespace], None]:
    def act(desk: Desk, given: argparse.Namespace) -> None:
        row = deed(desk, given.session)
        _say(given, row, f"{done}：{_session(row)}")

    return act


def _replay(desk: Desk, given: argparse.Namespace) -> None:
    for row in social_review.replay(desk, given.session):
        said = "结果相同" if row.is_same else "!结果不同"
        line = f"{moment(row.at)}  种子 {row.seed}  可抽 {row.eligible} 人  {'、'.join(row.names)}  {said}"
        _say(given, row, line)


def _recuse(desk: Desk, given: argparse.Namespace) -> None:
    row = social_review.recuse(desk, given.seat, given.why)
    _say(given, row, f"已回避：{_session(row)}")


def _pins(desk: Desk, given: argparse.Namespace) -> None:
    for row in social_review.give_pins(desk, given.session):
        _say(given, row, f"{row.staff_no}  {terminal.fitted(row.name, 8)}  {row.pin}")


def _close(desk: Desk, given: argparse.Namespace) -> None:
    done = social_review.close_session(desk, given.session)
    _say(given, done, f"评议结束：{done.words}")


def _minutes(desk: Desk, given: argparse.Namespace) -> None:
    path = social_review.save_minutes(desk, given.session, given.file.absolute(), may_overwrite=given.force)
    _say(given, {"file": str(path)}, f"已存 {path}")


def _letter(desk: Desk, given: argparse.Namespace) -> None:
    words = social_review.letter_words(desk, given.order_no)
    if given.file is None:
        _say(given, {"words": words}, words)
        return
    path = social_review.save_letter(desk, given.order_no, given.file.absolute(), may_overwrite=given.force)
    _say(given, {"file": str(path)}, f"已存 {path}")


_DEEDS: dict[str, Callable[[Desk, argparse.Namespace], None]] = {
    "list": _list,
    "show": _show,
    "plan": _plan,
    "tell": _tell,
    "file": _file,
    "put": _put,
    "drop": _drop,
    "draw": _on_session(social_review.draw, "已抽取"),
    "replay": _replay,
    "recuse": _recuse,
    "replace": _on_session(social_review.replace, "已补抽"),
    "pins": _pins,
    "open": _on_session(social_review.open_session, "评议开始"),
    "close": _close,
    "minutes": _minutes,
    "letter": _letter,
}
