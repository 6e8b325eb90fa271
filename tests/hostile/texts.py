"""Foreign text that means harm: what a title, a name or a body may hold. Our own making, all of it.

Every sequence that steers a terminal carries `BRAND`, so that a test can tell it from the program's own.
"""

from __future__ import annotations

from typing import Final

BRAND: Final = "31337"
"""Stands inside every foreign control sequence."""

STEERING: Final = (
    f"\x1b]0;{BRAND}\x07title",
    f"\x1b]52;c;{BRAND}\x07clipboard",
    f"\x1b]8;;https://{BRAND}.example/\x1b\\link\x1b]8;;\x1b\\",
    f"\x1b[{BRAND}mcolour",
    f"\x1b[?{BRAND}hmode",
    f"\x9b{BRAND}mC1",
    f"\x1bP{BRAND}\x1b\\device",
    f"\x1b_{BRAND}\x1b\\program",
    f"\x90{BRAND}\x9cC1 string",
    f"a\rb\x08c\x7fd\x0be\x0cf\x00g{BRAND}",
    f"\u202eesrever{BRAND}\u202c",
    f"\u2066isolated{BRAND}",
    f"\U000e0041\U000e007ftags{BRAND}",
    f"\ufffe\uffff\ufdd0\U0010ffffno characters{BRAND}",
    f"line\u2028and\u2029paragraph\x85breaks{BRAND}",
)
"""Control characters, sequences, marks of direction."""

MARKUP: Final = (
    "[@click=app.quit]quit[/]",
    "[/]",
    "[bold",
    "[link=file:///etc/passwd]x[/link]",
    "$[red on blue]x",
    "%s%n%(a)s {0} {self} {0.__class__} ${HOME} $(reboot) `reboot` ; reboot",
    "-rf --help -- -",
    "=cmd|' /C calc'!A0\t@SUM(1)\n+1",
    "```\n</pre>![x](javascript:alert(1)) | a | b |\n|---|---|\n***",
    "NEAR( \"unbalanced * ^ : AND OR NOT '; DROP TABLE articles; --",
    "../../../../etc/passwd\\..\\..\\CON",
    "<script>alert(1)</script><style>*{}</style><iframe src='javascript:alert(1)'></iframe>",
    "&lt;b&gt;&amp;lt;i&amp;gt;&amp;amp;#27;[31m",
)
"""What some reader of markup, shells, formats, queries or paths would obey."""

ODD: Final = (
    "Z" + "\u0300\u0315\u0321" * 3_000,
    "\u200b" * 5_000 + "zero width" + "\u200d" * 5_000,
    "👩\u200d" * 2_000,
    "\ufdfa" * 500,
    "سلام \u200f" * 300 + "שלום",
    "W" * 20_000,
    "漢" * 5_000,
    " " * 20_000 + "\n" * 5_000,
    "e\u0301" * 4_000,
    "ﷺ𝒜𝓁𝒾𝒸ℯ ⒈⒉ ＡＢＣ",
    "\u115f\u3164\u2800\u00ad\u034f invisible",
)
"""Legal characters that cost width, time or trust."""

LINKS: Final = (
    "javascript:alert(31337)",
    "JaVa\nScRiPt:alert(31337)",
    " \x01javascript:alert(31337)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "vbscript:x",
    "about:blank",
    "\\\\server\\share",
    "//[::1",
    "http://",
    "https://user:hunter2@bank.example/",
    "https://bank.example\\@evil.example/",
    "https://bank.example\\.evil.example/",
    "https://bank.example／evil.example/",
    "https://аррӏе.com/",
    "https://pаypal.com/login",
    "https://xn--80ak6aa92e.com/",
    "https://evil.example/\u202egpj.exe",
    "https://evil.example/\r\nSet-Cookie: a=b",
    "https://evil.example:99999999999/",
    "https://" + "a." * 3_000 + "example/",
    "https://evil.example/" + "x" * 200_000,
    "-oProxyCommand=reboot",
    "--help",
    "mailto:a@b.example?subject=x",
    "gemini://g.example/",
    "magnet:?xt=urn:btih:31337",
    "http://127.0.0.1:1/admin",
    "http://[::ffff:169.254.169.254]/latest/",
)
"""Addresses no reader may follow blindly."""

DATES: Final = (
    "Mon, 00 Jan 0000 00:00:00 GMT",
    "-0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "99999-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "Fri, 30 Feb 2024 25:61:61 +9999",
    "2024-02-30",
    "1e309",
    "99999999999999999999",
    "۱۴۰۳/۰۱/۰۱",
    "yesterday \x1b[31m",
    "2020/01/10 14:33:00",
    "9" * 50_000,
    "2024-W53-7T24:00:00,999Z",
)
"""Times that are none, or never were."""

IDS: Final = (
    "__class__",
    "keys",
    "{}",
    "[object Object]",
    "null",
    "../../etc/passwd",
    "'; DROP TABLE state; --",
    "same",
    "same",
    "",
    "\x1b]0;31337\x07",
    "%00",
    "CON",
    "x" * 100_000,
    "\u202e",
    "1",
    "01",
    "javascript:alert(1)",
)
"""Identities; some twice."""

ENCODINGS: Final = (
    "undefined",
    "unicode_escape",
    "unicode escape",
    "raw_unicode_escape",
    "utf-7",
    "u7",
    "idna",
    "punycode",
    "rot13",
    "hex",
    "bz2",
    "zlib",
    "base64",
    "uu",
    "mbcs",
    "oem",
    "utf-16",
    "utf-32",
    "ebcdic-cp-us",
    "cp037",
    "no such",
    "../../os",
    "utf-8\x00",
    "shift_jis",
    "iso-2022-jp",
    "hz",
    "gb18030",
    "latin-1",
    "x" * 40,
)
"""What a declaration may claim; few of them are true."""
