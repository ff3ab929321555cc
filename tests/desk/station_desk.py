"""A centre and a 服务站 with a store of its own, and a stick between them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desk import session, stations
from desk.cli import front
from desk.context import Desk
from desk.stations import Done
from tests.world import PIN, World

SITE, CLERK, PHONE = "CYHS1", "2301", "0797-3812345"


@dataclass
class Pair:
    """`centre` is a desk of 班长, `station` the clerk's on another store; `stick` names files that do not exist yet."""

    world: World
    folder: Path
    files: int = 0
    opened: list[session.Opening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world.clock.tick(minutes=1)
        stations.add_station(self.world.desk("1001"), SITE, (CLERK,), PHONE, self.folder / "invitation")
        invitation = stations.read_invitation(self.folder / "invitation")
        front.make_station(self.path, invitation, pin=PIN, now=self.world.clock.now, os_account="tester")

    @property
    def path(self) -> Path:
        """The station's store."""
        return self.folder / "station" / "desk.db"

    @property
    def centre(self) -> Desk:
        """班长 at the centre."""
        return self.world.desk("1002")

    def station(self) -> Desk:
        """The clerk at the station."""
        opening = session.open_store(self.path, now=self.world.clock, seat="S1")
        self.opened.append(opening)
        return session.log_in_without_pin(opening, CLERK)

    def close(self) -> None:
        """Let go of the station's store."""
        while self.opened:
            opening = self.opened.pop()
            opening.database.close()

    def stick(self) -> Path:
        """A file name that nobody has used yet."""
        self.files += 1
        return self.folder / f"stick-{self.files}.hand"

    def out(self, desk: Desk) -> Path:
        """Write what the other side does not have yet."""
        path = self.stick()
        stations.write_file(desk, path)
        return path

    def carried(self, sender: Callable[[], Desk], reader: Callable[[], Desk]) -> Done:
        """Carry a file from one to the other."""
        return stations.take_file(reader(), self.out(sender()))

    def up(self) -> Done:
        """The station's orders go to the centre."""
        return self.carried(self.station, lambda: self.centre)

    def down(self) -> Done:
        """The centre's answer goes to the station."""
        return self.carried(lambda: self.centre, self.station)
