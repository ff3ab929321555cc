"""A choice that is not made yet: it is refused when empty, and takes no words."""

from screens.dialogs import AskForm
from screens.widgets import Choice, MessageLine
from tests.screens.support import FakeStore, settled, the_app


async def test_an_open_choice_begins_with_nothing_and_says_that_words_are_no_choice(store: FakeStore) -> None:
    choice = Choice("理由", [("a", "职责不符"), ("b", "重复")], is_open=True, id="reason")
    app = the_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        form = AskForm("退单", [choice], required=("reason",))
        app.push_screen(form)
        await settled(pilot)
        assert choice.value == ""
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "请选择理由" in form.query_one(MessageLine).words
        await pilot.press("p")
        await settled(pilot)
        assert "不能打字" in form.query_one(MessageLine).words
        assert choice.value == ""
        await pilot.press("left")
        assert choice.value == "b"
