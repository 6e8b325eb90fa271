"""Figures as JSON and as a table, and the page that keeps them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure, table
from benchmarks.report import PAGE, record, summary

START = Figure("1,000 articles: start to first list", 0.6, "s CPU", 0.3, 0.25, "bare", 0.08)


def test_a_line_holds_the_figure_its_ratios_and_the_verdict() -> None:
    said = json.loads(START.line())
    assert (said["value"], said["goal"], said["verdict"]) == (0.6, 0.3, "not met")
    assert (said["floor_ratio"], said["peer_ratio"]) == (2.4, 7.5)
    assert json.loads(replace(START, value=0.3).line())["verdict"] == "met"


def test_what_was_not_measured_is_empty() -> None:
    bare = Figure("wall", 12_345.6, "s")
    assert bare.cells() == ("wall, s", "12,346", "", "", "", "", "", "")
    assert json.loads(bare.line())["peer_ratio"] is None


def test_the_columns_of_the_table_stand_under_each_other() -> None:
    lines = table([START, Figure("wall", 1.0, "s")]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "≤ 0.3" in lines[2] and "not met" in lines[2]


def test_a_run_replaces_the_table_and_adds_to_the_history(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    record(page, [START], "2 cores, load 0.1", "quick")
    once = page.read_text(encoding="utf-8")
    record(page, [replace(START, value=0.2)], "2 cores, load 0.2", "full")
    twice = page.read_text(encoding="utf-8")
    last = twice.partition("<!-- last run -->")[2].partition("<!-- end of last run -->")[0]
    assert last.count("start to first list, s CPU |") == 1 and "0.6" not in last
    assert len(twice.splitlines()) == len(once.splitlines()) + 1
    history = twice.partition("## History")[2]
    assert history.index("load 0.2") < history.index("load 0.1")
    assert twice.startswith("# Performance")


def test_a_summary_counts_the_goals_and_tells_the_largest_size() -> None:
    later = replace(START, name="100,000 articles: start to first list", value=0.25)
    said = summary([START, later])
    assert said == "1 of 2 goals met; 100,000 articles: start to first list 0.25 s CPU"
