"""A web site on loopback, and pages with an article in them."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = "tunnel engineers reached the valley after weeks of drilling through hard rock and cold water "


def page(number: int, body: str = "") -> str:
    """Return the page of one article; its word of its own is `marmotN`."""
    text = "".join(f"<p>Part {at} about marmot{number}: {WORDS}{WORDS}</p>" for at in range(6))
    return (
        f"<html><head><meta charset=utf-8><title>{number}</title></head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Article {number}</h1>{body or text}<p>It was said in Khorog, Tajikistan, today.</p>"
        "</article></body></html>"
    )


class Site:
    """A web site on loopback whose pages a test writes; it knows what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str | bytes]] = {}
        self.asked: list[str] = []
        self.open()

    def open(self, port: int = 0) -> None:
        """Serve, at a free port or at this one."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                status, text = site.pages.get(self.path, (404, "nothing"))
                self.send_response(status)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(text.encode() if isinstance(text, str) else text)

            def log_message(self, format: str, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Refuse connections from now on."""
        self.server.shutdown()
        self.server.server_close()
