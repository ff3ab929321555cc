"""`desk init`: make the store of a new site, with its seed and its first administrator, or fill up an older one."""

import argparse
import getpass
import os
import shlex
import sys
from dataclasses import asdict
from pathlib import Path

from db.doors import Trouble
from desk.cli import front, options, terminal
from desk.errors import BadInput, StoreUnusable
from desk.session import utc_now
from desk.stations.pairing import read_invitation
from desk.troubles import LINES


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk init`."""
    parser.add_argument("--site", metavar="代码", help="站点代码，如 CY01（崇义县）")
    parser.add_argument(
        "--station", metavar="文件", help="建服务站的数据文件：热线中心 desk station add 写出的登记文件"
    )
    parser.add_argument("--admin", metavar="工号", help="第一名管理员的工号，如 1001")
    parser.add_argument("--name", metavar="姓名", help="管理员姓名")
    parser.add_argument("--pin-file", metavar="文件", help="管理员 PIN 所在文件（或 DESK_PIN_FILE）")
    parser.add_argument(
        "--group", metavar="组", help="多名坐席共用一台主机时的用户组（文件夹 2770，文件 0660）"
    )
    parser.add_argument(
        "--refresh",
        dest="is_refresh",
        action="store_true",
        help="给已有的数据文件补上本版本新增的设置等初始数据，已有的不改",
    )
    options.add_store(parser)
    options.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Make the store; what the command line leaves open is asked at the terminal. With --refresh fill up one that is."""
    if given.is_refresh:
        return _refresh(given)
    opening = options.opened(given)
    path = opening.database.path
    if not opening.is_new:
        raise StoreUnusable(LINES[Trouble.EXISTS].format(where=path))
    _check_group(given.group)
    if given.station is not None:
        return _make_station(given, path)
    site = _given_or_asked(given.site, "--site", "站点代码（如 CY01）")
    staff_no = _given_or_asked(given.admin, "--admin", "管理员工号（如 1001）")
    name = _given_or_asked(given.name, "--name", "管理员姓名")
    front.make_store(
        path,
        site=site,
        staff_no=staff_no,
        name=name,
        pin=_new_pin(staff_no, given.pin_file),
        now=utc_now(),
        group=given.group,
        os_account=options.os_account(),
    )
    if given.is_json:
        terminal.say_json({"store": str(path), "site": site.strip().upper(), "admin": staff_no.strip()})
    else:
        terminal.say(f"已建立 {path}", f"管理员 {name.strip()}（{staff_no.strip()}）可以登录")
        terminal.say(*_next_steps(staff_no.strip(), site.strip().upper(), given.store))
    return 0


def _refresh(given: argparse.Namespace) -> int:
    """Add what this version's seed has and the store lacks; an older schema was brought up, and filled, on opening."""
    _check_alone(given)
    opening = options.existing(given)
    try:
        filled = front.fill_up(opening, options.os_account())
    finally:
        opening.database.close()
    if given.is_json:
        terminal.say_json({"store": str(opening.database.path), **asdict(filled)})
        return 0
    parts = ((name, getattr(filled, key)) for key, name in _TABLES.items())
    counted = [f"设置 {len(filled.settings)} 项（{'、'.join(filled.settings)}）"] if filled.settings else []
    counted += [f"{name} {count} 条" for name, count in parts if count]
    terminal.say(f"已补上{'，'.join(counted)}" if counted else "初始数据是齐的，没有要补的")
    return 0


_TABLES = {"phrases": "短语", "knowledge": "知识条目", "duty_items": "职责", "marks": "考核记录"}


def _check_alone(given: argparse.Namespace) -> None:
    others = {"--site": given.site, "--admin": given.admin, "--name": given.name, "--group": given.group}
    for option, value in others.items():
        if value is not None:
            raise BadInput(f"--refresh 只给已有的数据文件补初始数据，不能与 {option} 同用", option)


def _make_station(given: argparse.Namespace, path: Path) -> int:
    """Make the store of a 服务站 from the file that its centre wrote."""
    invitation = read_invitation(Path(given.station))
    first = invitation.clerks[0]
    front.make_station(
        path,
        invitation,
        pin=_new_pin(first.staff_no, given.pin_file),
        now=utc_now(),
        os_account=options.os_account(),
        group=given.group,
    )
    if given.is_json:
        terminal.say_json({"store": str(path), "site": invitation.site, "clerk": first.staff_no})
        return 0
    terminal.say(
        f"已建立服务站 {invitation.site} 的数据文件 {path}，代办员 {first.name}（{first.staff_no}）可以登录",
        f"请删除登记文件 {given.station}：里面有本站的密钥，不再需要",
    )
    return 0


def _next_steps(staff_no: str, site: str, store: str | None) -> tuple[str, ...]:
    """What an administrator does first, as lines that can be typed."""
    where = f" --store {shlex.quote(store)}" if store else ""
    centre = f"{site[:2]}-12345"
    return (
        "下一步：",
        f"  添加人员：desk staff add --no 1203 --name 李四 --unit {centre} --roles 话务员 --as {staff_no}{where}",
        f"  查单位和科室的写法：desk units --as {staff_no}{where}；角色的写法：desk staff add --help",
        f"  打开坐席台：desk{where}",
    )


def _check_group(group: str | None) -> None:
    if group is None:
        return
    try:
        import grp

        grp.getgrnam(group)
    except (ImportError, KeyError):
        raise BadInput(f"没有名为 {group} 的系统用户组，请先建组，或去掉 --group", "--group") from None


def _given_or_asked(value: str | None, option: str, label: str) -> str:
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise BadInput(f"缺少 {option}：{label}", option)
    print(f"{label}：", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _new_pin(staff_no: str, pin_file: str | None) -> str:
    """Return the new PIN: read like any other, but asked twice at a terminal."""
    if pin_file or os.environ.get("DESK_PIN_FILE") or not sys.stdin.isatty():
        return options.pin_for(staff_no, pin_file)
    pin = getpass.getpass("新 PIN（至少 6 位数字）：")
    if pin != getpass.getpass("再输一次："):
        raise BadInput("两次输入的 PIN 不一致，请重新运行", "PIN")
    return pin
