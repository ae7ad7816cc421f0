"""Many articles are read by several processes, and what they find is what one would find."""

from __future__ import annotations

import polars as pl

from sunchi import signals
from sunchi.model import SIGNALS
from sunchi.signals.parallel import detect_each
from tests.reading import articles, house_lexicon

FRAMES = [
    articles(f"The DPRK treasures the DPRK-{state} friendship.").with_columns(article=pl.lit(state))
    for state in ("Cuba", "Laos", "Syria", "Nepal", "Peru")
]


def test_several_processes_find_what_one_finds_in_the_order_of_the_frames() -> None:
    alone = [signals.detect(frame, house_lexicon()) for frame in FRAMES]
    apart = list(detect_each(iter(FRAMES), house_lexicon(), processes=2))
    assert [frame["article"][0] for frame in apart] == ["Cuba", "Laos", "Syria", "Nepal", "Peru"]
    assert pl.concat(apart).equals(pl.concat(alone))


def test_a_long_frame_is_read_in_parts_and_comes_back_whole_and_sorted() -> None:
    names = [f"{number:04}" for number in range(1_100, 0, -1)]  # against their order, over the parts' borders
    long = articles(*["A delegation of Laos arrived here."] * len(names)).with_columns(article=pl.Series(names))
    whole, empty, last = detect_each([long, long.head(0), FRAMES[0]], house_lexicon(), processes=2)
    assert whole.equals(signals.detect(long, house_lexicon()))
    assert empty.equals(SIGNALS.to_frame())
    assert last["article"].unique().to_list() == ["Cuba"]


def test_one_frame_or_none_starts_no_process() -> None:
    assert [frame.schema for frame in detect_each(FRAMES[:1], house_lexicon(), processes=2)] == [SIGNALS]
    assert list(detect_each([], house_lexicon())) == []
