"""Texts that a hostile or broken page might hold: does the work grow with the text, or with its square?

    python bench/hostile.py                 every text, at 20,000 and 40,000 characters
    python bench/hostile.py 100000 talks    at 100,000 and 200,000, and only those whose unit holds "talks"

Each text repeats one unit: in one line, as sentences, as paragraphs, or as a headline. A ratio near 2 is as it should
be, one near 4 is the square of the text; what takes longer than a minute is given up.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import polars as pl

from sunchi import signals
from sunchi.lexicon import Lexicon, load
from sunchi.model import ARTICLES

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 60  # seconds
SUSPECT = 3.0  # times the work for twice the text
NOTICED = 0.2  # seconds: below this a ratio says nothing

UNITS = {
    "en": (
        "a",
        ".",
        '"',
        "-",
        " ",
        "-0- ",
        "the DPRK-China friendship ",
        "the friendly, cooperative and good-neighborly relations with China and ",
        "friendly historic close ",
        "traditional friendly and ",
        "hostile anti-DPRK policy ",
        "war against the north by the U.S. ",
        "not never without ",
        "China and Cuba said ",
        "in China and Cuba, ",
        "anti-U.S. ",
        "Kim Jong Un sent a message of greeting to Xi Jinping ",
        "messages from Russia were sent ",
        "They came from China ",
        "ambassadors to Nepal and Peru and ",
        "the respected Comrade General President of ",
        "on the occasion of the anniversary of ",
        "A delegation of the Lao Party led by the minister arrived here to visit China ",
        "delegation of the Foreign Ministry, ",
        "met with and had talks between China and ",
        "agreement on the plan, the protocol was signed between the DPRK and Laos ",
        "ambassador of Cuba paid a courtesy call on ",
        "reception hosted by the embassy here for China ",
        "Kim Song Nam was appointed ambassador to China, ",
        "Comrade Kim Song Nam, ",
        "will not be elected, was named ",
        "president of the ",
        "General Secretary of the Central Committee of the ",
        "spokesman for the Foreign Ministry of the DPRK said in a statement ",
        "Statement of the Government ",
        "denounced the U.S. for its provocation ",
        "wished China prosperity ",
        "puppet Yoon, the U.S. imperialists' aggression ",
        "said the Chinese newspaper in 1999 ",
        "Pyongyang, May 1 (KCNA) -- ",
    ),
    "ko": (
        "가",
        "중국",
        "중국 ",
        "조중친선 ",
        "전통적인 ",
        "위원회",
        "당중앙위원회 총비서이시며 ",
        "김정은동지께서 습근평동지에게 축전을 보내시였다 ",
        "습근평께서",
        "명절",
        "대표단 ",
        "중국방문단이 평양에 도착하였다 ",
        "김성남, ",
        "김성남이 국제부장으로 임명되였다 ",
        "외무성 대변인이 담화를 발표하였다 ",
        "미제의 침략 ",
        "《",
    ),
    "zh": (
        "中",
        "中国",
        "习(xí)近平",
        "朝中友谊",
        "任命金成男为",
        "免去金成男的",
        "金成男当选为委员，",
    ),
}  # fmt: skip


def texts(length: int) -> Iterator[tuple[str, str, str, str, list[str]]]:
    """Language, unit, shape, headline and paragraphs of every text of a length (characters)."""
    for lang, units in UNITS.items():
        for unit in units:
            ends = "。" if lang == "zh" else ". "
            row, told = repeated(unit, length), repeated(unit.strip() + ends, length)
            opening = {"en": "The DPRK and China.", "ko": "우리 나라와 중국.", "zh": "朝鲜和中国。"}[lang]
            yield lang, unit, "one line", "China", [opening, row]
            yield lang, unit, "sentences", "China", [opening, told]
            yield lang, unit, "paragraphs", "China", [opening, *told.split(ends)]
            yield lang, unit, "headline", f"{opening} {row}", [opening]
            yield lang, unit, "review", "Press Review", [opening, told]


def repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def seconds(lang: str, title: str, paragraphs: list[str], lexicon: Lexicon) -> float:
    """Processor time for every detector; infinite where it is given up."""
    row = ("hostile", "kcna", lang, "", None, title, paragraphs)
    frame = pl.DataFrame([row], schema=ARTICLES, orient="row")
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        signals.detect(frame, lexicon)
    except TimeoutError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> None:
    signal.signal(signal.SIGVTALRM, _give_up)
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    lexicon = load(ROOT / "lexicon")
    seconds("en", "China", ["Warm."], lexicon)
    worst: list[tuple[float, str]] = []
    suspects = 0
    for short, long in zip(texts(length), texts(2 * length), strict=True):
        lang, unit, shape, *_ = short
        if wanted not in unit:
            continue
        once, twice = (seconds(lang, title, paragraphs, lexicon) for _, _, _, title, paragraphs in (short, long))
        line = f"{once:8.3f} {twice:8.3f} {twice / once:6.1f}  {lang} {shape:<10} {unit.strip() or 'blanks'}"
        worst.append((twice, line))
        if twice == float("inf") or (twice > NOTICED and twice / once > SUSPECT):
            suspects += 1
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{len(worst)} texts, {suspects} of them suspect; those that took longest:\n")
    sys.stdout.writelines(line + "\n" for _, line in sorted(worst, reverse=True)[:8])
    raise SystemExit(suspects > 0)


if __name__ == "__main__":
    main()
