"""Articles → one EPUB 3 book for an e-reader: a chapter for each, contents in groups.

It must never pass feed HTML through: chapters are built from the blocks of `render`, and pictures are those
termnews made itself. It must never ask the clock, nor hold more than a line of contents for each article and
a name for each picture: equal input gives equal bytes.
"""

from termnews.epub.book import Book

__all__ = ["Book"]
