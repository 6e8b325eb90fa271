"""Strategies that draw feeds of the known vocabulary, ordinary and odd, for the differential tests."""

from __future__ import annotations

import html

from hypothesis import strategies as st

ROOTS = {
    "rss": "<rss version='2.0'{0}><channel>{1}{2}</channel></rss>",
    "rdf": "<rdf:RDF{0}><channel rdf:about='https://a.example/'>{1}</channel>{2}</rdf:RDF>",
    "atom": "<feed{0}>{1}{2}</feed>",
}
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "georss": "http://www.georss.org/georss",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "thr": "http://purl.org/syndication/thread/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "x": "urn:of-somebody",
}
DEFAULTS = {"rss": "", "rdf": " xmlns='http://purl.org/rss/1.0/'", "atom": f" xmlns='{NAMESPACES['atom']}'"}

ADDRESSES = [
    "https://a.example/1",
    "https://a.example/1?a=1&b=2",
    "https://a.example/2?a=1&b;=2",
    "/relative",
    "../up",
    "//b.example/x",
    "?q",
    "#f",
    "",
    "javascript:alert(1)",
    "mailto:a@b.example",
    "magnet:?xt=1",
    "https:///a.example",
    "HTTP://A.Example/",
    "https://аррӏе.com/",
    "https://u:p@a.example/",
    "http://[::1",
    "tag:a.example,2026:1",
    "https://a.example/a b",
    "urn:uuid:1",
    "https://a.example/?",
    "https://a.example/;",
]
TEXTS = [
    "News",
    "A & B",
    "2 < 3 > 1",
    "<b>bold</b> news",
    "<h1>big</h1>",
    "<p>one</p><p>two</p>",
    "AT&amp;T",
    "&nbsp;",
    "a&hellip;b",
    "&unknown;",
    "&#8217;",
    "&#x2019;x",
    "Ð¾Ð¹",
    "Â«xÂ»",
    "Â\u00a0",
    "Ã©tÃ©",
    "Новости дня",
    "خبر",
    "«x» — y",
    "  spaced\n\tout  ",
    "\u00a0nbsp\u00a0",
    "e\u0301",
    "\u202eabc",
    "",
    " ",
    "&lt;i&gt;",
    "<img src='x.png'>",
    "a]]b",
    "Bob Smith",
    "bob@example.com",
    "bob@example.com (Bob)",
    "Bob (bob@example.com)",
    "Bob, Ann",
    "(x)",
    "<a href='/x'>x</a>",
    "<item>",
    "</item>",
    "<category>x</category>",
    "<script>x</script>y",
    "&amp;lt;b&amp;gt;",
    "www &copy; 2026",
    "<br/>line",
    "data:image/png;base64,AAAA",
    "1",
    "yes",
    "ıSTANBUL",
    "\U0001f600",
    "ﬁ",
    "a\u2028b",
]
DATES = [
    "Tue, 24 Nov 2026 14:05:00 GMT",
    "Tue, 24 Nov 2026 14:05:00 +0300",
    "24 Nov 2026 14:05 EST",
    "2026-11-24",
    "2026-11-24T14:05:00Z",
    "2026-11-24T14:05:00.123+05:00",
    "2026-11-24T14:05:00-05:00",
    "20261124T140500",
    "Вт, 24 ноя 2026 14:05:00 +0300",
    "1764000000",
    "yesterday",
    "",
    "0000-00-00",
    "2026-13-45",
    "24/11/2026",
    "Tue, 31 Feb 2026 10:00:00 GMT",
    "2026-11-24 24:00:00",
    "9999-12-31T23:59:59-12:00",
    "2027-01-01T00:00:00Z",
    "Nov 24, 2026 2:05 pm",
    "Tue Nov 24 14:05:00 2026",
    "2026-11-24T14:05:60Z",
    "Sun, 06 Sep 2009 16:20:00 +0000",
]
LANGS = ["en", "en-US", "ru_RU", "", "tg", "not a language!"]
TYPES = ["", " type='text'", " type='html'", " type='TEXT/HTML'", " type='text/plain'", " type='xhtml'"]
BOUNDED = [st.just(""), st.sampled_from([f" xml:lang='{lang}'" for lang in LANGS])]


