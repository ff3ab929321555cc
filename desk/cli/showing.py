"""`desk show ORDER_NO`: one order in full, with every step, who did it and when."""

import argparse
from pathlib import Path

from db.queries import work_orders
from desk import card, finder, order_page
from desk.cli import listing, options, terminal
from desk.context import Desk
from desk.errors import BadInput, Refused


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk show`."""
    parser.add_argument(
        "order_no", metavar="工单编号", help="如 CY01-20261123-0042，或查询码 1123-0042、外部编号"
    )
    parser.add_argument(
        "--save", metavar="文件", type=Path, help="存成一页 .docx，可打印；只含本人可见的内容"
    )
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Print the card as this person may see it, or save it as a page."""
    with options.signed_in(given) as desk:
        order_no = _order_no(desk, given.order_no.strip())
        if given.save is not None:
            path = order_page.print_order(desk, order_no, given.save.absolute(), may_overwrite=given.force)
            _tell_saved(given, order_no, path)
            return 0
        if given.force:
            raise BadInput("--force 须与 --save 同用", "--force")
        shown = card.card(desk, order_no)
        if given.is_json:
            sections = {section.heading: list(section.lines) for section in shown.sections}
            order = listing.as_json(shown.order, desk.now())
            terminal.say_json({**order, "sections": sections, "history": list(shown.history)})
        else:
            terminal.say(*shown.as_lines)
    return 0


def _tell_saved(given: argparse.Namespace, order_no: str, path: Path) -> None:
    if given.is_json:
        terminal.say_json({"order_no": order_no, "file": str(path)})
    else:
        terminal.say(f"已存 {order_no}：{path}")


def _order_no(desk: Desk, text: str) -> str:
    """Return the order number that a 查询码 or an outside number stands for; the newest, as codes come round every year.

    Raises Refused for a number that no order has: the card's own line speaks of keys.
    """
    with desk.reading() as reader:
        if work_orders.by_number(reader, text.upper()) is not None:
            return text.upper()
    found = finder.numbered(desk, text)
    if not found:
        raise Refused(
            f"没有编号为 {text} 的工单，请核对编号、外部编号或查询码（如 1123-0042），或用 desk list 查找"
        )
    return found[0].order_no
