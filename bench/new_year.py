"""The New Year addresses of 1946 to 2010: which states they name, and how many words go to each.

    python bench/new_year.py            rewrites docs/new-year.md and docs/new-year.svg
    python bench/new_year.py 1985       shows the sentences that count in a year, for counting by hand

The texts are not part of the project; new_year_ko.jsonl.gz is in the folder of real texts (SUNCHI_SHARED).
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import polars as pl

from sunchi.lexicon import Lexicon, load
from sunchi.model import ARTICLES
from sunchi.signals.attention.detect import Attention, measure
from sunchi.signals.document import Document, read

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "data" / "new_year_ko.jsonl.gz"
SHOWN = {"KR": "#8c6bb1", "US": "#d95f02", "JP": "#e6ab02", "SU": "#c0392b", "CN": "#1b7f5c", "": "#9aa0a6"}
"""Partners with their own colour in the chart, and the rest."""


@dataclass(frozen=True)
class Address:
    """One year's address."""

    year: int
    words: int
    partners: list[Attention]  # in the order of first mention
    document: Document | None  # None if it names nobody


def main() -> None:
    if not CORPUS.is_file():
        raise SystemExit(f"needs the New Year addresses: none at {CORPUS} (set SUNCHI_SHARED)")
    lexicon = load(ROOT / "lexicon")
    addresses = list(measured(CORPUS, lexicon))
    if len(sys.argv) > 1:
        for address in addresses:
            if str(address.year) in sys.argv[1:]:
                _show(address)
        return
    (ROOT / "docs" / "new-year.svg").write_text(chart(addresses, lexicon), encoding="utf-8")
    page = ROOT / "docs" / "new-year.md"
    head = page.read_text(encoding="utf-8").partition("<!-- the table -->")[0]
    page.write_text(f"{head}<!-- the table -->\n\n{table(addresses, lexicon)}", encoding="utf-8")


def measured(corpus: Path, lexicon: Lexicon) -> Iterator[Address]:
    """Return every address of the corpus, measured; an editor's introduction (해제) is left out."""
    rows = []
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            given = json.loads(line)
            rows.append((given["date"][:4], "", "ko", "", None, "", spoken(given["paragraphs"])))
    frame = pl.DataFrame(rows, schema=ARTICLES, orient="row")
    documents = {document.article: document for document in read(frame, lexicon)}
    for year, *_, paragraphs in rows:
        document = documents.get(year)
        words = document.words((0, len(document.text))) if document else sum(len(p.split()) for p in paragraphs)
        yield Address(int(year), words, measure(document) if document else [], document)


def spoken(paragraphs: list[str]) -> list[str]:
    """Return the address itself: the text after the heading 원문, or all but the line that says where it appeared."""
    for number, paragraph in enumerate(paragraphs):
        if paragraph.replace(" ", "") == "원문":
            return paragraphs[number + 1 :]
    return paragraphs[1:]


def table(addresses: list[Address], lexicon: Lexicon) -> str:
    """Return a Markdown table with one row per year."""
    rows = ["| year | words | states, in the order of first mention, with the words given to each |", "|---|---|---|"]
    for address in addresses:
        named = ", ".join(f"{lexicon.label(p.partner)} {p.words}" for p in address.partners)
        rows.append(f"| {address.year} | {address.words:,} | {named or 'none'} |")
    return "\n".join(rows) + "\n"


def chart(addresses: list[Address], lexicon: Lexicon) -> str:
    """SVG: a bar a year, as high as the share of the address's words that goes to other states, in their colours."""
    width, height, left, top = 13, 260, 46, 34
    most = max(sum(p.words for p in a.partners) / a.words for a in addresses)
    years = range(addresses[0].year, addresses[-1].year + 1)
    right = left + width * len(years)
    box = f'viewBox="0 0 {right + 20} {top + height + 44}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="sans-serif" font-size="11">',
        "<title>Share of each New Year address that speaks of other states, 1946 to 2010</title>",
        f'<rect width="{right + 20}" height="{top + height + 44}" fill="#fff"/>',
    ]
    for tenth in range(int(most * 10) + 1):
        y = top + height * (1 - tenth / 10 / most)
        parts.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{tenth * 10} %</text>')
    for address in addresses:
        x = left + width * (address.year - years[0])
        y = float(top + height)
        for partner, colour in SHOWN.items():
            words = sum(p.words for p in address.partners if (p.partner if p.partner in SHOWN else "") == partner)
            high = height * words / address.words / most
            y -= high
            if words:
                label = f"{address.year}: {lexicon.label(partner) if partner else 'others'} {words} words"
                parts.append(
                    f'<rect x="{x + 1}" y="{y:.1f}" width="{width - 2}" height="{high:.1f}" fill="{colour}">'
                    f"<title>{escape(label)}</title></rect>"
                )
        if address.year % 5 == 0:
            parts.append(
                f'<text x="{x + width / 2}" y="{top + height + 16}" text-anchor="middle">{address.year}</text>'
            )
    for number, (partner, colour) in enumerate(SHOWN.items()):
        x = left + number * 110
        parts.append(f'<rect x="{x}" y="10" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 15}" y="19">{escape(lexicon.label(partner) if partner else "others")}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _show(address: Address) -> None:
    for partner in address.partners:
        for start, end in partner.sentences if address.document else ():
            held = address.document.text[start:end] if address.document else ""
            words = address.document.words((start, end)) if address.document else 0
            sys.stdout.write(f"{address.year} {partner.partner} {words:4} {held}\n")


if __name__ == "__main__":
    main()
