"""The child that reads binary formats: confined, replaced after a fault, never in the way of the next file."""

import os
import resource
import subprocess
import sys
import threading

import pytest

from luodi.document import isolation, read_bytes
from luodi.errors import ContentError
from malformed import CATALOG, LATIN, pdf, stream
from papers import as_docx

TEXT = "一、支持企业。给予20万元奖励。\n"
CONFINED = """
import resource, socket
from luodi.document.worker import _confine
_confine(1_000_000_000)
for act in (lambda: socket.socket(), lambda: open("/etc/hostname"), lambda: socket.create_connection(("127.0.0.1", 80), 1)):
    try:
        act()
    except OSError as error:
        print(error.errno)
"""


@pytest.fixture(autouse=True)
def fresh_child():
    isolation._KEEPER.close()
    yield
    isolation._KEEPER.close()


def refused(data: bytes) -> str | None:
    with pytest.raises(ContentError) as refusal:
        read_bytes(data, "x")
    return refusal.value.code


def slow() -> bytes:
    """A hundred pages that share one stream of many lines."""
    kids = " ".join(["4 0 R"] * 100)
    return pdf([CATALOG, f"<</Type /Pages /Kids [{kids}] /Count 100>>", LATIN, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R>>",
                stream(b"0 0 m 1 1 l S\n" * 150_000)])  # fmt: skip


def test_neither_files_nor_connections_can_be_opened() -> None:
    found = subprocess.run([sys.executable, "-c", CONFINED], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["24", "24", "24"]  # EMFILE


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "CPU_SECONDS", 0)
    assert refused(slow()) == "reader-time"
    monkeypatch.undo()
    assert read_bytes(as_docx(TEXT), "x").clean == TEXT.strip()


def test_a_file_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "WALL_SECONDS", 0.0)
    with pytest.raises(ContentError) as refusal:
        read_bytes(as_docx(TEXT), "x")
    assert refusal.value.code == "reader-time"


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from malformed import paragraph, word

    monkeypatch.setattr(isolation, "MEMORY", 250_000_000)
    large = word("".join(paragraph(f"第{n}段") for n in range(300_000)))
    assert refused(large) in ("reader-memory", "reader-crash", "damaged")


def test_a_child_that_dies_is_replaced() -> None:
    read_bytes(as_docx(TEXT), "x")
    child = isolation._KEEPER._child
    assert child is not None
    os.kill(child._process.pid, 9)
    child._process.wait()
    assert read_bytes(as_docx(TEXT), "x").clean == TEXT.strip()


class Killed(isolation._Child):
    """A child that the system ends before it answers; ``left`` counts how many more will be."""

    left = 0

    def __init__(self) -> None:
        super().__init__()
        if Killed.left:
            Killed.left -= 1
            os.kill(self._process.pid, 9)


@pytest.mark.parametrize(("deaths", "is_read"), [(1, True), (2, False)])
def test_a_file_is_at_fault_where_two_children_die_over_it(
    monkeypatch: pytest.MonkeyPatch, deaths: int, is_read: bool
) -> None:
    monkeypatch.setattr(Killed, "left", deaths)
    monkeypatch.setattr(isolation, "_Child", Killed)
    if not is_read:
        assert refused(as_docx(TEXT)) == "reader-crash"
    assert read_bytes(as_docx(TEXT), "x").clean == TEXT.strip()


def test_nothing_meant_for_a_dead_child_reaches_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    sent, passed = threading.Event(), threading.Event()
    write = isolation._Child._send

    def late(child: isolation._Child, *parts: bytes) -> None:
        if not sent.is_set():
            sent.set()
            passed.wait(0.2)  # the child is dead by now, its pipe not to be closed yet
            assert not isolation._stream(child._process.stdin).closed
            passed.set()
        write(child, *parts)

    monkeypatch.setattr(isolation._Child, "_send", late)
    monkeypatch.setattr(Killed, "left", 1)
    monkeypatch.setattr(isolation, "_Child", Killed)
    isolation._KEEPER.close()
    assert read_bytes(as_docx(TEXT), "x").clean == TEXT.strip()
    assert sent.is_set() and passed.is_set()


def test_one_child_reads_many_files() -> None:
    read_bytes(as_docx(TEXT), "x")
    first = isolation._KEEPER._child
    for _ in range(5):
        read_bytes(as_docx(TEXT), "x")
    assert isolation._KEEPER._child is first


def test_text_needs_no_child() -> None:
    read_bytes(TEXT.encode(), "x")
    assert isolation._KEEPER._child is None
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0
