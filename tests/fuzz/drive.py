"""`make fuzz n=1000000`: runs every target under atheris, which mutates inputs that reach new code; prints a table.

Each target runs in its own process, with three quarters of its inputs from its seeds and a quarter from scratch. What
breaks a promise is stored in var/fuzz/<target>/; once fixed, it belongs in tests/fuzz/found/, where the suite runs it.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "var" / "fuzz"

MEMORY = 700
"""Megabytes of a whole process: Python, polars, the lexicon, and all that the inputs ever made it take."""

HANG = 60
"""Seconds by the clock after which an input that does not come back is given up; `targets.PATIENCE` is the promise."""

SEED = 20210105
SHORT, LONG = 4096, 20_000
"""Bytes of an input that grew from nothing, and of one in which a piece is repeated, at the most."""

MARKS = re.compile(rb"</?[a-z][a-z0-9]{0,12}|[.#]?[\w-]{4,30}|&[a-z]{2,6};|&#x?[0-9a-f]+;")
ALWAYS = (b"<p>", b"</p>", b"<nobr>", b"</div>", b"<!--", b"-->", b"&nbsp;", b"&#0;", b"&#xD800;", b"\xe2\x80\x8b",
          b"\xff\xfe", b" -0- ", b"\\ud800", b"\x1b[31m", b"\xe2\x80\xae", b"2026.7.19.",
          b"javascript:", b"//[")  # fmt: skip


@dataclass(frozen=True)
class Run:
    """The result of one process; `broken` is its error, if any."""

    inputs: int
    slowest: float  # seconds of the processor
    memory: int  # megabytes, at the most
    broken: str = ""


def main(wanted: str, *names: str) -> int:
    import atheris

    with atheris.instrument_imports(include=["parsers", "sunchi", "protego", "warcio"]), redirect_stderr(StringIO()):
        from tests.detecting import house_lexicon
        from tests.fuzz.targets import targets

    house_lexicon()
    chosen = [target for target in targets() if not names or target.name in names]
    share = -(-int(wanted) // len(chosen))
    rows: list[Run] = []
    _say(f"{'target':<28}{'inputs':>10}{'slowest':>10}{'memory':>10}")
    for target in chosen:
        folder = WORK / target.name.replace(" ", "-")
        _sow(folder, target.seeds)
        longest = max(SHORT, *map(len, target.seeds))
        runs = [
            _run(target, folder / "corpus", share - share // 4, longest),
            _run(target, folder / "nothing", share // 4, SHORT),
        ]
        rows.append(_together(runs))
        _say(_line(target.name, rows[-1]))
    _say(_line("all", _together(rows)))
    return 1 if any(row.broken for row in rows) else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _together(runs: list[Run]) -> Run:
    broken = "; ".join(run.broken for run in runs if run.broken)
    return Run(sum(r.inputs for r in runs), max(r.slowest for r in runs), max(r.memory for r in runs), broken)


def _line(name: str, run: Run) -> str:
    return f"{name:<28}{run.inputs:>10,}{run.slowest:>8.2f} s{run.memory:>7} MB  {run.broken or 'well'}"


def _sow(folder: Path, seeds: tuple[bytes, ...]) -> None:
    """Write the seeds to files, and their words to libFuzzer's dictionary."""
    for name in ("corpus", "nothing"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for old in (folder / name).iterdir():
            old.unlink()
    words = dict.fromkeys(ALWAYS)
    for n, seed in enumerate(seeds):
        (folder / "corpus" / f"seed-{n:03}").write_bytes(seed)
        words |= dict.fromkeys(MARKS.findall(seed))
    quoted = ("".join(f"\\x{byte:02x}" for byte in word) for word in list(words)[:2000])
    (folder / "words.dict").write_text("\n".join(f'"{word}"' for word in quoted) + "\n")


def _run(target: Target, corpus: Path, inputs: int, longest: int) -> Run:
    """Run that many inputs in a child of this process, in which everything is already loaded.

    Nothing may have run before in this process, because polars' threads do not survive in a child.
    """
    folder, log, slow = corpus.parent, corpus.with_suffix(".log"), corpus.with_suffix(".slowest")
    slow.write_text("0")
    options = [f"-runs={inputs}", f"-seed={SEED}", f"-max_len={longest}", f"-rss_limit_mb={MEMORY}", f"-timeout={HANG}"]
    options += [f"-dict={folder / 'words.dict'}", f"-artifact_prefix={folder}/", "-print_final_stats=1"]
    child = os.fork()
    if child == 0:
        with log.open("wb") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        _fuzz(target, slow, [str(corpus), *options])
    _, status = os.waitpid(child, 0)
    told = log.read_text(errors="replace")
    ended = os.waitstatus_to_exitcode(status)
    broken = "" if ended == 0 else _why(told) or f"ended with {ended}"
    return Run(_stat(told, "number_of_executed_units"), float(slow.read_text()), _stat(told, "peak_rss_mb"), broken)


def _fuzz(target: Target, slow: Path, arguments: list[str]) -> NoReturn:
    """Fuzz one target in this process, and end with it.

    Every fiftieth input has a piece repeated up to thousands of times, since only a long run shows quadratic time.
    libFuzzer does not see these runs: mutating them further would make all inputs long.
    """
    import atheris

    from tests.fuzz.targets import pumped

    slowest, chance, long_rows = 0.0, Random(SEED), slow.with_suffix(".row")

    def check(given: bytes) -> None:
        nonlocal slowest
        if chance.random() < 1 / 50:
            given = pumped(given, LONG, chance.random)
            long_rows.write_bytes(given)
        took = target.check(given)
        if took > slowest * 1.05:
            slowest = took
            slow.write_text(str(took))

    atheris.Setup([target.name, *arguments], check)
    atheris.Fuzz()
    os._exit(0)  # libFuzzer does not come back; nothing of the parent's goes on here


def _why(told: str) -> str:
    """Return the exception, and where its input is stored."""
    error = re.search(r"=== Uncaught Python exception: ===\n(.*)", told) or re.search(r"ERROR: (libFuzzer: .*)", told)
    kept = re.search(r"Test unit written to (\S+)", told)
    return "; ".join(found[1] for found in (error, kept) if found)


def _stat(told: str, name: str) -> int:
    found = re.search(rf"stat::{name}:\s*(\d+)", told)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
