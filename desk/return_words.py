"""The figures of 退单 in Chinese lines, for the page on the screen and for `desk returns` alike."""

from collections.abc import Iterator
from datetime import timedelta

from desk.return_rows import PersonLine, ReturnFigures, UnitLine
from desk.rows import CardSection
from desk.rules.return_tally import Tally, share

_RIGHT = "同意"


def sections(figures: ReturnFigures) -> tuple[CardSection, ...]:
    """Return the figures as headings and lines: the whole, then unit by unit, then person by person."""
    return tuple(_sections(figures))


def _sections(figures: ReturnFigures) -> Iterator[CardSection]:
    heading = f"{figures.month} {figures.whose}"
    whole = _centre(figures) if figures.is_centre else _unit(figures)
    yield CardSection(heading, tuple(whole))
    if figures.units and (figures.is_centre or len(figures.units) > 1):
        yield CardSection("分单位", tuple(map(_unit_line, figures.units)))
    if figures.people:
        yield CardSection("分派单员", tuple(map(_person_line, figures.people)))


def _centre(figures: ReturnFigures) -> Iterator[str]:
    if figures.today is not None:
        yield f"今日：派出 {figures.sent_today}，{_asked(figures.today)}"
    returned = percent(figures.returned_share)
    yield f"{_month(figures)}：派出 {figures.sent}，{_asked(figures.whole)}，退单率 {returned}"
    yield f"派错（计中心）{figures.whole.wrong}，其中首派 {figures.whole.first_wrong}"
    yield f"不实（计单位）{figures.whole.refused}；超时未签收（计单位）{figures.unsigned}"
    yield _judged(figures.whole)


def _unit(figures: ReturnFigures) -> Iterator[str]:
    if figures.today is not None:
        yield f"今日：收单 {figures.sent_today}，{_asked(figures.today, _RIGHT)}"
    yield f"{_month(figures)}：收单 {figures.sent}，{_asked(figures.whole, _RIGHT)}"
    yield f"退单不实（计本单位）{figures.whole.refused}"
    yield f"超时未签收（计本单位）{figures.unsigned}"


def _month(figures: ReturnFigures) -> str:
    return "全月" if figures.today is None else "本月"


def _asked(tally: Tally, granted: str = "派错") -> str:
    """`granted` names what was granted: for the centre its wrong dispatches, for the unit the returns it was right in."""
    more = f"、待定 {tally.pending}" if tally.pending else ""
    more += f"、单位续办 {tally.lapsed}" if tally.lapsed else ""
    return f"退单 {tally.asked}（{granted} {tally.wrong}、不实 {tally.refused}{more}）"


def _judged(tally: Tally) -> str:
    late = f"，超期 {tally.late}" if tally.late else ""
    return (
        f"裁定 {tally.decided}，平均 {span_words(tally.mean)}，按时 {percent(tally.in_time_share)}{late}"
        "（办公时间）"
    )


def _unit_line(line: UnitLine) -> str:
    return f"{line.unit}  收单 {line.received}，{_asked(line.tally, _RIGHT)}，超时未签收 {line.unsigned}"


def _person_line(line: PersonLine) -> str:
    wrong = percent(share(line.wrong, line.sent))
    return f"{line.name}  派出 {line.sent}，派错 {line.wrong}（{wrong}）；{_judged(line.judged)}"


def percent(share_: int | None) -> str:
    """Return `25%`, `-` of nothing."""
    return "-" if share_ is None else f"{share_}%"


def span_words(span: timedelta | None) -> str:
    """Return `1小时12分`, `40分`, `-` for none."""
    if span is None:
        return "-"
    minutes = round(span / timedelta(minutes=1))
    return f"{minutes // 60}小时{minutes % 60}分" if minutes >= 60 else f"{minutes}分"
