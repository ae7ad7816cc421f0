"""A stand-in for the three sites in the week of the Eighth Congress of the WPK, 5 to 13 January 2021.

The facts are those of the week: who wrote to whom and when, whom the report named first and at what length, who was
appointed. The sentences and the everyday items between them are the demo's own; it has no page of a real site.

    with DemoServer() as demo:
        demo.mirrors    # {"kcna": "http://127.0.0.1:…", "rodong": …, "hani-en": …, "hani-ko": …}
        demo.day = DAYS[1]

`python -m demo` serves it for a browser.
"""

from demo.server import DAYS, EVE, SITES, DemoServer

NOTICE = (
    "Demo: the facts are of January 2021 and of the years before; all sentences, edits and deletions are the demo's "
    "own. No paper printed them, nobody said them, and the links lead to no page."
)
"""The notice in each alert and the report of the demo."""

__all__ = ["DAYS", "EVE", "NOTICE", "SITES", "DemoServer"]
