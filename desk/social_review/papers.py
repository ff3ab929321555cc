"""评议会纪要 and the letter of explanation, as .docx: counts and reasons, no name beside a ballot (practice P29)."""

from pathlib import Path

from db.codes import Deed, PanelVerdict
from db.doors import Reader, Row
from db.queries import social_review, work_orders
from db.times import from_ms
from desk import documents, exchange
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.deed import check_right
from desk.documents import Document, Grid, Pairs, Section
from desk.errors import NotNow, Refused
from desk.panel_rows import PanelLineRow, SeatRow
from desk.rules import social_review as rules
from desk.rules.calendar import local
from desk.rules.social_review import Tally
from desk.social_review import common
from desk.social_review.closing import needed_ballots
from desk.social_review.reading import closed_day, lines_of, seats_of


def save_minutes(desk: Desk, session_id: int, path: Path, *, may_overwrite: bool = False) -> Path:
    """Write the minutes of a closed session as a new .docx (0600), whole or not at all. One event.

    Raises NotNow before it is closed, BadInput for another form, Refused when the file is there, StoreUnusable, NotAllowed.
    """
    check_birth_right(desk, Deed.CLOSE_PANEL)
    documents.check_form(path)
    with desk.reading() as reader:
        session = common.known(desk, reader, session_id)
        if session["closed_at"] is None:
            raise NotNow("评议还没有结束，不能出纪要：先按 c 结束评议")
        document = _minutes(desk, reader, session)
    with documents.coming(path, document, may_overwrite=may_overwrite):
        exchange.record(desk, path, {"panel_session": session["uid"]})
    return path


def _minutes(desk: Desk, reader: Reader, session: Row) -> Document:
    lines, seats = lines_of(desk, reader, session), seats_of(reader, session["id"])
    opened, closed = (local(from_ms(session[name])) for name in ("opened_at", "closed_at"))
    facts = (
        ("时间", f"{opened:%Y年%m月%d日 %H:%M} 至 {closed:%H:%M}"),
        ("地点", session["place"]),
        ("应到", f"{session['seats']} 人"),
        ("法定人数", f"每件 {needed_ballots(desk, session)} 票"),
        ("评议工单", f"{len(lines)} 件"),
        ("保密", "评议员均已签署保密承诺；投票不记名，本纪要不记载任何人的投票"),
    )
    return Document(
        "社会评议会纪要",
        (
            Section("一、会议", (Pairs(facts),)),
            Section("二、评议员", (_roll(seats),)),
            *(_of_order(reader, number, line, session["seats"]) for number, line in enumerate(lines, 1)),
        ),
        subtitle=f"{opened:%Y年%m月%d日}",
        footer="评议结论按票数作出",
    )


def _roll(seats: tuple[SeatRow, ...]) -> Grid:
    """Who was drawn and who was there; in the order of their numbers, which says nothing of a ballot."""
    ordered = sorted(seats, key=lambda seat: (seat.removed_at is not None, seat.staff_no))
    return Grid(
        ("姓名", "界别", "到会"),
        tuple((each.name, word(each.profession), _was_there(each)) for each in ordered),
    )


def _was_there(seat: SeatRow) -> str:
    if seat.removed_at is not None:
        return f"回避：{seat.removed_why}"
    return "已签到" if seat.signed_at is not None else "缺席"


def _of_order(reader: Reader, number: int, line: PanelLineRow, seats: int) -> Section:
    heading = f"第 {number} 件　{line.order_no}　{line.title}"
    if line.verdict is None or line.counted is None:
        return Section(heading, ("结论：未达法定人数，留待下期评议",))
    ballots = social_review.ballots(reader, line.line_id)
    parts = [f"承办单位：{line.unit}", rules.in_words(line.counted, seats), f"结论：{word(line.verdict)}"]
    for choice, reason in rules.ordered((row["choice"], row["reason"]) for row in ballots):
        parts.append(f"{_SIDES[choice]}意见：{reason}")
    parts.append(_THEN[line.verdict])
    return Section(heading, tuple(parts))


_SIDES = {"reasonable": "合理", "unreasonable": "不合理", "recused": "回避"}
_THEN = {
    PanelVerdict.REASONABLE: "处理：退回承办单位重新办理，提级督办",
    PanelVerdict.UNREASONABLE: "处理：向诉求人解释说明，经第二人审批销号，不纳入考核",
    PanelVerdict.NO_QUORUM: "",
}


def letter_words(desk: Desk, order_no: str) -> str:
    """Return what is to be said to a caller whose claim the panel found unreasonable, by telephone or in a letter.

    It names nobody. Raises Refused for an unknown number, NotNow when the panel found no such thing, NotAllowed.
    """
    with desk.reading() as reader:
        order, line = _unreasonable(desk, reader, order_no)
        ballots = social_review.ballots(reader, line["id"])
        reasons = dict.fromkeys(
            row["reason"] for row in ballots if row["choice"] == PanelVerdict.UNREASONABLE
        )
        counted = Tally(line["reasonable"], line["unreasonable"], line["recused"])
        said = "\n".join(f"{number}. {reason}" for number, reason in enumerate(reasons, 1))
        return (
            f"您反映的事项（查询码 {order['query_code']}），承办单位已依职责依法办理并作出解释。因您对办理结果不认可，"
            f"热线中心于{closed_day(line)}组织不同领域的评议员进行了社会评议。评议员看到的材料隐去了您的姓名、电话和住址。\n"
            f"评议结果：认为诉求合理的 {counted.reasonable} 票，认为诉求不合理的 {counted.unreasonable} 票，结论为诉求不合理。\n"
            f"评议员的主要意见：\n{said}\n"
            "我们理解您的心情，也尊重您的意见。如有新的事实或材料，可以再次拨打 12345；认为承办单位的处理侵犯合法权益的，"
            "可以依法申请行政复议或提起诉讼，法律咨询请拨打 12348。"
        )


def _unreasonable(desk: Desk, reader: Reader, order_no: str) -> tuple[Row, Row]:
    order = work_orders.by_number(reader, order_no)
    if order is None:
        raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
    check_right(desk, reader, Deed.LOG_EXPLANATION, order)
    line = social_review.last_line(reader, order["id"])
    if line is None or line["verdict"] != PanelVerdict.UNREASONABLE:
        raise NotNow(f"工单 {order['order_no']} 没有“诉求不合理”的评议结论，不用解释说明函")
    return order, line


def save_letter(desk: Desk, order_no: str, path: Path, *, may_overwrite: bool = False) -> Path:
    """Write the letter of explanation (解释说明函) as a new .docx (0600). One event. Raises as `letter_words` and `save_minutes`."""
    documents.check_form(path)
    words = letter_words(desk, order_no)
    with desk.reading() as reader:
        order, line = _unreasonable(desk, reader, order_no)
    today = local(desk.now())
    document = Document(
        "社会评议结果解释说明函",
        (
            Section("", ("尊敬的诉求人：", words)),
            Section("", (desk.actor.unit_name, f"{today.year}年{today.month}月{today.day}日")),
        ),
        footer=f"查询码 {order['query_code']}",
    )
    with documents.coming(path, document, may_overwrite=may_overwrite):
        exchange.record(desk, path, {"letter_to": order["uid"], "panel_line": line["uid"]})
    return path
