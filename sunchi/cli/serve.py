"""`sunchi serve`, `sunchi ui`, which run until they are stopped; `sunchi deploy`, for workers."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import known_sources
from sunchi.cli.runs import password_file, prepare_prefect, run
from sunchi.cli.screen import escape, moment, say
from sunchi.cli.server import must_be_guarded, server
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.settings import Settings

Port = Annotated[int, typer.Option(min=1, max=65535, help="Of the Prefect UI.")]
Host = Annotated[
    str,
    typer.Option(help="The address that the Prefect UI listens on; any but this machine's own needs SUNCHI_PASSWORD."),
]


@app.command(epilog="Examples: sunchi serve · sunchi serve --port 4300")
def serve(port: Port = 4200, host: Host = "127.0.0.1") -> None:
    """Run all deployments on their schedules, and the Prefect UI. Ctrl-C ends both."""
    from sunchi.settings import load

    settings = load()
    sources = known_sources(settings.sources)
    must_be_guarded(settings, host, port)
    prepare_prefect(settings, verbose=True)
    with server(host, port, settings.hosts) as link:
        _say_where(settings, link)
        from deployments.serve import next_polls, serve_all

        first = run(next_polls(sources, datetime.now(UTC)))
        times = ", ".join(f"{escape(source)} {moment(at)}" for source, at in first.items())
        say(f"First polls, then hourly: {times}. What was missed while it was stopped is polled now.")
        serve_all(sources)


@app.command(epilog="Example: PREFECT_API_URL=http://127.0.0.1:4200/api sunchi deploy")
def deploy(
    pool: Annotated[str, typer.Option(help="The work pool; created if it is missing.")] = "sunchi",
) -> None:
    """Register all deployments, of the sources in SUNCHI_SOURCES, for the workers of a Prefect server of your own."""
    from sunchi.settings import load

    settings = load()
    sources = known_sources(settings.sources)
    if not os.environ.get("PREFECT_API_URL"):
        raise SettingsError(
            "PREFECT_API_URL names no server: set it to that of the server whose workers are to run Sunchi, as in "
            "http://127.0.0.1:4200/api, and PREFECT_API_AUTH_STRING=user:password where it asks for one"
        )
    prepare_prefect(settings)
    from deployments.workers import deploy as deploy_all

    done = run(deploy_all(sources, pool))
    say(escape(f"Deployed to the work pool {pool}: {', '.join(done.names)}"))
    if done.deleted:
        say(escape(f"Deleted, as SUNCHI_SOURCES no longer names them: {', '.join(done.deleted)}"))
    say(escape(f"On each machine, in its own folder with the code: .venv/bin/prefect worker start --pool {pool}"))


@app.command(epilog="Example: sunchi ui --data-dir var/demo")
def ui(
    data_dir: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, exists=True, help="The data folder whose runs to show. Default: SUNCHI_DATA_DIR."
        ),
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
        _say_where(settings, link)
        while True:
            time.sleep(3600)


def _say_where(settings: Settings, link: str) -> None:
    """Say where the UI is and how to log in: the link works once, the password always."""
    from sunchi.system.guard import ENTRY, USER

    if ENTRY not in link:  # a server of the user's own
        say(f"Prefect UI: {link}   (Ctrl-C ends it)")
        return
    where = "SUNCHI_PASSWORD" if settings.password else str(password_file(settings))
    say(f"Prefect UI: {link}   (Ctrl-C ends it)")
    say(f"The link works once, within ten minutes. After that: user {USER}, password: see {escape(where)}")
