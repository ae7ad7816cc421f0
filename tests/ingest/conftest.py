"""The newspaper of the tests' own."""

from tests.ingest.press import paper  # noqa: F401  a fixture
