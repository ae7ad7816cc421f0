"""What is written together is committed together, and a write that fails is undone alone."""

from __future__ import annotations

import pytest

from sunchi.errors import Overtaken
from sunchi.store import Store
from tests.store.making import alert, id_of, link, parsed

A, B, C = link("a"), link("b"), link("c")


def titles(store: Store) -> list[str]:
    return sorted(row["title"] for row in store.articles())


def test_writes_together_are_visible_to_others_only_at_the_end(store: Store, address: str) -> None:
    with Store.open(address) as other:
        with store.together():
            store.save(parsed(A, "one"))
            store.save(parsed(B, "two"))
            assert (len(titles(store)), titles(other)) == (2, [])
        assert len(titles(other)) == 2


def test_a_write_that_fails_is_undone_alone(store: Store) -> None:
    with store.together():
        store.save(parsed(A, "one"))
        with pytest.raises(Overtaken):
            store.save(parsed(B, "two", alerts=[alert(id_of("something else"))]))
        store.save(parsed(C, "three"))
    assert len(titles(store)) == 2
    assert store.resolve(B, "two").kind == "article"


def test_an_exception_undoes_all(store: Store) -> None:
    def cut_off() -> None:
        with store.together():
            store.save(parsed(A, "one"))
            with store.together():
                store.save(parsed(B, "two"))
            raise KeyError

    with pytest.raises(KeyError):
        cut_off()
    assert titles(store) == []
    store.save(parsed(C, "three"))
    assert len(titles(store)) == 1
