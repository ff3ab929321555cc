"""`desk phrase list | add | change | remove`: what an abbreviation types in the form, one's own and the hotline's."""

import argparse
from dataclasses import asdict, replace

from desk import intake
from desk.cli import options, terminal
from desk.context import Desk
from desk.errors import BadInput
from desk.intake_rows import PhraseForm, PhraseRow

DEEDS = {
    "list": "列出可用的短语，最近用过的在前",
    "add": "添加自己的短语；--shared 为公用",
    "change": "修改短语",
    "remove": "删除短语",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk phrase`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name != "list":
            deed.add_argument("abbreviation", metavar="缩写", help="1 至 12 个字母或数字")
            deed.add_argument("--shared", action="store_true", help="公用短语（班长、管理员）")
        if name == "add":
            deed.add_argument("body", metavar="内容", help="___ 是待填处，光标会停在那里")
        if name == "change":
            deed.add_argument("body", metavar="内容", nargs="?", default=None, help="不写则不改内容")
            deed.add_argument("--to", metavar="新缩写", default=None)
        is_change = name == "change"
        deed.add_argument(
            "--line", metavar="线路", default=None if is_change else "", help="12345、12333；不写为不分"
        )
        if name != "remove":
            deed.add_argument(
                "--category", metavar="分类", default=None if is_change else "", help="诉求分类编码"
            )


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, intake.phrases(desk, given.line, given.category))
        elif given.deed == "add":
            form = PhraseForm(given.abbreviation, given.body, given.line, given.category)
            _tell(given, intake.add_phrase(desk, form, is_shared=given.shared), "已添加")
        elif given.deed == "change":
            row = _named(desk, given, "")
            _tell(given, intake.change_phrase(desk, row.uid, _changed(given, row)), "已修改")
        else:
            row = _named(desk, given, given.line)
            _tell(given, intake.remove_phrase(desk, row.uid), "已删除")
    return 0


def _changed(given: argparse.Namespace, row: PhraseRow) -> PhraseForm:
    form = PhraseForm(row.abbreviation, row.body, row.line, row.category_code)
    wanted = {
        "abbreviation": given.to,
        "body": given.body,
        "line": given.line,
        "category_code": given.category,
    }
    return replace(form, **{name: value for name, value in wanted.items() if value is not None})


def _named(desk: Desk, given: argparse.Namespace, line: str) -> PhraseRow:
    """The one phrase that the abbreviation names. Raises BadInput for none, or for one on each line."""
    wanted = given.abbreviation.strip().lower()
    rows = [
        row
        for row in intake.phrases(desk)
        if row.abbreviation == wanted and row.is_own != given.shared and (not line or row.line == line)
    ]
    if not rows:
        whose = "公用" if given.shared else "自己的"
        raise BadInput(f"没有缩写为 {wanted[:20]} 的{whose}短语，请用 desk phrase list 核对", "缩写")
    if len(rows) > 1:
        raise BadInput(f"缩写 {wanted[:20]} 有 {len(rows)} 条，请用 --line 写明线路", "缩写")
    return rows[0]


def _list(given: argparse.Namespace, rows: tuple[PhraseRow, ...]) -> None:
    for row in rows:
        terminal.say_json(asdict(row)) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("还没有短语：用 desk phrase add 添加")


def _tell(given: argparse.Namespace, row: PhraseRow, done: str) -> None:
    if given.is_json:
        terminal.say_json(asdict(row))
    else:
        terminal.say(f"{done}：{_line(row)}")


def _line(row: PhraseRow) -> str:
    whose = "自己" if row.is_own else "公用"
    body = " ".join(row.body.split())
    return f"{row.abbreviation:<12} {whose} {row.line or '不分':<6}{row.category_code or '-':<7}{body}"
