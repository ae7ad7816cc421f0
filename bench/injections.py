"""Makes 200 random changes in a copy of real texts, and counts how many are found.

    python -m bench.injections             needs the folder of real texts (SUNCHI_SHARED)
    python -m bench.injections --seed 12   others

An **edit** removes a sentence with a signal, or replaces a set phrase by "good"; a **deletion** takes an article down,
both in KCNA's articles of 2011 and 2024. For an **omission**, a message given in full gets three earlier years in the
same words, and loses the sentences of one family of set phrases. A **missing** message is a greeting of 1997 to 2008
that was due and came, and is removed; a **late** one is moved to 1 to 14 days after its last day. For **another
order**, a state that none of the last New Year addresses named first is named at the beginning.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from bench.new_year import spoken
from sunchi.history import compare_documents, compare_messages
from sunchi.history.articles import Articles
from sunchi.history.baseline import ENOUGH, MessageHistory, years_before
from sunchi.history.compare_messages import LONG
from sunchi.history.compare_revisions import SAID, Revised, observed
from sunchi.history.coverage import Coverage
from sunchi.history.due import CAME, LATE, learned_from
from sunchi.history.findings import Finding, merged
from sunchi.history.identities import families_by, phrases_said, with_identities
from sunchi.history.items import Item, items_of
from sunchi.history.silences import silences
from sunchi.lexicon import Lexicon, load
from sunchi.model import ARTICLES
from sunchi.signals import detect
from sunchi.text import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))
TEXTS = ("kcna_en_2011.jsonl.gz", "kcna_en.jsonl")
HEADLINES = "kcna_en_headlines.jsonl.gz"
ADDRESSES = "new_year_ko.jsonl.gz"

BASELINE_YEARS = 6  # of a document of its day of the year
NUMBERS = {"edit": 40, "deletion": 30, "omission": 40, "missing": 30, "late": 30, "order": 30}

_YEARLY = ("greet", "reply")  # classes of messages that come each year
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")

Row = dict[str, Any]


@dataclass(frozen=True)
class Injected:
    """One change, and whether it was found."""

    kind: str
    what: str
    is_found: bool


@dataclass(frozen=True)
class Corpus:
    """Articles (model.ARTICLES) with their signals."""

    articles: pl.DataFrame
    signals: pl.DataFrame
    lexicon: Lexicon

    @classmethod
    def of(cls, rows: Iterable[Row], lexicon: Lexicon) -> Corpus:
        articles = pl.DataFrame(list(rows), schema=ARTICLES, orient="row")
        found = [detect(some, lexicon) for some in articles.iter_slices(700)]
        return cls(articles, pl.concat(found), lexicon)

    def said(self) -> dict[str, list[Row]]:
        """Return the signals of a kind whose change is a finding, by article."""
        found: dict[str, list[Row]] = defaultdict(list)
        for signal in self.signals.filter(pl.col("kind").is_in(SAID)).iter_rows(named=True):
            found[signal["article"]].append(signal)
        return found


def edits(corpus: Corpus, number: int, chance: random.Random) -> Iterator[Injected]:
    """Remove sentences with a signal, or replace a phrase."""
    said, rows = corpus.said(), {row["article"]: row for row in corpus.articles.iter_rows(named=True)}
    chosen = chance.sample(sorted(said), number)
    signals = [chance.choice(said[id]) for id in chosen]
    edited = [_edited(rows[id], signal, chance) for id, signal in zip(chosen, signals, strict=True)]
    after = Corpus.of(edited, corpus.lexicon).said()
    for id, signal in zip(chosen, signals, strict=True):
        found = list(observed([_revised(rows[id], said[id], after[id])]))
        yield Injected(
            "edit", f"{id}: {signal['quote'][:60]}", any(each.partner == signal["partner"] for each in found)
        )


def _edited(row: Row, signal: Row, chance: random.Random) -> Row:
    text = "\n".join([row["title"], *row["paragraphs"]])
    if signal["kind"] == "formula" and chance.random() < 0.5:
        text = text.replace(signal["quote"], "good")
    else:
        text = _without(text, [(signal["start"], signal["end"])])
    title, *paragraphs = text.split("\n")
    return row | {"title": title, "paragraphs": [each for each in paragraphs if each.strip()]}


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text without the sentences of some spans; a headline keeps its line."""
    taken = [
        (start, end)
        for start, end in sentences(text, "en")
        if any(start < last and first < end for first, last in spans)
    ]
    for start, end in reversed(taken):
        text = text[:start] + text[start:end].count("\n") * "\n" + text[end:]
    return text


