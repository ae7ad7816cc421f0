"""Renders the text of an alert as HTML for mail and as Markdown for chats; pure.

The text itself is plain: each line is a link, a quote, a label of the comparison ("New: …") or a sentence. Anything
that comes from a page is escaped.
"""

from __future__ import annotations

import html
import re

from sunchi.text.safe import web_address

_QUOTE = re.compile("(?:Before: |Now: )?“")  # an edit is quoted from both texts
_LABEL = re.compile(r"(New|Gone|Also|now|before|Explained|Stored page|Rule|Also in [^:]{1,40}):(?= |$)")
_MARKS = re.compile(r"([\\*_~|\[\]#>`])")


def as_html(body: str) -> str:
    """Return an alert as HTML with clickable links and bold labels, using only tags that chats accept."""
    return "\n".join(f"<p>{'<br>'.join(map(_html_line, each.splitlines()))}</p>" for each in _paragraphs(body))


def as_markdown(body: str) -> str:
    """Return an alert as Markdown that Slack, Discord, Matrix and others render the same way."""
    return "\n\n".join("\n".join(map(_markdown_line, each.splitlines())) for each in _paragraphs(body))


def is_quote(line: str) -> bool:
    """Return whether a line of an alert quotes a text: `“…”`, and for an edit `Before: “…”` and `Now: “…”`."""
    return bool(_QUOTE.match(line))


def _paragraphs(body: str) -> list[str]:
    return [each for each in re.split(r"\n{2,}", body.strip()) if each]


def _html_line(line: str) -> str:
    if web_address(line):
        return f'<a href="{html.escape(line)}">{html.escape(line)}</a>'
    escaped = html.escape(line)
    return _LABEL.sub(lambda label: f"<b>{label[0]}</b>", escaped, count=1) if _LABEL.match(line) else escaped


def _markdown_line(line: str) -> str:
    if web_address(line):
        return line
    escaped = _MARKS.sub(r"\\\1", line)
    if is_quote(line):
        return f"> {escaped}"
    return _LABEL.sub(lambda label: f"**{label[0]}**", escaped, count=1) if _LABEL.match(line) else escaped
