"""Makes strangers' text safe to show in chats, mails, browsers, terminals and JSON."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_CONTROLS = ("Cc", "Cf", "Cs", "Co")  # Unicode categories of invisible and control characters
_FOR_CHAT = str.maketrans({"@": "＠", "<": "‹", ">": "›", "`": "'"})
_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def safe_text(text: str) -> str:
    """Return text in which no chat, mail or browser finds control characters, tags, mentions or Markdown links."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _CONTROLS)
    return kept.translate(_FOR_CHAT).replace("](", "] (")


_MARKS = re.compile(r"([\\`*_{}\[\]|~]|^[#+-])")  # the last of them are special only at the start of a line
_NUMBER = re.compile(r"^(\d+)(?=[.)])")  # which would begin a list
_ADDRESS = re.compile(r"(https?://[^\s‹›]*[^\s‹›?!.,:;*_~()\[\]'\"…])")


def in_markdown(text: str) -> str:
    """Return text on one line, with everything escaped that Markdown or HTML would interpret; addresses are links."""
    parts = _ADDRESS.split(safe_text(" ".join(text.split())))
    return "".join(
        f"<{part}>" if place % 2 else _NUMBER.sub(r"\1\\", _MARKS.sub(r"\\\1", part.replace("&", "&amp;")))
        for place, part in enumerate(parts)
    )


def visible(text: str) -> str:
    """Return text of the same length in which invisible and control characters are shown as �."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in _CONTROLS else " " if c == "\t" else "�" for c in text
    )


def escape_json(json: str) -> str:
    """Return JSON in which invisible and terminal control characters are written as `\\u009b`."""
    if json.isascii() and "\x7f" not in json:  # as most lines are
        return json
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def web_address(url: str) -> str:
    """Return the address if it is http(s) with a host and without spaces or control characters, otherwise ""."""
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cf") or c in '<>"`' for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