def _revised(row: Row, before: Sequence[Row], after: Sequence[Row] | None) -> Revised:
    day = row["date"]
    return Revised(row["article"], "kcna/en", row["title"], row["url"], day, day, 2, before, after)


def deletions(corpus: Corpus, number: int, chance: random.Random) -> Iterator[Injected]:
    """Take articles down."""
    said, rows = corpus.said(), {row["article"]: row for row in corpus.articles.iter_rows(named=True)}
    for id in chance.sample(sorted(said), number):
        partners = {signal["partner"] for signal in said[id]}
        found = {each.partner for each in observed([_revised(rows[id], said[id], None)])}
        yield Injected("deletion", id, found == partners)


def omissions(corpus: Corpus, number: int, chance: random.Random) -> Iterator[Injected]:
    """Give messages three earlier years in the same words, and remove one family of phrases."""
    said = with_identities(phrases_said(corpus.signals), corpus.lexicon)
    families = families_by(said, "article", "partner")
    items = [
        item
        for item in items_of(corpus.signals, corpus.articles, corpus.lexicon)
        if item.is_comparable
        and item.from_id
        and item.to_id
        and item.level != "other"
        and item.families
        and item.message_class in _YEARLY
    ]
    rows = {row["article"]: row for row in corpus.articles.iter_rows(named=True)}
    possible = [
        (item, family)
        for item in items
        for family in sorted(families.get((item.article, item.partner), frozenset()) & (item.families or frozenset()))
    ]
    chance.shuffle(possible)
    made = 0
    for item, family in possible:
        if made == number:
            return
        row = rows[item.article]
        spans = [
            (signal["start"], signal["end"])
            for signal in said.filter(pl.col("article") == item.article).iter_rows(named=True)
            if family in (signal["families"] or ())
        ]
        title, *paragraphs = _without("\n".join([row["title"], *row["paragraphs"]]), spans).split("\n")
        now = row | {"title": title, "paragraphs": [each for each in paragraphs if each.strip()]}
        result = _omitted(item, row, now, corpus.lexicon)
        if result is not None:
            made += 1
            yield Injected("omission", f"{item.article}: “{family}”", f"without “{family.replace('_', ' ')}”" in result)


def _omitted(item: Item, row: Row, now: Row, lexicon: Lexicon) -> str | None:
    """Return what is found in a shortened message compared with three years of the same; None if it is too short."""
    years = [_earlier(row, n) for n in (1, 2, 3)]
    corpus = Corpus.of([*years, now], lexicon)
    history = MessageHistory.of(corpus.signals, corpus.articles, lexicon)
    own = [each for each in history.items if each.article == item.article and each.partner == item.partner]
    if not any(each.is_comparable and (each.words or 0) >= LONG for each in own):
        return None
    found = merged(compare_messages.observed(history.items, history, Coverage.of(corpus.articles)))
    return "; ".join(each.first_line for each in found if each.day == item.date)


def _earlier(row: Row, years: int) -> Row:
    """Return a message as it may have been years before: on that day, for the anniversary of that year."""

    def ordinal(match: re.Match[str]) -> str:
        number = int(match[1]) - years
        ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"

    title, *paragraphs = (
        _ORDINAL.sub(ordinal, text).replace(str(row["date"].year), str(row["date"].year - years))
        for text in (row["title"], *row["paragraphs"])
    )
    made = {"article": f"{row['article']}-{years}", "date": years_before(row["date"], years)}
    return row | made | {"title": title, "paragraphs": paragraphs}


def missing(items: Sequence[Item], coverage: Coverage, lexicon: Lexicon, number: int, chance: random.Random,
            *, is_late: bool = False) -> Iterator[Injected]:  # fmt: skip
    """Remove greetings that were due and came, or move them past their last day."""
    due = [each for each in learned_from(MessageHistory(items), coverage) if each.state == CAME and each.came]
    for each in chance.sample(due, number):
        gone = each.came
        if gone is None:
            continue
        kept = [item for item in items if (item.edition, item.partner) == (gone.edition, gone.partner)]
        kept = [item for item in kept if (item is not gone and not each.first <= item.date <= each.last + LATE)
                or item.direction != gone.direction]  # fmt: skip
        if is_late:
            kept.append(replace(gone, date=each.last + timedelta(days=chance.randint(1, LATE.days))))
        found = [one for one in silences(MessageHistory(kept), coverage, lexicon) if _is_of(one, each.day, gone)]
        is_found = any(bool(one.withdrawn_on) == is_late for one in found)
        yield Injected("late" if is_late else "missing", f"{gone.date} {gone.title[:60]}", is_found)


