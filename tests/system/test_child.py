"""A program that ends with the process that started it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LASTING = "import sys, time\nprint(*sys.argv, flush=True)\ntime.sleep(600)\n"
PARENT = """
import subprocess, sys
subprocess.Popen([sys.executable, "-m", "sunchi.system.child", "lasting", "word"], stdin=subprocess.PIPE).wait()
"""


def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "lasting.py").write_text(LASTING)
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as parent:  # noqa: S603
        assert parent.stdout
        assert parent.stdout.readline().endswith("word\n")
        parent.kill()

        rest, _ = parent.communicate(timeout=60)  # which ends when nobody can write any more

    assert rest == ""
