"""The newspaper for tests."""

from tests.ingest.press import paper  # noqa: F401  a fixture
