"""社会评议 brought about by plain deeds: a pool, a request, a session, its ballots; each test begins where it wants to."""

from db.codes import Profession
from desk import my_tickets, review, social_review
from desk.context import Desk
from desk.panel_rows import Concluded, SessionRow
from desk.rules.calendar import local
from desk.social_review import NewPanelist
from tests.desk.review_life import AUDITOR, CALLER, HANDLER, dissatisfied
from tests.world import World

HANDLED, EXPLAINED = "已依法责令停工并立案，程序合法", "当面解释两次，送达告知书"
NO, YES = "程序到位，依据充分", "问题还在，应再到现场"


def pooled(world: World, count: int = 12, **changes: str) -> list[str]:
    """A pool of so many, one profession after another; `changes` are everybody's. Their 工号."""
    professions = list(Profession)
    numbers = []
    for number in range(count):
        given = {"staff_no": f"9{number + 1:03d}", "name": f"评议{chr(0x7532 + number)}", **changes}
        profession = str(professions[number % len(professions)])
        social_review.keep_panelist(world.desk("1001"), NewPanelist(profession=profession, **given))
        numbers.append(given["staff_no"])
    return numbers


def asked(world: World, **values: object) -> str:
    """A D order whose unit asks for the panel."""
    order_no = dissatisfied(world, **values)
    my_tickets.ask_panel(world.desk(HANDLER), order_no, HANDLED, EXPLAINED)
    return order_no


def before_the_panel(world: World, order_no: str) -> None:
    """A D order asked for by its unit, let through and told of."""
    my_tickets.ask_panel(world.desk(HANDLER), order_no, HANDLED, EXPLAINED)
    review.send_to_panel(world.desk(AUDITOR), order_no, "已核对办理和答复记录", lawful=True, explained=True)
    review.tell_of_panel(world.desk(CALLER), order_no, "已电话告知将由社会评议员评议")


def granted(world: World, **values: object) -> str:
    """An order in 待评议, whose caller does not know it yet."""
    order_no = asked(world, **values)
    review.send_to_panel(world.desk(AUDITOR), order_no, "已核对办理和答复记录", lawful=True, explained=True)
    return order_no


def told(world: World, page: str = "", **values: object) -> str:
    """An order in 待评议 whose caller was told, and perhaps added a page."""
    order_no = granted(world, **values)
    review.tell_of_panel(world.desk(CALLER), order_no, "已电话告知将由社会评议员评议", page)
    return order_no


def on_the_agenda(world: World, *order_nos: str) -> SessionRow:
    """A session of this very hour with these orders, their files released."""
    desk = world.desk(AUDITOR)
    for order_no in order_nos:
        social_review.edit_file(desk, order_no, social_review.open_file(desk, order_no).text)
        social_review.release_file(desk, order_no)
    session = social_review.plan_session(desk, f"{local(world.clock.now):%Y-%m-%d %H:%M}", "评议室")
    for order_no in order_nos:
        social_review.put_on(desk, order_no)
    return session


def drawn(world: World, *order_nos: str) -> SessionRow:
    """The same, its panel drawn."""
    return social_review.draw(world.desk(AUDITOR), on_the_agenda(world, *order_nos).id)


def panel(world: World, session: SessionRow) -> list[Desk]:
    """The desks of those who sit."""
    seats = social_review.board(world.desk(AUDITOR), session.id).seats
    return [world.desk(seat.staff_no) for seat in seats if seat.removed_at is None]


def opened(world: World, *order_nos: str) -> SessionRow:
    """The same, everybody signed in and the ballots open."""
    session = drawn(world, *order_nos)
    for desk in panel(world, session):
        social_review.sign_secrecy(desk)
    return social_review.open_session(world.desk(AUDITOR), session.id)


def vote(world: World, session: SessionRow, reasonable: int, unreasonable: int) -> None:
    """So many ballots of each sort on every line."""
    choices = ["reasonable"] * reasonable + ["unreasonable"] * unreasonable
    for desk, choice in zip(panel(world, session), choices, strict=False):
        for line in social_review.ballot_page(desk).lines:
            social_review.cast(desk, line.key, choice, YES if choice == "reasonable" else NO)


def held(world: World, order_no: str, reasonable: int = 1, unreasonable: int = 6) -> Concluded:
    """A whole session over one order; its ballots decide."""
    if not social_review.pool(world.desk(AUDITOR)):
        pooled(world)
    session = opened(world, order_no)
    vote(world, session, reasonable, unreasonable)
    world.clock.tick(minutes=1)
    return social_review.close_session(world.desk(AUDITOR), session.id)


def judged(world: World, *, is_reasonable: bool) -> str:
    """An order that went all the way before a panel."""
    order_no = told(world)
    held(world, order_no, *((6, 1) if is_reasonable else (1, 6)))
    world.clock.tick(minutes=1)
    return order_no
