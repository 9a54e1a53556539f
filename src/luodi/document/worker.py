"""The child process of :mod:`luodi.document.isolation`: reads one file after another until its input ends.

Before the first file it gives up memory beyond a limit and every further file descriptor, so that neither a file nor a
network connection can be opened whatever a parser is made to do; each file has its own share of processor time.
"""

from __future__ import annotations

import codecs
import json
import resource
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from luodi.document import decode
from luodi.document.readers import pdf, pictures, registry
from luodi.document.refusals import RefusedError
from luodi.document.scan import recognised_from

_LENGTH = struct.Struct("<I")
_CODEC_OF_NAMES = "cp437"  # in zips that do not say UTF-8


def main() -> None:
    """Serve files from standard input to standard output."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _prepare()
    _confine(memory)
    while head := source.read(_LENGTH.size):
        request = json.loads(source.read(_LENGTH.unpack(head)[0]))
        data = source.read(_LENGTH.unpack(source.read(_LENGTH.size))[0])
        _allow(seconds)
        _send(target, _answer(request, data))


def _prepare() -> None:
    """Load what would open files later: pdfium, and every codec."""
    pdf.prepare()
    for codec in (*decode.ENCODINGS, _CODEC_OF_NAMES):
        codecs.lookup(codec)


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _allow(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _read(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    recognised = recognised_from(request["recognised"])
    return {"extract": registry.read(request["kind"], data, request["name"], recognised).as_json()}


_ACTS: dict[str, Callable[[dict[str, Any], bytes], dict[str, Any]]] = {
    "read": _read,
    "pictures": lambda request, data: {"pictures": pictures.names(request["kind"], data)},
    "picture": lambda request, data: {"picture": pictures.taken(request["kind"], data, request["picture"]).hex()},
}


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return _ACTS[request["act"]](request, data)
    except RefusedError as refused:
        return {"refused": refused.code, "found": refused.found}
    except MemoryError:
        return {"refused": "reader-memory", "found": "内存用尽", "worn": True}
    except Exception as error:  # a defect of ours or a file nobody has met: named, and the child goes on
        return {"refused": "reader-crash", "found": type(error).__name__, "worn": True}


def _send(target: BinaryIO, answer: dict[str, Any]) -> None:
    body = json.dumps(answer, ensure_ascii=True).encode()
    target.write(_LENGTH.pack(len(body)) + body)
    target.flush()


if __name__ == "__main__":
    main()
