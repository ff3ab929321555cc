"""导出: the orders that a person may see, masked, as .jsonl, .csv or .xlsx; one event says who took how many.

What leaves the house is out of its hands: 举报 and 保密 orders leave only their number (practice P32 c), numbers of
telephones and identity cards are masked in every text, and no cell can become a formula.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.codes import Channel, Deed, OrderKind, Outcome, Status, Urgency
from db.doors import Reader, StoreTrouble
from db.files import new_file, put_in_place, remove_with_logs
from db.ids import new_uid
from db.queries import exports
from db.times import maybe_from_ms
from desk import exchange, sight
from desk.births import check_birth_right
from desk.codes import code_for, word
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.rules.calendar import local
from desk.rules.rights import Scope
from desk.rules.secrecy import blanked, marked_words, masked_name, masked_phone
from desk.troubles import unusable

FORMS = (".jsonl", ".csv", ".xlsx")
_WINDOW = 500
_MOST_SHEET_ROWS, _LONGEST_CELL = 1_048_575, 32_000
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_MAY_HOLD_NUMBER = re.compile(r"[0-9０-９]{5}|[零〇幺一二两三四五六七八九]{7}|1[3-9][0-9][ \-.]")
_NUMBERS = frozenset({"phone", "id_number"})
HEADS = (
    "工单编号",
    "查询码",
    "诉求类型",
    "紧急程度",
    "状态",
    "渠道",
    "外部编号",
    "诉求分类",
    "区域",
    "地点",
    "诉求人",
    "联系电话",
    "承办单位",
    "科室",
    "办结方式",
    "等级",
    "监测池",
    "轮次",
    "群众催单",
    "超期次数",
    "反映时间",
    "受理时间",
    "派单时间",
    "答复时间",
    "办结时间",
    "单位时限",
    "诉求人时限",
    "暂定",
    "标题",
    "诉求内容",
)
"""The columns of an export, in their order."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how many orders."""

    path: Path
    count: int


