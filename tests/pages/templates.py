"""Forty saved pages, written by a small generator: ten shapes of news pages in four languages.

Each has an article and, around it, what sites put there. It must stay deterministic: the words expected are
those put into the article.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SENTENCES = {
    "en": (
        "The council voted on Tuesday to reopen the mountain road before the first snow in the upper valley.",
        "Drivers had waited for eleven days while crews cleared boulders from the tunnel near the river.",
        "A spokesman for the ministry said that repairs would cost less than was feared in the autumn.",
        "Traders at the bazaar reported higher prices for flour, apples and diesel since the closure began.",
        "Geologists warned that another slide is possible if the rain returns at the end of the month.",
    ),
    "ru": (
        "Городской совет во вторник решил открыть горную дорогу до первого снега в верхней части долины.",
        "Водители одиннадцать дней ждали, пока рабочие убирали валуны из нижнего тоннеля возле реки.",
        "Представитель министерства сообщил, что ремонт обойдётся дешевле, чем опасались осенью.",
        "Торговцы на рынке говорят о подорожании муки, яблок и солярки с начала закрытия перевала.",
        "Геологи предупредили, что возможен новый оползень, если в конце месяца вернутся дожди.",
    ),
    "tg": (
        "Шӯрои шаҳр рӯзи сешанбе қарор кард, ки роҳи кӯҳӣ пеш аз барфи аввал дар болооби водӣ кушода шавад.",
        "Ронандагон ёздаҳ рӯз интизор шуданд, то коргарон сангҳоро аз нақби поёнӣ дар назди дарё бардоранд.",
        "Сухангӯи вазорат гуфт, ки таъмир назар ба он чи дар тирамоҳ тарсида буданд, арзонтар меафтад.",
        "Тоҷирон дар бозор мегӯянд, ки аз оғози бастани роҳ нархи орд, себ ва сӯзишворӣ боло рафтааст.",
        "Геологҳо ҳушдор доданд, ки агар борон дар охири моҳ баргардад, ярчи дигар имкон дорад.",
    ),
    "de": (
        "Der Gemeinderat beschloss am Dienstag, die Bergstraße vor dem ersten Schnee im Tal zu öffnen.",
        "Elf Tage lang warteten die Fahrer, während Arbeiter Felsen aus dem unteren Tunnel am Fluss räumten.",
        "Eine Sprecherin des Ministeriums sagte, die Reparatur koste weniger als im Herbst befürchtet.",
        "Händler auf dem Markt melden seit der Sperrung höhere Preise für Mehl, Äpfel und Diesel.",
        "Geologen warnten vor einem weiteren Erdrutsch, falls der Regen am Ende des Monats zurückkehrt.",
    ),
}
AROUND = {
    "en": (
        "Home",
        "Politics",
        "Sport",
        "Subscribe to our newsletter",
        "Most read",
        "All rights reserved",
        "Share",
    ),
    "ru": (
        "Главная",
        "Политика",
        "Спорт",
        "Подписаться на рассылку",
        "Читайте также",
        "Все права защищены",
        "Поделиться",
    ),
    "tg": ("Асосӣ", "Сиёсат", "Варзиш", "Обуна шудан", "Боз хонед", "Ҳамаи ҳуқуқҳо ҳифз шудаанд", "Мубодила"),
    "de": (
        "Start",
        "Politik",
        "Sport",
        "Newsletter bestellen",
        "Meistgelesen",
        "Alle Rechte vorbehalten",
        "Teilen",
    ),
}
CHARSETS = {"ru": "windows-1251", "de": "iso-8859-1"}
"""Encodings of the pages of a language that are not UTF-8, in every second shape."""


@dataclass(frozen=True)
class Page:
    """One saved page."""

    name: str
    body: bytes
    title: str
    words: str
    """The text of the article, without its title."""


class _Text:
    """Writes paragraphs and remembers what they say."""

    def __init__(self, lang: str, seed: int) -> None:
        self._random, self._lang, self.said = random.Random(seed), lang, list[str]()

    def words(self, count: int = 3) -> str:
        text = " ".join(self._random.choice(SENTENCES[self._lang]) for _ in range(count))
        number = self._random.randrange(100, 999)
        return self.keep(f"{text.removesuffix('.')} ({number}).")

    def keep(self, text: str) -> str:
        self.said.append(text)
        return text

    def paragraphs(self, count: int, tag: str = "p", extra: str = "") -> str:
        return "".join(f"<{tag}{extra}>{self.words()}</{tag}>\n" for _ in range(count))


def _plain(text: _Text) -> str:
    return f"<article>{text.paragraphs(6)}</article>"


def _classes(text: _Text) -> str:
    body = text.paragraphs(5)
    return f'<div class="layout"><div class="article__body">{body}</div></div>'


def _sections(text: _Text) -> str:
    head, rest = text.paragraphs(2), ""
    for _ in range(3):
        rest += f"<h2>{text.keep('Detail ' + str(len(text.said)))}</h2>{text.paragraphs(2)}"
    return f"<main><article>{head}{rest}</article></main>"


def _listed(text: _Text) -> str:
    items = "".join(f"<li>{text.words(1)}</li>" for _ in range(4))
    return f"<article>{text.paragraphs(3)}<ul>{items}</ul>{text.paragraphs(2)}{_numbered(text)}</article>"


def _numbered(text: _Text) -> str:
    return f"<ol>{''.join(f'<li>{text.words(1)}</li>' for _ in range(3))}</ol>"


def _quoted(text: _Text) -> str:
    start, quote = text.paragraphs(3), f"<blockquote><p>{text.words(2)}</p></blockquote>"
    return (
        f'<section class="post-content" itemprop="articleBody">{start}{quote}{text.paragraphs(3)}</section>'
    )


def _table(text: _Text) -> str:
    start = text.paragraphs(4)
    rows = "".join(
        f"<tr><td>{text.keep(f'Km {at}')}</td><td>{text.keep(str(at * 731))}</td></tr>" for at in range(1, 6)
    )
    return f"<article>{start}<table>{rows}</table>{text.paragraphs(2)}</article>"


def _linked(text: _Text) -> str:
    parts = []
    for at in range(6):
        first, second = text.words(1), text.words(1)
        parts.append(f'<p>{first} <a href="/topic/{at}">{second}</a> <b>{text.words(1)}</b></p>')
    return f'<div id="content"><div class="entry-content">{"".join(parts)}</div></div>'


def _interrupted(text: _Text) -> str:
    start = text.paragraphs(3)
    advert = '<div class="advert" aria-hidden="true"><a href="/buy">Buy now</a></div>'
    return f"<article>{start}{advert}{text.paragraphs(3)}</article>"


def _pictures(text: _Text) -> str:
    first = text.paragraphs(2)
    said = f'{text.words(1)} <a href="/by">{text.keep("Mara Adler")}</a>'
    figures = f'<figure><img src="/a.jpg" alt=""><figcaption class="caption">{said}</figcaption></figure>'
    gallery = "".join(
        f'<figure><picture><source srcset="/{at}.webp"><img src="/media/{at}?w=800" alt=""></picture>'
        f"<figcaption>{text.words(1)}</figcaption></figure>"
        for at in range(2)
    )
    return f"<article>{first}{figures}{gallery}{text.paragraphs(4)}</article>"


def _broken(text: _Text) -> str:
    """Return a page of the old kind: nothing is closed, the layout is tables."""
    body = "".join(f"<p>{text.words()}\n" for _ in range(6))
    return f'<div class="news-text"><font face=Arial>{body}</font></div>'


SHAPES: tuple[Callable[[_Text], str], ...] = (
    _plain, _classes, _sections, _listed, _quoted, _table, _linked, _interrupted, _pictures, _broken,
)  # fmt: skip


def pages() -> Iterator[Page]:
    """Yield the forty pages."""
    for number, shape in enumerate(SHAPES):
        for lang, around in AROUND.items():
            text = _Text(lang, number)
            title = SENTENCES[lang][number % 5].rstrip(".")
            article = shape(text)
            charset = CHARSETS.get(lang, "utf-8") if number % 2 else "utf-8"
            links = "".join(f'<li><a href="/{at}">{each}</a></li>' for at, each in enumerate(around[:3]))
            more = "".join(
                f'<li><a href="/n{at}">{each}</a></li>' for at, each in enumerate(SENTENCES[lang][:3])
            )
            page = (
                f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="{charset}">'
                f"<title>{title} | Valley Post"
                "</title><style>p{color:red}</style><script>var a = '<p>not text</p>';</script></head><body>"
                f"<header><nav><ul>{links}</ul></nav></header><h1>{title}</h1>{article}"
                f'<div class="social-share"><a href="#">{around[6]}</a></div>'
                f'<aside class="related"><h3>{around[4]}</h3><ul>{more}</ul></aside>'
                f'<form class="newsletter"><label>{around[3]}</label><input></form>'
                f"<footer><p>© 2026 Valley Post. {around[5]}.</p></footer></body></html>"
            )
            name = f"{shape.__name__.strip('_')}-{lang}"
            yield Page(name, page.encode(charset), title, " ".join(text.said))
