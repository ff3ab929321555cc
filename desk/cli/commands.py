"""The commands of `desk`: finds the one that is meant, loads it alone, and says in one line what went wrong."""

import re
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from db.doors import StoreBusy, StoreTrouble
from desk.cli import options, terminal
from desk.errors import Refused
from desk.troubles import unusable

_MISSED = re.compile("no such (?:column|table)|has no column named")
DONE, TROUBLE, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command is written, what it does in one line, and which functions of its module do it."""

    module: str
    summary: str
    adding: str = "add_arguments"
    running: str = "run"


COMMANDS: Mapping[str, Command] = {
    "init": Command("init", "建立数据文件，登记第一名管理员"),
    "import": Command("importing", "导入工单或来信（.jsonl .csv .xlsx）"),
    "export": Command("exporting", "导出工单（.jsonl .csv .xlsx），号码遮蔽"),
    "channel": Command("channels", "渠道的列对照：保存、列出、查看、移除"),
    "due": Command("due", "计算办理时限并说明算法"),
    "suggest": Command("suggest", "按职责清单建议承办单位"),
    "list": Command("listing", "列出工单，最紧迫的在前"),
    "returns": Command("returning", "退单统计：派错、不实、裁定时长、超时未签收"),
    "review": Command("review", "退回原因统计；把一批答复对照一遍"),
    "show": Command("showing", "显示一件工单的全部内容和办理经过"),
    "receipt": Command("receipt", "打印服务站当面登记的回执"),
    "special-seats": Command("special_seats", "专席办件和预约上门：列出、查看、统计、空档"),
    "hotline-day": Command("hotline_day", "热线日：议程、决定、长期事项、场次"),
    "insurance": Command("insurance", "12333：身份核验、查本人社保记录、查接口设置"),
    "notice": Command("notice", "公告与口径：列出、拟写、发布、结束"),
    "messages": Command("messages", "告知：列出失败的和待发的、发送、重发、告知用语"),
    "case": Command("library", "典型案例：列出、查找、显示"),
    "check": Command("checking", "检查数据文件和事件链是否完整"),
    "backup": Command("backing_up", "备份数据文件并验证副本"),
    "handover": Command("handover", "服务站与中心交接：写出、收取交接文件"),
    "station": Command("station", "服务站：登记、列出"),
    "staff": Command("staff", "人员：列出、添加、变更、停用、重置 PIN"),
    "units": Command("units", "查单位和科室的代码、简称、名称"),
    "duty": Command("duty", "职责清单：导出、导入、查看"),
    "knowledge": Command("knowledge", "知识库：列出、显示、导入、导出、快到期的"),
    "phrase": Command("phrases", "短语：列出、添加、修改、删除"),
    "team": Command("team", "快速处置队伍、应急队伍：列出、添加、移出、导出、导入"),
    "roster": Command("roster", "应急值班表：列出、空班、自动排班、导出、导入"),
    "report": Command("report", "快报、专报、预警快报：列出、显示、存文件"),
    "panel": Command("panel", "社会评议：议程、材料、抽取、结束、纪要、解释说明函"),
    "panelists": Command("panelists", "评议员库：列出、登记、移出、导出、导入"),
    "quality": Command("quality", "质检：抽取、列出、评分、申辩、裁定、统计、导出"),
    "press": Command(
        "pressure", "到档的自动催办、督办（供定时任务，不需登录）", "add_press_arguments", "run_press"
    ),
    "pressure": Command("pressure", "催办、督办：级别、时限、回复"),
    "assess": Command("assess", "考核：按单位和月份、对应工单、剔除清单、评分与申诉、存文件"),
    "circular": Command("circular", "督查通报：列出、显示、拟稿、签发、印发、签收、存文件"),
    "settings": Command("settings", "设置：列出、修改"),
    "incident": Command("incident", "应急类型：提问卡、先说的话、先派单位，列出、导出、导入"),
    "shift": Command("shift", "当班：座席、小结、待回拨、承诺、队列、岗位、接通率"),
    "seat": Command("seat", "座席：谁在、在做什么；小休和结束小休"),
    "ring": Command("telephoning", "电话系统：来电振铃", "add_ring_arguments", "run_ring"),
    "answer": Command("telephoning", "电话系统：接听", "add_call_arguments", "run_answer"),
    "hangup": Command("telephoning", "电话系统：挂断", "add_call_arguments", "run_hang_up"),
}


def run(arguments: Sequence[str]) -> int:
    """Run the command that the first word names and return the exit status: 0 done, 2 bad input, 1 other trouble."""
    name, *rest = arguments
    command = COMMANDS.get(name)
    if command is None:
        terminal.complain(_unknown(name))
        return BAD_INPUT
    try:
        status = _run(name, command, rest)
        sys.stdout.flush()
    except BrokenPipeError:
        terminal.hush()
        return DONE
    return status


def _run(name: str, command: Command, rest: list[str]) -> int:
    try:
        module = import_module(f"desk.cli.{command.module}")
        parser = options.Parser(prog=f"desk {name}", description=command.summary)
        getattr(module, command.adding)(parser)
        given = parser.parse_args(rest)
        terminal.make_ready(is_json=getattr(given, "is_json", False))
        return int(getattr(module, command.running)(given))
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        terminal.complain("已中断")
        return INTERRUPTED
    except Exception as error:
        return _told(error)


def _told(error: Exception) -> int:
    """Say what went wrong in one line and return the exit status."""
    if isinstance(error, StoreTrouble):
        error = unusable(error)
    if isinstance(error, Refused):
        terminal.complain(error.message)
        return BAD_INPUT
    terminal.complain(_trouble(error))
    return TROUBLE


def _trouble(error: Exception) -> str:
    if isinstance(error, StoreBusy):
        return "数据文件一直被其他坐席占用，请稍后再试"
    if _is_of_another_schema(error):
        return "数据文件与本程序版本不符，请运行 desk check"
    if isinstance(error, OSError):
        return f"读写 {error.filename or '文件'} 出错（{error.strerror or type(error).__name__}），请检查磁盘和权限"
    return f"程序内部出错（{type(error).__name__}，{_place(error)}），本次操作未完成；请把这一行告诉管理员"


def _is_of_another_schema(error: Exception) -> bool:
    """Whether SQLite missed a table or column; the other door wraps what SQLite said (`orig`)."""
    said = getattr(error, "orig", error)
    return isinstance(said, sqlite3.OperationalError) and _MISSED.search(str(said)) is not None


def _place(error: Exception) -> str:
    """Where it happened; never the message of the error, which may hold a caller's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name} 第 {trace.tb_lineno} 行" if trace else "?"


def _unknown(name: str) -> str:
    near = get_close_matches(name, COMMANDS, 1)
    hint = f"是否要用 {near[0]}？" if near else ""
    return f"没有命令 {name}；{hint}可用的命令：{' '.join(COMMANDS)}；用法见 desk 命令 --help"
