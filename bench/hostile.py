"""Times texts that a hostile or broken page might contain: how long 100 KB take, and how the work grows with the text.

    python bench/hostile.py                       about two minutes: each class's words, and each word once in a pair
    python bench/hostile.py --all                 some hours: also each word alone, after a state's name, in more shapes
    python bench/hostile.py --holding 批评         only texts with this word
    python bench/hostile.py --worst 100           how many of the slowest to read at twice and four times the length

The texts repeat the words of the lexicon and of the grammar's patterns: in one endless line, as sentences, as
paragraphs, as a headline, as a press review. All are read at one length, and slow ones are reported at once; the
slowest are read at twice and four times that length and listed at the end, the worst first. Exit code 1 if 100 KB take
more than a second of processor time, or if the work grows faster than the text.
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
LENGTH = 8_000  # characters at first
LIMIT = 30  # seconds, after which a text is given up
MOST = 1.0  # seconds for 100,000 bytes
EXPONENT = 1.4  # exponent of the growth from once to four times the length; 1 is linear
NOTICED = 0.05  # seconds below which growth is not measurable
PAIRS = 150  # of words, in each language, after a state's name
SHAPES = ("line", "headline", "sentences", "paragraphs", "review")

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
    """Yield a text of each sign, of each class's words joined, and of each word once in a pair."""
    chance = random.Random(7)  # noqa: S311 - texts, not secrets
    for lang, words in words_by_language(lexicon).items():
        between = " " if lang in ("en", "es") else ""
        for sign in SIGNS:
            yield from (Text(lang, sign, shape) for shape in SHAPES[:4])
        for some in filter(None, lexicon.vocabulary.classes[lang].values()):
            yield Text(lang, between.join(word.rstrip("~") for word in some), chance.choice(SHAPES))
        chance.shuffle(words)
        for n in range(0, len(words), 2):
            yield Text(lang, f"{STATE[lang]}{between.join(words[n : n + 2])}", chance.choice(SHAPES))


def further_texts(lexicon: Lexicon) -> Iterator[Text]:
    """Yield texts of each word alone, of each word after a state's name, and of further pairs."""
    chance = random.Random(7)  # noqa: S311 - texts, not secrets
    for lang, words in words_by_language(lexicon).items():
        between = " " if lang in ("en", "es") else ""
        for word in words:
            yield Text(lang, word, "line")
            yield Text(lang, f"{STATE[lang]}{word}", "line")
            yield Text(lang, f"{STATE[lang]}{word}", chance.choice(SHAPES[1:]))
        for _ in range(PAIRS):
            yield Text(lang, f"{STATE[lang]}{between.join(chance.sample(words, 2))}", chance.choice(SHAPES[:3]))


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
    """Return the processor time of every detector; infinite if it is given up."""
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
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--holding", default="", help="a word that the unit must contain")
    parser.add_argument("--worst", type=int, default=40)
    parser.add_argument("--lang", default="")
    given = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _give_up)
    lexicon = load(ROOT / "lexicon")
    every = [*texts(lexicon), *(further_texts(lexicon) if given.all else ())]
    wanted = [text for text in every if given.holding in text.unit and given.lang in ("", text.lang)]
    for lang in OPENING:  # patterns are compiled when first used
        seconds(Text(lang, OPENING[lang], "sentences"), 1_000, lexicon)
    _say(f"{len(wanted):,} texts at {LENGTH:,} characters; the slowest also at twice and four times that")
    first = list(_read_once(wanted, lexicon))
    slowest = sorted(first, key=lambda read: read[0], reverse=True)[: given.worst]
    _say("  s/100 KB growth     once    twice     four")
    rows = [_row(text, once, lexicon) for once, text in slowest]
    for _, _, line in sorted(rows, key=lambda row: row[0], reverse=True):
        _say(line)
    bad = sum(is_bad for _, is_bad, _ in rows)
    _say(f"{bad} take more than {MOST:g} s for 100 KB, or grow faster than their length")
    return int(bad > 0)


def _read_once(wanted: list[Text], lexicon: Lexicon) -> Iterator[tuple[float, Text]]:
    """Yield the time of each text at the first length; print slow ones at once, and the progress."""
    for n, text in enumerate(wanted, 1):
        once = seconds(text, LENGTH, lexicon)
        if _for_100_kb(text, once, LENGTH) > MOST:
            _say(f"! {_for_100_kb(text, once, LENGTH):8.2f}  {_shown(text)}")
        if n % 500 == 0:
            _say(f"  {n:,} read")
        yield once, text


def _row(text: Text, once: float, lexicon: Lexicon) -> tuple[float, bool, str]:
    """Read a text at twice and four times the length; return its time for 100 KB, whether it is bad, and its line."""
    twice, four = (seconds(text, times * LENGTH, lexicon) for times in (2, 4))
    exponent = math.log(four / once, 4) if four < math.inf else math.inf
    per_100_kb = _for_100_kb(text, four, 4 * LENGTH)
    is_bad = per_100_kb > MOST or (four > NOTICED and exponent > EXPONENT)
    numbers = f"{per_100_kb:8.2f} {exponent:6.2f} {once:8.3f} {twice:8.3f} {four:8.3f}"
    return per_100_kb, is_bad, f"{'!' if is_bad else ' '} {numbers}  {_shown(text)}"


def _for_100_kb(text: Text, time_taken: float, length: int) -> float:
    title, paragraphs = text.article(length)
    size = len("\n".join((title, *paragraphs)).encode())
    return time_taken / max(size, length) * 100_000  # blank paragraphs contain little


def _shown(text: Text) -> str:
    return f"{text.lang} {text.shape:<10} {text.unit[:50]!r}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
