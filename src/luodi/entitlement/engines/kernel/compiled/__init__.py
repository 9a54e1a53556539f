"""Functions of the kernel that are the same for all rules, each module a text that is compiled by itself.

:mod:`luodi.entitlement.engines.kernel.machine` compiles them; each argument that ends in ``_p`` is the address of a column.
They mean what :mod:`luodi.entitlement.stacking` means.
"""

from luodi.entitlement.engines.kernel.compiled import names, settlement, stages, sweep

NO_YEAR = 2**31 - 1
"""The year (and the day) of what has none; last in every order."""
PARTS = {
    name: (module, types) for module in (names, settlement, stages, sweep) for name, types in module.SIGNATURES.items()
}
"""Each function's module and the types of its arguments, as :mod:`luodi.entitlement.engines.kernel.machine` takes them."""
