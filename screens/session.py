"""Opening the store, logging in and setting up: calls to `desk.cli.front`, each in its own thread."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from desk.errors import Refused
from screens.errands import BUG
from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk
    from screens.app import DeskApp

FRONT = "desk.cli.front"
"""Stands beside the commands, because a new store and a demo need `seed/`."""


class Arrival(Protocol):
    """What `front.open_store` found: a store, none yet (`is_new`), or a demo with somebody signed in (`desk`)."""

    @property
    def centre_name(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def is_new(self) -> bool: ...
    @property
    def desk(self) -> Desk | None: ...


class Session:
    """The way from a bare terminal to a signed-in person."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._newcomer: Desk | None = None
        """Who has given the right PIN and is asked for another one before anything else."""

    def open_store(self) -> None:
        """Open the store behind the first page."""
        self._ask(lambda front: front.open_store(self._app.options), self._app.store_opened)

    def open_demo(self) -> None:
        """Open the throw-away store instead."""
        self._app.options = replace(self._app.options, demo=True)
        self.open_store()

    def log_in(self, staff_no: str, pin: str, *, wants_new_pin: bool = False) -> None:
        """Check 工号 and PIN (argon2: some 50 ms); a PIN that an administrator gave has to be changed at once."""
        opening = self._app.opening
        self._ask(
            lambda front: front.log_in(opening, staff_no, pin),
            lambda desk: self._let_in(desk, wants_new_pin=wants_new_pin),
        )

    async def _let_in(self, desk: Desk, *, wants_new_pin: bool) -> None:
        if not (wants_new_pin or desk.actor.must_change_pin):
            await self._app.signed_in(desk)
            return
        self._newcomer = desk

        def answered(_: bool | None) -> None:
            self._app.call_later(self._pin_asked)

        from screens.set_up import NewPin

        self._app.push_screen(NewPin(must=desk.actor.must_change_pin), answered)

    def change_pin(self, pin: str) -> None:
        """Give the newcomer this PIN; the page that asked for it then goes."""
        desk, page = self._newcomer, self._app.screen
        self._ask(
            lambda _: importlib.import_module("desk.people").change_own_pin(desk, pin),
            lambda _: page.dismiss(True),
        )

    async def _pin_asked(self) -> None:
        desk, self._newcomer = self._newcomer, None
        if desk is None:
            return
        if desk.actor.must_change_pin:
            self.log_out(desk)
            self._app.not_opened("没有修改 PIN，已退出登录")
        else:
            await self._app.signed_in(desk)

    def close(self) -> None:
        """The desk ends: whoever is signed in leaves."""
        for desk in (self._app.desk, self._newcomer):
            if desk is not None:
                self.log_out(desk)

    def set_up(self, site: str, staff_no: str, name: str, pin: str) -> None:
        """Make the store, its seed and its first administrator, who is then signed in."""
        opening = self._app.opening
        self._ask(lambda front: front.set_up(opening, site, staff_no, name, pin), self._app.signed_in)

    def log_out(self, desk: Desk) -> None:
        """Leave the event of going; a busy store is not waited for longer than two seconds."""

        def work() -> None:
            try:
                importlib.import_module("desk.session").log_out(desk)
            except Exception as bug:
                note_bug(bug, "log out")

        leaving = threading.Thread(target=work, name="log out", daemon=True)
        leaving.start()
        leaving.join(2.0)

    def _ask(self, ask: Callable[[Any], Any], then: Callable[[Any], object]) -> None:
        def work() -> None:
            try:
                answer = ask(importlib.import_module(FRONT))
            except Refused as refusal:
                self._app.call_later(self._app.not_opened, str(refusal))
            except Exception as bug:
                note_bug(bug, "session")
                self._app.call_later(self._app.not_opened, BUG)
            else:
                self._app.call_later(then, answer)

        self._app.run_worker(work, thread=True, group="session", exit_on_error=False)
