"""The desk itself as who acts: what a rule does is nobody's deed, whoever's program did it (event actor: none)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from db.codes import Role
from db.queries import units
from desk import settings
from desk.context import Actor, Desk
from desk.session import Opening, own_station


def itself(desk: Desk) -> Desk:
    """Return a desk of the same centre at which nobody sits. Only what a rule decides may be done from it."""
    actor = desk.actor
    return replace(desk, actor=_nobody(actor.centre_id, actor.centre_path))


@contextmanager
def of_every_centre(opening: Opening) -> Iterator[tuple[Desk, ...]]:
    """Lend such a desk of each centre of a store, for a timer of the system. Raises StoreTrouble."""
    from db.learned import LearnedStore
    from db.work import WorkStore

    database = opening.database
    with database.read() as reader:
        city, station = settings.load(reader), own_station(reader)
        centres = units.centres(reader)
    work, learned = WorkStore(database.path), LearnedStore.beside(database.path)
    try:
        yield tuple(
            Desk(
                database=database,
                actor=_nobody(centre["id"], centre["path"]),
                seat=opening.seat,
                now=opening.now,
                settings=city,
                calendar=city.calendar,
                site=opening.site,
                work=work,
                learned=learned,
                station=station,
            )
            for centre in centres
        )
    finally:
        work.close()
        learned.close()


def _nobody(centre_id: int, centre_path: str) -> Actor:
    return Actor(
        id=0,
        uid="",
        staff_no="",
        name="",
        person_uid="",
        unit_id=centre_id,
        unit_name="",
        unit_path=centre_path,
        section_id=None,
        centre_id=centre_id,
        centre_path=centre_path,
        roles=frozenset({Role.SUPERVISOR}),
    )
