"""Measures how the ledger's time grows: joins the messages of 50,000, 100,000 and 200,000 articles.

    python bench/ledger.py              these numbers of articles
    python bench/ledger.py 1000         1,000, 2,000 and 4,000

Each day has forty reports, as KCNA, Rodong Sinmun and a newspaper print them: in full, by the office alone, leaving a
party open, and in Spanish. A ratio near 2 means linear growth, one near 4 quadratic.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sunchi.identity.ledger import MessageReport, messages
from sunchi.lexicon import load
from sunchi.model import IDENTITIES

ROOT = Path(__file__).resolve().parent.parent
A_DAY = 40
KIM = "Kim Jong Un"
PARTNERS = {"CN": ("Xi Jinping", "China"), "RU": ("Vladimir Putin", "Russia"), "VN": ("To Lam", "Vietnam")}


def reports(articles: int) -> Iterator[MessageReport]:
    """Yield that many reports, forty per day."""
    for number in range(articles):
        day = date(2000, 1, 1) + timedelta(days=number // A_DAY)
        partner = list(PARTNERS)[number % len(PARTNERS)]
        name, state = PARTNERS[partner]
        plain = MessageReport(
            article=f"a{number}",
            source=("kcna", "rodong")[number % 2],
            lang="en",
            language="en",
            date=day,
            title="Message",
            url=f"http://paper.example/{number}",
            deleted=False,
            partner=partner,
            direction=("out", "in")[number % 7 % 2],
            kind=("greeting", "congratulation", "letter")[number % 11 % 3],
            sender=KIM,
            recipient=name,
            occasion="",
            words=0,
            full_text=False,
            salutation=None,
            grouped=False,
            named=True,
            dated="",
            quote=f"{KIM} sent a message, the {number}th, to {name}, president of {state}.",
            identity=dict.fromkeys(IDENTITIES, ""),  # as for somebody not in the lexicon
        )
        office = replace(plain, recipient=f"president of {state}", named=False)
        spanish = replace(plain, language="es")
        opened = replace(plain, source="hani", recipient=state, named=False)
        unnamed = replace(plain, sender="", recipient="", named=False)
        found = (plain, office, spanish, opened, unnamed)[number % 5]
        if found.direction == "in":
            found = replace(found, sender=found.recipient, recipient=found.sender)
        yield found


def main(articles: int) -> None:
    lexicon = load(ROOT / "lexicon")
    before = 0.0
    for number in (articles, 2 * articles, 4 * articles):
        some = list(reports(number))
        began = time.process_time()
        found = messages(some, lexicon)
        taken = time.process_time() - began
        ratio = f"{taken / before:.2f} times" if before else ""
        print(f"{number:>8,} reports  {len(found):>8,} messages  {taken:8.2f} s  {ratio}", flush=True)  # noqa: T201
        before = taken


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
