"""Fixtures that tests of other packages also use."""

from __future__ import annotations

from tests.cli.command import sunchi  # noqa: F401  a fixture
