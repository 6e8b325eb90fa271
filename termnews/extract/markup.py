"""What trafilatura makes of a page, as HTML again: with captions, numbered lists and code inside of lines.

Its own HTML knows no numbered list, makes a block of each bit of code, and loses what stands below pictures.
It must never look for the article itself, nor be imported before trafilatura, whose lxml it changes trees of.
"""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from termnews.sanitize import clean_line

_CAPTION: Final = "\ue000"
"""What the title of a picture begins with where its caption is handed over in it: a letter no page has."""
_IS_PICTURE: Final = "#termnews.jpg"
"""What the address of a figure's picture ends in on the way: trafilatura knows one by its ending only."""
_TAGS: Final = {"item": "li", "lb": "br", "row": "tr", "ref": "a", "graphic": "img"}
_LOOKS: Final = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}
_BLOCKS: Final = frozenset({"body", "main", "blockquote", "div", "li"})
"""What code and quotes stand in as blocks."""


def prepare(tree: Any) -> None:
    """Let figures of a page come through: their pictures under any address, captions as titles of these."""
    for figure in [*tree.iter("figure")]:
        pictures = [*figure.iter("img")]
        for each in pictures:
            for name in ("data-src", "src"):
                if (url := each.get(name, "").strip()) and not url.startswith("data:"):
                    each.set(name, url + _IS_PICTURE)
        for caption in [*figure.iter("figcaption")]:
            if pictures:
                pictures[-1].set("title", _CAPTION + clean_line(caption.text_content()))
                caption.drop_tree()
            else:
                caption.tag = "p"  # of a table or a quotation


def html(body: Any) -> str:
    """Return the tree of an article as HTML; it is changed."""
    for each in [*body.iter(etree.Element)]:
        rend, parent = each.get("rend", ""), each.getparent()
        inside = parent is not None and parent.tag not in _BLOCKS
        match each.tag:
            case "list":
                each.tag = "ol" if rend == "ol" else "ul"
            case "code":
                each.tag = "code" if inside and "\n" not in (each.text or "") else "pre"
            case "quote":
                each.tag = "q" if inside and not len(each) else "blockquote"
            case "head":
                each.tag = rend if rend in ("h1", "h2", "h3", "h4", "h5", "h6") else "h3"
            case "hi":
                each.tag = _LOOKS.get(rend, "em")
            case "cell":
                each.tag = "th" if each.get("role") == "head" else "td"
            case tag:
                each.tag = _TAGS.get(tag, tag)
        _keep_attributes(each)
    body.tag = "body"
    return str(etree.tostring(body, encoding="unicode", method="html", with_tail=False))


def _keep_attributes(element: Any) -> None:
    """Keep where links lead, and source, words and caption of pictures."""
    known = {name: clean_line(value) for name, value in element.attrib.items()}  # lxml refuses some letters
    element.attrib.clear()
    if element.tag == "a":
        element.set("href", known.get("target", ""))
    elif element.tag == "img":
        element.set("src", known.get("src", "").removesuffix(_IS_PICTURE))
        element.set("alt", known.get("alt", ""))
        if (said := known.get("title", "")).startswith(_CAPTION):
            _frame(element, said.removeprefix(_CAPTION))


def _frame(picture: Any, said: str) -> None:
    """Put a picture into a figure with its caption, in its place."""
    figure = etree.Element("figure")
    figure.tail, picture.tail = picture.tail, None
    picture.getparent().replace(picture, figure)
    figure.append(picture)
    etree.SubElement(figure, "figcaption").text = said
