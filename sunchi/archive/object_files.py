"""The file system of an object store: turns every error of its driver into OSError, and never creates a bucket."""

from __future__ import annotations

import re
from functools import wraps
from typing import Any

from sunchi.settings import without_secrets

_BUCKETS = {"s3", "s3a", "gs", "gcs"}  # schemes without folders, whose first path component is a bucket


class ObjectFiles:
    """An fsspec file system, as the archive uses it."""

    def __init__(self, files: Any) -> None:
        self._files = files
        self.protocol: tuple[str, ...] = (files.protocol,) if isinstance(files.protocol, str) else files.protocol

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Create folders on a file server; never create a bucket, since a missing one is a misspelling."""
        if _BUCKETS & set(self.protocol):
            raise FileNotFoundError(f"there is no bucket {path.partition('/')[0]}")
        self._files.makedirs(path, exist_ok=exist_ok)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._files, name)
        if not callable(found):
            return found

        @wraps(found)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return found(*args, **kwargs)
            except (OSError, ValueError, TypeError):
                raise
            except Exception as error:  # noqa: BLE001 - botocore has errors of its own: no credentials, no endpoint
                words = re.sub(r"\w[\w+.-]*://[^\s\"'<>]+", lambda found: without_secrets(found[0]), str(error))
                raise OSError(words or type(error).__name__) from None  # the first error may show a secret

        return call
