"""Texts that a hostile or broken page might hold: how long 100 KB of them take, and how the work grows with the text.

    python bench/hostile.py                       all of it, some minutes
    python bench/hostile.py --holding 批评         only texts with this word
    python bench/hostile.py --worst 100           how many of the slowest are read at twice the length

The texts repeat what the detectors look for: each word of the lexicon and of the grammar's patterns, alone, after a
state's name, and in pairs; in one line without an end, as sentences, as paragraphs, as a headline, as a press review.
All are read at one length, and the slowest at twice and four times that length. Exit code 1 where 100 KB take more than
a second of processor time, or where the work grows faster than the text.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FrameType

import polars as pl

import sunchi.signals
from sunchi import signals
from sunchi.lexicon import Lexicon, load
from sunchi.lexicon.vocabulary import Pattern
from sunchi.model import ARTICLES

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 12_000  # characters at first
LIMIT = 30  # seconds, after which a text is given up
MOST = 1.0  # seconds for 100,000 bytes
EXPONENT = 1.4  # of the growth from once to four times the length; 1 is linear
NOTICED = 0.05  # seconds below which growth says nothing
PAIRS = 150  # of words, in each language

OPENING = {"en": "The DPRK and China.", "ko": "우리 나라와 중국.", "zh": "朝鲜和中国。", "es": "Corea y la China."}
STATE = {"en": "China ", "ko": "중국", "zh": "中国", "es": "China "}
SIGNS = (
    "a",
    ".",
    '"',
    "“",
    "(",
    "[",
    "-",
    " ",
    "\n",
    ",",
    "《",
    "》",
    "·",
    "-0- ",
    "1",
    "a.",
    "A. ",
    "'s ",
    "A, ",
    "and ",
)
WORDS = {
    "en": r"[A-Za-z][a-z]+(?: [a-z]+)*",
    "es": r"[A-Za-z][a-z]+(?: [a-z]+)*",
    "ko": "[가-힣]+(?: [가-힣]+)*",
    "zh": "[\u4e00-\u9fff]+",
}


@dataclass(frozen=True)
class Text:
    """A unit, and the shape in which it is repeated."""

    lang: str
    unit: str
    shape: str

    def article(self, length: int) -> tuple[str, list[str]]:
        """Return headline and paragraphs."""
        opening, end = OPENING[self.lang], "。" if self.lang == "zh" else ". "
        row = repeated(self.unit if self.lang in ("ko", "zh") else self.unit.rstrip(" ") + " ", length)
        match self.shape:
            case "headline":
                return f"{opening} {row}", [opening]
            case "sentences":
                return "China", [opening, repeated(self.unit.strip() + end, length)]
            case "paragraphs":
                return "China", [opening, *repeated(self.unit.strip() + "\n", length).split("\n")]
            case "review":
                return "Press Review", [opening, repeated(self.unit.strip() + end, length)]
            case _:
                return "China", [opening, row]


def repeated(unit: str, length: int) -> str:
    return (unit * (length // max(1, len(unit)) + 1))[:length]


def texts(lexicon: Lexicon) -> Iterator[Text]:
    """Yield every text: of each word, of each word after a state's name, and of pairs of words."""
    chance = random.Random(7)  # noqa: S311 - texts, not secrets
    for lang, words in words_by_language(lexicon).items():
        for sign in SIGNS:
            yield from (Text(lang, sign, shape) for shape in ("line", "headline", "sentences", "paragraphs"))
        for word in words:
            yield Text(lang, word, "line")
            yield Text(lang, f"{STATE[lang]}{word}", "line")
            yield Text(lang, f"{STATE[lang]}{word}", chance.choice(("sentences", "headline", "review", "paragraphs")))
        for _ in range(PAIRS):
            pair = " ".join(chance.sample(words, 2)) if lang in ("en", "es") else "".join(chance.sample(words, 2))
            yield Text(lang, f"{STATE[lang]}{pair}", chance.choice(("line", "headline", "sentences")))


