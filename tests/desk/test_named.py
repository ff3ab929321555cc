"""Units and people as they are typed: one, several, or a question back."""

import pytest

from db.codes import Role
from db.ids import new_uid
from desk import named
from desk.errors import BadInput
from tests.desk.dispatching import add_unit, unit_id
from tests.world import World


def places(world: World, text: str) -> list[str]:
    with world.database.read() as reader:
        return [row["short_name"] for row in named.units_named(reader, text, "/1/", "协办单位")]


def sitting(world: World, text: str) -> tuple[list[str], list[str]]:
    with world.database.read() as reader:
        units, people = named.attendees(reader, text, "/1/", "参加人员")
        return [row["short_name"] for row in units], [row["name"] for row in people]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("县城管局", ["县城管局"]),
        ("cy-cgj；城市管理", ["县城管局"]),
        ("横水，人社局、城管", ["横水镇", "县人社局", "县城管局"]),
        ("横水镇人民政府 县人社局", ["横水镇", "县人社局"]),
    ],
)
def test_units_are_named_as_people_say_them(world: World, text: str, found: list[str]) -> None:
    assert places(world, text) == found


def test_one_at_home_goes_before_its_namesakes_elsewhere(world: World) -> None:
    world.clock.tick(minutes=1)
    with world.database.write() as writer:
        other = writer.insert(
            "units",
            {
                "uid": new_uid(),
                "code": "DY-CGJ",
                "name": "大余县城管局",
                "short_name": "县城管局",
                "level": "county",
                "path": "/99/",
                "department": "城管局",
            },
        )
    assert other != unit_id(world, "CY-CGJ")
    assert places(world, "县城管局") == ["县城管局"]


def test_a_name_of_several_is_asked_back(world: World) -> None:
    add_unit(world, "CY-ZJJ", "县住建局", "CY-12345")
    with pytest.raises(BadInput, match="指哪一家：.*请写全称"):
        places(world, "县")


def test_people_come_by_number_or_name_and_a_centres_code_is_no_number(world: World) -> None:
    assert sitting(world, "1301、吴某1302、县城管局、人社甲") == (
        ["县城管局"],
        ["派单甲", "派单乙", "人社甲"],
    )
    assert sitting(world, "CY-12345") == (["崇义"], [])


def test_a_person_with_two_numbers_is_asked_for_the_number(world: World) -> None:
    with world.database.write() as writer:
        values = {
            "uid": new_uid(),
            "staff_no": "1399",
            "name": "派单甲",
            "person_uid": new_uid(),
            "unit_id": unit_id(world, "CY-12345"),
        }
        staff_id = writer.insert("staff", values)
        writer.insert("staff_roles", {"staff_id": staff_id, "role": str(Role.DISPATCHER)})
    with pytest.raises(BadInput, match="有几个工号：1301、1399"):
        sitting(world, "派单甲")
