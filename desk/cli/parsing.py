"""argparse in Chinese: the frames of its help, and what it complains of. Light: the desk itself starts through it."""

import argparse
import re
from typing import Any, NoReturn

from desk.errors import BadInput

_ENGLISH: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (.*?): expected (?:one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选 \3"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 须为整数，不能是 \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能与 \2 同用"),
    (r"one of the arguments (.*) is required", r"须给出 \1 之一"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不明确，可能是 \2"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """An argparse parser that speaks Chinese and raises BadInput instead of leaving."""

    def __init__(self, **keywords: Any) -> None:
        keywords.setdefault("formatter_class", _Help)
        super().__init__(**keywords, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本帮助")

    def error(self, message: str) -> NoReturn:
        """Raise BadInput with argparse's message in Chinese."""
        raise BadInput(f"{in_chinese(message)}；用法见 {self.prog} --help")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Leave what was written in lines as it was written."""
        return text if "\n" in text else super()._fill_text(text, width, indent)


def in_chinese(message: str) -> str:
    """Return what argparse complains of, in Chinese; as it is when the wording is not known."""
    for pattern, words in _ENGLISH:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(words)
    return message
