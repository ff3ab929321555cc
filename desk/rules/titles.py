"""标题: what a request is about in a few words, proposed from its text (practice P11: proposed, editable)."""

import re

LONGEST = 30
_LEAST = 4
_GREETINGS = re.compile(
    r"^(?:您好|你好|喂|那个|就是|请问|同志|领导|话务员|我想|我要|我们?这里|反映|投诉|举报|咨询|求助|建议|一下|下|市民|群众|来电|"
    r"[，。,.!！?？、:：\s])+"
)
_ENDS = re.compile(r"[。！？!?；;\n]")
_PAUSES = re.compile(r"[，,、：:\s]")
_NUMBERS = re.compile(r"\d[\d\- ]{6,}")


def proposed_title(text: str) -> str:
    """Return the first statement of `text`, without greeting and without long numbers, at most `LONGEST` characters.

    '' when there is nothing to go by. Cut at a pause where one stands late enough.
    """
    plain = _NUMBERS.sub("", text).strip()
    words = _GREETINGS.sub("", plain) or plain
    statement = next((each.strip() for each in _ENDS.split(words) if each.strip()), "")
    return _shortened(statement)


def _shortened(statement: str) -> str:
    if len(statement) <= LONGEST:
        return statement
    cuts = [match.start() for match in _PAUSES.finditer(statement[: LONGEST + 1]) if match.start() >= _LEAST]
    return statement[: cuts[-1] if cuts else LONGEST].strip()
