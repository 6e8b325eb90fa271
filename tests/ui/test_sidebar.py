"""The sidebar: rows from an outline, folding, signs, what choosing means."""

from __future__ import annotations

from textual.app import App, ComposeResult

from termnews.models import Count, Feed, Health, Region, RegionCount, Subscription
from termnews.ui.messages import RowChosen
from termnews.ui.outline import asked_by, current, read_outline
from termnews.ui.sidebar import Folding, Outline, Sidebar, SideRow, ViewCount, feeds, places

from .conftest import Sample


def place(code: str, name: str, depth: int, unread: int) -> RegionCount:
    return RegionCount(Region(code, name, None), depth, Count(unread, unread))


def feed(name: str, folder: str = "", unread: int = 0, **health: object) -> Feed:
    subscription = Subscription(
        f"https://{name}.example", name=name, folder=folder, paused=bool(health.pop("paused", 0))
    )
    return Feed(len(name), subscription, health=Health(**health), count=Count(unread=unread))  # type: ignore[arg-type]


OUTLINE = Outline(
    views=(ViewCount("Unread", "is:unread", "◆", 9), ViewCount("rail strike", "rail strike", "/")),
    regions=(
        place("150", "Europe", 0, 8),
        place("DE", "Germany", 1, 5),
        place("DE-BE", "Berlin", 2, 3),
        place("FR", "France", 1, 0),
        place("142", "Asia", 0, 1),
    ),
    placeless=2,
    feeds=(
        feed("Solo", unread=1),
        feed("Courier", "Europe", 4),
        feed("Herald", "Europe", 3, error="404", failures=9),
    ),
)


class Bench(App[None]):
    """A sidebar alone on a screen."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = Sidebar(id="sidebar")
        self.chosen: list[SideRow] = []

    def compose(self) -> ComposeResult:
        yield self.bar

    def on_mount(self) -> None:
        self.bar.focus()
        self.bar.show(OUTLINE)

    def on_row_chosen(self, event: RowChosen) -> None:
        self.chosen.append(self.bar.chosen(event.index))

    def text(self) -> list[str]:
        return [self.bar.render_line(y).text.rstrip() for y in range(self.bar.geometry.height)]


async def test_views_places_and_feeds_stand_in_sections() -> None:
    app = Bench()
    async with app.run_test(size=(24, 30)):
        assert app.text() == [
            "",
            "▌ ◆ Unread            9",
            "  / rail strike",
            "",
            "  WORLD",
            "  ▸ Europe            8",
            "    Asia              1",
            "    No place          2",
            "",
            "  FEEDS",
            "  ▾ Europe            7",
            "      Courier         4",
            "    ! Herald          3",
            "    Solo              1",
        ]


async def test_keys_unfold_fold_and_go_up() -> None:
    app = Bench()
    async with app.run_test(size=(24, 30)) as pilot:
        await pilot.press("j", "j", "l")
        assert [row.label for row in app.bar._rows[2:6]] == ["Europe", "Germany", "France", "Asia"]
        await pilot.press("j", "right", "j")
        assert app.bar.chosen(app.bar.cursor).label == "Berlin"
        await pilot.press("h")
        assert app.bar.chosen(app.bar.cursor).label == "Germany"
        await pilot.press("h", "h", "р")
        assert app.bar.chosen(app.bar.cursor).label == "Europe"
        assert "    Asia              1" in app.text()


async def test_counts_move_but_rows_and_cursor_do_not() -> None:
    app = Bench()
    async with app.run_test(size=(24, 30)) as pilot:
        await pilot.press(*["j"] * 7)
        assert app.bar.chosen(app.bar.cursor).label == "Herald"
        app.bar.show(Outline(OUTLINE.views, OUTLINE.regions[:1], 0, OUTLINE.feeds))
        assert app.bar.chosen(app.bar.cursor).label == "Herald"


async def test_one_click_chooses() -> None:
    app = Bench()
    async with app.run_test(size=(24, 30)) as pilot:
        await pilot.click("#sidebar", offset=(6, 5))
        assert [row.value for row in app.chosen] == ["150"]


async def test_an_empty_sidebar_survives_its_keys() -> None:
    app = Bench()
    async with app.run_test(size=(24, 30)) as pilot:
        app.bar.show(Outline())
        await pilot.press("l", "h", "enter", "j")
        assert app.chosen == []


def test_signs_of_feeds() -> None:
    rows = list(feeds(Outline(feeds=(feed("a", paused=True), feed("b", error="x"), feed("c"))), Folding()))
    assert [row.glyph for row in rows] == ["·", "!", " "]


def test_folded_folders_hide_their_feeds() -> None:
    folding = Folding(folded={"Europe"})
    assert [row.label for row in feeds(OUTLINE, folding)] == ["Europe", "Solo"]


def test_the_tree_unfolds_level_by_level() -> None:
    assert [row.label for row in places(OUTLINE, Folding(unfolded={"150"}))] == [
        "Europe", "Germany", "France", "Asia", "No place",
    ]  # fmt: skip


def test_the_outline_is_read_from_the_library(sample: Sample) -> None:
    library = sample.library('[views]\n"the harbour" = "harbour"\nbroken = "is:blue"')
    outline = read_outline(library)
    assert [(view.name, view.count) for view in outline.views] == [
        ("Unread", 12), ("Today", 12), ("All", 12), ("Starred", 0), ("the harbour", 12), ("broken", 0),
    ]  # fmt: skip
    assert {each.region.name for each in outline.regions} >= {"Europe", "Germany", "Berlin"}
    assert [feed.count.unread for feed in outline.feeds] == [4, 4, 4]
    library.close()


def test_what_rows_mean_and_which_are_current(sample: Sample) -> None:
    library = sample.library()
    asked = library.query("region:FR is:unread")
    view = SideRow("view", "is:starred", "Starred", 0)
    assert asked_by(view, library, asked) == library.query("is:starred")
    assert asked_by(SideRow("feed", "Herald", "Herald", 0), library, asked) == library.query(
        "feed:Herald is:unread"
    )
    assert current(library, library.query("is:unread")) == {("view", "is:unread")}
    assert current(library, library.query("region:Germany is:unread")) == {("region", "DE")}
    assert current(library, library.query("feed:Herald folder:Europe")) == {
        ("feed", "Herald"),
        ("folder", "Europe"),
    }
    library.close()
