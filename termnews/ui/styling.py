"""A style sheet that finds the style of a part of a widget when that part is first drawn.

It must never give a part another style than Textual's own sheet does. That one styles all parts of
all widgets, shown or not, each time a widget is styled: 70 of them at a start, which draws some 20.
"""

from __future__ import annotations

from collections.abc import Set

from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode


class _Parts(dict[str, RenderStyles]):
    """Component class → its styles, of one widget; those that were asked for."""

    def __init__(self, sheet: Stylesheet, node: DOMNode, names: Set[str]) -> None:
        super().__init__()
        self._sheet, self._node, self._names = sheet, node, names

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __missing__(self, name: str) -> RenderStyles:
        if name not in self._names:
            raise KeyError(name)
        part = DOMNode(classes=name)
        part._attach(self._node)
        self._sheet.apply(part, animate=False)
        self[name] = part.styles
        return part.styles


class LateStylesheet(Stylesheet):
    """A style sheet for an application whose widgets have many parts."""

    def _process_component_classes(self, node: DOMNode) -> None:
        """Let the parts of a widget be styled when they are asked for; draw it anew if one it has changed."""
        if not (names := node._get_component_classes()):
            return
        before = node._component_styles
        node._component_styles = parts = _Parts(self, node, names)
        if any(parts[name] != styles for name, styles in before.items() if name in parts):
            node.refresh()
