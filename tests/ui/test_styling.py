"""Parts of a widget get the style Textual's own sheet gives them, when they are asked for."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget

from termnews.ui.styling import LateStylesheet


class Pane(Widget):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane--one", "pane--two", "pane--three"}


class Sample(App[None]):
    CSS = """
    .pane--one { color: red; }
    Pane:focus > .pane--one { text-style: bold; }
    .-other .pane--two { background: blue; }
    """

    def __init__(self, sheet: type[Stylesheet]) -> None:
        super().__init__()
        self.stylesheet = sheet(variables=self.get_css_variables())

    def compose(self) -> ComposeResult:
        yield Pane()


async def test_a_part_is_styled_when_it_is_asked_for_and_as_textual_styles_it() -> None:
    shown = []
    for sheet in (LateStylesheet, Stylesheet):
        app = Sample(sheet)
        async with app.run_test() as pilot:
            pane = app.query_one(Pane)
            if sheet is LateStylesheet:
                assert not dict(pane._component_styles)
            looks = [str(pane.get_component_rich_style(name)) for name in ("pane--one", "pane--two")]
            if sheet is LateStylesheet:
                assert set(pane._component_styles.keys()) == {"pane--one", "pane--two"}
            app.add_class("-other")
            await pilot.pause()
            looks += [str(pane.get_component_rich_style(name)) for name in ("pane--one", "pane--two")]
            assert "pane--four" not in pane._component_styles
            shown.append(looks)
    assert shown[0] == shown[1]
    assert shown[0][1] != shown[0][3]
