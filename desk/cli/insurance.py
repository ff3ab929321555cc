"""`desk insurance source | verify | look`: 身份核验 and the caller's own social-insurance record (practice P17).

The same deeds as F12. The ID number is never an argument, where other people of this machine could read it.
"""

import argparse
import getpass
import sys

from desk import social_insurance
from desk.cli import options, terminal
from desk.codes import IdentityFact, code_for, word
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.insurance_rows import IdentityCheck, IdentityClaim, InsuranceRecord

DEEDS = {
    "source": "社保记录从哪里查，设置能不能用",
    "verify": "身份核验，留下事件",
    "look": "身份核验，通过后显示本人的社保记录，各留一条事件",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk insurance`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name != "source":
            _describe_claim(deed)


def _describe_claim(deed: options.Parser) -> None:
    deed.add_argument("--call", metavar="编号", required=True, help="电话系统的通话编号，须正在本座席通话")
    deed.add_argument("--name", metavar="姓名", required=True)
    deed.add_argument(
        "--id-file", metavar="文件", help="身份证号所在文件，首行有效；不写就在终端上问，不回显"
    )
    deed.add_argument(
        "--fact", metavar="哪一项", required=True, help="、".join(word(each) for each in IdentityFact)
    )
    deed.add_argument("--value", metavar="所答", required=True, help="来电人对这一项的回答")
    deed.add_argument("--for-other", action="store_true", help="代他人问（不予查询，记为未通过）")
    deed.add_argument("--agrees", choices=("yes", "no"), help="没有接入社保数据时，人工核对的结果")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "source":
            _say_source(given, desk)
            return 0
        claim = _claim(given)
        agrees = {"yes": True, "no": False}.get(given.agrees or "")
        check = social_insurance.verify(desk, claim, given.call, agrees=agrees)
        if not check.has_passed:
            raise NotAllowed(f"核验未通过，已记录。请告诉来电人：{check.sentence}")
        if given.deed == "verify":
            _say_check(given, check)
        else:
            _say_record(given, social_insurance.look(desk, check, claim.id_number))
    return 0


def _claim(given: argparse.Namespace) -> IdentityClaim:
    fact = code_for(IdentityFact, given.fact)
    if fact is None:
        raise BadInput(f"--fact 只能是 {'、'.join(word(each) for each in IdentityFact)}", "--fact")
    return IdentityClaim(given.name, _id_number(given), fact, given.value, is_own=not given.for_other)


def _id_number(given: argparse.Namespace) -> str:
    if given.id_file:
        return options.first_line(given.id_file, "身份证号", "--id-file")
    if not sys.stdin.isatty():
        raise BadInput("没有终端可以输入身份证号，请用 --id-file 文件", "--id-file")
    return getpass.getpass("身份证号：")


def _say_source(given: argparse.Namespace, desk: Desk) -> None:
    line = social_insurance.source_line(desk)
    terminal.say_json({"source": line}) if given.is_json else terminal.say(line)


def _say_check(given: argparse.Namespace, check: IdentityCheck) -> None:
    if given.is_json:
        terminal.say_json(
            {"passed": check.has_passed, "outcome": str(check.outcome), "event": check.event_uid}
        )
    else:
        terminal.say(check.sentence)


def _say_record(given: argparse.Namespace, record: InsuranceRecord) -> None:
    known = {"姓名": record.name, "参保地": record.place, "单位": record.employer}
    if given.is_json:
        terminal.say_json({**known, "记录": [list(item) for item in record.items], "source": record.source})
    else:
        lines = (*known.items(), *record.items)
        terminal.say(*(f"{terminal.fitted(label, 12)} {value}" for label, value in lines if value))
