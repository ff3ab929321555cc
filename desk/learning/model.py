"""What past dispatches say of a text: which departments, and by which orders. Reads `db.learned`, writes lessons into it.

Three voices, each a distribution over departments: the linear model (passive-aggressive, one step a lesson), the orders
that resemble the text, and the habits of its context. A fourth is stronger than all: an order that says the very same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from math import exp

from db.learned import Gram, LearnedStore, Lesson
from desk.learning.features import Features, length, likeness

SAME_WORDS = 0.5
"""From this likeness on a past order is a precedent: what was decided there is proposed first (dispatch-notes part 2)."""

_RAREST = 16
_NEWEST = 300
_NEIGHBOURS = 20
_SHARPNESS = 4.0
_HABIT_PATIENCE = 3.0
_NEIGHBOUR_DOUBT = 0.02
_MARGIN, _LONGEST_STEP = 1.0, 1.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A past order that resembles a text: how alike by weight of their words, and how much the same words."""

    lesson: Lesson
    alike: float
    same: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What experience says: departments by each voice, the neighbours, nearest first. `lessons` is how many there are."""

    lessons: int = 0
    linear: Mapping[str, float] = field(default_factory=dict)
    near: Mapping[str, float] = field(default_factory=dict)
    habits: Mapping[str, float] = field(default_factory=dict)
    neighbours: tuple[Neighbour, ...] = ()

    @property
    def precedent(self) -> Neighbour | None:
        """The nearest order that says the same, if one does; the newest of equals."""
        same = [neighbour for neighbour in self.neighbours if neighbour.same >= SAME_WORDS]
        return max(same, key=lambda neighbour: round(neighbour.same, 2), default=None)


def opinion(learned: LearnedStore, text: Features, contexts: Iterable[str]) -> Opinion:
    """Return what the lessons say of a text in its contexts; nothing for nothing learned. Raises sqlite3.Error."""
    lessons = learned.count()
    if not lessons or text.is_empty:
        return Opinion()
    grams = learned.grams(text.all)
    neighbours = _neighbours(learned, text, lessons, grams)
    return Opinion(
        lessons,
        _softmax(_scores(text, grams, learned.departments())),
        _by_neighbours(neighbours),
        _by_habit(learned, contexts),
        neighbours,
    )


def learn(learned: LearnedStore, lesson: Lesson) -> None:
    """Learn who got one order: one passive-aggressive step (PA-I), one neighbour, one habit each.

    Call within `learned.writing()`. Raises sqlite3.Error.
    """
    text = Features(lesson.title, lesson.body)
    shares, grams = text.shares(), learned.grams(text.all)
    weights = text.weights(learned.count(), {gram: found.lessons for gram, found in grams.items()})
    scores = _scores(text, grams, {**learned.departments(), lesson.department: 1})
    rivals = {name: score for name, score in scores.items() if name != lesson.department}
    rival = max(rivals, key=lambda name: rivals[name], default="")
    loss = _MARGIN - (scores[lesson.department] - rivals[rival]) if rival else 0.0
    step = min(_LONGEST_STEP, max(0.0, loss) / 2)
    kept = replace(lesson, length=length(weights) or 1.0, rival=rival if step else "", step=step)
    learned.add(kept, shares)


def unlearn(learned: LearnedStore, lesson: Lesson) -> None:
    """Take a lesson back as if it had never been learned (later lessons' steps stay). Call within `writing()`."""
    learned.remove(lesson, Features(lesson.title, lesson.body).shares())


def _scores(text: Features, grams: Mapping[int, Gram], departments: Iterable[str]) -> dict[str, float]:
    scores = dict.fromkeys(departments, 0.0)
    for gram, share in text.shares().items():
        found = grams.get(gram)
        if found is not None:
            for department, weight in found.weights.items():
                scores[department] = scores.get(department, 0.0) + weight * share
    return scores


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    best = max(scores.values())
    weights = {name: exp(_SHARPNESS * (score - best)) for name, score in scores.items()}
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}


def _neighbours(
    learned: LearnedStore, text: Features, lessons: int, grams: Mapping[int, Gram]
) -> tuple[Neighbour, ...]:
    having = {gram: found.lessons for gram, found in grams.items()}
    vector = text.weights(lessons, having)
    heard: dict[int, float] = defaultdict(float)
    for gram in sorted(grams, key=lambda each: (having[each], each))[:_RAREST]:
        for number in learned.neighbours(gram, _NEWEST):
            heard[number] += vector[gram] ** 2
    chosen = nlargest(_NEIGHBOURS, heard, key=lambda number: (heard[number], number))
    found = learned.lessons(chosen)
    near = [_neighbour(text, vector, found[number]) for number in chosen if number in found]
    return tuple(sorted(near, key=lambda each: -each.alike))


def _neighbour(text: Features, vector: Mapping[int, float], lesson: Lesson) -> Neighbour:
    other = Features(lesson.title, lesson.body)
    theirs = set(other.all)
    shared = sum(weight * weight for gram, weight in vector.items() if gram in theirs)
    return Neighbour(lesson, shared / (length(vector) * lesson.length), likeness(text, other))


def _by_neighbours(neighbours: Iterable[Neighbour]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for neighbour in neighbours:
        weights[neighbour.lesson.department] += neighbour.alike**2
    whole = sum(weights.values()) + _NEIGHBOUR_DOUBT
    return {name: weight / whole for name, weight in weights.items()}


def _by_habit(learned: LearnedStore, contexts: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    asked = list(contexts)
    for context in asked:
        times = learned.habits(context)
        whole = sum(times.values()) + _HABIT_PATIENCE
        for name, count in times.items():
            found[name] += count / whole / len(asked)
    return dict(found)
