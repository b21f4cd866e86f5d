"""Compiler: text of LLVM made into machine code of this processor and linked, where llvmlite is here."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any


@cache
def binding() -> Any:
    """LLVM with this processor as its target, loaded when it is first asked for; None where it is not here."""
    try:
        import llvmlite.binding
    except ImportError:
        return None
    llvmlite.binding.initialize_native_target()
    llvmlite.binding.initialize_native_asmprinter()
    return llvmlite.binding


def available() -> bool:
    """Whether a compiler is here."""
    return binding() is not None


def made_by() -> tuple[str, ...]:
    """What machine code depends on beside its text: the compiler and the processor.

    Examples
    --------
    >>> not available() or made_by() == made_by()
    True
    """
    import llvmlite  # its own word on its version: the list of what is installed is slow to load

    llvm = binding()
    features = llvm.get_host_cpu_features().flatten()
    numbers = map(str, llvm.llvm_version_info)
    return llvmlite.__version__, *numbers, llvm.get_host_cpu_name(), features, llvm.get_default_triple(), sys.byteorder


def emitted(text: str) -> bytes:
    """Machine code of the text of a module; the text is taken as it stands, no passes are run over it.

    Parameters
    ----------
    text : str
        LLVM assembly.

    Returns
    -------
    bytes
        An object for this processor.

    Examples
    --------
    >>> not available() or len(emitted("define i64 @one() { ret i64 1 }")) > 0
    True
    """
    llvm = binding()
    target = llvm.Target.from_default_triple()
    features = llvm.get_host_cpu_features().flatten()
    machine = target.create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=features, opt=3, jit=True, reloc="pic"
    )
    module = llvm.parse_assembly(text)
    module.verify()
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    return machine.emit_object(module)


def linked(obj: bytes, name: str, *symbols: str) -> Any:
    """Addresses of the symbols of an object by name; the code lives as long as what is returned.

    Parameters
    ----------
    obj : bytes
        From `emitted`.
    name : str
        What to call it inside.
    symbols : str
        Functions to find.

    Returns
    -------
    object
        Looked up by symbol.

    Examples
    --------
    >>> if available():
    ...     assert linked(emitted("define i64 @one() { ret i64 1 }"), "example", "one")["one"] > 0
    """
    llvm = binding()
    library = llvm.JITLibraryBuilder().add_current_process().add_object_img(obj)
    for symbol in symbols:
        library = library.export_symbol(symbol)
    return library.link(llvm.create_lljit_compiler(), name)
