"""Parsers of binary formats run in a child process with limits, never in the process that asks.

One child serves the process that started it, file after file, and is replaced after a fault, after many files and in a
forked copy of that process. Parent and child speak plain JSON over pipes: nothing that the child sends is executed.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from typing import IO, Any

from luodi.document.extract import Extract
from luodi.document.refusals import RefusedError
from luodi.document.scan import Recognised

CPU_SECONDS = 20  # for one file
WALL_SECONDS = 120  # for one file; the machine may be busy with other things
MEMORY = 1_000_000_000  # bytes of address space of the child
MAX_ANSWER = 64_000_000  # bytes
_FILES_A_CHILD = 200
_LENGTH = struct.Struct("<I")
_CPU_SIGNAL = -24  # SIGXCPU


class _Child:
    """A running child and the process it belongs to."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.files = 0
        self._sender: threading.Thread | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "luodi.document.worker", str(CPU_SECONDS), str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # a forked copy of this process has nothing left to write into the child's pipe
            env={"PATH": "", "LC_ALL": "C.UTF-8"},
            close_fds=True,
        )

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        """Send one file and wait for the answer.

        Raises:
            RefusedError: the child took too long, died or sent no answer we know.
        """
        self.files += 1
        head = json.dumps(request).encode()
        parts = (_LENGTH.pack(len(head)) + head + _LENGTH.pack(len(data)), data)
        self._sender = threading.Thread(target=self._send, args=parts, daemon=True)
        self._sender.start()
        deadline = time.monotonic() + WALL_SECONDS
        size = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))[0]
        if size > MAX_ANSWER:
            raise RefusedError("reader-memory", f"结果 {size} 字节")
        answer: dict[str, Any] = json.loads(self._receive(size, deadline))
        return answer

    def _send(self, *parts: bytes) -> None:
        stream = _stream(self._process.stdin)
        try:
            for part in parts:
                left = memoryview(part)
                while left:
                    left = left[stream.write(left) :]
        except (OSError, ValueError):
            pass  # the child is gone, or its pipe closed meanwhile: the receiving side says so

    def _receive(self, size: int, deadline: float) -> bytes:
        stream = _stream(self._process.stdout)
        found = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while len(found) < size:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise RefusedError("reader-time", f"超过 {WALL_SECONDS} 秒")
                chunk = os.read(stream.fileno(), min(size - len(found), 1 << 20))
                if not chunk:
                    raise self._death()
                found += chunk
        return bytes(found)

    def _death(self) -> RefusedError:
        code = self._process.wait(WALL_SECONDS)
        if code == _CPU_SIGNAL:
            return RefusedError("reader-time", f"处理器时间超过 {CPU_SECONDS} 秒")
        return RefusedError("reader-crash", f"信号 {-code}" if code < 0 else f"退出码 {code}")

    def stop(self) -> None:
        """End the child; only the process that started it may."""
        if self.owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        if self._sender is not None:
            # A write on its way would go to whatever gets the number of the closed pipe next: the pipe of the child that follows.
            self._sender.join()
        for stream in (self._process.stdin, self._process.stdout):
            _close(stream)


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RefusedError("reader-crash", "没有管道")
    return stream


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:
        pass  # what was still to be sent has nobody to go to


class _Keeper:
    """Keeps the child of this process; one file at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def _forget(self) -> None:
        self._lock, self._child = threading.Lock(), None

    def ask(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        """The child's answer; a file is at fault only where a second, new child dies over it as well.

        The first may not have come up, or the system may have ended it for want of memory.
        """
        with self._lock:
            try:
                return self._asked(request, data)
            except RefusedError as refused:
                if refused.code != "reader-crash":
                    raise
                return self._asked(request, data)

    def _asked(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        if self._child and not self._child.is_alive():
            self.close()  # it died while nobody asked: no fault of this file
        child = self._child = self._child or _Child()
        try:
            answer = child.ask(request, data)
        except (RefusedError, ValueError):
            self.close()
            raise
        if child.files >= _FILES_A_CHILD or answer.get("worn"):
            self.close()
        return answer

    def close(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None


_KEEPER = _Keeper()


def extract(kind: str, data: bytes, name: str, recognised: Recognised | None = None) -> Extract:
    """Read a file of a binary kind (``packed``, ``pdf``, ``image``) in the child; ``recognised``: what its pictures say.

    Raises:
        RefusedError: the reader's own refusal, or what became of the child.
    """
    answer = _asked({"act": "read", "kind": kind, "name": name, "recognised": recognised}, data)
    try:
        return Extract.from_json(answer["extract"])
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError("reader-crash", "回答的格式不对") from error


def pictures(kind: str, data: bytes) -> list[str]:
    """What of a file may be recognised, by the names of :data:`.scan.Recognised`; raises as :func:`extract`."""
    return [str(name) for name in _asked({"act": "pictures", "kind": kind}, data)["pictures"]]


def picture(kind: str, data: bytes, name: str) -> bytes:
    """One of :func:`pictures`: as it stands there, or a page of a PDF drawn in grey (PGM); raises as :func:`extract`."""
    return bytes.fromhex(_asked({"act": "picture", "kind": kind, "picture": name}, data)["picture"])


def _asked(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        answer = _KEEPER.ask(request, data)
    except ValueError as error:
        raise RefusedError("reader-crash", "回答的格式不对") from error
    if "refused" in answer:
        raise RefusedError(str(answer["refused"]), str(answer.get("found", "")))
    return answer
