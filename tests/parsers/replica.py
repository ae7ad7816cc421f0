"""The stand-in sites of the shared folder, called in memory."""

from __future__ import annotations

import importlib.util
import urllib.parse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sunchi.model import Page, Request


class StandIn:
    """One site of `replica.py` (`Kcna`, `Rodong`) in one of its eras, at the end of `day`; it keeps a cookie."""

    def __init__(self, shared: Path, site: str, articles: str, day: str, era: str) -> None:
        file = shared / "replica" / "replica.py"
        spec = importlib.util.spec_from_file_location("replica", file)
        assert spec is not None
        assert spec.loader is not None
        self.module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.site = getattr(self.module, site)(self.module.load(shared / "data" / articles), day, era)
        self.cookie = ""

    def page(self, request: Request, encoding: str = "utf-8") -> Page:
        url = urllib.parse.urlsplit(request.url)
        path = url.path + (f"?{url.query}" if url.query else "")
        status, body, headers = self.site.reply(request.method, path, dict(request.form), self.cookie)
        if "Set-Cookie" in headers:
            self.cookie = headers["Set-Cookie"].partition("=")[2].partition(";")[0]
        fetched_at = datetime.fromisoformat(self.site.day).replace(hour=23, tzinfo=UTC)
        headers = {"Content-Type": "text/html; charset=utf-8", **headers}
        return Page(request, request.url, status, tuple(headers.items()), body.encode(encoding, "replace"), fetched_at)


def as_published(article: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return day, title and paragraphs of one line of the shared texts, in a parser's form."""
    blocks = article.get("paragraphs") or article["text"].split("\n")
    blocks = [" ".join(block.replace("\ufeff", "").split()) for block in blocks]
    blocks[-1] = blocks[-1].removesuffix("-0-").rstrip()
    title = " ".join(article["title"].replace("\ufeff", "").split())
    return article["date"], title, [block for block in blocks if block]