def words_by_language(lexicon: Lexicon) -> dict[str, list[str]]:
    """Return the words of the lexicon and of the patterns of the grammar."""
    found: dict[str, dict[str, None]] = {lang: {} for lang in OPENING}
    for lang, words in found.items():
        lists = [
            *lexicon.vocabulary.classes[lang].values(),
            lexicon.offices.get(lang, ()),
            lexicon.organs.get(lang, ()),
        ]
        words.update(dict.fromkeys(word.rstrip("~") for some in lists for word in some))
        words.update(dict.fromkeys(tone.form for tone in lexicon.tones if tone.lang == lang))
        words.update(dict.fromkeys(term.samples[0] for term in lexicon.terms if term.lang == lang and term.samples))
        words.update(dict.fromkeys([name.form for name in lexicon.names if name.lang == lang][:40]))
        words.update(dict.fromkeys(word for text in pattern_texts(lang) for word in re.findall(WORDS[lang], text)))
        words.pop("", None)
    return {lang: list(words) for lang, words in found.items()}


def pattern_texts(lang: str) -> Iterator[str]:
    """Yield the expressions of the grammar in a language: those of `Pattern` by their own, others by their letters."""
    for module in walk_packages(sunchi.signals.__path__, "sunchi.signals."):
        for value in vars(import_module(module.name)).values():
            for each in value.values() if isinstance(value, dict) else (value,):
                if isinstance(each, Pattern) and each.lang == lang:
                    yield re.sub(r"\{\w+\}|\\.|\(\?[P<!=:]+\w*>?", " ", each.template)
                elif isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                    yield re.sub(r"\\.|\(\?[P<!=:]+\w*>?", " ", each.pattern)


def seconds(text: Text, length: int, lexicon: Lexicon) -> float:
    """Return the processor time of every detector; infinite where it is given up."""
    row = ("hostile", "kcna", text.lang, "", None, *text.article(length))
    frame = pl.DataFrame([row], schema=ARTICLES, orient="row")
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        signals.detect(frame, lexicon)
    except TimeoutError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--holding", default="", help="a word that the unit must hold")
    parser.add_argument("--worst", type=int, default=60)
    parser.add_argument("--lang", default="")
    given = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _give_up)
    lexicon = load(ROOT / "lexicon")
    wanted = [text for text in texts(lexicon) if given.holding in text.unit and given.lang in ("", text.lang)]
    for lang in OPENING:  # patterns are compiled when they are first asked for
        seconds(Text(lang, OPENING[lang], "sentences"), 1_000, lexicon)
    first = sorted(((seconds(text, LENGTH, lexicon), n) for n, text in enumerate(wanted)), reverse=True)
    bad = 0
    rows: list[tuple[float, str]] = []
    for once, n in first[: given.worst]:
        text = wanted[n]
        twice, four = (seconds(text, times * LENGTH, lexicon) for times in (2, 4))
        exponent = math.log(four / once, 4) if four < math.inf else math.inf
        size = len("".join(text.article(4 * LENGTH)[1]).encode()) + len(text.article(4 * LENGTH)[0].encode())
        per_100_kb = four / size * 100_000
        is_bad = per_100_kb > MOST or (four > NOTICED and exponent > EXPONENT)
        bad += is_bad
        mark = "!" if is_bad else " "
        numbers = f"{per_100_kb:8.2f} {exponent:6.2f} {once:8.3f} {twice:8.3f} {four:8.3f}"
        rows.append((per_100_kb, f"{mark} {numbers}  {text.lang} {text.shape:<10} {text.unit[:50]!r}"))
    sys.stdout.write(f"{len(wanted):,} texts at {LENGTH:,} characters; the slowest also at twice and four times that\n")
    sys.stdout.write("  s/100 KB growth     once    twice     four\n")
    sys.stdout.writelines(line + "\n" for _, line in sorted(rows, reverse=True))
    sys.stdout.write(f"{bad} take more than {MOST:g} s for 100 KB, or grow faster than their length\n")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
