"""A web page → the article in it, or the reason why there is none to be read; trafilatura stops here.

It must never fetch, and never take a paywall, a question of consent or a page of teasers for an article:
then what the feed said is better.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from termnews.models import FullText
from termnews.parse.charset import decode
from termnews.refusals import refusal
from termnews.render import plain
from termnews.sanitize import clean_text

MOST_LETTERS: Final = 3_000_000
"""Letters of a page that are read; the longest articles have a tenth, behind megabytes of script."""
FEWEST_WORDS: Final = 30
"""Words below which a text is no article."""
SHORT: Final = 160
"""Words below which a text is doubted where the page speaks of paying or of consent."""
TEASER: Final = 350
"""Words below which a text is doubted where the page says, in two ways, that one has to pay for it."""
_DENSE: Final = 60
"""Words of a text for each formula of consent in it at most, for it to be nothing else."""
_ENOUGH: Final = 0.9
"""Share of the words of the feed's own text which the page must have at least."""

_CONTROLS: Final = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|6553[45]))(?:;|(?![0-9a-f]))",
    re.IGNORECASE,
)
_SCRIPTS: Final = re.compile(
    r"<(script|style|noscript|template|svg)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_INSTEAD: Final = re.compile(r"<noscript\b[^>]*>(.*?)</noscript\s*>", re.IGNORECASE | re.DOTALL)
"""What a browser without scripts is told."""
_NOT_FREE: Final = re.compile(r"isAccessibleForFree[\"']?\s*:\s*[\"']?(false|no|0)\b", re.IGNORECASE)
_WALL_MARKS: Final = re.compile(
    r"(?:class|id)\s*=\s*(?:[\"'][^\"']*|[^\"'\s>]*)(?:paywall|pay-wall|piano-offer|subscriber-only|regwall|metered|premium-wall)",
    re.IGNORECASE,
)
_WALL_WORDS: Final = re.compile(
    r"subscribe (?:now )?to (?:read|continue|keep)|already a subscriber|subscribers? only"
    r"|to (?:continue|keep) reading|become a (?:member|subscriber)|log in to read|create a free account"
    r"|подпи(?:шитесь|саться),? чтобы|только (?:для|по) подпис|по подписке|оформи(?:те|ть) подписку"
    r"|уже подписаны"
    r"|обуна шавед|танҳо барои обуначиён|weiterlesen mit|jetzt abonnieren|nur für abonnenten"
    r"|réservé aux abonnés|abonnez-vous|suscríbete para|solo para suscriptores|per gli abbonati",
    re.IGNORECASE,
)
_CONSENT_WORDS: Final = re.compile(
    r"cookies?\b|consent|privacy (?:policy|settings)|accept all|reject all|our partners|legitimate interest"
    r"|файлы? cookie|куки|соглас(?:ие|ны|ен)|персональных данных|принять все|кукиҳо|розигӣ|маълумоти шахсӣ"
    r"|einwilligung|datenschutz|alle akzeptieren|tout accepter|nos partenaires|aceptar todo",
    re.IGNORECASE,
)
# What sites ask everywhere in the words of one framework (IAB Europe, Transparency and Consent Framework),
# and what stands beside it; an article about consent has one or two of them.
_FORMULAS: Final = re.compile(
    r"access information on a device|precise geolocation data|device scanning|audience research"
    r"|personali[sz]ed (?:advertising|ads|content)|unique identifiers|withdraw your consent"
    r"|we value your privacy|manage (?:options|preferences|cookies|settings)|list of (?:partners|vendors)"
    r"|informationen auf einem (?:end)?gerät|genaue standortdaten|scannen von endgeräten"
    r"|personalisierte (?:anzeigen|werbung|inhalte)|ihre (?:einwilligung|zustimmung)|jederzeit widerruf"
    r"|datenschutz-?(?:einstellungen|erklärung)|ohne (?:werbung und )?tracking"
    r"|géolocalisation précises?|informations sur un (?:appareil|terminal)|retirer votre consentement"
    r"|(?:publicités?|contenus?)[^.]{0,20} personnalisée?s?|continuer sans accepter|gérer (?:mes|vos) choix"
    r"|localización geográfica precis|geolocalización precis|información en un dispositivo"
    r"|(?:publicidad|anuncios|contenido)[^.]{0,20} personalizad|retirar (?:su|tu) consentimiento"
    r"|geolocalizzazione precis|informazioni su un dispositivo|revocare il (?:tuo )?consenso"
    r"|(?:annunci|pubblicità|contenuti)[^.]{0,20} personalizzati"
    r"|обработк\w+ персональных данных|отозвать согласие|политик\w+ (?:конфиденциальности|обработки)"
    r"|настройк\w+ (?:файлов )?cookie|нажимая|вы (?:даёте|даете|выражаете) (?:своё |свое )?согласие"
    r"|коркарди маълумоти шахсӣ|сиёсати махфият|розигии худро",
    re.IGNORECASE,
)
_SCRIPT_WORDS: Final = re.compile(
    r"enable javascript|javascript (?:is )?(?:disabled|required)|включите javascript|not a robot|captcha"
    r"|checking your browser|verify you are human|just a moment",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"(?:^|[./_-])(?:consent|gdpr|login|log-in|signin|sign-in|subscribe|paywall|auth|sso"
    r"|zustimmung|einwilligung|cookie-?wall|privacy-?gate|myprivacy)(?:$|[./?_-])",
    re.IGNORECASE,
)
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def extract(body: bytes, url: str, content_type: str = "", *, said: str = "", asked: str = "") -> FullText:
    """Return the article a page holds.

    Args:
        body: the page.
        url: where it was found at last; links in it start there.
        content_type: the header of that name; may be empty.
        said: what the feed itself says of the article, as plain text; may be empty.
        asked: the address that was asked for; another one than `url` where it was redirected.

    Raises:
        ExtractError: it holds none to be read; the message is one sentence for the reader, and it has a code.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind and not any(each in kind for each in ("html", "xml", "text/plain")):
        raise refusal("kind", clean_text(kind)[:60])
    # A single control letter, spelt out or not, has trafilatura give up the page: lxml takes none.
    page = _CONTROLS.sub("", clean_text(decode(body, content_type, page=True)[:MOST_LETTERS]))
    html = clean_text(_article(page, url))
    text = plain(html) if html else ""
    if aside := _led_aside(asked, url):
        raise refusal("aside", aside)
    if why := _doubt(page, text, said):
        raise refusal(why)
    return FullText(html, url, text)


def _article(page: str, url: str) -> str:
    """Return the HTML of the article as trafilatura finds it; empty when it finds none."""
    try:
        import trafilatura  # 400 ms that only who reads full texts pays
    except ImportError as error:
        raise refusal("extra") from error
    from termnews.extract import markup

    tree = trafilatura.load_html(page)
    if tree is None:
        return ""
    markup.prepare(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=url or None,
        fast=True,
        output_format="xml",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        include_tables=True,
    )
    body = getattr(found, "body", None)
    return "" if body is None else markup.html(body)


def _doubt(page: str, text: str, said: str) -> str:
    """Return why the text found is not taken for the article, as a code of `refusals`; empty when it is."""
    words, known = count(text), count(said)
    visible = _SCRIPTS.sub(" ", page)
    if words < SHORT:
        # Where hardly any text came out, what the page says beside it tells why.
        around = text if words >= FEWEST_WORDS else visible
        if _NOT_FREE.search(page) or _walled(visible, around):
            return "paywall"
        if len({found.lower() for found in _CONSENT_WORDS.findall(around)}) >= 3:
            return "consent"
        instead = " ".join(_INSTEAD.findall(page)) if words < FEWEST_WORDS else ""
        if _SCRIPT_WORDS.search(around) or _SCRIPT_WORDS.search(instead):
            return "script"
    formulas = [found.lower() for found in _FORMULAS.findall(text)]
    if len(set(formulas)) >= 3 and len(formulas) * _DENSE >= words:
        return "consent"
    if words < TEASER and _NOT_FREE.search(page) and _walled(visible, text):
        return "paywall"
    if words < FEWEST_WORDS:
        return "none"
    if words < known * _ENOUGH:
        return "less"
    return ""


def _walled(visible: str, text: str) -> bool:
    return bool(_WALL_MARKS.search(visible) or _WALL_WORDS.search(text))


def _led_aside(asked: str, url: str) -> str:
    """Return the host of a login or consent page a request ended at; empty when it did not."""
    try:
        before, after = urlsplit(asked), urlsplit(url)
    except ValueError:
        return ""
    if not asked or (before.hostname, before.path) == (after.hostname, after.path):
        return ""
    place = f"{after.hostname or ''}{after.path}"
    return after.hostname or "" if _ASIDE.search(place) and not _ASIDE.search(asked) else ""


def count(text: str) -> int:
    """Return how many words a text has; of scripts without spaces two letters are taken for one."""
    return len(text.split()) + len(_IDEOGRAPHS.findall(text)) // 2
