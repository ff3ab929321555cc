"""`desk receipt ORDER_NO`: the paper that a citizen takes home from the counter of a 服务站 (practice P18)."""

import argparse
from pathlib import Path

from desk import exchange, receipt
from desk.cli import options, terminal


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk receipt`."""
    parser.add_argument("order_no", metavar="工单编号", help="如 CY01-20261123-0042")
    parser.add_argument("--save", metavar="文件", type=Path, help="存成文本文件，供打印")
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Print the receipt, or save it as a new text file that only its owner may read."""
    order_no = given.order_no.strip().upper()
    with options.signed_in(given) as desk:
        lines = [terminal.printable(line) for line in receipt.receipt(desk, order_no)]
    if given.save is not None:
        with exchange.coming(given.save, may_overwrite=given.force) as made:
            made.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if given.is_json:
        terminal.say_json({"order_no": order_no, "lines": lines, "file": given.save and str(given.save)})
    elif given.save is not None:
        terminal.say(f"回执已存入 {given.save}")
    else:
        terminal.say(*lines)
    return 0
