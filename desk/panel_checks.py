"""Which orders may go before a panel, as far as the store itself can say (practice P29)."""

from db.codes import AnswerOutcome, Deed, OrderKind, Urgency
from db.doors import Reader, Row
from db.queries import answers, events
from desk import sight
from desk.errors import NotNow
from desk.history import data_of
from desk.panel_rows import PanelCheck


def checks_of(reader: Reader, order: Row) -> tuple[PanelCheck, ...]:
    """Return what speaks for or against a panel over an order: 举报, 应急, 危机 and what was late do not go, nor what was not answered."""
    rows = events.of_order(reader, order["uid"])
    was_emergency = any(row["kind"] in (Deed.REGISTER_EMERGENCY, Deed.CALL_OUT) for row in rows)
    is_emergency = was_emergency or order["urgency"] == Urgency.CRITICAL
    is_late = any({"unit", "citizen"} & set(data_of(row).get("late", ())) for row in rows)
    said = answers.latest(reader, order["id"], order["round"])
    is_answered = said is not None and said["outcome"] == AnswerOutcome.ANSWERED
    return (
        PanelCheck(
            "不是举报", order["kind"] != OrderKind.TIP_OFF, "举报件不提交社会评议：请按 z 重办或由班长处理"
        ),
        PanelCheck("不是应急", not is_emergency, "应急件不提交社会评议：请按 z 重办"),
        PanelCheck("不是危机来电", not sight.is_crisis(order), "危机来电不提交社会评议：请由班长处理"),
        PanelCheck("没有超期", not is_late, "本件超期办理，不提交社会评议：请按 z 重办"),
        PanelCheck("已登记答复诉求人", is_answered, "本轮没有登记答复诉求人，不提交社会评议：请按 z 重办"),
    )


def refuse_unfit(reader: Reader, order: Row) -> None:
    """Raise NotNow with the first thing that speaks against a panel."""
    if failed := next((check for check in checks_of(reader, order) if not check.is_right), None):
        raise NotNow(failed.why_not)
