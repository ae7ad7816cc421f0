"""Makes the Markdown tables tests: each behaviour they name is one (README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.signals import tables


class TableFile(pytest.File):
    """One file of tables. All its texts are read at once, which is many times faster than one by one."""

    def collect(self) -> Iterator[pytest.Item]:
        for behaviour in self.behaviours:
            yield BehaviourItem.from_parent(self, name=behaviour.name, behaviour=behaviour)

    @cached_property
    def behaviours(self) -> list[tables.Behaviour]:
        return tables.read(self.path)

    @cached_property
    def found(self) -> dict[str, list[dict[str, Any]]]:
        return tables.found_in([case for behaviour in self.behaviours for case in behaviour.cases])


class BehaviourItem(pytest.Item):
    """One behaviour with its cases."""

    def __init__(self, *, behaviour: tables.Behaviour, **rest: Any) -> None:
        super().__init__(**rest)
        self.behaviour = behaviour

    def runtest(self) -> None:
        assert isinstance(self.parent, TableFile)
        wrong = [
            "\n  ".join((f"{self.path.name}:{case.line}: {case.text}", *differing))
            for case in self.behaviour.cases
            if (differing := case.wrong(self.parent.found[case.id]))
        ]
        if wrong:
            pytest.fail("\n".join(wrong), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.behaviour.cases[0].line, self.name


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> TableFile | None:
    if file_path.suffix == ".md" and file_path.parent != Path(__file__).parent:
        return TableFile.from_parent(parent, path=file_path)
    return None
