"""Several processes read many articles and find exactly what one process finds."""

from __future__ import annotations

import polars as pl

from sunchi import signals
from sunchi.model import SIGNALS
from sunchi.signals.parallel import detect_each, unchanged
from tests.detecting import articles, house_lexicon

FRAMES = [
    articles(f"The DPRK treasures the DPRK-{state} friendship.").with_columns(article=pl.lit(state))
    for state in ("Cuba", "Laos", "Syria", "Nepal", "Peru")
]


def test_several_processes_find_what_one_finds_in_the_order_of_the_frames() -> None:
    alone = [signals.detect(frame, house_lexicon()) for frame in FRAMES]
    apart = list(detect_each(iter(FRAMES), house_lexicon(), unchanged, processes=2))
    assert [frame["article"][0] for frame in apart] == ["Cuba", "Laos", "Syria", "Nepal", "Peru"]
    assert pl.concat(apart).equals(pl.concat(alone))


def test_many_frames_come_back_in_order_and_an_empty_one_among_them() -> None:
    many = [*FRAMES, FRAMES[0].head(0), *FRAMES * 4]
    found = list(detect_each(many, house_lexicon(), unchanged, processes=2))
    assert pl.concat(found).equals(pl.concat([signals.detect(frame, house_lexicon()) for frame in many]))


def test_the_last_frames_are_split_so_that_no_process_waits_long_for_another() -> None:
    numbered = pl.concat(FRAMES * 60).with_columns(article=pl.int_range(100, 400).cast(pl.String))
    many = [numbered.with_columns(article=f"{frame}-" + pl.col("article")) for frame in range(1, 7)]
    found = list(detect_each(many, house_lexicon(), unchanged, processes=2))
    assert [frame["article"].n_unique() for frame in found] == [300] * 4 + [100] * 3 * 2
    assert pl.concat(found).equals(pl.concat([signals.detect(frame, house_lexicon()) for frame in many]))


def test_one_frame_or_none_starts_no_process() -> None:
    assert [frame.schema for frame in detect_each(FRAMES[:1], house_lexicon(), unchanged, processes=2)] == [SIGNALS]
    assert list(detect_each([], house_lexicon(), unchanged)) == []
