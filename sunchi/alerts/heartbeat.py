"""The heartbeat: an address requested after each good pass, so that a dead man's switch raises the alarm without it."""

from __future__ import annotations

import httpx

TIMEOUT = 10.0  # seconds


async def beat(address: str) -> str:
    """Request the address once; return what went wrong, "" on success. The request contains no secret."""
    host = "SUNCHI_HEARTBEAT"
    try:
        host = httpx.URL(address).host
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
            answer = await client.get(address)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"{host}: the heartbeat did not arrive ({type(error).__name__})"
    return "" if answer.is_success else f"{host}: answered {answer.status_code} to the heartbeat"
