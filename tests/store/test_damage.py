"""A damaged SQLite file, a full disk, an unwritable folder: each is reported with advice."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from sunchi.errors import StoreError
from sunchi.store import Store
from tests.conftest import ROOT
from tests.store.making import alert, id_of, link, parsed, signals

MEND = "run `sunchi restore latest`; without a backup move it away and run `sunchi rebuild`"
PAGE = 4096  # bytes


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with forty articles."""
    file = tmp_path_factory.mktemp("whole") / "sunchi.db"
    with Store.open(f"sqlite:///{file}") as store:
        for number in range(40):
            fill(store, number)
    return file


def fill(store: Store, number: int) -> None:
    text = f"text {number} " + "of some length " * 40
    id = id_of(text)
    store.save(parsed(link(str(number)), text, signals=signals(id, "CN"), alerts=[alert(id)]))


def use(file: Path) -> None:
    """Call everything that reads, and a little that writes."""
    with Store.open(f"sqlite:///{file}") as store:
        list(store.articles())
        store.signals()
        store.alerts()
        store.work("kcna", "en", parsed(link(), "x").now)
        store.pages_to_reparse()
        if words := store.damage():
            raise StoreError(words)
        fill(store, 1000)


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[: PAGE + 100],
        lambda content: b"garbage!" * 2 + content[16:],
        lambda content: content[:PAGE] + bytes(len(content) - PAGE),
    ],
    ids=["cut in half", "cut after a page", "another header", "zeros"],
)
def test_a_damaged_file_is_reported_with_advice(whole: Path, tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "sunchi.db"
    file.write_bytes(harm(whole.read_bytes()))

    with pytest.raises(StoreError) as caught:
        use(file)

    assert str(file) in str(caught.value)
    assert MEND in str(caught.value)


def test_flipped_bytes_are_reported_or_harmless_and_raise_nothing_else(whole: Path, tmp_path: Path) -> None:
    chance, said = random.Random(7), 0
    for _ in range(40):
        content = bytearray(whole.read_bytes())
        page = chance.randrange(1, len(content) // PAGE) * PAGE
        for _ in range(16):
            content[page + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        file = tmp_path / "sunchi.db"
        file.write_bytes(content)
        with suppress(StoreError):
            use(file)
            continue
        said += 1
    assert said > 10


def run_as_told(script: str, file: Path, *wrapper: str) -> subprocess.CompletedProcess[str]:
    command = [*wrapper, sys.executable, "-c", script, f"sqlite:///{file}"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=600)  # noqa: S603


FILL = """
import sys
from sunchi.errors import StoreError
from sunchi.store import Store
from tests.store.test_damage import fill

try:
    with Store.open(sys.argv[1]) as store:
        for number in range(200):
            fill(store, number)
            print(number, flush=True)
except StoreError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, which only root can create."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(  # noqa: S603  our own words
        [mount, "-t", "tmpfs", "-o", "size=1m", "sunchi-test", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("needs a disk of its own: only root may mount one, and not in every container")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607  our own words


@pytest.mark.drill
def test_a_full_disk_is_reported_keeps_the_store_intact_and_writing_continues_when_there_is_room(
    small_disk: Path,
) -> None:
    file = small_disk / "sunchi.db"

    full = run_as_told(FILL, file)

    assert full.returncode == 1
    assert "make room on the disk; nothing was half written" in full.stderr or "full or failing" in full.stderr
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)  # noqa: S603, S607  our own words
    with Store.open(f"sqlite:///{file}") as store:
        assert store.damage() == ""
        assert len(list(store.articles())) == len(full.stdout.split()) > 0
    assert run_as_told(FILL, file).returncode == 0


def test_a_command_on_a_full_disk_reports_it_at_once(small_disk: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SUNCHI_", "PREFECT_"))}
    environment = {**clean, "SUNCHI_DATA_DIR": str(small_disk / "var")}

    refused = subprocess.run(  # noqa: S603  our own words
        [Path(sys.executable).with_name("sunchi"), "poll", "hani"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
        timeout=600,
    )

    assert refused.returncode == 1
    assert "the disk is full, 1 MB are left: make room; nothing was run" in refused.stderr


def test_a_file_at_its_size_limit_is_reported_like_a_full_disk(tmp_path: Path) -> None:
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n{FILL}"

    full = run_as_told(limited, tmp_path / "sunchi.db")

    assert full.returncode == 1
    assert "check whether it is full or failing" in full.stderr or "make room on the disk" in full.stderr
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as store:
        assert store.damage() == ""
        assert len(list(store.articles())) == len(full.stdout.split()) > 0


def as_nobody_special() -> list[str]:
    """Return the words before a command that make permissions apply to root, too."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("permissions do not bind root, and setpriv is missing")
    powers = "-dac_override,-dac_read_search"
    return [setpriv, f"--inh-caps={powers}", f"--bounding-set={powers}"]


@pytest.mark.parametrize("there", ["a database", "nothing"])
def test_an_unwritable_folder_is_reported(whole: Path, tmp_path: Path, there: str) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    file = folder / "sunchi.db"
    if there == "a database":
        shutil.copy(whole, file)
        file.chmod(0o444)
    folder.chmod(0o555)
    try:
        refused = run_as_told(FILL, file, *as_nobody_special())
    finally:
        folder.chmod(0o755)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "owner and permissions" in refused.stderr
    assert [path.name for path in folder.iterdir()] == (["sunchi.db"] if there == "a database" else [])


def test_a_copy_put_in_place_of_a_damaged_file_is_used(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "sunchi.db"
    file.write_bytes(whole.read_bytes()[:PAGE])
    with pytest.raises(StoreError), closing(Store.open(f"sqlite:///{file}")) as store:
        list(store.articles())

    shutil.copy(whole, file)

    use(file)
