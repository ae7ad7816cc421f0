"""Measures what `make test` costs: the processor time of all its processes, in this checkout and in others.

    CI=true python -m bench.suite ../0f84013

The checkouts, each with its own environment, are measured one after the other. The figures are in CONTRIBUTING.md.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("also", type=Path, nargs="*", help="other checkouts of the project")
    for root in (*parser.parse_args().also, ROOT):
        before = spent()
        done = subprocess.run(["make", "test"], cwd=root, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S607
        said = done.stdout.strip().splitlines() or ["no output"]
        sys.stdout.write(f"{root.resolve()}: {spent() - before:.0f} s of processor time; {said[-1]}\n")
        sys.stdout.flush()


def spent() -> float:
    """Return the processor time of all processes that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
