"""Who acts, where, on what and when: everything a deed needs besides its own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.codes import Role
from db.doors import Reader, StoreBusy, StoreTrouble, Writer
from db.engine import Database
from desk.errors import BadInput, Locked, NotAllowed
from desk.rules import rights
from desk.rules.calendar import WorkCalendar
from desk.settings import Settings
from desk.troubles import unusable

if TYPE_CHECKING:
    from db.learned import LearnedStore
    from db.work import WorkStore


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in 工号: the person, the unit, the roles."""

    id: int
    uid: str
    staff_no: str
    name: str
    person_uid: str
    unit_id: int
    unit_name: str
    unit_path: str
    section_id: int | None
    centre_id: int
    centre_path: str
    roles: frozenset[Role]
    must_change_pin: bool = False
    """Whether the PIN was given by an administrator, who knows it (design part 4)."""

    @property
    def is_at_the_centre(self) -> bool:
        """Whether this person sees the whole of the centre's orders."""
        return bool(self.roles & rights.AT_THE_CENTRE_ROLES) and self.unit_path == self.centre_path

    @property
    def is_in_a_unit(self) -> bool:
        """Whether this person handles orders inside a unit."""
        return bool(self.roles & rights.UNIT_ROLES)

    @property
    def is_at_a_station(self) -> bool:
        """Whether this person registers face to face, as a 服务站代办员 (practice P18)."""
        return Role.STATION_CLERK in self.roles and not self.is_at_the_centre

    @property
    def is_a_panelist(self) -> bool:
        """Whether this is a 评议员, who sees the files of his own session and nothing else, whatever else he is (practice P29)."""
        return Role.PANELIST in self.roles

    @property
    def reads_secrets(self) -> bool:
        """Whether the original of a 举报 or 保密 order may be opened (practice P32)."""
        return self.is_at_the_centre and bool(self.roles & rights.READS_SECRETS)


@dataclass(frozen=True, slots=True)
class OwnStation:
    """The 服务站 whose own store this is, and its centre: name, telephone, public key (hexadecimal)."""

    site: str
    centre_site: str
    centre_name: str
    centre_phone: str
    centre_key: str


@dataclass(slots=True)
class Desk:
    """One person at one seat on one store. `now` returns an aware UTC time and is asked once for each deed.

    To a 评议员 the store is shut: only the page of his own session opens it, through `own_reading` and `own_writing`.
    """

    database: Database
    actor: Actor
    seat: str
    now: Callable[[], datetime]
    settings: Settings
    calendar: WorkCalendar
    site: str
    work: "WorkStore"
    learned: "LearnedStore"
    station: OwnStation | None = None

    def take(self, settings: Settings) -> None:
        """Work by these settings from now on, with the calendar that they give."""
        self.settings, self.calendar = settings, settings.calendar

    def close(self) -> None:
        """Close what lies beside the store; the store itself is whoever opened it's."""
        self.work.close()
        self.learned.close()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Lend a read transaction. Raises StoreUnusable in Chinese, NotAllowed to a 评议员."""
        self._refuse_a_panelist()
        with self.own_reading() as reader:
            yield reader

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Lend a write transaction. Raises Locked or StoreUnusable in Chinese, NotAllowed to a 评议员; then nothing was changed."""
        self._refuse_a_panelist()
        with _in_chinese(), self.database.write() as writer:
            yield writer

    @contextmanager
    def light_writing(self) -> Iterator[Writer]:
        """Lend a write transaction like `writing`, for a command that ends soon: it loads no SQLAlchemy (half a second)."""
        self._refuse_a_panelist()
        with self.own_writing() as writer:
            yield writer

    @contextmanager
    def own_reading(self) -> Iterator[Reader]:
        """Lend a read transaction to what asks only for the actor's own seat on a panel. Raises StoreUnusable in Chinese."""
        with _in_chinese(), self.database.read() as reader:
            yield reader

    @contextmanager
    def own_writing(self) -> Iterator[Writer]:
        """Lend a write transaction to what changes only the actor's own ballots or PIN. Raises Locked or StoreUnusable."""
        with _in_chinese(), self.database.light_write() as writer:
            yield writer

    def _refuse_a_panelist(self) -> None:
        if self.actor.is_a_panelist:
            raise NotAllowed("评议员工号只能打开本期评议页，请直接运行 desk 登录")


@contextmanager
def _in_chinese() -> Iterator[None]:
    try:
        yield
    except StoreBusy as error:
        raise Locked("其他坐席正在写入，等了 15 秒仍未轮到；内容已保留，请稍后再按一次") from error
    except StoreTrouble as error:
        raise unusable(error) from error
    except UnicodeEncodeError as error:
        # Half a surrogate pair, in words that were asked for: no file holds it.
        raise BadInput("输入中有半个字符（残缺的表情或生僻字），不能保存或查找：请删去它再试") from error
