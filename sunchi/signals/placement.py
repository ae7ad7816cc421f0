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
    place = document.place
    code = _code(document)
    if not code:
        return
    value = place.page if code in ("front_page", "page") else place.position
    headline = (0, document.headline) if document.headline else document.sentence_at(0)
    found = row(
        document,
        "placement",
        "",
        code,
        float(value or 0),
        headline,
        pages=place.pages,
        position=place.position,
        entries=place.entries,
        photos=place.photos,
    )
    yield Found(found, (Reason("as the printed page or the list says"),))


def _code(document: Document) -> str:
    place = document.place
    if place.page:
        return "front_page" if place.page == 1 else "page"
    if document.original[document.headline :].strip():
        return "listed" if place.position else ""
    if place.photos:
        return "media_only"
    return "list_only" if place.position else ""
