"""The guard before Prefect's server: which requests pass, and which do not."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket

from sunchi.system.guard import ANY_ADDRESS, COOKIE, Guard
from sunchi.system.guesses import LONGEST, Guesses

PASSWORD = "correct-horse-battery"  # noqa: S105 - of an application that lives as long as a test
GIVEN = {"Authorization": "Basic " + base64.b64encode(f"sunchi:{PASSWORD}".encode()).decode()}
PATHS = ["/", "/dashboard", "/api/flows/filter", "/docs", "/openapi.json", "/api/docs", "/api/health/../admin"]


async def show(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"shown to {request.headers.get('authorization', 'nobody')}")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


SHOWN = Starlette(routes=[WebSocketRoute("/api/events", talk), Route("/{path:path}", show, methods=["GET", "POST"])])


@pytest.fixture
def guard() -> Guard:
    return Guard(SHOWN, PASSWORD, names=["monitor.example"], link="once-only")


@pytest.fixture
def client(guard: Guard) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://127.0.0.1:4200")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Basic " + base64.b64encode(b"sunchi:wrong").decode()},
        {"Authorization": "Bearer x"},
        {"Authorization": "Basic \xff"},
        {"Cookie": f"{COOKIE}=guessed"},
        {"Cookie": "\x7f=;;=\\"},
    ],
)
async def test_without_the_password_no_page_is_shown(
    client: httpx.AsyncClient, path: str, headers: dict[str, str]
) -> None:
    answer = await client.get(path, headers=[(k.encode(), v.encode("latin-1")) for k, v in headers.items()])
    assert answer.status_code == 401
    assert "shown" not in answer.text
    assert answer.headers["www-authenticate"].startswith("Basic")


async def test_with_the_password_pages_are_shown(client: httpx.AsyncClient) -> None:
    assert (await client.get("/docs", headers=GIVEN)).text.startswith("shown")


async def test_a_page_may_load_from_this_server_alone_and_no_other_page_may_frame_it(client: httpx.AsyncClient) -> None:
    for answer in (await client.get("/docs", headers=GIVEN), await client.get("/docs")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert "*" not in policy


async def test_the_health_check_answers_anybody(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/health")).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:4200", "127.0.0.1.evil.example", "localhost.evil.example:4200", "", "[::2]:4200"],
)
@pytest.mark.parametrize("path", ["/", "/api/health", "/enter/once-only"])
async def test_an_unknown_host_name_is_refused_even_with_the_password(
    client: httpx.AsyncClient, host: str, path: str
) -> None:
    answer = await client.get(path, headers={"Host": host, **GIVEN})
    assert answer.status_code == 421
    assert "shown" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:9", "localhost:4200", "LOCALHOST.", "[::1]:4200", "monitor.example"]
)
async def test_this_machines_names_and_configured_names_are_known(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"Host": host, **GIVEN})).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://evil.example:4200",
        "file://",
        "",
        "127.0.0.1:4200",
        "http://127.0.0.1:4201",  # another program on this machine
        "http://127.0.0.1",
        "http://localhost:4200",
        "http://monitor.example:4200",
        "ftp://127.0.0.1:4200",
    ],
)
async def test_another_sites_page_is_refused_even_if_the_browser_knows_the_password(
    client: httpx.AsyncClient, origin: str
) -> None:
    assert (await client.post("/api/deployments/", headers={"Origin": origin, **GIVEN})).status_code == 403


async def test_the_servers_own_page_may_make_requests(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/x", headers={"Origin": "http://127.0.0.1:4200", **GIVEN})).status_code == 200


@pytest.mark.parametrize(
    ("host", "origin", "proto", "code"),
    [
        ("monitor.example", "https://monitor.example", "", 200),
        ("monitor.example", "https://monitor.example", "https", 200),
        ("monitor.example:443", "https://MONITOR.example", "https", 200),
        ("monitor.example:8443", "https://monitor.example:8443", "https", 200),
        ("monitor.example", "https://monitor.example", "https, http", 200),  # two proxies
        ("monitor.example", "https://monitor.example", "wss", 200),
        ("[::1]:4200", "http://[::1]:4200", "http", 200),
        ("monitor.example", "http://monitor.example", "https", 403),  # a page that was changed on its way
        ("monitor.example", "https://monitor.example:8443", "https", 403),
        ("127.0.0.1:4200", "https://monitor.example", "https", 403),  # the proxy must pass Host on
    ],
)
async def test_with_tls_in_front_the_servers_own_page_is_known_by_scheme_host_and_port(
    client: httpx.AsyncClient, host: str, origin: str, proto: str, code: int
) -> None:
    sent = {"Host": host, "Origin": origin, **({"X-Forwarded-Proto": proto} if proto else {}), **GIVEN}
    assert (await client.post("/api/x", headers=sent)).status_code == code


async def test_the_link_admits_one_browser_and_passes_the_password_to_the_application(
    client: httpx.AsyncClient,
) -> None:
    entered = await client.get("/enter/once-only")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert (await client.get("/")).text == f"shown to {GIVEN['Authorization']}"


async def test_the_link_works_once(client: httpx.AsyncClient) -> None:
    await client.get("/enter/once-only")
    client.cookies.clear()
    assert (await client.get("/enter/once-only")).status_code == 403
    assert (await client.get("/")).status_code == 401


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("OPTIONS", {}),
        ("POST", {}),
        ("GET", {"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Mode": "navigate"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"X-Moz": "prefetch"}),
        ("GET", {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}),
        ("GET", {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}),
    ],
)
async def test_only_a_person_who_opens_the_link_uses_it_up(
    client: httpx.AsyncClient, method: str, headers: dict[str, str]
) -> None:
    looked = await client.request(method, "/enter/once-only", headers=headers)
    assert (looked.status_code, looked.headers.get("set-cookie"), looked.headers["cache-control"]) == (
        403,
        None,
        "no-store",
    )

    opened = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"}
    assert (await client.get("/enter/once-only", headers=opened)).status_code == 303


# --- guesses --------------------------------------------------------------------------------------------------------

WRONG = {"Authorization": "Basic " + base64.b64encode(b"sunchi:a-wrong-guess").decode()}


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the guard waited."""
    return []


