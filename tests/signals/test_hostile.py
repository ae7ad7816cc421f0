"""No text of a page can block the detection: the work grows linearly with the text, whatever it contains."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from tests.counting import calls_of
from tests.detecting import detect

LIMIT = 60
"""Seconds of processor time for what takes one or two; where all ways are tried it would be days."""

HOSTILE = {
    "ambassadors": ("en", "A message\nThe DPRK got a message from ambassadors to " + "a and " * 28 + "of China."),
    "qualities in a row": ("en", "The DPRK and China\n" + "ironclad " * 4_000 + "and in relations"),
    "100,000 opening quotes": ("en", "The DPRK and China\n" + "“" * 100_000),
    "100,000 full stops": ("en", "The DPRK and China\n" + "." * 100_000),
    "10 MB of one word": ("en", "The DPRK and China\n" + "x" * 10_000_000),
    "a word with many dots": ("en", "The DPRK and China\n" + "friendship " + "a." * 40_000),
    "one long line of friendship": ("en", "China\n" + "the DPRK-China friendship " * 8_000),
    "offices of offices": ("en", "The DPRK and China\n" + "president of the " * 4_000),
    "elections to come": ("en", "The DPRK\n" + "Kim Song Nam will not be elected, was named envoy to China, " * 2_000),
    "lines that a page broke off": ("en", "The DPRK and China\n" + "messages from China were sent\n" * 8_000),
    "lines of one letter, each of which may go on": ("en", "The DPRK and China\n" + "a\n" * 100_000),
    "a headline of enmity": ("en", "anti-U.S. " * 30_000 + "\nThe DPRK and China met."),
    "a headline of delegations": ("en", "China song and dance group " * 4_000 + "\nThe DPRK and China met."),
    "end marks": ("en", "The DPRK and China\n" + "-0- China \n" * 8_000),
    "an endless press review": ("en", "Press Review\n" + "A delegation of Laos arrived here to visit China. " * 1_500),
    "one Korean word": ("ko", "중국\n우리 나라는 중국" + "동지께서" * 1_000 + "쇑 축전을 보내시였다"),
    "a Korean delegation": ("ko", "우리 나라\n" + "가" * 300 + " 나" * 9 + " 중국 대표단이 평양에 도착하였다."),
    "Korean sentences": ("ko", "중국\n" + "우리 나라와 중국. " * 8_000),
    "one Korean name": ("ko", "중국\n" + "중국" * 8_000),
    "Korean messages in a row": ("ko", "중국\n" + "축전과 꽃바구니와 " * 8_000),
    "one Chinese name": ("zh", "中国\n" + "中国" * 50_000),
    "Chinese friendship": ("zh", "中国\n" + "朝中友谊" * 5_000),
    "Chinese telegrams": ("zh", "中国\n" + "中国收到收到向致贺电" * 8_000),
    "Chinese occasions": ("zh", "中国\n" + "中国在就值" * 20_000 + "致贺电"),
}  # fmt: skip


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail after this much processor time; running pattern matches are interrupted, too."""

    def stop(*_: object) -> None:
        pytest.fail(f"not read after {seconds} s of work", pytrace=False)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_to_its_end(name: str) -> None:
    lang, text = HOSTILE[name]
    headline, _, rest = text.partition("\n")
    with at_most(LIMIT):
        assert detect((headline, rest), lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "unit"),
    [
        ("ko", "우리 나라와 중국", "중국일당친선적린방. "),
        ("ko", "우리 나라와 중국", "중국공동전선에서패당"),
        ("zh", "朝鲜和中国", "中国战犯命运与共。"),
        ("en", "The DPRK and China", "A delegation of Laos and Cuba led by its minister met the ambassador and "),
        ("es", "Corea y la China", "China Kim Jong Un realiza una visita "),
    ],
)
def test_twice_the_text_is_twice_the_work(lang: str, title: str, unit: str) -> None:
    text = unit * (8_000 // len(unit))
    detect((title, text[:100]), lang=lang)  # what is computed once
    once, twice = (calls_of(partial(detect, (title, text * times), lang=lang)) for times in (1, 2))
    assert twice < 2.3 * once


def test_a_text_that_takes_too_long_fails() -> None:
    with pytest.raises(pytest.fail.Exception), at_most(0.1):
        re.match("(a|aa)+b", "a" * 100)
