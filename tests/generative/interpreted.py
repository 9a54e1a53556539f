"""The kernel's function texts run by Python itself: the same text without the seconds that compiling takes."""

import ctypes

import numpy as np

from luodi.entitlement.engines.kernel.machine import kernel as compiled


class Interpreted:
    """One function of a text, called with numbers and addresses as machine code is."""

    def __init__(self, source, signature, name):
        names = {"carray": _column, "int64": int, "uint64": int}
        exec(source, names)
        self.function, self.signature = names[name], signature

    def __call__(self, *arguments):
        given = zip(arguments, self.signature, strict=True)
        return int(self.function(*((value, kind[1:]) if kind[0] == "*" else value for value, kind in given)))


def _column(pointer, size):
    address, kind = pointer
    kind = np.dtype(kind)
    if not size:
        return np.empty(0, kind)
    return np.frombuffer((ctypes.c_char * (size * kind.itemsize)).from_address(address), kind)


def interpreted(source, signature, name="kernel"):
    """Rules by Python; the parts that are the same for all rules stay compiled."""
    return Interpreted(source, signature, name) if name == "kernel" else compiled(source, signature, name)
