"""`sunchi serve`, `sunchi ui`: what stays up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from sunchi.cli import app
from sunchi.cli.poll import known
from sunchi.cli.runs import prepare_prefect
from sunchi.cli.screen import say
from sunchi.cli.server import server

Port = Annotated[int, typer.Option(min=1, max=65535, help="Of the Prefect UI.")]
Host = Annotated[
    str,
    typer.Option(help="Address that the Prefect UI listens on; others than this machine's own need SUNCHI_PASSWORD."),
]


@app.command(epilog="Examples: sunchi serve · sunchi serve --port 4300")
def serve(port: Port = 4200, host: Host = "127.0.0.1") -> None:
    """All deployments with their schedules, and the Prefect UI. Ctrl-C ends both."""
    from sunchi.settings import load

    settings = load()
    sources = known(settings.sources)
    prepare_prefect(settings, verbose=True)
    with server(host, port) as address:
        say(f"Prefect UI: {address}   (Ctrl-C ends it)")
        from deployments.serve import serve_all

        serve_all(sources)


@app.command(epilog="Example: sunchi ui --data-dir var/demo")
def ui(
    data_dir: Annotated[
        Path | None, typer.Option(file_okay=False, exists=True, help="Whose runs to show. Else SUNCHI_DATA_DIR.")
    ] = None,
    port: Port = 4200,
    host: Host = "127.0.0.1",
) -> None:
    """The Prefect UI over the runs of a data folder; runs nothing. Ctrl-C ends it."""
    from sunchi.settings import load

    settings = load()
    prepare_prefect(settings.model_copy(update={"data_dir": data_dir}) if data_dir else settings)
    with server(host, port) as address:
        say(f"Prefect UI: {address}   (Ctrl-C ends it)")
        while True:
            time.sleep(3600)
