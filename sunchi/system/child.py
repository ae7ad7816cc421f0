"""`python -m sunchi.system.child prefect server start`: run a module as a program that ends with its parent process.

The parent holds the other end of its standard input. If the parent is killed (kill -9, out of memory), that end closes,
and no process is left behind that holds the port.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

PATIENCE = 20.0
"""Seconds between SIGTERM and SIGKILL."""


def _end_with_the_other_end() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_other_end, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
