"""A few seconds of `make fuzz`, with hypothesis; and everything it ever found, again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import Target, TooSlow, pumped, targets

TARGETS = targets()
FOUND = sorted(file for file in (Path(__file__).parent / "found").glob("*/*") if file.is_file())
BRIEFLY = settings(max_examples=30, derandomize=True, suppress_health_check=list(HealthCheck), database=None)

# What a broken transfer, a filter, a new design or somebody with bad intent does to a page, a text or a file.
PIECES = (b"<p>", b"</p>", b"<div>", b"</div>", b"<nobr>", b"<h1>", b"</article>", b"</table>", b"<li><a>",
          b"<p>\xe2\x80\x8b</p>", b"<!--", b"-->",
          b"&nbsp;", b"&#0;", b"&#xD800;", b"&#128;", b"\x00", b"\xff\xfe", b"\xe2\x80", b" -0- ", b"2026.99.99.", b'"',
          b"href='//['", b"9" * 5000, b"\xed\xa0\x80", b"\\ud800", b"\xe2\x80\xae", b"\xee\x80\x80", b"\x1b[31m",
          b"\r\n", b"[", b"{" * 50, b"* " * 12, b" " * 3000, b"A." * 800, b"javascript:alert(1)", b"@everyone",
          b"<!channel>", b"](http://evil.example)", b"{{7*7}}", b"{% for %}", b"\xf0\x9f\x91\xa9")  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Return a seed cut short, with bytes dropped, doubled, swapped or inserted; sometimes any bytes at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=400))
    body = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, max(len(body) - 1, 0)))
        stop = min(len(body), start + draw(st.integers(0, 60)))
        change = draw(st.sampled_from(["drop", "double", "put", "cut", "byte", "pump"]))
        if change == "drop":
            del body[start:stop]
        elif change == "double":
            body[stop:stop] = body[start:stop] * draw(st.integers(1, 3))
        elif change == "put":
            body[start:start] = draw(st.sampled_from(PIECES))
        elif change == "pump":
            body = bytearray(pumped(bytes(body), 6_000, lambda: draw(st.floats(0, 1))))
        elif change == "cut":
            del body[start:]
        elif body:
            body[start] = draw(st.integers(0, 255))
    return bytes(body)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_input_from_strangers_breaks_a_promise(target: Target) -> None:
    @BRIEFLY
    @given(spoilt(target.seeds))
    def check(sent: bytes) -> None:
        target.run(sent)

    check()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_fuzzers_seeds_break_no_promise(target: Target) -> None:
    assert target.seeds
    for seed in target.seeds[:: len(target.seeds) // 60 + 1]:
        target.run(seed)


@pytest.fixture
def ending() -> Iterator[None]:
    """Let an input that once took unlimited time fail the test instead of blocking it."""

    def give_up(number: int, frame: object) -> None:
        raise TooSlow("20 seconds of the processor, and no end")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, 20)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("ending")
@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_inputs_that_once_broke_a_promise_no_longer_do(file: Path) -> None:
    [target] = [target for target in TARGETS if target.name.replace(" ", "-") == file.parent.name]

    target.run(file.read_bytes())
