"""Placement: on which page an article stands, and whether it is more than a line of a list; only where it is known."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.signals.document import Document
from sunchi.signals.rationale import Found, Reason


def placement(document: Document) -> Iterator[Found]:
    """Yield one row where page or list say where the article stands, with the headline as its evidence.

    `front_page` and `page` are of the printed paper; `listed` has a text and no known page; of `list_only` and
    `media_only` there is no text but the headline, of the latter pictures.
    """
    page, position = document.place["page"], document.place["position"]
    has_text = bool(document.original[document.headline :].strip())
    if page:
        code = "front_page" if page == 1 else "page"
    elif document.place["photos"] and not has_text:
        code = "media_only"
    elif position:
        code = "listed" if has_text else "list_only"
    else:
        return
    headline = (0, document.headline) if document.headline else document.sentence_at(0)
    detail = {name: value for name, value in document.place.items() if name != "page"}
    found = document.row("placement", "", code, float(page or position or 0), headline, **detail)
    yield Found(found, (Reason("as the printed page or the list says"),))
