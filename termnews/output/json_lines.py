"""JSON lines for programs, with the fields of docs/cli.md; each line carries its version as `"v": 1`.

It must never change the meaning of a field or take one away: scripts depend on them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from termnews.output.texts import address, article_address, utc
from termnews.sanitize import strip_credentials

if TYPE_CHECKING:
    from termnews.models import (
        Article,
        Count,
        Downloaded,
        Feed,
        FeedUpdate,
        Located,
        Matched,
        Place,
        RegionCount,
        Role,
        Rule,
    )

# What `sanitize` takes out, and what some programs take for the end of a line. C0 is escaped by
# JSON itself.
_NONCHARACTERS: Final = "".join(
    map(chr, (*range(0xFFFE, 0x110000, 0x10000), *range(0xFFFF, 0x110000, 0x10000)))
)
_UNSAFE: Final = re.compile(
    f"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff"
    f"\U000e0000-\U000e007f{_NONCHARACTERS}]"
)


def article_json(article: Article, text: str, summary: str, words: int) -> str:
    """Return an article as one line of JSON.

    Args:
        article: the article with its state and places.
        text: its body as plain text.
        summary: its summary as plain text; may be empty.
        words: words of the body.
    """
    entry = article.entry
    return _line(
        id=article.id,
        feed=article.feed.name,
        feed_url=address(article.feed.url),
        guid=entry.guid,
        title=entry.title,
        link=article_address(entry.link),
        author=entry.author,
        published=_time(entry.published),
        updated=_time(entry.updated),
        fetched=_time(article.fetched),
        text=text,
        read=article.state.read,
        starred=article.state.starred,
        lang=entry.lang,
        regions=_codes(article, "about"),
        mentions=_codes(article, "mentions"),
        **{"from": _codes(article, "from")},
        evidence=[{"code": each.code, "text": each.text, "rule": each.rule} for each in article.places],
        summary=summary,
        words=words,
        enclosures=[
            {"url": address(each.url), "type": each.type, "length": each.length} for each in entry.enclosures
        ],
        story=None,
        copies=list(article.copies),
        tags=article.tags,
    )


def rule_json(rule: Rule) -> str:
    """Return a rule as one line of JSON."""
    return _line(rule=rule.line, actions=rule.actions)


def matched_json(matched: Matched) -> str:
    """Return what a rule would be asked to do as one line of JSON."""
    return _line(
        rule=matched.rule.line,
        actions=matched.rule.actions,
        count=matched.count,
        newest=[{"id": each.id, "feed": each.feed, "title": each.title} for each in matched.newest],
        error=matched.error or None,
    )


def notice_json(title: str, count: int) -> str:
    """Return what rules want the user told of as one line of JSON: the first title, how many there are."""
    return _line(notice=title, count=count)


def located_json(
    number: object, located: Located, name: Callable[[str], str], province: Callable[[str], str], *, why: bool
) -> str:
    """Return the places of a text as one line of JSON.

    Args:
        number: the text's own name or number, given back as it came.
        located: its places.
        name: gives the name of a region.
        province: gives the first-level subdivision that holds a subdivision; places keep the finer one.
        why: whether the evidence is told, as one string for each place.
    """
    codes = [each.code for each in located.places]
    countries = located.countries
    return _line(
        id=number,
        countries=countries,
        main=countries[0] if countries else None,
        subdivisions=list(dict.fromkeys(province(code) for code in codes if "-" in code)),
        groups=[code for code in codes if code.isdigit() or code == "EU"],
        places=[
            {
                "code": each.code,
                "name": name(each.code),
                "role": each.role,
                "text": each.text,
                "rule": each.rule,
                "where": each.where,
            }
            for each in located.places
        ],
        **({"evidence": [evidence(each) for each in located.places]} if why else {}),
    )


def evidence(place: Place) -> str:
    """Return why a place was found: TJ-GB ← "GBAO" (title, name)."""
    words = f'"{place.text}" ' if place.text else ""
    return f"{place.code} ← {words}({', '.join(part for part in (place.where, place.rule) if part)})"


def progress_json(done: int, of: int) -> str:
    """Return how far a piece of work is as one line of JSON."""
    return _line(done=done, of=of)


def facts_json(facts: Mapping[str, object]) -> str:
    """Return facts by their names as one line of JSON; spaces in names become underscores."""
    return _line(**{name.replace(" ", "_"): value for name, value in facts.items()})


def update_json(update: FeedUpdate) -> str:
    """Return what refreshing one feed came to as one line of JSON."""
    return _line(
        feed=strip_credentials(update.feed),
        feed_url=address(update.feed_url),
        status=update.status,
        http=update.http,
        new=update.new,
        changed=update.changed,
        error=update.error,
        next_fetch=_time(update.next_fetch),
        held_until=_time(update.held_until),
        left=update.left,
        moved_to=update.moved_to and address(update.moved_to),
        elsewhere=update.elsewhere and address(update.elsewhere),
        stays=update.stays,
        done=update.done,
        of=update.of,
    )


def downloaded_json(came: Downloaded) -> str:
    """Return what fetching one full text came to as one line of JSON."""
    return _line(
        article=came.article,
        feed=strip_credentials(came.feed),
        title=came.title,
        link=article_address(came.link),
        status=came.status,
        http=came.http,
        words=came.words,
        bytes=came.bytes,
        used=came.used,
        error=came.error,
        code=came.code,
        about=came.about,
        ends=came.ends,
        pictures=came.pictures,
        note=came.note,
        done=came.done,
        of=came.of,
    )


def view_json(name: str, line: str, count: Count, error: str = "") -> str:
    """Return a saved view with its counts as one line of JSON; `error` says why it has none."""
    return _line(
        name=name,
        query=line,
        unread=count.unread,
        total=count.total,
        starred=count.starred,
        error=error or None,
    )


def import_json(kind: str, came: Mapping[str, object], error: str | None = None) -> str:
    """Return what the import of a file came to as one line of JSON.

    Args:
        kind: what the file is; may be empty where that is not known.
        came: counts and sentences by name, as the library says them.
        error: why it did not come whole.
    """
    return _line(kind=kind, **came, error=error)


def feed_json(feed: Feed) -> str:
    """Return a feed with its health and counts as one line of JSON."""
    health, count = feed.health, feed.count
    return _line(
        url=address(feed.url),
        name=feed.name,
        title=feed.title,
        folder=feed.subscription.folder,
        region=feed.subscription.region,
        link=address(feed.link),
        lang=feed.lang,
        paused=feed.subscription.paused or health.wait == "gone",
        last_fetch=_time(health.last_fetch),
        last_ok=_time(health.last_ok),
        next_fetch=_time(health.next_fetch),
        wait=health.wait,
        held_until=_time(health.held_until),
        fresh_seconds=health.fresh_seconds,
        ttl_minutes=health.ttl_minutes,
        skip_hours=_numbers(health.skip_hours),
        skip_days=_numbers(health.skip_days),
        etag=health.etag,
        last_modified=health.last_modified,
        last_whole=_time(health.last_whole),
        moved_from=health.moved_from and address(health.moved_from),
        moved_at=_time(health.moved_at),
        elsewhere=health.elsewhere and address(health.elsewhere),
        stays=health.stays,
        http=health.http,
        error=health.error,
        failures=health.failures,
        total=count.total,
        unread=count.unread,
        starred=count.starred,
    )


def region_json(counted: RegionCount) -> str:
    """Return a region of the tree with its counts as one line of JSON."""
    return _line(
        code=counted.region.code,
        name=counted.region.name,
        parent=counted.region.parent,
        depth=counted.depth,
        total=counted.count.total,
        unread=counted.count.unread,
        starred=counted.count.starred,
    )


def tag_json(tag: str, count: Count) -> str:
    """Return a tag with its counts as one line of JSON."""
    return _line(tag=tag, total=count.total, unread=count.unread, starred=count.starred)


def _line(**fields: object) -> str:
    return _UNSAFE.sub(_escaped, json.dumps({"v": 1, **fields}, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    r"""Return the character as \uXXXX, one outside the first plane as a surrogate pair."""
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def _numbers(mask: int) -> list[int]:
    """Return the numbers whose bits are set, in order."""
    return [at for at in range(mask.bit_length()) if mask >> at & 1]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else utc(moment)


def _codes(article: Article, role: Role) -> list[str]:
    return [each.code for each in article.places if each.role == role]
