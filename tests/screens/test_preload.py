"""Pages and deeds are loaded ahead, quietly, and nothing that fails to load disturbs anybody."""

import sys

from screens.preload import Preload, names
from tests.screens.support import FakeStore, settled, the_app


def test_every_page_and_its_flow_is_loaded_and_what_deeds_need() -> None:
    loader = Preload(after_seconds=0)
    loader.start()
    loader.thread.join(30)
    assert not loader.thread.is_alive()
    assert set(names()) <= set(sys.modules)
    assert {"db.core", "db.models", "screens.review", "desk.emergency"} <= set(sys.modules)


def test_it_stops_when_told() -> None:
    loader = Preload(after_seconds=60)
    loader.start()
    loader.stop()
    loader.thread.join(5)
    assert not loader.thread.is_alive()


def test_what_cannot_be_loaded_is_noted_and_passed_over() -> None:
    noted: list[tuple[str, str]] = []
    loader = Preload(
        after_seconds=0,
        modules=("no.such.module", "desk.words"),
        note=lambda bug, where: noted.append((type(bug).__name__, where)),
    )
    loader.start()
    loader.thread.join(30)
    assert noted == [("ModuleNotFoundError", "preload")]


async def test_the_app_stops_it_when_it_ends(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test() as pilot:
        await settled(pilot)
        loader = app.background.preload
        assert loader is not None
    loader.thread.join(5)
    assert not loader.thread.is_alive()
