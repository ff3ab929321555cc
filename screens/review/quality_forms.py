"""The sheet of 质检 as a form: one line an item, chosen by hand, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from desk.codes import ItemVerdict, word
from screens.dialogs.ask import Answers
from screens.dialogs.kept import Keep, KeptForm
from screens.widgets.choice import Choice
from screens.widgets.long_text import LongText

VERDICTS = tuple((str(verdict), word(verdict)) for verdict in ItemVerdict)
_ITEM = "item"


class JudgeForm(KeptForm):
    """合格, 不合格 or 不适用 for each item: digits choose, Enter goes on."""

    HINTS = (("^S", "登记"), ("数字 Enter", "选、下一项"), ("^U", "清空本栏"), ("Esc", "暂存并返回"))
    DEFAULT_CSS = """
    JudgeForm FormRow > .label { width: 24; }
    JudgeForm LongText { height: 4; }
    """

    def __init__(
        self,
        title: str,
        standing: Mapping[str, str],
        weights: Mapping[str, int],
        words: LongText,
        *,
        keep: Keep,
        kept: Answers,
        needs_words: bool = False,
    ) -> None:
        choices = [
            Choice(
                f"{item} {weights[item]}",
                VERDICTS,
                value=verdict or None,
                is_open=not verdict,
                id=f"{_ITEM}{place}",
            )
            for place, (item, verdict) in enumerate(standing.items())
        ]
        required = [str(choice.id) for choice in choices] + (["words"] if needs_words else [])
        super().__init__(
            title, [*choices, words], keep=keep, kept=kept, required=required, check=_flaw(needs_words)
        )


def _flaw(needs_words: bool) -> Callable[[Answers], str]:
    def wrong_in(answers: Answers) -> str:
        has_failed = any(
            answer == ItemVerdict.FAILED for name, answer in answers.items() if name.startswith(_ITEM)
        )
        return (
            "有不合格的项目，请写评语说明" if has_failed and not needs_words and not answers["words"] else ""
        )

    return wrong_in


def verdicts_from(answers: Answers, items: Iterable[str]) -> dict[str, str]:
    """Return what was chosen for each item, by its name."""
    return {item: answers[f"{_ITEM}{place}"] for place, item in enumerate(items)}
