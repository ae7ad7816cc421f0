"""`sunchi serve`, `sunchi ui`: what stays up."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sunchi.cli import app
from sunchi.cli.poll import known
from sunchi.cli.running import prepare_prefect
from sunchi.cli.screen import say

Port = Annotated[int, typer.Option(min=1, max=65535, help="Of the Prefect UI, on 127.0.0.1.")]


@app.command(epilog="Examples: sunchi serve · sunchi serve --port 4300")
def serve(port: Port = 4200) -> None:
    """All deployments with their schedules, and the Prefect UI. Ctrl-C ends both."""
    from sunchi.settings import load

    settings = load()
    sources = known(settings.sources)
    prepare_prefect(settings, verbose=True)
    with _server(port) as address:
        say(f"Prefect UI: {address}   (Ctrl-C ends it)")
        from deployments.serve import serve_all

        serve_all(sources)


@app.command(epilog="Example: sunchi ui --data-dir var/demo")
def ui(
    data_dir: Annotated[
        Path | None, typer.Option(file_okay=False, exists=True, help="Whose runs to show. Else SUNCHI_DATA_DIR.")
    ] = None,
    port: Port = 4200,
) -> None:
    """The Prefect UI over the runs of a data folder; runs nothing. Ctrl-C ends it."""
    from sunchi.settings import load

    settings = load()
    prepare_prefect(settings.model_copy(update={"data_dir": data_dir}) if data_dir else settings)
    with _server(port) as address:
        say(f"Prefect UI: {address}   (Ctrl-C ends it)")
        while True:
            time.sleep(3600)


@contextmanager
def _server(port: int) -> Iterator[str]:
    """A Prefect server that ends with this process; where PREFECT_API_URL names one that runs, that one."""
    if url := os.environ.get("PREFECT_API_URL"):
        yield url.removesuffix("/api")
        return
    _must_be_free(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C does, so that the server is ended, too
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    # The pages ask this address for the runs; Prefect's own default is port 4200, whatever the server's is.
    environment = {**os.environ, "PREFECT_SERVER_UI_API_URL": f"{address}/api"}
    process = subprocess.Popen(  # noqa: S603 - our own words
        command, env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    try:
        _wait_for(process, address)
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        yield address
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is ending: a second Ctrl-C must not leave the server behind
        say("Stopping …")
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


def _must_be_free(port: int) -> None:
    """Before the server starts: whoever holds the port might answer in its place."""
    from sunchi.model import SettingsError

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SettingsError(f"port {port} of 127.0.0.1: {error.strerror}; name another: --port") from None


def _wait_for(process: subprocess.Popen[bytes], address: str, patience: float = 120) -> None:
    """Returns when the server answers; raises SunchiError where it does not in `patience` seconds."""
    import httpx

    from sunchi.model import SunchiError

    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SunchiError(
                f"the Prefect server ended at once; what it says: prefect server start --host 127.0.0.1 "
                f"--port {address.rpartition(':')[2]}"
            )
        try:
            if httpx.get(f"{address}/api/health", trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SunchiError(f"the Prefect server did not answer at {address} in {patience:.0f} s")
