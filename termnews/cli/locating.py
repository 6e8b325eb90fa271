"""The locate command: JSON lines in, the places of each line out."""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from typing import Any, Final

import click

from termnews import output, regions
from termnews.cli.session import Session, pass_session, say
from termnews.models import Corrections, Located, Subscription
from termnews.sanitize import clean_line, clean_text
from termnews.tagging import FeedTagger, Past, Tagger

DOMAINS: Final = 1000
"""Domains whose past is kept; the one not met for longest is forgotten first."""
_FAILED: Final = 1


@click.command()
@click.option("--why", is_flag=True, help="Tell the evidence of each place.")
@pass_session
def locate(session: Session, why: bool) -> int:
    """Find the places in texts: JSON lines on standard input, one line out for each line in.

    A line in holds id, title, text and perhaps lang (BCP 47) and domain (the publisher's host: its
    earlier lines and its country help to tell places apart). A line out holds id, countries, main,
    subdivisions, groups and places (code, name, role, text, rule, where), and with --why evidence.
    [regions] of termnews.toml is heeded; nothing is stored. A line that cannot be read is named on
    stderr, the others go on, and the exit code is 1.
    """
    said = session.config.regions
    places = _Places(Tagger(regions.locate, regions.edition(), Corrections(frozenset(said.mute), said.pin)))
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = _record(line)
        except ValueError as error:
            say(f"line {number}: {error}")
            failed = True
            continue
        # Flushed one by one: whoever writes line for line waits for the answer.
        line = output.located_json(
            record.get("id"), places.of(record), regions.name, regions.province, why=why
        )
        print(line, flush=True)
    return _FAILED if failed else 0


class _Places:
    """Finds places, with the past of each domain in mind."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._domains: OrderedDict[str, tuple[FeedTagger, Past]] = OrderedDict()

    def of(self, record: dict[str, Any]) -> Located:
        """Return the places of one line."""
        domain = _text(record, "domain").strip().lower()
        tagger, past = self._domains.pop(domain) if domain in self._domains else self._new(domain)
        title, text = clean_line(_text(record, "title")), clean_text(_text(record, "text"))
        found = tagger.tag(past, title, text, _text(record, "lang"))
        if domain:
            past.add(found.certain)
        self._domains[domain] = tagger, past
        if len(self._domains) > DOMAINS:
            self._domains.popitem(last=False)
        return found

    def _new(self, domain: str) -> tuple[FeedTagger, Past]:
        region = regions.domain_region(domain) if domain else ""
        return self._tagger.of(Subscription(domain, region=region)), Past()


def _record(line: bytes) -> dict[str, Any]:
    """Return the JSON object a line holds; ValueError says why it is none that can be used."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at character {error.pos + 1})") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (at byte {error.start + 1})") from error
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(record, dict):
        raise ValueError("not a JSON object with title and text")
    for field in ("title", "text", "lang", "domain"):
        _text(record, field)
    return record


def _text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{field} is not a text")
    return value or ""


COMMANDS: Final = (locate,)
