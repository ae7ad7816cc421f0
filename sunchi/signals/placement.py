"""Placement: on which page an article stands, and whether it is more than a line of a list; only where it is known."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.signals.document import Document
from sunchi.signals.rationale import Found, Reason
from sunchi.signals.row import row


def placement(document: Document) -> Iterator[Found]:
    """Yield one row where page or list say where the article stands, with the headline as its evidence.

    `front_page` and `page` are of the printed paper; `listed` has a text and no known page; of `list_only` and
    `media_only` there is no text but the headline, of the latter pictures.
    """
    page, position = document.place["page"], document.place["position"]
    code = _code(document)
    if code:
        headline = (0, document.headline) if document.headline else document.sentence_at(0)
        detail = {name: value for name, value in document.place.items() if name != "page"}
        found = row(document, "placement", "", code, float(page or position or 0), headline, **detail)
        yield Found(found, (Reason("as the printed page or the list says"),))


def _code(document: Document) -> str:
    if page := document.place["page"]:
        return "front_page" if page == 1 else "page"
    is_on_list = bool(document.place["position"])
    if document.original[document.headline :].strip():
        return "listed" if is_on_list else ""
    if document.place["photos"]:
        return "media_only"
    return "list_only" if is_on_list else ""