def _is_of(finding: Finding, day: date, item: Item) -> bool:
    return finding.partner == item.partner and abs((finding.day - day).days) <= 20


def orders(addresses: Sequence[Row], lexicon: Lexicon, number: int, chance: random.Random) -> Iterator[Injected]:
    """Name a state at the beginning of a New Year address that no earlier one names first.

    Only addresses that are documents, with three more in the six years before, are used.
    """
    corpus = Corpus.of(addresses, lexicon)
    named = corpus.signals.filter(pl.col("kind") == "attention").sort(pl.col("detail").struct.field("order"))
    states = {str(id): some["partner"].to_list() for (id,), some in named.group_by("article", maintain_order=True)}
    words = dict(named.group_by("article").agg(pl.col("value").sum()).iter_rows())
    documents = [
        row
        for row in addresses
        if words.get(row["article"], 0) >= compare_documents.WORDS
        and len(states[row["article"]]) >= compare_documents.STATES
    ]
    possible = []
    for row in documents:
        earlier = [each for each in documents if 0 < row["date"].year - each["date"].year <= BASELINE_YEARS]
        firsts = {states[each["article"]][0] for each in earlier}
        if len(earlier) >= ENOUGH:
            possible += [(row, earlier, state) for state in states[row["article"]] if state not in firsts]
    for row, earlier, state in chance.sample(possible, min(number, len(possible))):
        greeted = f"{_name(state, lexicon)} 인민들에게 새해의 인사를 보냅니다."
        known = Corpus.of([*earlier, row | {"paragraphs": [greeted, *row["paragraphs"]]}], lexicon)
        found = compare_documents.observed(Articles(known.signals, Coverage({}), lexicon))
        is_found = any(
            each.part.kind == "order" and each.partner == state and each.day == row["date"] for each in found
        )
        yield Injected("order", f"{row['date'].year}: {state} first", is_found)


def _name(state: str, lexicon: Lexicon) -> str:
    return next((name.form for name in lexicon.names if name.partner == state and name.lang == "ko"), state)


def _rows(file: Path) -> Iterator[Row]:
    opened: Callable[..., Any] = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            given = json.loads(line)
            yield {
                "article": f"{file.name}:{number}", "source": given["source"], "lang": given["lang"],
                "url": given.get("url") or "", "date": date.fromisoformat(given["date"]), "title": given["title"],
                "paragraphs": given.get("paragraphs") or [],
            }  # fmt: skip


def injected(shared: Path, lexicon: Lexicon, seed: int) -> Iterator[Injected]:
    """Yield all changes."""
    chance = random.Random(seed)  # noqa: S311 - a sample
    data = shared / "data"
    texts = Corpus.of((row for name in TEXTS for row in _rows(data / name)), lexicon)
    yield from edits(texts, NUMBERS["edit"], chance)
    yield from deletions(texts, NUMBERS["deletion"], chance)
    yield from omissions(texts, NUMBERS["omission"], chance)
    headlines = Corpus.of(_rows(data / HEADLINES), lexicon)
    items, coverage = items_of(headlines.signals, headlines.articles, lexicon), Coverage.of(headlines.articles)
    yield from missing(items, coverage, lexicon, NUMBERS["missing"], chance)
    yield from missing(items, coverage, lexicon, NUMBERS["late"], chance, is_late=True)
    addresses = [row | {"paragraphs": spoken(row["paragraphs"])} for row in _rows(data / ADDRESSES)]
    yield from orders(sorted(addresses, key=lambda row: row["date"]), lexicon, NUMBERS["order"], chance)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=11)
    seed = parser.parse_args().seed
    if lacking := [name for name in (*TEXTS, HEADLINES, ADDRESSES) if not (SHARED / "data" / name).is_file()]:
        raise SystemExit(f"needs real texts: no {lacking[0]} in {SHARED / 'data'} (set SUNCHI_SHARED)")
    found: dict[str, list[bool]] = defaultdict(list)
    for each in injected(SHARED, load(ROOT / "lexicon"), seed):
        found[each.kind].append(each.is_found)
        if not each.is_found:
            sys.stdout.write(f"not found: {each.kind} {each.what}\n")
    for kind, some in found.items():
        sys.stdout.write(f"{kind:<10}{sum(some):>4} of {len(some)}\n")
    total = [is_found for some in found.values() for is_found in some]
    sys.stdout.write(f"{'all':<10}{sum(total):>4} of {len(total)}, {sum(total) / len(total):.0%}\n")


if __name__ == "__main__":
    main()
