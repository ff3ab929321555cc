"""短语: typed by an abbreviation; the hotline's are everybody's, each person keeps more, and sees the last used first."""

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import callers
from db.queries import phrases as stored
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.history import Happening
from desk.intake_rows import PhraseForm, PhraseRow
from desk.rules import rights
from desk.rules.phrases import ABBREVIATION, plain_abbreviation
from desk.rules.text import cleaned, required

BODY = 1_000
MOST = 300
"""How many phrases one person, or the hotline, keeps: more are no short cut any more."""

_LINES = ("", "12345", "12333")


def phrases(desk: Desk, line: str = "", category_code: str = "") -> tuple[PhraseRow, ...]:
    """Return the phrases that this person may use on a line ('' all): those of the category first, then the last used.

    A phrase of another category stands at the end; a category counts by its first two digits too.
    """
    used = desk.work.phrase_uses(desk.actor.uid)
    with desk.reading() as reader:
        rows = [_row(row) for row in stored.in_use(reader, desk.actor.id)]
    fitting = [row for row in rows if not line or row.line in ("", line)]
    # One that was never used stands behind, in the order of the store: own ones first.
    fitting.sort(key=lambda row: (_distance(row.category_code, category_code), -used.get(row.uid, 0)))
    return tuple(fitting)


def _distance(of_phrase: str, wanted: str) -> int:
    """0 for the category at hand, 1 for any or while none is known, 2 for another."""
    if not of_phrase or not wanted:
        return 1
    stem = of_phrase.rstrip("0") or "0"
    return 0 if wanted.startswith(stem if len(stem) % 2 == 0 else stem + "0") else 2


def phrase_used(desk: Desk, uid: str) -> None:
    """Remember that this person has just used a phrase: it stands first the next time. No deed, and no event."""
    desk.work.use_phrase(desk.actor.uid, uid, now_ms=to_ms(desk.now()))


def add_phrase(desk: Desk, phrase: PhraseForm, *, is_shared: bool = False) -> PhraseRow:
    """Keep a phrase of one's own, or (`is_shared`) one for everybody. One event.

    Raises BadInput for an abbreviation that is none or is taken, words that are missing or too long; NotAllowed.
    """
    deed = _deed(is_shared=is_shared)
    check_birth_right(desk, deed)
    owner = None if is_shared else desk.actor.id
    with desk.writing() as writer:
        values = _values(writer, phrase)
        _check_namesake(writer, owner, values, None)
        if stored.count_of(writer, owner) >= MOST:
            raise BadInput(f"短语最多 {MOST} 条，请先删去不用的", "短语")
        at = history.moment_after_head(writer, desk.now())
        key = stored.add(writer, owner_id=owner, changed_at=to_ms(at), **values)
        return _recorded(desk, writer, deed, "added", key)


def change_phrase(desk: Desk, uid: str, phrase: PhraseForm) -> PhraseRow:
    """Change a phrase. One event. Raises BadInput as `add_phrase`, and for one that is not there; NotAllowed."""
    with desk.writing() as writer:
        row, deed = _reachable(desk, writer, uid)
        values = _values(writer, phrase)
        _check_namesake(writer, row["owner_id"], values, uid)
        at = history.moment_after_head(writer, desk.now())
        stored.change(writer, row["id"], {**values, "changed_at": to_ms(at)})
        return _recorded(desk, writer, deed, "changed", row["id"], uid)


def remove_phrase(desk: Desk, uid: str) -> PhraseRow:
    """Take a phrase out of use. One event. Raises BadInput for one that is not there; NotAllowed."""
    with desk.writing() as writer:
        row, deed = _reachable(desk, writer, uid)
        at = history.moment_after_head(writer, desk.now())
        removed = _recorded(desk, writer, deed, "removed", row["id"], uid)
        stored.change(writer, row["id"], {"removed_at": to_ms(at)})
        return removed


def shares_phrases(desk: Desk) -> bool:
    """Whether this person may change the hotline's phrases."""
    return bool(rights.scopes(desk.actor.roles, Deed.HOUSE_PHRASE_CHANGED))


def _deed(*, is_shared: bool) -> Deed:
    return Deed.HOUSE_PHRASE_CHANGED if is_shared else Deed.PHRASE_CHANGED


def _reachable(desk: Desk, reader: Reader, uid: str) -> tuple[Row, Deed]:
    """The phrase, and the deed that changes it; nobody reaches another person's."""
    row = stored.one(reader, uid)
    if row is None or row["owner_id"] not in (None, desk.actor.id):
        raise BadInput("没有这条短语，请用 desk phrase list 核对", "短语")
    deed = _deed(is_shared=row["owner_id"] is None)
    if not rights.scopes(desk.actor.roles, deed):
        raise NotAllowed("公用短语由班长、管理员维护；您可以另存一条自己的")
    return row, deed


def _values(reader: Reader, phrase: PhraseForm) -> dict[str, str]:
    abbreviation = plain_abbreviation(required(phrase.abbreviation, "缩写", 60, one_line=True))
    if not ABBREVIATION.fullmatch(abbreviation):
        raise BadInput("缩写用 1 至 12 个字母或数字，如 wyf", "缩写")
    category = cleaned(phrase.category_code, 60, "诉求分类", one_line=True)
    if category and callers.known_codes(reader, None, category)["category"] is None:
        raise BadInput("诉求分类已停用或不存在，请填 6 位编码，或留空", "诉求分类")
    line = cleaned(phrase.line, 60, "线路", one_line=True)
    if line not in _LINES:
        raise BadInput("线路只能是 12345、12333，或留空（不分线路）", "线路")
    body = required(phrase.body, "短语内容", BODY)
    return {"abbreviation": abbreviation, "body": body, "line": line, "category_code": category}


def _check_namesake(reader: Reader, owner: int | None, values: dict[str, str], uid: str | None) -> None:
    other = stored.namesake(reader, owner, values["abbreviation"], values["line"])
    if other is not None and other["uid"] != uid:
        raise BadInput(f"缩写 {values['abbreviation']} 已有：{other['body'][:20]}", "缩写")


def _recorded(
    desk: Desk, writer: Writer, deed: Deed, act: str, key: int, uid: str | None = None
) -> PhraseRow:
    found = stored.by_key(writer, key)
    assert found is not None, "it was written in this transaction"
    row = _row(found)
    at = history.moment_after_head(writer, desk.now())
    data = {"act": act, "phrase": uid or row.uid, "line": row.line, "category": row.category_code}
    texts = {"abbreviation": row.abbreviation, "body": row.body}
    history.record(writer, Happening(deed, at, desk.actor.uid, desk.seat, data=data, texts=texts))
    return row


def _row(row: Row) -> PhraseRow:
    return PhraseRow(
        uid=row["uid"],
        abbreviation=row["abbreviation"],
        body=row["body"],
        line=row["line"],
        category_code=row["category_code"],
        is_own=row["owner_id"] is not None,
    )