@pytest.fixture
def guessed(waits: list[float]) -> Guard:
    async def sleep(seconds: float) -> None:
        waits.append(round(seconds))

    return Guard(SHOWN, PASSWORD, link="once-only", sleep=sleep)


def reached_from(guard: Guard, client: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(guard, client=(client, 1)), base_url="http://127.0.0.1:4200")


async def test_guesses_are_slowed_and_the_right_password_and_an_open_session_are_not_locked_out(
    guessed: Guard, waits: list[float]
) -> None:
    async with reached_from(guessed, "192.0.2.7") as client, reached_from(guessed, "192.0.2.7") as other:
        await other.get("/enter/once-only")
        assert [(await client.get("/", headers=WRONG)).status_code for _ in range(30)] == [401] * 30
        assert waits[:3] == [1, 2, 3], "a few are free"
        assert waits[-1] == max(waits) == LONGEST

        assert (await client.get("/", headers=GIVEN)).status_code == 200
        assert waits[-1] == LONGEST, "or a quick answer would tell that the password is right"
        waits.clear()
        assert [(await each.get("/")).status_code for each in (other, client)] == [200, 401], "who guesses nothing"
    async with reached_from(guessed, "192.0.2.8") as another:
        assert (await another.get("/", headers=GIVEN)).status_code == 200
    assert waits == []


async def test_guesses_from_many_addresses_are_slowed_for_all(guessed: Guard, waits: list[float]) -> None:
    for number in range(250):
        async with reached_from(guessed, f"192.0.2.{number}") as client:
            await client.get("/", headers=WRONG)
    assert waits[-1] == max(waits) == LONGEST


def test_what_is_owed_lapses_and_little_is_remembered() -> None:
    guesses = Guesses()
    for number in range(10_000):
        guesses.add(f"2001:db8:0:{number:x}::1", 0.0)
    assert len(guesses._paid_at) <= 1_000
    assert guesses.wait("192.0.2.7", 0.0) == LONGEST
    assert guesses.wait("192.0.2.7", LONGEST) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::2:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "192.0.2.8", False),
        ("", "testclient", False),
    ],
)
def test_clients_are_told_apart_by_address_of_ipv6_by_network(one: str, other: str, same: bool) -> None:
    guesses = Guesses()
    for _ in range(9):
        guesses.add(one, 0.0)
    assert (guesses.wait(other, 0.0) > 0) == same


async def test_guesses_over_websockets_are_slowed_too(waits: list[float]) -> None:
    async def refuse(request: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1008, "reason": "Invalid token"})

    async def sleep(seconds: float) -> None:
        waits.append(round(seconds))

    guard = Guard(refuse, PASSWORD, sleep=sleep)
    for _ in range(7):
        assert [each["type"] for each in await connected(guard, {"host": "127.0.0.1:4200"})] == [
            "websocket.accept",
            "websocket.close",
        ]
    assert waits == [1, 2]


@pytest.mark.parametrize("secret", ["", "once", "once-only-x"])
async def test_a_wrong_link_admits_nobody(client: httpx.AsyncClient, secret: str) -> None:
    assert (await client.get(f"/enter/{secret}")).status_code == 403
    assert "set-cookie" not in (await client.get(f"/enter/{secret}")).headers


async def test_without_a_link_an_empty_one_does_not_match() -> None:
    transport = httpx.ASGITransport(Guard(SHOWN, PASSWORD))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.get("/enter/")).status_code == 403


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({"host": "127.0.0.1:4200"}, "websocket.accept"),
        ({"host": "evil.example"}, "websocket.close"),
        ({"host": "127.0.0.1:4200", "origin": "http://evil.example"}, "websocket.close"),
        ({"host": "127.0.0.1:4200", "origin": "http://127.0.0.1:4200"}, "websocket.accept"),
        ({"host": "127.0.0.1:4200", "origin": "http://127.0.0.1:9"}, "websocket.close"),
    ],
)
async def test_a_websocket_is_opened_only_for_known_names(guard: Guard, headers: dict[str, str], answer: str) -> None:
    assert (await connected(guard, headers))[0]["type"] == answer


async def connected(guard: Guard, headers: dict[str, str]) -> list[Message]:
    """Open a WebSocket with these headers; return the guard's answers."""
    answers: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        answers.append(message)

    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/api/events",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "subprotocols": [],
    }
    await guard(scope, receive, send)
    return answers


@pytest.mark.parametrize(
    ("host", "code"), [("192.0.2.7:4200", 200), ("[2001:db8::1]", 200), ("evil.example", 421), ("*", 421)]
)
async def test_a_server_listening_everywhere_answers_any_address_and_no_unknown_name(host: str, code: int) -> None:
    transport = httpx.ASGITransport(Guard(SHOWN, PASSWORD, names=[ANY_ADDRESS]))
    async with httpx.AsyncClient(transport=transport, base_url="http://192.0.2.7:4200") as client:
        assert (await client.get("/", headers={"Host": host, **GIVEN})).status_code == code
