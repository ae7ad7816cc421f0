"""`python -m demo [--day 2021-01-09] [--port 8811]`: the demo's sites for a browser, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import threading
from datetime import date

from demo import DAYS, DemoServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo", description="Serve the demo's sites on 127.0.0.1.")
    parser.add_argument(
        "--day",
        type=date.fromisoformat,
        default=DAYS[-1],
        help=f"show the sites as at the end of this day, {DAYS[0]} to {DAYS[-1]} (default: the last)",
    )
    parser.add_argument("--port", type=int, default=0, help="the first of four ports in a row (default: free ones)")
    args = parser.parse_args()
    if args.day not in DAYS:
        parser.error(f"--day {args.day}: the week has the days {DAYS[0]} to {DAYS[-1]}")
    with DemoServer(args.day, args.port) as demo:
        for name, origin in demo.mirrors.items():
            print(f"{name:8} {origin}", flush=True)  # noqa: T201 -- what the command is for
        print(f"as at the end of {args.day}; Ctrl-C ends it", flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
