import csv
import json
from datetime import time
from pathlib import Path

import pytest

from db.codes import OrderKind
from desk.rules.limits import Limits

SETTINGS = Path(__file__).parents[3] / "seed" / "settings.csv"


def test_the_seed_says_the_same_as_the_defaults():
    with SETTINGS.open(encoding="utf-8") as file:
        settings = {row["key"]: json.loads(row["value"]) for row in csv.DictReader(file)}
    assert Limits.from_settings(settings) == Limits()


def test_each_setting_reaches_its_limit():
    limits = Limits.from_settings(
        {
            "limits.inquiry.answer_days": "3",
            "limits.complaint.answer_days": None,
            "sign.normal_days": 2,
            "due_soon.hours": 5.5,
            "office.hours": '[["9:00", "12:00"], ["13:00", "17:30"]]',
            "office.closes": '"17:30"',
            "extension.forbidden_kinds": ["praise"],
        }
    )
    assert limits.days_for(OrderKind.INQUIRY) == 3
    assert limits.days_for(OrderKind.COMPLAINT) is None
    assert (limits.sign_normal_days, limits.due_soon_hours) == (2, 5.5)
    assert limits.office_closes == time(17, 30)
    assert limits.office_day_hours == 7.5
    assert limits.extension_forbidden_kinds == ("praise",)
    assert limits.days_for("a kind of tomorrow") == 5


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("limits.inquiry.answer_days", "two"),
        ("limits.undetermined.answer_days", None),
        ("sign.normal_days", 0),
        ("sign.normal_days", True),
        ("sign.normal_days", 1.5),
        ("answer.urgent_hours", "nan"),
        ("due_soon.hours", -1),
        ("office.closes", "25:00"),
        ("office.closes", "noon"),
        ("office.hours", "8-18"),
        ("office.hours", []),
        ("office.hours", 8),
        ("office.hours", [["8:00"]]),
        ("office.hours", [["12:00", "8:00"]]),
        ("office.hours", [["8:00", "12:00"], ["11:00", "18:00"]]),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(key, value):
    with pytest.raises(ValueError, match=key):
        Limits.from_settings({key: value})
