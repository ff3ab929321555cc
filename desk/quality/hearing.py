"""听录音: the city's own program plays a recording; who heard which is an event (practice P31, P32)."""

import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress

from db.codes import Deed
from db.doors import Row
from desk import history, programs
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import NotAllowed, Refused
from desk.quality import common
from desk.rules import quality as rules
from desk.rules.text import cleaned, required

WHAT = "播放程序"
FAILS_WITHIN = 1.5
"""Seconds in which a program that cannot play says so by its exit status."""
_REASON = 200


def needs_reason(desk: Desk, check_id: int) -> bool:
    """Whether hearing this one asks for a reason: opening a 举报 or 保密 record does (practice P32 e). Raises BadInput."""
    with desk.reading() as reader:
        row = common.known(desk, reader, check_id)
        return bool(row["is_secret"]) and not common.is_own(desk, row)


def hear(desk: Desk, check_id: int, reason: str = "") -> str:
    """Play the recording of a check; return its number. One event, written before it plays.

    It plays on without this thread, for at most `quality.player_seconds`. Raises NotAllowed for who may not hear it,
    BadInput without a reason on a secret record, Refused without a recording, a program, or when that fails at once.
    """
    check_birth_right(desk, Deed.HEAR_RECORDING)
    with desk.reading() as reader:
        row = common.known(desk, reader, check_id)
    command = _command(desk, row)
    is_secret = bool(row["is_secret"]) and not common.is_own(desk, row)
    why = (required if is_secret else _free)(reason, "事由", _REASON)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        common.record(desk, writer, Deed.HEAR_RECORDING, at, row, {"why": why}, recording=row["recording_no"])
    _start(
        command, str(row["recording_no"]), float(desk.settings.get(rules.SECONDS_KEY, rules.PLAYER_SECONDS))
    )
    return str(row["recording_no"])


def _free(text: str, field: str, limit: int) -> str:
    return cleaned(text, limit, field)


def why_not_hear(desk: Desk, row: Row) -> str:
    """Return why this person cannot hear the recording of a check, '' when he can."""
    if common.hides_call(desk, row):
        return "被投诉的话务涉及保密，录音由班长掌握"
    if not (common.sees_as_checker(desk, row) or common.is_own(desk, row)):
        return common.GUARDED_LINE
    if not row["recording_no"]:
        return "这条记录没有录音编号"
    return ""


def _command(desk: Desk, row: Row) -> Sequence[str]:
    if why := why_not_hear(desk, row):
        raise Refused(why) if not row["recording_no"] else NotAllowed(why)
    command = [str(each) for each in desk.settings.get(rules.PLAYER_KEY, [])]
    if not command:
        raise Refused(f"录音编号 {row['recording_no']}：没有配置播放程序（设置 quality.player）")
    if why := programs.why_not_run(command, WHAT):
        raise Refused(f"{why}（设置 quality.player）")
    return [each.replace(rules.RECORDING, str(row["recording_no"])) for each in command]


def _start(command: Sequence[str], recording_no: str, seconds: float) -> None:
    """Start the program and look whether it stays; a thread of its own ends it when its time has come."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=programs.environment({"DESK_RECORDING": recording_no}),
            start_new_session=True,
        )
    except (OSError, ValueError):
        raise Refused(f"{WHAT}启动不了，请管理员核对设置 quality.player") from None
    with suppress(subprocess.TimeoutExpired):
        status = process.wait(timeout=FAILS_WITHIN)
        if status != 0:
            raise Refused(f"{WHAT}退出码 {status}，录音 {recording_no} 没有放出来")
        return
    threading.Thread(target=_watch, args=(process, seconds), name="player", daemon=True).start()


def _watch(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        programs.stop(process)
