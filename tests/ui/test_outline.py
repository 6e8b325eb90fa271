"""What the sidebar counts: saved views with all of them, what came since the last visit, in bounded time."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest

from termnews.ui.days import since
from termnews.ui.outline import read_outline, views
from termnews.ui.sidebar import Outline, _figures
from termnews.ui.sidebar import views as rows

from .conftest import Sample

VIEWS = '[views]\nharbour = "number"\nnone = "nowhere"\nbad = "region:Nowhereland"\n'


def shown(outline: Outline) -> dict[str, str]:
    """Return what stands behind each view."""
    return {row.label: _figures(row) for row in rows(outline)}


def test_saved_views_show_unread_and_all(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    library = sample.library(VIEWS)
    library.mark(library.ids(library.query(""))[:5], read=True)
    said = shown(read_outline(library))
    assert said == {
        "Unread": "7",
        "Today": "7",
        "All": "7",
        "Starred": "",
        "harbour": "7/12",
        "none": "",
        "bad": "",
    }
    # What takes too long is left out, and nothing else.
    monkeypatch.setattr(import_module("termnews.store.counting"), "_STEPS", 1)
    monkeypatch.setattr("termnews.ui.outline.ENOUGH", -1)
    assert shown(read_outline(library)) == {**said, "harbour": ""}
    library.close()


def test_what_came_since_the_last_visit_is_a_view(sample: Sample) -> None:
    library = sample.library()
    assert library.visited() is None
    assert "is:new" not in [line for _, line, _ in views(library)]
    library.leave()
    assert library.visited() == sample.now
    assert library.count(library.query("is:new")).total == 0
    sample.now += timedelta(hours=3)
    sample.publish("Late ferry")
    assert shown(read_outline(library))["New since 12:00"] == "1"
    (number,) = library.ids(library.query("is:new"))
    assert library.article(number).entry.title == "Late ferry"
    library.close()


def test_a_moment_is_told_by_the_hour_for_a_day(sample: Sample) -> None:
    assert since(sample.now, sample.now + timedelta(hours=23)) == "12:00"
    assert since(sample.now, sample.now + timedelta(hours=24)) == "25 Nov"
