"""应急推送: a command of the city's own is started for each step of an emergency (短信网关、寻呼), and tried again."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.codes import Deed
from desk.rules import messages

COMMANDS = "emergency.commands"
STEPS: Mapping[str, Deed] = {
    "派出": Deed.CALL_OUT,
    "接令": Deed.ACKNOWLEDGE,
    "出动": Deed.DEPART,
    "到场": Deed.ARRIVE,
    "控制": Deed.CONTAIN,
    "完毕": Deed.FINISH,
}
"""The steps that may have a command, by the word that the setting and the command know them by."""
PREFIX = "step_"
"""What the template of such a message begins with."""
PAUSES: Sequence[float] = (0.25, 1, 2, 5)
"""Minutes after which a command that failed is started again."""
_WORDS = {deed: step for step, deed in STEPS.items()}


def template_of(deed: Deed) -> str:
    """Return the template of the message about a step."""
    return f"{PREFIX}{deed}"


def step_of(template: str) -> str:
    """Return the word of the step that a message is about; '' for a message about none."""
    return _WORDS[Deed(template[len(PREFIX) :])] if template.startswith(PREFIX) else ""


def is_step(deed: Deed) -> bool:
    """Whether a deed is a step that may have a command."""
    return deed in _WORDS


def command_for(step: str, commands: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the command of a step; empty when the city has none for it."""
    return [str(word) for word in commands.get(step, ())]


def flaw_of(commands: Any) -> str:
    """Return what is wrong with `emergency.commands`, '' for nothing: a command for some of the steps."""
    if not isinstance(commands, Mapping):
        return '按步骤写命令，如 {"派出": ["/usr/local/bin/pager", "{to}"]}'
    for step, command in commands.items():
        if step not in STEPS:
            return f"没有步骤“{str(step)[:10]}”，只有{'、'.join(STEPS)}"
        if flaw := messages.flaw_of_command(command):
            return f"{step}的命令{flaw}"
    return ""
