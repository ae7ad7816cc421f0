"""`sunchi serve`, `sunchi ui`: commands that run until they are stopped."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.poll import known
from sunchi.cli.runs import password_file, prepare_prefect
from sunchi.cli.screen import escape, say
from sunchi.cli.server import must_be_guarded, server

if TYPE_CHECKING:
    from sunchi.settings import Settings

Port = Annotated[int, typer.Option(min=1, max=65535, help="Of the Prefect UI.")]
Host = Annotated[
    str,
    typer.Option(help="Address that the Prefect UI listens on; others than this machine's own need SUNCHI_PASSWORD."),
]


@app.command(epilog="Examples: sunchi serve · sunchi serve --port 4300")
def serve(port: Port = 4200, host: Host = "127.0.0.1") -> None:
    """Run all deployments on their schedules, and the Prefect UI. Ctrl-C ends both."""
    from sunchi.settings import load

    settings = load()
    sources = known(settings.sources)
    must_be_guarded(settings, host, port)
    prepare_prefect(settings, verbose=True)
    with server(host, port, settings.hosts) as link:
        say_where(settings, link)
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
    """Show the Prefect UI over the runs of a data folder; runs nothing. Ctrl-C ends it."""
    from sunchi.settings import load

    settings = load()
    settings = settings.model_copy(update={"data_dir": data_dir}) if data_dir else settings
    must_be_guarded(settings, host, port)
    prepare_prefect(settings)
    with server(host, port, settings.hosts) as link:
        say_where(settings, link)
        while True:
            time.sleep(3600)


def say_where(settings: Settings, link: str) -> None:
    """Where the pages are, and how one gets in: the link works once, the password always."""
    from sunchi.system.guard import ENTRY, USER

    if ENTRY not in link:  # a server of the user's own
        say(f"Prefect UI: {link}   (Ctrl-C ends it)")
        return
    where = "SUNCHI_PASSWORD" if settings.password else str(password_file(settings))
    say(f"Prefect UI: {link}   (Ctrl-C ends it)")
    say(f"The link works once, within ten minutes. After that: user {USER}, password as in {escape(where)}")
