"""`desk messages list | send | retry | templates`: 告知 to citizens and units, sent by the city's own command (practice P19).

`send` is for cron or a timer of the system: nobody signs in for it, as for the telephone system's commands.
"""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from db.codes import MessageState
from desk import messages, settings
from desk.cli import options, terminal
from desk.codes import word
from desk.messages import MessageRow, sending
from desk.rules import messages as rules
from desk.rules.calendar import local

_SUMMARIES = {
    "list": "列出失败的和待发的告知（话务员、班长）",
    "retry": "重发失败的，或没发成、正等着再试的告知",
    "templates": "列出告知用语",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk messages`."""
    for name, deed in options.deeds(parser, _SUMMARIES | {"send": "发送到期的告知（供定时任务，不需登录）"}):
        if name == "retry":
            deed.add_argument("key", metavar="编号", type=int, help="desk messages list 里的编号")
        if name == "send":
            deed.add_argument("--most", metavar="条", type=int, default=500, help="最多发几条（默认 500）")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    if given.deed == "send":
        return _send(given)
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, messages.unsent(desk))
        elif given.deed == "retry":
            row = messages.retry(desk, given.key)
            terminal.say_json(_fields(row)) if given.is_json else terminal.say(f"已排队重发：{_line(row)}")
        else:
            _templates(given, messages.templates(desk))
    return 0


def _send(given: argparse.Namespace) -> int:
    """Exit status 1 when something failed for good, so that a timer's log shows it."""
    opening = options.existing(given)
    try:
        with opening.database.read() as reader:
            city = settings.load(reader)
        pushed = sending.start_steps(opening.database, city, opening.now)
        done = sending.send_waiting(opening.database, city, opening.now, most=max(given.most, 0))
    finally:
        opening.database.close()
    if given.is_json:
        said = {"sent": done.sent, "again": done.again, "failed": done.failed, "steps": asdict(pushed)}
        terminal.say_json(said)
    else:
        _say_sent(opening.now(), city, done, pushed)
    return 1 if done.failed or pushed.failed else 0


def _say_sent(now: datetime, city: settings.Settings, done: sending.Sent, pushed: sending.Sent) -> None:
    if sending.commands_of_steps(city):
        terminal.say(f"应急推送：已推 {pushed.sent}，稍后再试 {pushed.again}，失败 {pushed.failed}")
    if not sending.command_of(city):
        terminal.say("没有配置发送命令（设置 messages.command），告知都在等待")
        return
    terminal.say(f"已发 {done.sent}，稍后再试 {done.again}，失败 {done.failed}")
    hours = city.get("messages.hours", rules.HOURS)
    if not rules.may_ring_at(now, hours):
        terminal.say(f"现在不在 {'–'.join(hours)}：只发应急，其余到时再发")


def _list(given: argparse.Namespace, found: messages.Unsent) -> None:
    for row in found.rows:
        terminal.say_json(_fields(row)) if given.is_json else terminal.say(_line(row))
    if given.is_json:
        return
    if not found.rows:
        terminal.say("没有失败或待发的告知")
    if found.trouble:
        terminal.say(found.trouble)


def _templates(given: argparse.Namespace, found: tuple[tuple[messages.Template, str], ...]) -> None:
    for template, words in found:
        if given.is_json:
            terminal.say_json({"setting": template.setting, "title": template.title, "words": words})
        else:
            terminal.say(f"{terminal.fitted(template.title, 10)} {template.setting}：{words}")


def _fields(row: MessageRow) -> dict[str, object]:
    return {
        "id": row.id,
        "order_no": row.order_no,
        "to": row.to_whom,
        "number": row.number,
        "title": row.title,
        "body": row.body,
        "state": str(row.state),
        "made_at": local(row.made_at).isoformat(timespec="seconds"),
        "tries": row.tries,
        "failure": row.failure,
        "next_try_at": row.next_try_at and local(row.next_try_at).isoformat(timespec="seconds"),
    }


def _why(row: MessageRow) -> Iterator[str]:
    """What went wrong so far, and when it is tried again."""
    yield row.failure
    yield f"已试 {row.tries} 次" if row.tries else ""
    if row.state is MessageState.WAITING and row.next_try_at is not None:
        yield f"{local(row.next_try_at):%m-%d %H:%M} 再试，desk messages retry {row.id} 立即再排"


def _line(row: MessageRow) -> str:
    why = f"（{'，'.join(filter(None, _why(row)))}）" if row.failure else ""
    state, to_whom = terminal.fitted(word(row.state), 6), terminal.fitted(row.to_whom, 12)
    return f"{row.id:>5}  {state} {local(row.made_at):%m-%d %H:%M} {to_whom} {row.number:<11} {row.body}{why}"