def export(desk: Desk, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write the orders of this person's sight to a new file (0600), in the form that its name says.

    Raises NotAllowed, BadInput for another form, StoreUnusable when the file is there already or cannot be written.
    """
    form = form_of(path)
    check_birth_right(desk, Deed.EXPORTED, Scope.HOUSE)
    made = path.with_name(f".{path.name}.{new_uid()}.new")
    try:
        refuse_overwriting(path, may_overwrite=may_overwrite)
        new_file(made)
        with desk.reading() as reader:
            count = WRITERS[form](made, rows(desk, reader), HEADS)
        exchange.record(desk, path, {"orders": count})
        put_in_place(made, path, may_overwrite=may_overwrite)
    except StoreTrouble as error:
        raise unusable(error) from error
    finally:
        remove_with_logs(made)
    return Exported(path, count)


def form_of(path: Path) -> str:
    """Return the form of a file that is to be written, by its name. Raises BadInput."""
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadInput(f"{path.name} 的格式不认识，只能导出 {' '.join(FORMS)}", "文件")
    return form


def refuse_overwriting(path: Path, *, may_overwrite: bool) -> None:
    """Raise Refused when a file is there already and may not be written over."""
    if path.exists() and not may_overwrite:
        raise Refused(f"{path} 已存在，未做任何改动；请换一个文件名，或加 --force 覆盖")


def rows(desk: Desk, reader: Reader) -> Iterator[dict[str, str]]:
    """Yield every order of this person's sight as it may leave the house: Chinese heads, values as words."""
    actor, after = desk.actor, 0
    path = actor.centre_path if actor.is_at_the_centre else actor.unit_path
    while window := exports.window(
        reader, path, after=after, limit=_WINDOW, is_centre=actor.is_at_the_centre
    ):
        for order in window:
            if not sight.is_accused(reader, actor, order, order["accused_path"]):
                yield row_of(order)
        after = window[-1]["id"]


def row_of(order: Any) -> dict[str, str]:
    """Return an order (a row of `db.queries.exports`) as it may leave the house: by HEADS, numbers masked."""
    is_secret = sight.is_secret(order)
    return {
        "工单编号": order["order_no"],
        "查询码": "" if is_secret else order["query_code"],
        "诉求类型": word(OrderKind(order["kind"])),
        "紧急程度": word(Urgency(order["urgency"])),
        "状态": word(Status(order["status"])),
        **(_SECRET if is_secret else _matter(order)),
        **_standing(order),
        "标题": _secret_title(order) if is_secret else without_numbers(order["title"]),
        "诉求内容": "" if is_secret else without_numbers(order["content"]),
    }


def _secret_title(order: Any) -> str:
    return "举报（保密）" if order["kind"] == OrderKind.TIP_OFF else "保密工单"


def _matter(order: Any) -> dict[str, str]:
    channel = code_for(Channel, order["channel"])
    return {
        "渠道": word(channel) if channel else str(order["channel"]),
        "外部编号": order["outside_no"] or "",
        "诉求分类": order["category_name"] or "",
        "区域": order["area_name"] or "",
        "地点": without_numbers(order["place"]),
        "诉求人": "匿名" if order["is_anonymous"] else masked_name(order["requester_name"]),
        "联系电话": masked_phone(order["contact_phone"] or ""),
    }


_SECRET = dict.fromkeys(("渠道", "外部编号", "诉求分类", "区域", "地点", "诉求人", "联系电话"), "")


def _standing(order: Any) -> dict[str, str]:
    outcome = code_for(Outcome, order["outcome"]) if order["outcome"] else None
    return {
        "承办单位": order["steward_name"] or "",
        "科室": order["section_name"] or "",
        "办结方式": word(outcome) if outcome else "",
        "等级": order["grade"] or "",
        "监测池": order["pool_grade"] or "",
        "轮次": str(order["round"]),
        "群众催单": str(order["urge_count"]),
        "超期次数": str(order["breach_count"]),
        "反映时间": _moment(order["raised_at"]),
        "受理时间": _moment(order["accepted_at"]),
        "派单时间": _moment(order["dispatched_at"]),
        "答复时间": _moment(order["answered_at"]),
        "办结时间": _moment(order["closed_at"]),
        "单位时限": _moment(order["unit_due_at"]),
        "诉求人时限": _moment(order["citizen_due_at"]),
        "暂定": "暂定" if order["is_due_provisional"] else "",
    }


def _moment(milliseconds: int | None) -> str:
    at = maybe_from_ms(milliseconds)
    return f"{local(at):%Y-%m-%d %H:%M}" if at is not None else ""


def without_numbers(text: str) -> str:
    """Return `text` with the numbers of telephones and identity cards replaced by ［已隐去］."""
    if not _MAY_HOLD_NUMBER.search(text):
        return text
    return blanked(text, [span for span in marked_words(text) if span.why in _NUMBERS])


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a leading `=`, `+`, `-`, `@`, tab gets a quote before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def _to_jsonl(path: Path, orders: Iterator[dict[str, str]], _heads: Sequence[str]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for count, order in enumerate(orders, 1):  # noqa: B007
            file.write(json.dumps(order, ensure_ascii=False) + "\n")
    return count


def _to_csv(path: Path, orders: Iterator[dict[str, str]], heads: Sequence[str]) -> int:
    count = 0
    # The byte order mark tells a spreadsheet that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(harmless, heads))
        for count, order in enumerate(orders, 1):  # noqa: B007
            writer.writerow(harmless(order[head]) for head in heads)
    return count


def _to_xlsx(path: Path, orders: Iterator[dict[str, str]], heads: Sequence[str]) -> int:
    from openpyxl import Workbook

    book, count = Workbook(write_only=True), 0
    sheet = book.create_sheet("工单")
    sheet.append([harmless(head) for head in heads])
    for count, order in enumerate(orders, 1):
        if count > _MOST_SHEET_ROWS:
            raise Refused(f"工单超过 {_MOST_SHEET_ROWS} 件，.xlsx 放不下；请导出 .csv")
        sheet.append([harmless(order[head])[:_LONGEST_CELL] for head in heads])
    book.save(path)
    return count


WRITERS = {".jsonl": _to_jsonl, ".csv": _to_csv, ".xlsx": _to_xlsx}
"""How each form is written: path, rows by column, the columns in their order; gives the number of rows."""
