"""Where social-insurance records come from: one protocol, and the city's choice of who fulfils it (`insurance.source`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from desk.context import Desk
from desk.errors import BadInput, Refused

AWAY = "社保查询系统暂时连不上，请您稍后再拨，或在“掌上12333”、电子社保卡里查询"
"""What to say to the caller while no record can be had, unless `insurance.away` says otherwise."""


@dataclass(frozen=True, slots=True)
class Person:
    """One insured person as a source knows them. `phones` may be several; `items` are (label, value) to be shown."""

    name: str = field(repr=False)
    place: str = field(repr=False)
    employer: str = field(repr=False)
    phones: tuple[str, ...] = field(repr=False)
    items: tuple[tuple[str, str], ...] = field(repr=False)


class SourceAway(Exception):
    """A source could not be asked. The words are for the administrator and hold nothing of a person."""


class Source(Protocol):
    """Somewhere that knows insured people by their ID number."""

    @property
    def name(self) -> str:
        """What stands in the event: `csv`, `http`."""

    def find(self, id_number: str) -> Person | None:
        """Return the person, None when nobody has the number. May take seconds. Raises SourceAway."""

    def where(self) -> str:
        """Return where it looks, in Chinese, for the administrator."""


def chosen(settings: Mapping[str, Any]) -> Source | None:
    """Return the source that the city has chosen, None for none. Raises BadInput for settings that cannot work."""
    kind = str(settings.get("insurance.source", "none"))
    make = _MAKERS.get(kind)
    if make is None:
        raise BadInput(f"设置 insurance.source 只能是 {'、'.join(_MAKERS)}，请管理员改正", "insurance.source")
    return make(settings)


def _none(_settings: Mapping[str, Any]) -> None:
    return None


def _csv(settings: Mapping[str, Any]) -> Source:
    from desk.social_insurance.csv_source import CsvSource

    return CsvSource.of(str(settings.get("insurance.csv_path", "")))


def _http(settings: Mapping[str, Any]) -> Source:
    from desk.social_insurance.http_source import HttpSource

    return HttpSource.of(
        str(settings.get("insurance.endpoint", "")),
        str(settings.get("insurance.token_file", "")),
        float(settings.get("insurance.timeout_seconds", 5)),
    )


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Source | None]] = {
    "none": _none,
    "csv": _csv,
    "http": _http,
}


def has_source(desk: Desk) -> bool:
    """Whether this desk shows records itself; without, the operator looks in 人社's own system."""
    return str(desk.settings.get("insurance.source", "none")) != "none"


def source_line(desk: Desk) -> str:
    """Say which source is set and where it looks. Raises BadInput for settings that cannot work."""
    source = chosen(desk.settings)
    if source is None:
        return "没有接入社保数据（none）：只做身份核验，记录在人社业务系统里查"
    return f"{source.name}：{source.where()}"


def found(desk: Desk, source: Source, id_number: str) -> Person | None:
    """Ask the source; Refused, with what to say to the caller, when it is away. Never inside a transaction."""
    try:
        return source.find(id_number)
    except SourceAway as away:
        say = desk.settings.get("insurance.away", AWAY)
        raise Refused(f"{away}。请告诉来电人：{say}") from None