def _carried(text: str, how: int) -> str:
    """Return a text as XML may carry it."""
    if how == 0 and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    if how == 1:
        return "".join(f"&#{ord(each)};" if each in "<&>" else each for each in text)
    if how == 2:
        half = len(text) // 2
        return f"{html.escape(text[:half])}<!-- {'-'.join('x')} --><![CDATA[{text[half:]}]]>"
    if how == 3:
        return html.escape(html.escape(text))
    return html.escape(text)


letters = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)
texts = st.builds(_carried, st.sampled_from(TEXTS) | st.sampled_from(TEXTS) | letters, st.integers(0, 7))
addresses = st.sampled_from(ADDRESSES)
quoted = addresses.map(lambda address: html.escape(address, quote=True))
dates = st.sampled_from(DATES) | st.datetimes().map(lambda each: each.isoformat())
langs = st.one_of(*BOUNDED)


def _leaf(
    name: str, inner: st.SearchStrategy[str], attributes: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """Draw an element with a text."""
    return st.builds(lambda text, given: f"<{name}{given}>{text}</{name}>", inner, attributes)


def _named(
    names: str, inner: st.SearchStrategy[str], attributes: st.SearchStrategy[str]
) -> list[st.SearchStrategy[str]]:
    """Draw elements of the same content."""
    return [_leaf(name, inner, attributes) for name in names.split()]


NONE = st.just("")
types = st.builds(str.__add__, st.sampled_from(TYPES), langs)
permalinks = st.sampled_from(["", " isPermaLink='false'", " isPermaLink='true'", " ispermalink='TRUE'"])
rels = st.sampled_from(
    ["", " rel='alternate'", " rel='self'", " rel='enclosure'", " rel='Alternate'", " rel='replies'"]
)
kinds = st.sampled_from(
    ["", " type='text/html'", " type='application/xhtml+xml'", " type='image/png'", " type='audio/mpeg'"]
)
files = st.builds(
    "{0}{1}{2}".format, kinds, st.sampled_from(["", " length='12'", " length='-1'", " fileSize='9'"]), rels
)
labels = st.sampled_from(
    ["", " domain='d'", " term='t'", " term='t' label='L'", " scheme='s'", " text='T'", " label='L'"]
)
links = st.builds("<link{0}{1} href='{2}'/>".format, rels, kinds, quoted)
persons = st.lists(
    st.one_of(
        *_named("name", texts, NONE),
        *_named("email", st.just("a@b.example") | texts, NONE),
        *_named("uri", quoted, NONE),
        st.just("<x:image rel='y' src='z'/>"),
    ),
    max_size=3,
).map("".join)
media_parts = st.one_of(
    *_named("media:title media:description", texts, types),
    *_named("media:credit media:keywords", texts, NONE),
    *_named("media:category", texts, labels),
    st.builds("<media:thumbnail url='{0}'/>".format, quoted),
    st.builds("<media:content url='{0}'{1}/>".format, quoted, files),
    st.just("<media:community><media:s n='1'/></media:community>"),
)
media = st.one_of(
    media_parts,
    st.lists(media_parts, max_size=4).map(lambda parts: f"<media:group>{''.join(parts)}</media:group>"),
    st.builds(
        "<media:content url='{0}'{1}>{2}</media:content>".format,
        quoted,
        files,
        st.lists(media_parts, max_size=3).map("".join),
    ),
)

ENTRY = {
    "plain": [
        *_named("title", texts, NONE),
        *_named("description", texts, NONE),
        *_named("pubDate dc:date", dates, NONE),
        *_named("link", quoted, NONE),
        *_named("guid", quoted | texts, permalinks),
        *_named("category", texts, labels),
        *_named("dc:creator author", texts, NONE),
        *_named("content:encoded", texts, NONE),
        st.builds("<enclosure url='{0}'{1}/>".format, quoted, files),
    ],
    "atom": [
        *_named("title", texts, types),
        *_named("summary content", texts, types),
        *_named("updated published", dates, NONE),
        links,
        *_named("id", quoted | texts, NONE),
        st.builds("<category{0}/>".format, labels),
        persons.map(lambda inner: f"<author>{inner}</author>"),
        persons.map(lambda inner: f"<contributor>{inner}</contributor>"),
    ],
    "odd": [
        *_named("atom:title dc:title media:title itunes:title", texts, types),
        *_named("itunes:summary dc:description atom:summary itunes:subtitle", texts, types),
        *_named("dcterms:issued dcterms:modified dcterms:created issued modified created", dates, NONE),
        *_named("itunes:author", texts, NONE),
        *_named("dc:subject media:keywords itunes:keywords media:category", texts, labels),
        *_named("feedburner:origLink", quoted, NONE),
        *_named("atom:id", quoted, NONE),
        media,
        media,
        media,
        links.map(lambda link: link.replace("<link", "<atom:link")),
        *_named(
            "comments slash:comments wfw:commentRss thr:total x:anything dc:rights dc:publisher", texts, langs
        ),
        *_named(
            "itunes:duration itunes:explicit itunes:block georss:point dc:language language", texts, NONE
        ),
        st.builds("<source url='{0}'>{1}</source>".format, quoted, texts),
        st.builds("<source><title>{0}</title><id>{1}</id>{2}</source>".format, texts, quoted, links),
        st.just("<itunes:image href='https://a.example/i.png'/>"),
        st.just("<x:deep><x:er a='1'>t</x:er>u</x:deep>"),
        *_named("a date b", texts, langs),
        st.just("<itunes:category text='Society'/>"),
        st.just("<!-- a comment --><?an instruction?>"),
        st.just("stray text"),
    ],
}
HEAD = [
    *_named("title description", texts, NONE),
    *_named("link", quoted, NONE),
    *_named("language", st.sampled_from(LANGS), NONE),
    *_named("ttl sy:updateFrequency", st.sampled_from(["60", "2", "x", ""]), NONE),
    *_named("sy:updatePeriod", st.sampled_from(["hourly", "daily", " weekly "]), NONE),
    st.just("<skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Monday</day></skipDays>"),
    st.builds("<image><url>{0}</url><title>{1}</title><link>{0}</link></image>".format, quoted, texts),
    *_named("generator webMaster managingEditor copyright lastBuildDate pubDate docs", texts, NONE),
    st.just(
        "<itunes:owner><itunes:name>N</itunes:name><itunes:email>e@x.example</itunes:email></itunes:owner>"
    ),
    st.just("<itunes:category text='A'><itunes:category text='B'/></itunes:category>"),
    *_named("itunes:summary itunes:author", texts, NONE),
    links.map(lambda link: link.replace("<link", "<atom:link")),
    st.builds("<textInput><title>{0}</title><link>x</link></textInput>".format, texts),
]
ATOM_HEAD = [
    *ENTRY["atom"][:1],
    links,
    links,
    *_named("subtitle rights generator icon logo", texts, NONE),
    *_named("id", quoted, NONE),
    *_named("updated", dates, NONE),
    persons.map(lambda inner: f"<author>{inner}</author>"),
    *_named("itunes:summary", texts, NONE),
]


@st.composite
def documents(draw: st.DrawFn, odd: bool = True) -> str:
    """Draw a document of one of the three formats.

    Args:
        draw: given by hypothesis.
        odd: whether elements of the modules and of other formats, and odd attributes, may stand in it.
    """
    form = draw(st.sampled_from(sorted(ROOTS)))
    plain = ENTRY["atom" if form == "atom" else "plain"]
    pool = (
        st.one_of(*plain, *plain, *ENTRY["odd"], *ENTRY["atom"], *ENTRY["plain"])
        if odd
        else st.one_of(*plain)
    )
    head = draw(st.lists(st.one_of(*(ATOM_HEAD if form == "atom" else HEAD)), max_size=6))
    name = "entry" if form == "atom" else "item"
    entries = []
    for number in range(draw(st.integers(0, 4))):
        given = draw(langs) if odd else ""
        if form == "rdf":
            given += f" rdf:about='{draw(quoted)}'"
        space = draw(st.sampled_from(["", "\n", " \n\t"]))
        inner = space.join(draw(st.lists(pool, max_size=9)))
        entries.append(f"<{name}{given}>{inner}<x:n>{number}</x:n></{name}>{space}")
    declared = [f" xmlns:{prefix}='{uri}'" for prefix, uri in NAMESPACES.items()]
    if odd and draw(st.integers(0, 5)) == 0:
        declared.reverse()
    order = [DEFAULTS[form], "".join(declared)]
    attributes = "".join(order) + (draw(langs) if odd else "")
    declaration = draw(
        st.sampled_from(["", "<?xml version='1.0' encoding='utf-8'?>", "<?xml version='1.0'?>\n<!-- x -->\n"])
    )
    return declaration + ROOTS[form].format(attributes, "".join(head), "".join(entries))
