"""Teaching from answers that are no orders of this store: `desk suggest --learn`, measurements."""

from db.learned import LearnedStore, Lesson
from desk.dispatch_rows import Proposals
from desk.learning import model
from desk.learning.features import Features, features


def teach(
    learned: LearnedStore, key: str, title: str, text: str, department: str, proposed: Proposals
) -> None:
    """Learn that a text belonged to a department after `proposed` was answered for it. Raises sqlite3.Error.

    A text that says nothing teaches nothing; a key that was taught before is taught anew.
    """
    said = features(title, text)
    with learned.writing():
        known = learned.lesson_of(key)
        if known is not None:
            model.unlearn(learned, known)
        if not said.is_empty:
            model.learn(learned, _lesson(key, said, department, proposed))


def _lesson(key: str, said: Features, department: str, proposed: Proposals) -> Lesson:
    first = proposed.rows[0].department if proposed.rows else ""
    return Lesson(
        key=key,
        order_no="",
        centre="",
        department=department,
        unit_code="",
        section_code="",
        title=said.title,
        body=said.body,
        contexts=proposed.habits,
        bucket=proposed.bucket,
        was_right=first == department,
    )
