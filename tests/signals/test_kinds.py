"""The kinds of signals: each has its own fields, with one meaning, documented correctly."""

from __future__ import annotations

from typing import Any

import pytest

from docs.signals import OUT, page
from sunchi import signals
from sunchi.model import KINDS
from sunchi.signals.document import read
from tests.detecting import articles, house_lexicon


def test_the_page_on_signals_says_what_the_code_says() -> None:
    assert OUT.read_text("utf-8") == page(), "make docs"


def test_every_detector_has_its_kind() -> None:
    assert set(KINDS) == set(signals.kinds())


def test_a_field_that_several_kinds_have_means_the_same_in_each() -> None:
    meanings: dict[str, set[Any]] = {}
    for kind in KINDS.values():
        for name, field in kind.detail.items():
            meanings.setdefault(name, set()).add(field)
    assert [name for name, several in meanings.items() if len(several) > 1] == []


@pytest.mark.parametrize(
    ("detail", "wrong"),
    [
        ({"rank": 1, "who": "A", "order": 2}, "look at order"),
        ({"rank": 1}, "look at who"),
        ({"level": 1, "who": "A"}, "look at level, rank"),
    ],
)
def test_a_row_with_other_fields_than_its_kind_has_is_refused(detail: dict[str, Any], wrong: str) -> None:
    (document,) = read(articles("China agreed."), house_lexicon())
    with pytest.raises(TypeError, match=f"kind “contact” must fill the fields that model.KINDS gives it: {wrong}"):
        document.row("contact", "CN", "talks", 1.0, (0, 5), **detail)
