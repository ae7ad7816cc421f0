"""Text that tries to be interpreted as more than text, and KCNA articles that contain it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape

from parsers import SOURCES
from sunchi.model import Article, Link, Page, Request

NOW = datetime(2021, 1, 8, 3, tzinfo=UTC)
URL = "http://www.kcna.kp/en/article/detail/" + "0a" * 16

WORDS = {
    "bidirectional controls": "\u202egnihtyna\u202c \u2066one\u2069 \u200f",
    "unseen signs": "in\u200bvi\u2060si\u00adble \ufeff\u200d",
    "private use": "\ue000\uf8ff\U000f0000",
    "lone surrogates": "half \ud83d a sign \udc00",
    "controls": "nul \x00 bell \x07 back \x08 delete \x7f next \x9b31m",
    "escapes of a terminal": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "a line drawn over": "one\rtwo\x0bthree\x0cfour",
    "emoji": "👩‍👩‍👧‍👦 🇰🇵 ❤️",
    "mixed scripts": "Сhinа аnd Ηan 中国 중국 चीन",
    "markup": "<b>bold</b> <img src=x onerror=alert(1)> <script>alert(1)</script> &lt;i&gt;",
    "mentions": "@everyone @here <!channel> <!here|x> <@U123> <@&99> <#C1> @[Name](id) [mention|U1]",
    "Markdown": "[link](http://evil.example) ![](http://evil.example/x.png) **b** `c` ~~d~~ || e || # f",
    "an autolink": "<javascript:alert(1)> <http://evil.example|good.example> javascript:alert(1)",
    "templates": "{{ 7*7 }} {% for x in y %} {summary.__class__} %(what)s ${HOME} {0}",
    "rich's own markup": "[red]no[/red] [link=http://evil.example]x[/link] [/]",
    "a formula": "=cmd|' /C calc'!A0",
}
"""What it means to be -> the words."""


def page(words: str) -> Page:
    """Return a KCNA page with `words` in its title and text, which praises China, so that it alerts."""
    said = escape(words)
    body = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{said}</title></head><body><main><article>
    <h1>Friendship {said} with China</h1>
    <p>Pyongyang, January 8 (KCNA) -- The long-standing and special DPRK-China relations {said} are sealed in blood.</p>
    <p>The respected Comrade Kim Jong Un sent a message of greeting {said} to Xi Jinping, general secretary of the
    Central Committee of the Communist Party of China, on January 8.</p>
    <p>{said} <a href="javascript:alert(1)">{said}</a> <a href="{said}">x</a></p></article></main></body></html>"""
    return Page(Request(URL), URL, 200, (("Content-Type", "text/html"),), body.encode("utf-8", "surrogatepass"), NOW)


def article(words: str) -> Article:
    """Return what KCNA's parser reads from the page."""
    link = Link("kcna", "en", URL, URL, "", date(2021, 1, 8), 1)
    return SOURCES["kcna"].parse_article(page(words), link)
