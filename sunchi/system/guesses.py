"""How long the check of a password waits, so that passwords cannot be guessed quickly.

Each wrong password adds to what its client, and all clients together, owe in seconds. A few are free. Whoever owes more
waits before the answer, with the right password, too: otherwise a quick answer would tell. The wait is bounded, so that
the right password is always let in, even where many clients share one address, as behind a proxy.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

LONGEST = 10.0
"""Seconds that a check waits at most."""

_EVERYBODY = ""
_CLIENTS = 1_000
"""Clients remembered; of more, those that failed longest ago are forgotten, and only the bound for all is left."""


@dataclass(frozen=True)
class _Rate:
    free: int  # wrong passwords without a wait
    pause: float  # seconds for each further one

    @property
    def unpaid(self) -> float:
        """The seconds that may be owed without a wait."""
        return (self.free - 1) * self.pause


_OF_ONE, _OF_ALL = _Rate(5, 1.0), _Rate(50, 0.1)


class Guesses:
    """The wrong passwords of the last while. Times are in seconds, of one clock."""

    def __init__(self) -> None:
        self._paid_at: dict[str, float] = {}  # by client -> when it owes nothing any more

    def wait(self, client: str, now: float) -> float:
        """Return the seconds that a check of this client waits now."""
        return max(self._owed(_key(client), now), self._owed(_EVERYBODY, now))

    def add(self, client: str, now: float) -> None:
        """Note a wrong password."""
        for key in (_key(client), _EVERYBODY):
            rate = _rate(key)
            paid_at = max(self._paid_at.pop(key, now), now) + rate.pause
            self._paid_at[key] = min(paid_at, now + rate.unpaid + LONGEST)
        if len(self._paid_at) > _CLIENTS:
            del self._paid_at[next(iter(self._paid_at))]

    def _owed(self, key: str, now: float) -> float:
        return max(0.0, self._paid_at.get(key, now) - now - _rate(key).unpaid)


def _rate(key: str) -> _Rate:
    return _OF_ALL if key == _EVERYBODY else _OF_ONE


def _key(client: str) -> str:
    """Return what stands for a client: its address; of IPv6 the network, since one client has all addresses of it."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client or "unknown"
    if isinstance(address, ipaddress.IPv4Address) or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", None) or address)
    return str(ipaddress.ip_network((address, 64), strict=False))
