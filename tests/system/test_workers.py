"""Worker processes are started before their work is known, as many as requested."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from sunchi.system.workers import processors, worker_processes


def test_work_runs_in_other_processes() -> None:
    with worker_processes(1, ready="json") as pool:
        assert pool is not None
        assert pool.submit(os.getpid).result() != os.getpid()


def test_the_needed_module_is_imported_before_there_is_work() -> None:
    with worker_processes(1, ready="colorsys") as pool:
        assert pool is not None
        assert pool.submit(_has, "colorsys").result()
    with worker_processes(1) as pool:
        assert pool is not None
        assert not pool.submit(_has, "colorsys").result()


def test_each_process_has_one_polars_thread_unless_set_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    with worker_processes(1) as pool:
        assert pool is not None
        assert pool.submit(pl.thread_pool_size).result() == 1
    assert "POLARS_MAX_THREADS" not in os.environ
    monkeypatch.setenv("POLARS_MAX_THREADS", "3")
    with worker_processes(1) as pool:
        assert pool is not None
        assert pool.submit(pl.thread_pool_size).result() == 3
    assert os.environ["POLARS_MAX_THREADS"] == "3"


def _has(module: str) -> bool:
    return module in sys.modules


def test_zero_processes_start_none() -> None:
    with worker_processes(0, ready="json") as pool:
        assert pool is None


def test_a_missing_module_is_harmless() -> None:
    with worker_processes(1, ready="sunchi.no_such_module") as pool:
        assert pool is not None
        assert pool.submit(sum, (1, 2)).result() == 3


def test_there_is_a_processor() -> None:
    assert processors() >= 1


KILLED = """
import os, signal
from sunchi.system.workers import worker_processes

if __name__ == "__main__":
    with worker_processes(1) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_they_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)

    killed = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, check=False)  # noqa: S603

    # its output ends only when the other process, which holds it, too, has ended
    assert (killed.returncode, killed.stdout.strip().isdigit()) == (-signal.SIGKILL, True)
