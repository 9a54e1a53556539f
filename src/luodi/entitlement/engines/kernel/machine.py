"""Machine code for kernels: compiled with numba once, kept on disk, loaded without numba from then on.

A kernel is the text of one Python function over pointers. Its object code lies in a cache folder under a digest of
the text, the compiler's version and the processor, whole or not at all and behind a digest of its own; where no
folder can be written, it is compiled anew by each process. ``python -m luodi.entitlement.engines.kernel.machine`` makes the
parts that are the same for all rules beforehand.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from luodi.entitlement.engines.kernel.compiled import PARTS

Signature = tuple[str, ...]
"""Types of the arguments: ``int64``, or ``*`` and the type pointed at (``*uint8``)."""

_DIGEST = 32
_WAY = "2"
"""Goes up with what this module makes of a text, so that what was kept before is not loaded."""


@cache
def kernel(source: str, signature: Signature, name: str = "kernel") -> Kernel:
    """A function of a source text, ready to call; it returns an int64 and cannot raise."""
    import llvmlite  # noqa: PLC0415 - only a population needs it
    import llvmlite.binding as llvm  # noqa: PLC0415

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    cpu, features = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
    key = "\n".join((_WAY, source, name, *signature, llvmlite.__version__, cpu, features))
    digest = hashlib.sha256(key.encode()).hexdigest()
    code = _kept(digest)
    if code is None:
        code = _compiled(source, signature, name, f"kernel_{digest}")
        _keep(digest, code)
    return Kernel(code, f"kernel_{digest}", signature)


@cache
def part(name: str) -> Kernel:
    """One of the parts that are the same for all rules."""
    module, types = PARTS[name]
    return kernel(Path(str(module.__file__)).read_text(encoding="utf-8"), types, name)


def _machine() -> Any:
    import llvmlite.binding as llvm  # noqa: PLC0415 - only a population needs it

    features = llvm.get_host_cpu_features().flatten()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(cpu=llvm.get_host_cpu_name(), features=features, opt=3, jit=True)


class Kernel:
    """Loaded machine code. Calling it releases the interpreter lock."""

    def __init__(self, code: bytes, symbol: str, signature: Signature) -> None:
        import llvmlite.binding as llvm  # noqa: PLC0415 - only a population needs it

        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()
        arguments = [ctypes.c_void_p if each.startswith("*") else ctypes.c_int64 for each in signature]
        prototype = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *arguments)
        self._function = prototype(self._engine.get_function_address(symbol))

    def __call__(self, *arguments: int) -> int:
        """Run over numbers and addresses, as the signature has them."""
        result, nothing = ctypes.c_int64(), ctypes.c_void_p()
        self._function(ctypes.addressof(result), ctypes.addressof(nothing), *arguments)
        return result.value


def _compiled(source: str, signature: Signature, name: str, symbol: str) -> bytes:
    """Object code by numba: the bare function, without wrappers that would call into Python."""
    import llvmlite.binding as llvm  # noqa: PLC0415 - only where the cache has none
    import numba as typed  # noqa: PLC0415 - half a second; only where the cache has none

    numba: Any = typed
    names: dict[str, Any] = {name: getattr(numba, name) for name in ("carray", "int64", "uint64", "uint32", "uint16")}
    names["__name__"] = "luodi_kernel"
    exec(compile(source, "<kernel>", "exec"), names)  # the text is made from typed nodes only
    types = [getattr(numba.types, each.lstrip("*")) for each in signature]
    given = [
        numba.types.CPointer(each) if text[0] == "*" else each for each, text in zip(types, signature, strict=True)
    ]
    options = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    for part, called in list(names.items()):
        if part != name and callable(called) and getattr(called, "__module__", "") == names["__name__"]:
            names[part] = numba.njit(error_model="numpy")(called)
    function = numba.njit(numba.types.int64(*given), **options)(names[name])
    (compiled,) = function.overloads.values()
    module = llvm.parse_assembly(_COUNTING.sub(r"\1{\n  ret void\n}", str(compiled.library._final_module)))
    module.get_function(compiled.fndesc.llvm_func_name).name = symbol
    _drop_unused(module, symbol)
    return bytes(_machine().emit_object(module))


_COUNTING = re.compile(r"^(define [^\n]*@NRT_(?:inc|dec)ref\([^\n]*)\{\n.*?^\}", re.MULTILINE | re.DOTALL)
"""Numba's counting of references: arrays over addresses have no owner, and its runtime is not there afterwards."""


def _drop_unused(module: Any, symbol: str) -> None:
    """Leave only what the kernel calls, so that it loads where numba's runtime is not there."""
    import llvmlite.binding as llvm  # noqa: PLC0415 - only where the cache has none

    for function in module.functions:
        if not function.is_declaration and function.name != symbol:
            function.linkage = "internal"
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    passes.run(module, llvm.create_pass_builder(_machine(), tuning))


def _kept(digest: str) -> bytes | None:
    for folder in _folders():
        try:
            data = (folder / digest).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            return data[_DIGEST:]
    return None


def _keep(digest: str, code: bytes) -> None:
    for folder in _folders():
        try:
            handle, draft = tempfile.mkstemp(dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(code).digest() + code)
            Path(draft).replace(folder / digest)
        except OSError:
            continue
        return


def _folders() -> Iterator[Path]:
    """Folders that only this user can write: the user's cache, else one in the common temporary folder."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    for folder in (Path(home) / "luodi" / "kernels", Path(tempfile.gettempdir()) / f"luodi-kernels-{os.getuid()}"):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            state = folder.lstat()
        except OSError:
            continue
        if state.st_uid == os.getuid() and not state.st_mode & 0o022:
            yield folder


if __name__ == "__main__":
    for each in PARTS:
        part(each)
