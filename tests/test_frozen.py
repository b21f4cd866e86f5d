"""Frozen records behave as frozen dataclasses do, and nothing in the program writes methods for every class again."""

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.frozen import frozen

SRC = Path(__file__).parents[1] / "src" / "puncta"


@frozen
class Needle:
    """A record."""

    length_mm: float
    count: int = 12
    marks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Peer:
    """The same as the standard library makes it."""

    length_mm: float
    count: int = 12
    marks: Mapping[str, int] = field(default_factory=dict)


@frozen
class Coated(Needle):
    """A record that adds a field and looks at itself."""

    coat: str = "none"

    def __post_init__(self) -> None:
        if self.length_mm < 0:
            raise ValueError("length")


@frozen(eq=False)
class Once:
    """Equal to itself alone."""

    name: str


lengths, counts = st.floats(0, 3), st.integers(1, 100)


@given(lengths, counts, lengths, counts)
def test_as_a_dataclass_does(a: float, n: int, b: float, m: int) -> None:
    one, other, peer, peer_other = Needle(a, n), Needle(b, count=m), Peer(a, n), Peer(b, count=m)
    assert (one == other) == (peer == peer_other)
    assert repr(one) == repr(peer).replace("Peer", "Needle")
    assert asdict(one) == asdict(peer)
    assert replace(one, count=m) == Needle(a, m)
    assert [f.name for f in fields(one)] == [f.name for f in fields(peer)]
    for again in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert again == one
        assert again is not one


def test_kinds_differ_and_hashes_agree() -> None:
    assert Needle(1.0) != Peer(1.0)
    assert Coated(1.0) != Needle(1.0)
    assert Coated(1.0, coat="gold").coat == "gold"
    assert hash(Once("a")) != hash(Once("a"))
    assert Once("a") != Once("a")
    assert hash(frozen(type("N", (), {"__annotations__": {"x": "int"}}))(3)) == hash((3,))
    assert is_dataclass(Needle)


def test_every_record_has_its_own_default() -> None:
    assert Needle(1.0).marks is not Needle(1.0).marks


@pytest.mark.parametrize(
    ("args", "values", "named"),
    [
        ((), {}, "length_mm"),
        ((1.0, 2, {}, 4), {}, "4 values"),
        ((1.0,), {"length_mm": 2.0}, "once"),
        ((1.0,), {"width": 2.0}, "width"),
    ],
)
def test_a_wrong_call_names_what_is_wrong(args: tuple, values: dict, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        Needle(*args, **values)


def test_nothing_can_be_changed_and_a_look_at_itself_is_kept() -> None:
    needle = Needle(1.0)
    with pytest.raises(FrozenInstanceError):
        needle.length_mm = 2.0  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FrozenInstanceError):
        del needle.count  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FrozenInstanceError):
        needle.new = 1  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ValueError, match="length"):
        Coated(-1.0)


def test_the_program_makes_its_records_this_way() -> None:
    others = [str(p.relative_to(SRC)) for p in SRC.rglob("*.py") if "@dataclass(frozen=True)" in p.read_text()]
    assert not others
