"""The article of a page: what is kept of forty saved pages, and pages that hold none to be read."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from termnews.errors import ExtractError
from termnews.extract import count, extract
from tests.pages.templates import pages

KEPT, EXTRA = 0.95, 0.08


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def test_of_forty_saved_pages_the_words_are_kept_and_little_else() -> None:
    wrong, seen = [], 0
    for page in pages():
        seen += 1
        found = words(extract(page.body, "https://valley.example/a", "text/html").text)
        expected = words(page.words)
        # The headline stands above every article by itself; with or without it the page is read right.
        kept = (found & expected).total() / expected.total()
        extra = (found - expected - words(page.title)).total() / expected.total()
        if kept < KEPT or extra > EXTRA:
            wrong.append(f"{page.name}: {kept:.1%} kept, {extra:.1%} extra")
    assert seen == 40
    assert not wrong, "\n".join(wrong)


def test_the_measure_of_kept_words_can_fail() -> None:
    page = next(pages())
    half = page.body.replace(b"</article>", b"").replace(b"<p>", b"<nav>", 4).replace(b"</p>", b"</nav>", 4)
    found = words(extract(half, "https://valley.example/a", "text/html").text)
    assert (found & words(page.words)).total() < KEPT * words(page.words).total()


TEXT = "".join(
    f"<p>Sentence {at} of an article that goes on for quite a while in the valley.</p>" for at in range(20)
)


def shown(inside: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{inside}</article></body></html>".encode()


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (shown("<p>Subscribe now to read. Already a subscriber? Log in.</p>"), "paywall"),
        (shown("<p>Оформите подписку, чтобы читать дальше. Уже подписаны? Войдите.</p>"), "paywall"),
        (
            shown(TEXT[:700], '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'),
            "paywall",
        ),
        (
            shown("<p>We and our partners use cookies. Accept all or reject all. Consent is yours.</p>"),
            "consent",
        ),
        (shown("<p>Please enable JavaScript to go on.</p>"), "browser"),
        (b"<body><div id=root></div><noscript>You need to enable JavaScript.</noscript>", "browser"),
        (shown("<p>Nothing.</p><noscript><img src=count.gif></noscript>"), "No article"),
        (b"", "No article"),
        (b"\x00\xff<<<<", "No article"),
    ],
)
def test_a_page_without_an_article_is_told_by_its_kind(page: bytes, why: str) -> None:
    with pytest.raises(ExtractError, match=why):
        extract(page, "https://valley.example/a", "text/html")


def test_less_than_the_feed_says_is_refused() -> None:
    with pytest.raises(ExtractError, match="less text than the feed"):
        extract(shown(TEXT), "https://valley.example/a", "text/html", said="word " * 2000)


def test_a_redirect_to_a_login_is_refused_and_one_to_another_article_is_not() -> None:
    asked = "https://valley.example/a"
    with pytest.raises(ExtractError, match=r"consent\.valley\.example"):
        extract(shown(TEXT), "https://consent.valley.example/x", "text/html", asked=asked)
    assert extract(shown(TEXT), "https://www.valley.example/a/", "text/html", asked=asked).text


def test_a_file_that_is_no_page_is_refused() -> None:
    with pytest.raises(ExtractError, match="application/pdf"):
        extract(b"%PDF", "https://valley.example/a.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("head", "header", "written"),
    [
        ('<meta charset="windows-1251">', "text/html", "windows-1251"),
        ('<meta http-equiv=Content-Type content="text/html; charset=koi8-r">', "text/html", "koi8-r"),
        ('<meta charset="utf-8">', "text/html; charset=windows-1251", "windows-1251"),
        ("", "text/html", "windows-1251"),
        ('<meta charset="utf-16">', "text/html", "utf-8"),
    ],
)
def test_the_encoding_is_that_of_header_then_meta_then_what_fits(
    head: str, header: str, written: str
) -> None:
    said = "Городской совет решил открыть горную дорогу до первого снега в долине. " * 8
    page = f"<html><head>{head}</head><body><article><p>{said}</p></article></body></html>"
    assert "Городской совет решил" in extract(page.encode(written), "https://a.example/", header).text


def test_links_pictures_and_tables_stay_and_nothing_steers_a_terminal() -> None:
    inside = (
        f'{TEXT}<p>\x1b]0;evil\x07 <a href="/more">more</a></p><table><tr><td>A</td><td>B</td></tr></table>'
    )
    found = extract(shown(inside), "https://valley.example/a", "text/html")
    assert 'href="https://valley.example/more"' in found.html and "<td>" in found.html
    assert "\x1b" not in found.html + found.text and "\x07" not in found.html + found.text


def test_words_are_counted_in_scripts_without_spaces() -> None:
    assert count("one two three") == 3
    assert count("山道在第一场雪前重新开放") == 1 + 6


def test_captions_numbered_lists_and_code_in_lines_stay_what_they_are() -> None:
    inside = (
        "<figure><img src='/media/7?w=8' title='Zoom'>"
        "<figcaption>Seen <a href=/by>by Mara</a>.</figcaption></figure>"
        f"{TEXT}<ol><li>one<ul><li>in it</li></ul></li><li>two</li></ol>"
        "<p>Run <code>make</code>, <q>he</q> said.</p>"
        "<pre><code>a = (1)\n  b</code></pre><blockquote><p>A quotation.</p></blockquote>"
        "<figure><blockquote><p>Said.</p></blockquote><figcaption>Its source.</figcaption></figure>"
        "<figure><img src='data:image/gif;base64,R0lG' data-src='/lazy.jpg' alt='A &amp; B'></figure>"
    )
    html = extract(shown(inside), "https://valley.example/a", "text/html").html
    for part in (
        '<figure><img src="https://valley.example/media/7?w=8" alt="">'
        "<figcaption>Seen by Mara.</figcaption></figure>",
        "<ol><li>one<ul><li>in it</li></ul></li><li>two</li></ol>",
        "<p>Run <code>make</code>, <q>he</q> said.</p>",
        "<pre>a = (1)\n  b</pre>",
        "A quotation.</p></blockquote>",
        "Its source.",
        '<img src="https://valley.example/lazy.jpg" alt="A &amp; B">',
    ):
        assert part in html, f"{part} is not in {html}"
    assert "Zoom" not in html and "termnews" not in html and "\ue000" not in html


def test_letters_no_tree_may_hold_do_not_cost_the_page() -> None:
    picture = "<figure><img src=/a.jpg alt='a\x0bb\ufffe&#1;&#x1f;&#110;'>"
    odd = f"{picture}<figcaption>It\x0c\x0bis\ufffe &#x1b;[31m</figcaption></figure>"
    html = extract(shown(f"{TEXT}{odd}"), "https://valley.example/a", "text/html").html
    assert 'alt="a bn"' in html and "<figcaption>It" in html and "\x1b" not in html


CONSENT = {
    "en": "We and our 842 partners store and access information on a device, such as cookies, and process "
    "personal data, such as unique identifiers, for personalised advertising and content. With your "
    "permission we may use precise geolocation data and identification through device scanning. Some "
    "partners rely on their legitimate interest. You can withdraw your consent at any time. ",
    "de": "Wir und unsere 180 Partner speichern Informationen auf einem Gerät und verarbeiten genaue "
    "Standortdaten für personalisierte Anzeigen. Ihre Einwilligung ist jederzeit widerrufbar. Lesen Sie mit "
    "Werbung und Tracking weiter oder ohne Tracking im Abo. Näheres sagt die Datenschutzerklärung. ",
    "ru": "Нажимая кнопку, вы даёте согласие на обработку персональных данных и файлов cookie "
    "нашим партнёрам для рекламы. Вы можете отозвать согласие в любое время; подробнее об этом "
    "говорит политика конфиденциальности сайта. ",
}


@pytest.mark.parametrize("lang", CONSENT)
def test_a_long_question_of_consent_is_no_article(lang: str) -> None:
    asked = "".join(f"<p>{CONSENT[lang]} ({at})</p>" for at in range(9))
    with pytest.raises(ExtractError, match="consent"):
        extract(shown(asked), "https://valley.example/a", "text/html")
    beside = f"{TEXT}{TEXT.replace('valley', 'gorge')}{TEXT.replace('valley', 'plain')}<p>{CONSENT[lang]}</p>"
    assert extract(shown(beside), "https://valley.example/a", "text/html").text


def test_an_article_about_consent_is_an_article() -> None:
    said = (
        "The parliament voted to simplify cookie banners, which ask for consent on nearly every website.",
        "A button to reject all cookies must stand beside the one that says accept all, in the same size.",
        "Privacy groups called the exception for legitimate interest a gift to our partners in advertising.",
        "A privacy policy should fit onto one page, said a spokeswoman, and most people never read it.",
        "Researchers had found that nine of ten banners break the rules, and nobody can withdraw a click.",
    )
    body = "".join(f"<p>{each} ({at})</p>" for at in range(3) for each in said)
    assert extract(shown(body), "https://valley.example/a", "text/html").text


def test_the_beginning_of_an_article_one_has_to_pay_for_is_not_the_article() -> None:
    free = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'
    with pytest.raises(ExtractError, match="paywall"):
        extract(shown(f"{TEXT}<div class=paywall-offer>Go on</div>", free), "https://valley.example/a")
    assert extract(shown(TEXT, free), "https://valley.example/a").text  # counted, and open all the same
