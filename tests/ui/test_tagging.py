"""Tags on the screen: given, seen at the article, undone, looked for and taken away."""

from __future__ import annotations

from termnews.library import Library
from termnews.ui.tag_list import TagPicker, named
from termnews.ui.view import chips

from .conftest import app_of, lines, press


async def test_a_tag_is_given_undone_looked_for_and_taken_away(library: Library) -> None:
    library.tags.give(library.ids(library.query(""))[3:5], "work")
    app = app_of(library)

    def tags() -> list[str]:
        return list(library.article(app.reader.headlines.ids[0]).tags)

    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "t")
        assert isinstance(app.screen, TagPicker)
        assert "[ ] #work" in "\n".join(lines(app))
        await press(pilot, *"#To Do")
        assert "new tag #to do" in "\n".join(lines(app))
        await press(pilot, "enter")
        assert "Tagged 1 #to do · u undo" in lines(app)[-1]
        assert tags() == ["to do"]
        assert "#to do" in "\n".join(lines(app)[:12]).replace("\N{NO-BREAK SPACE}", " ")
        await press(pilot, "u")
        assert "Undone: 1 untagged" in lines(app)[-1]
        assert tags() == []
        assert "#to" not in "\n".join(lines(app)[:12])
        await press(pilot, "ctrl+y", "t", *"wor", "enter")  # what there is goes before a new name
        assert tags() == ["to do", "work"]
        await press(pilot, "u", "t", "enter")  # the first row is the tag it has
        assert tags() == []
        await press(pilot, "u", "T", *"wor", "enter")
        assert len(app.reader.headlines.ids) == 2
        assert chips(app.reader.desk.listing.asked) == ("Unread", "#work")
        await press(pilot, "T", *"to", "enter")  # in the place of the other one
        assert chips(app.reader.desk.listing.asked) == ("Unread", "#to do")
        assert len(app.reader.headlines.ids) == 1
        await press(pilot, "T", "end", "pagedown", "enter")
        assert chips(app.reader.desk.listing.asked) == ("Unread",)
        await press(pilot, "H")
        assert "Tagged 1 #to do: Headline number" in "\n".join(lines(app))


def test_what_is_typed_is_a_name_without_a_sign() -> None:
    assert named('  #To   "Do" ') == "to do"
    assert named("#") == ""
