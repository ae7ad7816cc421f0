"""Dependencies: each locked package has an acceptable licence, and is in the docs with its reason."""

from __future__ import annotations

import pytest

from supply.licences import OUT, Part, page, parts


def test_every_locked_package_has_an_acceptable_licence_and_a_reason() -> None:
    found = parts()
    assert {"prefect", "polars", "pytest"} < {each.name for each in found}
    assert [each.fault for each in found if each.fault] == []
    assert [each.name for each in found if each.why.endswith("?")] == []


def test_the_list_in_the_docs_matches_the_lock_file() -> None:
    assert OUT.read_text("utf-8") == page(parts()), "make licences"


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("", "is unknown"),
        ("GPL-3.0-only", "explain in supply/licences.py why it is acceptable"),
        ("MIT AND GPL-3.0-only", "explain in supply/licences.py why it is acceptable"),
        ("MIT OR Apache-2.0", ""),
    ],
)
def test_a_licence_that_requires_more_than_attribution_needs_a_reason(licence: str, words: str) -> None:
    assert words in Part("some-package", "1.0", licence, "needed").fault
    assert bool(Part("some-package", "1.0", licence, "needed").fault) == bool(words)
