"""LLVM: the blocks as vector code, and the loop over sessions and steps around them, as plain text.

No operation carries a flag that lets the compiler reorder, fuse or assume anything: every width of lanes, and the NumPy
backend, give the same bits.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from math import inf
from pathlib import Path
from string import Template

from puncta.healing.engine import control
from puncta.healing.engine.plan import Block, Layout, Plan

_BINARY = {"add": "fadd", "sub": "fsub", "mul": "fmul"}


def double(x: float) -> str:
    """A number as LLVM reads it exactly."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016X}"


class Target:
    """Type of a vector of lanes."""

    def __init__(self, width: int, precision: str) -> None:
        self.width, self.precision = width, precision
        self.scalar = "float" if precision == "single" else "double"
        self.vector = f"<{width} x {self.scalar}>" if width > 1 else self.scalar
        # numerics: bits and bytes of a number, and the alignment of all arrays
        bits = 32 if precision == "single" else 64
        self.suffix = f"v{width}f{bits}" if width > 1 else f"f{bits}"
        self.align = min(width * bits // 8, 64)

    def constant(self, x: float) -> str:
        """A number in every lane."""
        if self.precision == "single":
            x = struct.unpack("<f", struct.pack("<f", x))[0]
        if self.width == 1:
            return double(x)
        return "<" + ", ".join([f"{self.scalar} {double(x)}"] * self.width) + ">"

    def spread(self, name: str) -> list[str]:
        """Lines that put the double %name into every lane as %name_v."""
        lines = [f"%{name}_f = fptrunc double %{name} to float"] if self.precision == "single" else []
        scalar = f"%{name}_f" if lines else f"%{name}"
        if self.width == 1:
            return [*lines, f"%{name}_v = select i1 true, {self.scalar} {scalar}, {self.scalar} {scalar}"]
        return [
            *lines,
            f"%{name}_o = insertelement {self.vector} poison, {self.scalar} {scalar}, i32 0",
            f"%{name}_v = shufflevector {self.vector} %{name}_o, {self.vector} poison, "
            f"<{self.width} x i32> zeroinitializer",
        ]


def module(plan: Plan, width: int, precision: str) -> str:
    """The whole module: `run` takes one group of lanes through a course."""
    target = Target(width, precision)
    blocks = {name: block for name, block in plan.blocks.items() if block.nodes}
    text = [f"declare {target.vector} @llvm.{name}.{target.suffix}({target.vector})" for name in ("fabs", "sqrt")]
    text += ["declare double @llvm.sqrt.f64(double)"] if target.suffix != "f64" else []
    text += ["\n".join(_block(block, plan.layout, target)) for block in blocks.values()]
    loop = Template(Path(__file__).with_name("run.ll").read_text())
    return loop.substitute(_loop(plan.layout, blocks, target), blocks="\n\n".join(text))


def _size(layout: Layout, array: str) -> tuple[int, int]:
    return {**layout.shapes, **layout.work}[array]


def _block(block: Block, layout: Layout, target: Target) -> Iterator[str]:
    """A block as a function of its arrays."""
    V, summed = target.vector, {at[:3]: f"%sum{k}" for k, at in enumerate(block.sums)}
    arguments = [f"double %{name}" if name in control.SCALARS else f"ptr noalias %{name}" for name in block.arrays]
    yield f"define internal void @{block.name}({', '.join(['i64 %n', *arguments])}) noinline nounwind {{\nentry:"
    for name in block.arrays:
        if name in control.SCALARS:
            yield from target.spread(name)
        else:
            per, _ = _size(layout, name)
            yield f"%{name}_n = add i64 %n, 2\n%{name}_o = mul i64 %{name}_n, {per}"
            yield f"%{name}_s = getelementptr {V}, ptr %{name}, i64 %{name}_o"
    if block.way:
        first = "1" if block.way > 0 else "%n"
        yield "%go = icmp sgt i64 %n, 0\nbr i1 %go, label %layer, label %end\nlayer:"
        yield f"%i = phi i64 [ {first}, %entry ], [ %next, %layer ]"
        for name in summed.values():
            yield f"{name} = phi {V} [ {target.constant(0.0)}, %entry ], [ {name}_n, %layer ]"
        for name in block.arrays:
            if name not in control.SCALARS:
                yield f"%{name}_i = mul i64 %i, {_size(layout, name)[0]}"
                yield f"%{name}_0 = getelementptr {V}, ptr %{name}, i64 %{name}_i"
    value: dict[int, str] = {}
    for number, (kind, *rest) in block.nodes:
        name = value[number] = f"%v{number}"
        if kind == "constant":
            value[number] = target.constant(rest[0])
        elif kind == "input" and rest[1] == "scalar":
            value[number] = f"%{rest[0]}_v"
        elif kind == "input":
            yield f"{name}_p = {_place(layout, target, *rest)}"
            yield f"{name} = load {V}, ptr {name}_p, align {target.align}"
        else:
            yield _operation(kind, name, [value[operand] for operand in rest], target)
    for k, (array, at, index, number) in enumerate(block.stores):
        yield f"%s{k}_p = {_place(layout, target, array, at, index)}"
        yield f"store {V} {value[number]}, ptr %s{k}_p, align {target.align}"
    if block.way:
        for at, name in zip(block.sums, summed.values(), strict=True):
            yield f"{name}_n = fadd {V} {name}, {value[at[3]]}"
        on, last = (1, "%n") if block.way > 0 else (-1, "1")
        yield f"%next = add i64 %i, {on}\n%stop = icmp eq i64 %i, {last}\nbr i1 %stop, label %end, label %layer"
        yield "end:"
        for name in summed.values():
            yield f"{name}_e = phi {V} [ {target.constant(0.0)}, %entry ], [ {name}_n, %layer ]"
        for (array, at, index), name in summed.items():
            yield f"{name}_p = {_place(layout, target, array, at, index)}"
            yield f"store {V} {name}_e, ptr {name}_p, align {target.align}"
    yield "ret void\n}"


def _place(layout: Layout, target: Target, array: str, at: int | str, index: int) -> str:
    """Address of a number; every array has an empty layer at each end, so that neighbours need no test."""
    base, offset = (f"%{array}_s", index) if at == "s" else (f"%{array}_0", int(at) * _size(layout, array)[0] + index)
    return f"getelementptr {target.vector}, ptr {base}, i64 {offset}"


def _operation(kind: str, name: str, operands: list[str], target: Target) -> str:
    V, zero, one = target.vector, target.constant(0.0), target.constant(1.0)
    bools = f"<{target.width} x i1>" if target.width > 1 else "i1"
    a = operands[0]
    if kind in _BINARY:
        return f"{name} = {_BINARY[kind]} {V} {a}, {operands[1]}"
    if kind == "neg":
        return f"{name} = fneg {V} {a}"
    if kind == "reciprocal":
        return f"{name} = fdiv {V} {one}, {a}"
    if kind in ("abs", "sqrt"):
        return f"{name} = call {V} @llvm.{'fabs' if kind == 'abs' else kind}.{target.suffix}({V} {a})"
    over, yes, no = {"most": (operands[-1], a, operands[-1]), "above": (zero, a, zero), "step": (zero, one, zero)}[kind]
    return f"{name}_c = fcmp ogt {V} {a}, {over}\n{name} = select {bools} {name}_c, {V} {yes}, {V} {no}"


def _loop(layout: Layout, blocks: dict[str, Block], target: Target) -> dict[str, object]:
    """What fills the loop in: calls of the blocks with their arrays, places of arrays, and the rules of the step."""

    def call(*names: str, **bound: str) -> str:
        known = {"low": f"double {double(control.LOW)}", "high": f"double {double(control.HIGH)}", "ih": "double %ih"}
        return "\n".join(
            f"call void @{name}(i64 %n, "
            + ", ".join(known.get(array, f"ptr %{bound.get(array, array)}") for array in blocks[name].arrays)
            + ")"
            for name in names
            if name in blocks
        )

    places, offset = [], "0"
    for name, (per, once) in layout.work.items():
        own = f"{name}_b" if name in ("y", "F", "Z", "N") else name  # these four change places as steps are taken
        places += [
            f"%{own} = getelementptr {target.vector}, ptr %work, i64 {offset}",
            f"%{name}_c = mul i64 %pad, {per}",
        ]
        places += [f"%{name}_t = add i64 %{name}_c, {once}", f"%{name}_z = add i64 %{name}_t, {offset}"]
        offset = f"%{name}_z"
    strided = ("starts", "ps", "xs", "ws", "es", "rows_of", "states_of", "status_of")
    of_group = [
        f"%{name}_p = getelementptr i64, ptr %strides, i64 {at}\n%{name}_b = load i64, ptr %{name}_p\n"
        f"%{name}_o = mul i64 %{name}_b, %g\n%{name}_g = getelementptr i8, ptr %{name}, i64 %{name}_o"
        for at, name in enumerate(strided)
    ]
    single = target.precision == "single"
    rates, read, rules = ("rates", "rates_s"), ("read", "read_s"), control.__dict__
    return {
        **{
            name.lower(): double(rules[name])
            for name in ("FIRST", "SHORTEST", "GROW", "SHRINK", "CAUTION", "MORE_TRIES")
        },
        **{name.lower(): double(rules[name]) for name in ("NOT_FINITE", "TOO_STIFF", "OUT_OF_RANGE")},
        **{"infinite": double(inf), "largest": double(sys.float_info.max)},
        **{"V": target.vector, "T": target.scalar, "align": target.align, "width": target.width},
        **{"widen": "fpext float" if single else "fadd double", "widened": " to double" if single else ", 0.0"},
        **{"rows": layout.rows, "per": layout.work["y"][0], "once": layout.work["y"][1]},
        **{"per_event": layout.shapes["e"][0], "once_event": layout.shapes["e"][1]},
        "spread": "\n".join(line for name in ("wa", "wb", "wc", "wd") for line in target.spread(name)),
        "places": "\n".join(places),
        "of_group": "\n".join(of_group),
        "prepare": call("prepare", "spread"),
        "strike": call("strike", "strike_s", y="y_strike"),
        "rates_begin": call(*rates, y="y_begin", F="F_begin"),
        "show": call(*read),
        "stages": call(*control.STAGES),
        "rates_end": call(*rates, y="Z", F="N"),
        "read": call(*read),
        "read_end": call(*read, y="Z", F="N", G="H", dG="dH"),
        "ranges": call("ranges", "ranges_s", y="y_end"),
    }
