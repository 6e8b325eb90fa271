"""Headlines, articles, feeds, regions and updates → lines of JSON, tab-separated text, or text for a person.

It must never print, never colour, and never let a control character or a password through:
JSON escapes such characters, all other lines leave them out.
"""

from typing import TYPE_CHECKING

from termnews import lazy

if TYPE_CHECKING:
    from termnews.output.articles import article_markdown, article_text, headline_line, headline_tsv
    from termnews.output.json_lines import (
        article_json,
        downloaded_json,
        evidence,
        facts_json,
        feed_json,
        import_json,
        located_json,
        matched_json,
        notice_json,
        progress_json,
        region_json,
        rule_json,
        tag_json,
        update_json,
        view_json,
    )
    from termnews.output.tables import (
        TAG_HEAD,
        VIEW_HEAD,
        action_line,
        downloaded_line,
        feed_lines,
        health_lines,
        history_line,
        left_line,
        move_line,
        region_lines,
        tag_line,
        tally_line,
        view_line,
    )

__all__ = [
    "TAG_HEAD",
    "VIEW_HEAD",
    "action_line",
    "article_json",
    "article_markdown",
    "article_text",
    "downloaded_json",
    "downloaded_line",
    "evidence",
    "facts_json",
    "feed_json",
    "feed_lines",
    "headline_line",
    "headline_tsv",
    "health_lines",
    "history_line",
    "import_json",
    "left_line",
    "located_json",
    "matched_json",
    "move_line",
    "notice_json",
    "progress_json",
    "region_json",
    "region_lines",
    "rule_json",
    "tag_json",
    "tag_line",
    "tally_line",
    "update_json",
    "view_json",
    "view_line",
]

__getattr__ = lazy.names(
    __name__,
    {
        "articles": "article_markdown article_text headline_line headline_tsv",
        "json_lines": "article_json downloaded_json evidence facts_json feed_json import_json located_json "
        "matched_json notice_json progress_json region_json rule_json tag_json update_json view_json",
        "tables": "TAG_HEAD VIEW_HEAD action_line downloaded_line feed_lines health_lines history_line "
        "left_line move_line region_lines tag_line tally_line view_line",
    },
)
