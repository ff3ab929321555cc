"""^W 1 欠薪登记: the preset questions in one form; the answers become the words of the order (practice P17)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from desk.codes import OrderKind, Urgency
from desk.rules import wages
from desk.rules.wages import Funds, Hiring, WageClaim, Work
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.intake.deeds import OldOrderDeeds
from screens.intake.form import Values
from screens.widgets import Choice, Field

if TYPE_CHECKING:
    from desk.rows import PickRow

GROUP_OF = 10
"""From so many workers on it is a 群体 matter, unless `wages.group` says otherwise (practice P17)."""
_DIGITS = re.compile(r"\d{1,5}")


class WageQuestions(OldOrderDeeds):
    """The part of the intake screen that registers unpaid wages."""

    def action_wages(self) -> None:
        """Ask the preset questions; what was answered stands there again until it has gone into the form."""

        def given(answers: Answers | None) -> None:
            if answers is not None:
                claim = _claim(answers)
                self.read(
                    lambda flow, desk: flow.wage_category(desk, is_works=claim.is_works),
                    lambda category: self.call_next(self._fill_in_claim, claim, answers["earlier"], category),
                    group="wages",
                )

        self.app.push_screen(_questions(self.call.wages, self._keep_answers), given)

    def _keep_answers(self, answers: Answers) -> None:
        self.call.wages = {name: words for name, words in answers.items() if words}
        self.keep_now()

    async def _fill_in_claim(self, claim: WageClaim, earlier: str, category: PickRow | None) -> None:
        values = self.form.values()
        is_group = claim.workers >= self._group_of
        is_real_name = bool(values.get("name")) and values.get("identity") != "anonymous"
        story = wages.story(claim, is_real_name=is_real_name, is_group=is_group)
        proposed = {
            "kind": str(OrderKind.COMPLAINT),
            "title": wages.title(claim),
            "accused_name": claim.employer,
            "purpose": f"支付拖欠的工资{claim.amount}",
            "earlier": earlier,
            **({"category": category.name, "category_code": category.key} if category else {}),
        }
        typed = values.get("content", "")
        filled = {name: words for name, words in proposed.items() if words} | values
        filled["content"] = f"{typed}\n{story}".strip()
        if is_group:
            filled["urgency"] = str(Urgency.URGENT)
        self.call.wages = {}
        await self._put_in(filled)
        self.form.focus_part("content")
        self.touched()
        self.look_up()
        self._say_steps(claim, is_group=is_group, is_real_name=is_real_name)

    @property
    def _group_of(self) -> int:
        desk = self.desk_app.desk
        return int(desk.settings.get("wages.group", GROUP_OF)) if desk else GROUP_OF

    def _say_steps(self, claim: WageClaim, *, is_group: bool, is_real_name: bool) -> None:
        desk = self.desk_app.desk
        steps = str(desk.settings.get("wages.steps", "")) if desk else ""
        self.panel.say(steps)
        group = f"；{claim.workers} 人按群体事项，已选“紧急”" if is_group else ""
        name = "" if is_real_name else "；未留实名，按劳动监察线索登记"
        self.say(f"欠薪登记已填入表单，请核对后按 ^S{group}{name}", "done")


def _questions(kept: Values, keep: Any) -> KeptForm:
    fields: list[Any] = [
        Field("用人单位", max_length=200, placeholder="老板、公司或劳务公司", id="employer"),
        Choice("做什么", [(str(each), words) for each, words in wages.WORK_WORDS.items()], id="work"),
        Field("工程、地点", max_length=200, placeholder="项目名称或厂名、工种", id="project"),
        Choice("谁招的", [(str(each), words) for each, words in wages.HIRING_WORDS.items()], id="hiring"),
        Field("建设单位", max_length=200, placeholder="业主、开发商，不知道可空", id="owner"),
        Field("总承包", max_length=200, placeholder="工地门口公示牌上有，不知道可空", id="contractor"),
        Choice("工程款", [(str(each), words) for each, words in wages.FUNDS_WORDS.items()], id="funds"),
        Field("欠薪时段", max_length=100, placeholder="如 2026年3月至8月", id="period"),
        Field("金额", max_length=40, placeholder="如 3.6万元", id="amount"),
        Field("人数", max_length=5, placeholder="连本人一共几人", id="workers"),
        Choice("劳动合同", (("no", "没有"), ("yes", "有")), id="contract"),
        Field("证据", max_length=300, placeholder="欠条、考勤、转账记录、工友", id="evidence"),
        Field("已向何处", max_length=300, placeholder="劳动监察、法院……和结果", id="earlier"),
    ]
    return KeptForm(
        "欠薪登记：逐项问，填完 ^S 写进表单",
        fields,
        keep=keep,
        kept=kept,
        required=("employer", "workers"),
        check=_wrong,
    )


def _wrong(answers: Answers) -> str:
    workers = answers["workers"]
    return "" if _DIGITS.fullmatch(workers) and int(workers) else "人数请填数字，如 12；只有本人填 1"


def _claim(answers: Answers) -> WageClaim:
    return WageClaim(
        employer=answers["employer"],
        work=Work(answers["work"]),
        project=answers["project"],
        hiring=Hiring(answers["hiring"]),
        owner=answers["owner"],
        contractor=answers["contractor"],
        funds=Funds(answers["funds"]),
        period=answers["period"],
        amount=answers["amount"],
        workers=int(answers["workers"]),
        has_contract=answers["contract"] == "yes",
        evidence=answers["evidence"],
    )
