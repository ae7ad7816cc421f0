"""Lists the licence of every locked package, and why it is used: docs/licences.md.

    python -m supply.licences            rewrites it
    python -m supply.licences --check    reports what is wrong with it, with exit code 1

Reads the metadata of installed packages, and has the licences of the few that are not installed on this system.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "licences.md"

FREE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "ISC", "MIT", "MIT-0", "PSF-2.0"),
}
"""Licences that require attribution only."""

WITH_REASON = {
    "certifi": "MPL-2.0 covers its own files, which are used as they are",
    "hypothesis": "MPL-2.0 covers its own files, which are used as they are; tests only",
    "numpy": "Zlib and CC0-1.0 cover small parts, and require nothing",
    "orjson": "MPL-2.0 covers its own files, which are used as they are",
    "pathspec": "MPL-2.0 covers its own files, which are used as they are; building only",
    "psycopg": "LGPL-3.0: a separate library that anybody can replace",
    "psycopg-binary": "LGPL-3.0: a separate library that anybody can replace",
    "text-unidecode": "used under its Artistic License, not the GPL",
}
"""Why other licences are acceptable, too."""

SAID_OTHERWISE = {
    "altair": "BSD-3-Clause",
    "async-timeout": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "cronsim": "BSD-3-Clause",
    "grimp": "BSD-2-Clause",
    "httpx": "BSD-3-Clause",
    "import-linter": "BSD-2-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "jinja2-humanize-extension": "BSD-3-Clause",
    "python-dotenv": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "s3fs": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
"""The licences, from their own files, of packages that name none by its short name or are not installed everywhere."""

_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True)
class Part:
    """One locked package."""

    name: str
    version: str
    licence: str  # an SPDX expression; "" if unknown
    why: str

    @property
    def fault(self) -> str:
        """Return why it is not acceptable, or ""."""
        if not self.licence:
            return f"{self.name}: its licence is unknown: read it, and add it to supply/licences.py"
        terms = set(re.findall(r"[\w.-]+", self.licence)) - {"AND", "OR", "WITH"}
        if not terms <= FREE and self.name not in WITH_REASON:
            return f"{self.name}: {self.licence}: explain in supply/licences.py why it is acceptable, or remove it"
        return ""


def parts() -> list[Part]:
    """Return every package of requirements-dev.lock, which includes those of requirements.lock."""
    pins = dict(_pins((ROOT / "requirements-dev.lock").read_text("utf-8")))
    reasons = _reasons()
    parents = _parents(pins)
    return [
        Part(name, version, _licence(name), reasons.get(name) or f"needed by {', '.join(parents.get(name, ['?']))}")
        for name, version in sorted(pins.items())
    ]


def _pins(lock: str) -> Iterator[tuple[str, str]]:
    for name, version in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", lock, re.MULTILINE):
        yield _normal(name), version


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _reasons() -> dict[str, str]:
    """Return the reason for each direct dependency, from CONTRIBUTING.md."""
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Dependencies, and why each")[1]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    return {_normal(name.strip()): reason for names, reason in rows for name in names.split(",") if reason.strip()}


def _parents(pins: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the packages that require each package."""
    found: dict[str, list[str]] = {}
    for parent in sorted(pins):
        try:
            needed = metadata.requires(parent) or []
        except metadata.PackageNotFoundError:
            continue
        for name in {_normal(re.match(r"[\w.-]+", line)[0]) for line in needed}:  # type: ignore[index]  # it has a name
            if name in pins:
                found.setdefault(name, []).append(parent)
    return found


def _licence(name: str) -> str:
    if name in SAID_OTHERWISE:
        return SAID_OTHERWISE[name]
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    for field in ("License-Expression", "License"):
        if field in said and (field == "License-Expression" or said[field].strip() in FREE):
            return said[field].strip()
    classes = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or [] if each.startswith("License")]
    known = sorted({_CLASSIFIERS[each] for each in classes if each in _CLASSIFIERS})
    return " OR ".join(known)


def page(found: list[Part]) -> str:
    """Return the text of docs/licences.md."""
    rows = "\n".join(
        f"| {each.name} | {each.version} | {each.licence} | {each.why}"
        f"{'. ' + WITH_REASON[each.name] if each.name in WITH_REASON else ''} |"
        for each in found
    )
    return f"""# Licences

Written by `make licences` from the packages' metadata; `make audit` checks it. It lists every package of
`requirements-dev.lock`, including those needed only for tests or building. A licence that requires more than
attribution has a reason beside it.

| package | version | licence | why it is here |
|---|---|---|---|
{rows}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    found = parts()
    faults = [each.fault for each in found if each.fault]
    if not check:
        OUT.write_text(page(found), "utf-8")
    elif not OUT.exists() or OUT.read_text("utf-8") != page(found):
        faults.append("docs/licences.md does not match the lock file: make licences")
    sys.stdout.write(
        "\n".join(faults) + "\n" if faults else f"{len(found)} packages, each with an acceptable licence.\n"
    )
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
