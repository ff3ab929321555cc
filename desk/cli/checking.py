"""`desk check`: is the store whole, and does every order stand where its events say? Changes nothing."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from db.chain import Fault, FaultKind, erased_texts
from db.check import check
from db.doors import Reader
from desk.cli import options, terminal

FAULTS: dict[FaultKind, str] = {
    FaultKind.SEQUENCE_GAP: "事件序号不连续",
    FaultKind.WRONG_LINK: "事件没有接上前一事件",
    FaultKind.WRONG_HASH: "事件内容与校验值不符",
    FaultKind.TIME_BACKWARDS: "事件时间早于前一事件",
    FaultKind.UNKNOWN_DEED: "事件种类不认识",
    FaultKind.BAD_DATA: "事件数据读不出",
    FaultKind.WORDS_ALTERED: "事件文字被改动",
    FaultKind.WORDS_MISSING: "事件文字缺失，且无依法删除记录",
    FaultKind.WRONG_HEAD: "链尾与最后事件不符，可能有事件被截去",
    FaultKind.WRONG_STATUS: "工单状态与事件不符",
    FaultKind.NO_EVENT: "工单没有受理事件",
    FaultKind.WRONG_STEWARD: "工单管家不是恰好一家",
    FaultKind.SECRET_CASE: "举报、保密工单的案例没有撤下",
    FaultKind.UNKNOWN_ORDER: "事件所属的工单不存在",
    FaultKind.UNKNOWN_CODE: "代码不认识",
    FaultKind.DAMAGED_PAGE: "数据页损坏",
    FaultKind.BROKEN_REFERENCE: "引用的记录不存在",
    FaultKind.WRONG_SEARCH_INDEX: "检索索引与工单不符",
    FaultKind.SEARCH_INDEX_UNCHECKED: "检索索引未能检查（磁盘空间或权限不足）",
    FaultKind.SCHEMA_LACKS: "数据文件缺少本版本程序所需的",
    FaultKind.SCHEMA_HAS_MORE: "数据文件多出本版本程序不认识的",
    FaultKind.SCHEMA_DIFFERS: "数据文件与本版本程序不同的",
}
OF_SCHEMA = frozenset((FaultKind.SCHEMA_LACKS, FaultKind.SCHEMA_HAS_MORE, FaultKind.SCHEMA_DIFFERS))
_OBJECTS = {"table": "表", "column": "列", "index": "索引", "trigger": "触发器", "view": "视图"}
_CURE = "请换用建立该文件的同版本程序，或从备份恢复"


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk check`."""
    options.add_store(parser)
    options.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print every fault, or that all is whole; 1 when there is a fault, or something could not be looked at."""
    opening = options.existing(given)
    progress = terminal.Progress("检查")
    try:
        faults: list[FaultKind] = []
        for fault in check(opening.database, progress):
            progress.close()
            faults.append(fault.kind)
            _tell(fault, is_json=given.is_json)
        with opening.database.read() as reader:
            is_misfit = not OF_SCHEMA.isdisjoint(faults)
            counts = _counts(reader, is_misfit=is_misfit)
            keys = _keys(reader, is_misfit=is_misfit)
    finally:
        progress.close()
        opening.database.close()
    _sum_up(given, faults, counts, keys)
    return 1 if faults else 0


def _counts(reader: Reader, *, is_misfit: bool) -> dict[str, int]:
    """What the store holds; of one with another schema only what any has that can be opened at all (`db.schema`)."""
    events = int(reader.value("SELECT count(*) FROM events"))
    orders = int(reader.value("SELECT count(*) FROM work_orders"))
    return {"orders": orders, "events": events, "erased": 0 if is_misfit else erased_texts(reader)}


def _keys(reader: Reader, *, is_misfit: bool) -> dict[str, tuple[str, ...]]:
    """The settings that the store lacks of this version's, and those that this version knows no more: no faults."""
    if is_misfit:
        return {"lacking": (), "retired": ()}
    from seed import filling

    return asdict(filling.compared(reader))


def _tell(fault: Fault, *, is_json: bool) -> None:
    if is_json:
        values = {"order_no": fault.order_no, "seq": fault.seq, "detail": fault.detail}
        terminal.say_json({"fault": str(fault.kind), "words": FAULTS[fault.kind], **values})
        return
    if fault.kind in OF_SCHEMA:
        object_, _, name = fault.detail.partition(" ")
        terminal.say(f"{FAULTS[fault.kind]}{_OBJECTS[object_]} {name}")
        return
    where = f"工单 {fault.order_no}：" if fault.order_no else ""
    where = f"第 {fault.seq} 号事件：" if fault.seq is not None else where
    terminal.say(f"{where}{FAULTS[fault.kind]}" + (f"（{fault.detail}）" if fault.detail else ""))


def _sum_up(
    given: argparse.Namespace,
    faults: list[FaultKind],
    counts: dict[str, int],
    keys: dict[str, tuple[str, ...]],
) -> None:
    wrong = [kind for kind in faults if kind is not FaultKind.SEARCH_INDEX_UNCHECKED]
    if given.is_json:
        account = options.os_account()
        terminal.say_json(
            {"whole": not faults, "faults": len(wrong), **counts, "settings": keys, "os_account": account}
        )
        return
    if counts["erased"]:
        terminal.say(f"已依法删除文字 {counts['erased']} 处，不算损坏")
    _tell_keys(keys)
    if not faults:
        terminal.say(f"数据文件和事件链完整：工单 {counts['orders']} 件，事件 {counts['events']} 条")
    elif not wrong:
        terminal.say("除检索索引外均完整；请清理磁盘、核对权限后再运行 desk check")
    elif OF_SCHEMA.isdisjoint(wrong):
        terminal.say(f"发现 {len(wrong)} 处问题，请停止使用并从备份恢复，或联系管理员")
    else:
        terminal.say(f"发现 {len(wrong)} 处问题，数据文件与本程序版本不符：{_CURE}")


_MOST_KEYS = 8


def _tell_keys(keys: dict[str, tuple[str, ...]]) -> None:
    if keys["lacking"]:
        terminal.say(f"缺少本版本新增的设置 {_some(keys['lacking'])}；desk init --refresh 补上，已有的不改")
    if keys["retired"]:
        terminal.say(f"本版本不再使用的设置 {_some(keys['retired'])}；不影响使用，不必处理")


def _some(keys: Sequence[str]) -> str:
    return f"{len(keys)} 项（{'、'.join(keys[:_MOST_KEYS])}{'……' if len(keys) > _MOST_KEYS else ''}）"
