"""What the tests of other rooms may ask for, too."""

from __future__ import annotations

from tests.cli.command import sunchi  # noqa: F401  a fixture
