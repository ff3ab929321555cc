"""Sending what was queued, by the city's own command, one message after another (practice P19).

The command is a list of words, never a shell's line; it gets the number in the environment variable DESK_TO (and where a
word says `{to}`), the text on its standard input, and says by its exit status whether it took the message. A message is
leased before and settled after, each in a short transaction of its own; no lock is held while the command runs. A desk
that dies in between leaves a message of which nobody knows whether it went: it is called failed, and a person decides.
"""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.codes import MessageState, Role
from db.doors import Reader, Row
from db.engine import Database
from db.queries import messages
from db.times import to_ms
from desk import programs
from desk.rules import messages as rules
from desk.rules import pushing
from desk.settings import Settings

_MARGIN_SECONDS = 60
NO_NUMBER = "单位没有登记联络员手机"
_NO_COMMAND = "这一步没有配置命令"
_INTERRUPTED, _STALE = "发送中断，不知是否送达", "过时未发"


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did: how many were taken by the command, will be tried again, and failed for good."""

    sent: int = 0
    again: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A message under way: its row, the number it goes to, and until when this desk answers for it (ms UTC)."""

    row: Row
    number: str
    leased_until: int


def command_of(settings: Settings) -> list[str]:
    """Return the command that sends; empty when the city has none, and everything waits."""
    return [str(word) for word in settings.get("messages.command", [])]


def commands_of_steps(settings: Settings) -> Mapping[str, list[str]]:
    """Return the commands of the steps of an emergency that the city has set, by step."""
    return settings.get(pushing.COMMANDS) or {}


def send_waiting(
    database: Database,
    settings: Settings,
    now: Callable[[], datetime],
    *,
    most: int = 50,
    is_over: Callable[[], bool] = lambda: False,
) -> Sent:
    """Send what is due, at most so many, until `is_over()`. Without a command nothing is touched.

    Raises StoreBusy, StoreTrouble. What the command says is thrown away: it may repeat number and text.
    """
    command = command_of(settings)
    if not command:
        return Sent()
    _tidy(database, settings, now)
    pauses: Sequence[float] = settings.get("messages.pauses", rules.PAUSES)
    tally = {MessageState.SENT: 0, MessageState.WAITING: 0, MessageState.FAILED: 0}
    for _ in range(most):
        post = None if is_over() else _leased(database, settings, now)
        if post is None:
            break
        failure = _carried(command, post, _timeout(settings)) if post.number else NO_NUMBER
        tally[_settled(database, now, post, failure, pauses if post.number else ())] += 1
    return Sent(tally[MessageState.SENT], tally[MessageState.WAITING], tally[MessageState.FAILED])


def start_steps(
    database: Database,
    settings: Settings,
    now: Callable[[], datetime],
    *,
    is_over: Callable[[], bool] = lambda: False,
) -> Sent:
    """Start the command of every step that waits for one, by day and night. Without commands nothing is touched.

    The command gets DESK_STEP, DESK_ORDER and, where there is one, DESK_TO. Raises StoreBusy, StoreTrouble.
    """
    commands = commands_of_steps(settings)
    tally = {MessageState.SENT: 0, MessageState.WAITING: 0, MessageState.FAILED: 0}
    while commands and not is_over():
        post = _leased(database, settings, now, is_step=True)
        if post is None:
            break
        command = pushing.command_for(pushing.step_of(post.row["template"]), commands)
        failure = _carried(command, post, _timeout(settings)) if command else _NO_COMMAND
        tally[_settled(database, now, post, failure, pushing.PAUSES)] += 1
    return Sent(tally[MessageState.SENT], tally[MessageState.WAITING], tally[MessageState.FAILED])


def _timeout(settings: Settings) -> float:
    return float(settings.get("messages.timeout", rules.TIMEOUT))


def _tidy(database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
    """Before the first one: what was interrupted fails, what waited for days is no news any more."""
    oldest = timedelta(hours=float(settings.get("messages.expire_hours", rules.EXPIRE_HOURS)))
    with database.write() as writer:
        messages.fail_interrupted(writer, to_ms(now()), _INTERRUPTED)
        messages.void_stale(writer, to_ms(now() - oldest), _STALE)


def _leased(
    database: Database, settings: Settings, now: Callable[[], datetime], *, is_step: bool = False
) -> Post | None:
    """Take the next message for this desk alone."""
    hours: Sequence[str] = settings.get("messages.hours", rules.HOURS)
    at = now()
    until = to_ms(at + timedelta(seconds=_timeout(settings) + _MARGIN_SECONDS))
    with database.write() as writer:
        row = messages.next_to_send(writer, to_ms(at), is_day=rules.may_ring_at(at, hours), is_step=is_step)
        if row is None:
            return None
        taken = {"state": str(MessageState.SENDING), "leased_until": until, "tries": row["tries"] + 1}
        messages.change(writer, row["id"], taken)
        return Post(row, number_of(writer, row), until)


def number_of(reader: Reader, message: Row) -> str:
    """Return the number that a message goes to: the caller's, the first of the unit's 联络员, of the centre's 班长; or ''.

    What is for another role of the unit goes to the 联络员 (班长) where nobody in that role has a number.
    """
    if message["to_unit_id"] is None or message["to_phone"]:
        return str(message["to_phone"] or "")
    usual = Role.SUPERVISOR if message["is_to_centre"] else Role.LIAISON
    for role in (rules.ROLE_OF.get(message["template"], usual), usual):
        if numbers := messages.numbers_of(reader, message["to_unit_id"], role):
            return numbers[0]
    return ""


def _settled(
    database: Database, now: Callable[[], datetime], post: Post, failure: str, pauses: Sequence[float]
) -> MessageState:
    """Write down how it went, and when it is tried again."""
    at = now()
    wait = rules.pause(post.row["tries"] + 1, pauses)
    state = MessageState.SENT if not failure else MessageState.WAITING if wait else MessageState.FAILED
    values = {
        "state": str(state),
        "leased_until": None,
        "failure": failure,
        "sent_at": None if failure else to_ms(at),
        "next_try_at": to_ms(at + wait) if failure and wait else None,
    }
    with database.write() as writer:
        messages.settle(writer, post.row["id"], post.leased_until, values)
    return state


def _carried(command: Sequence[str], post: Post, timeout: float) -> str:
    """Run the command for one message and return why it failed, '' when it took it."""
    if why := programs.why_not_run(command):
        return why
    words = [word.replace("{to}", post.number) for word in command]
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=programs.environment(_told(post)),
            start_new_session=True,
        )
    except (OSError, ValueError):
        return "发送程序启动不了"
    try:
        process.communicate(str(post.row["body"]).encode(), timeout=timeout)
    except subprocess.TimeoutExpired:
        programs.stop(process)
        return f"{timeout:g} 秒没有答复"
    return "" if process.returncode == 0 else f"发送程序退出码 {process.returncode}"


def _told(post: Post) -> dict[str, str]:
    told = {"DESK_TO": post.number}
    if step := pushing.step_of(post.row["template"]):
        told |= {"DESK_STEP": step, "DESK_ORDER": str(post.row["order_no"] or "")}
    return told
