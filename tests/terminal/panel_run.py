"""One 社会评议 from the unit's request to the 销号, at four terminals that are open side by side on one store.

Two of the seven 评议员 sit at terminals; the other five sign and vote by the same deeds without a screen, to save time.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from db.codes import DissatisfactionCause, OrderKind, PanelChoice, Satisfaction, StewardStep
from db.queries import units
from desk import dispatch, intake, my_tickets, review, session, social_review
from desk.context import Desk
from desk.intake_rows import OrderForm
from desk.rules.calendar import local
from desk.stewardship import write_step
from tests.terminal.seat import Seat

UNIT, REVIEWER, AUDITOR, CALLER, SUPERVISOR = "2101", "2102", "1401", "1402", "1002"
CLAIM = "我叫钟秀梅，电话13807970091，楼下县城管局批的夜市吵到凌晨两点，要求永久取消夜市"
LAWFUL = "夜市经批准，噪声检测达标，已限时到23点"
Note = Callable[[str], object]
Pins = list[tuple[str, str]]


class Store:
    """The same store without a terminal: what happened before the run, and what those without a screen do."""

    def __init__(self, path: Path) -> None:
        self._opening = session.open_store(path)

    def desk(self, staff_no: str) -> Desk:
        """The desk of one person."""
        return session.sit_down(self._opening, staff_no)

    def dissatisfied(self) -> str:
        """An order handled and answered in time, whose caller does not accept it."""
        form = OrderForm(
            kind=OrderKind.COMPLAINT,
            number="13807970091",
            name="钟秀梅",
            area_code="360725100001",
            content=CLAIM,
            title="夜市噪音扰民",
        )
        order_no = intake.register(self.desk("1203"), form).order_no
        with self.desk("1301").reading() as reader:
            unit = units.unit_by_code(reader, "CY-CGJ")
        assert unit is not None
        dispatch.send(self.desk("1301"), order_no, unit["id"])
        handler = self.desk(UNIT)
        my_tickets.sign(handler, order_no)
        my_tickets.submit_reply(handler, order_no, LAWFUL, f"您好，{LAWFUL}，超过23点可拨打12345")
        my_tickets.pass_reply(self.desk(REVIEWER), order_no)
        my_tickets.log_answer(handler, order_no, said="已电话告知处理结果和依据")
        review.pass_close_review(self.desk("1401"), order_no)
        cause = DissatisfactionCause.RESULT
        review.record_dissatisfaction(
            self.desk(CALLER), order_no, Satisfaction.DISSATISFIED, cause=cause, note="要求永久取消"
        )
        for step in (StewardStep.STABILISE, StewardStep.PREVENT):
            write_step(handler, order_no, step, "已落实到人")
        return order_no

    def signed(self, pins: Pins) -> None:
        """Those without a screen sign the promise of secrecy."""
        for staff_no, _ in pins:
            social_review.sign_secrecy(self.desk(staff_no))

    def voted(self, pins: Pins) -> None:
        """They vote, all for 不合理 but the last."""
        for number, (staff_no, _) in enumerate(pins, 1):
            desk = self.desk(staff_no)
            choice = PanelChoice.REASONABLE if number == len(pins) else PanelChoice.UNREASONABLE
            for line in social_review.ballot_page(desk).lines:
                social_review.cast(desk, line.key, choice, "夜市合法，噪声达标，永久取消没有依据")


def asked(unit: Seat, note: Note) -> None:
    """The unit asks, with what it did and how it explained."""
    unit.press("f4")
    unit.wait_for("不满意待定")
    unit.do("o", "解释情况")
    unit.type(f"{LAWFUL}，执法记录齐全")
    unit.press("tab")
    unit.type("上门一次、电话两次，说明了批准文件")
    unit.do("ctrl+s", "已申请社会评议")
    note("承办单位按 o：申请社会评议")


def checked(auditor: Seat, note: Note) -> None:
    """The auditor looks at what the store says, and judges the rest."""
    auditor.press("f6")
    auditor.settle()
    auditor.press(*["]"] * 5)
    auditor.wait_for("核查评议")
    auditor.do("v", "核查情况")
    note("审核员按 v：系统查好的和要自己判断的")
    auditor.press("1", "tab", "1", "tab", "1", "tab")
    auditor.type("已核对执法记录和答复记录")
    auditor.do("ctrl+s", "已核查评议申请")


def prepared(auditor: Seat, note: Note) -> None:
    """The caller is told, the file is mended and released, the session planned, its panel drawn."""
    auditor.do("m", "还没有安排评议会")
    auditor.do("]", "未告知")
    auditor.do("y", "告知情况")
    auditor.press("tab")
    auditor.type("已电话告知将由评议员评议，可以补充")
    auditor.press("tab")
    auditor.type("我是钟秀梅，孩子要中考")
    auditor.do("ctrl+s", "已登记告知")
    auditor.do("f", "逐句看过")
    note("按 f：姓名、电话、单位名已换掉，逐句看过再存")
    auditor.do("ctrl+s", "按 k 定稿")
    auditor.do("k", "已定稿")
    auditor.do("p", "地点")
    auditor.type(f"{local(datetime.now(UTC)):%Y-%m-%d} 23:59")
    auditor.press("tab")
    auditor.type("二楼评议室")
    auditor.do("ctrl+s", "已安排第 1 期")
    auditor.do("a", "已列入 1 件")
    auditor.do("[", "抽取")
    auditor.do("d", "议程和材料不能再改")
    auditor.do("enter", "已抽取 7 人")
    note("按 d：按界别随机抽出七人")


def pins_given(auditor: Seat) -> Pins:
    """The PINs as they stand on the screen, this once. The record does not show them."""
    auditor.do("i", "当面交给本人")
    found = re.findall(r"(9\d{3}) \S+\s+PIN (\d{6})", auditor.text)
    assert len(found) == 7, auditor.text
    auditor.press("escape")
    auditor.wait_for("到会")
    return found


def read(panelist: Seat, pin: tuple[str, str], note: Note) -> None:
    """A 评议员 signs in with his PIN, then the promise of secrecy, and reads."""
    panelist.wait_for("退出")
    panelist.type(f"{pin[0]}\r")
    panelist.type(f"{pin[1]}\r")
    panelist.wait_for("保密承诺")
    panelist.settle()
    note("评议员登录：只有一页，先签保密承诺")
    panelist.do("ctrl+s", "区域：横水镇")
    for secret in ("钟秀梅", "秀梅", "13807970091", "城管"):
        assert secret not in panelist.text.replace(" ", ""), panelist.text
    note("签署后看材料：没有人名、号码、单位名")
    for key in ("f2", "f3", "f4", "f5", "f6", "ctrl+p", "ctrl+d", "ctrl+f"):
        panelist.press(key)
    panelist.settle()
    assert "区域：横水镇" in panelist.text, panelist.text


def opened(auditor: Seat, note: Note) -> None:
    """Enough are there."""
    auditor.do("o", "评议开始")
    note("人到齐，审核员按 o：开始")


def voted(panelist: Seat, key: str, reason: str, note: Note) -> None:
    """One ballot."""
    panelist.wait_for("评议中")
    panelist.do(key, "不投，返回")
    panelist.type(reason)
    panelist.do("ctrl+s", "已投票")
    note("评议员投票：结束前可以改")


def closed(auditor: Seat, panelist: Seat, note: Note) -> None:
    """The ballots are counted, and the panelist's page is empty."""
    auditor.do("c", "不能再投")
    auditor.do("enter", "诉求不合理 1")
    panelist.wait_for("材料已收回")
    panelist.settle()
    assert "横水镇" not in panelist.text, panelist.text
    note("审核员按 c：按票数出结论；评议员的页面清空，PIN 作废")


def saved(auditor: Seat, path: Path, note: Note) -> None:
    """The minutes as a file."""
    auditor.do("w", "存成文件")
    auditor.press(*["backspace"] * 30)
    auditor.type(str(path))
    auditor.do("ctrl+s", "已存")
    note("按 w：纪要存成文件")


def explained(auditor: Seat, note: Note) -> None:
    """What is to be said is written already; then the 销号 is asked for."""
    auditor.press("escape")
    auditor.settle()
    auditor.press(*["["] * 3)
    auditor.wait_for("解释说明")
    auditor.do("e", "12348")
    note("按 e：要说的话已写好")
    auditor.do("ctrl+s", "已解释说明")
    auditor.do("x", "依据说明")
    auditor.press("3", "tab")
    auditor.type("评议不合理，已电话解释")
    auditor.do("ctrl+s", "已申请销号")


def written_off(supervisor: Seat, note: Note) -> None:
    """A second person lets it go."""
    supervisor.press("f6")
    supervisor.wait_for("同意销号")
    supervisor.do("p", "评议不合理，已电话解释")
    supervisor.do("ctrl+s", "已同意销号")
    note("班长按 p：同意销号，办结，不纳入考核")
