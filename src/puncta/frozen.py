"""Records that cannot be changed: what ``dataclass(frozen=True)`` gives, written once instead of for every class.

A dataclass compiles six methods of its own when its module is read: for the couple of hundred records of a start more
than a tenth of a second. Here nothing is compiled, and a class is looked through when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from threading import RLock
from typing import Any, TypeVar, cast, dataclass_transform, overload

T = TypeVar("T")
_FIELDS = "__dataclass_fields__"  # where the standard library looks for them
_READING = RLock()


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, eq: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, /, *, eq: bool = True) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a frozen dataclass.

    Parameters
    ----------
    cls : type
        Class with annotated fields.
    eq : bool
        Whether records are equal where their fields are; False keeps equality by identity.

    Returns
    -------
    type
        The same class; ``dataclasses.fields``, ``replace`` and ``asdict`` know it.

    Raises
    ------
    dataclasses.FrozenInstanceError
        Later, where a field of a record is set or deleted.

    Examples
    --------
    >>> @frozen
    ... class Needle:
    ...     length_mm: float
    ...     count: int = 12
    >>> Needle(1.5) == Needle(length_mm=1.5), Needle(1.5)
    (True, Needle(length_mm=1.5, count=12))
    """
    return _frozen(cls, eq) if cls is not None else lambda other: _frozen(other, eq)


def _frozen(cls: type[T], eq: bool) -> type[T]:
    shared: dict[str, Any] = {
        "__init__": _first_init(cls),
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, method in (shared | ({"__eq__": _equal, "__hash__": _hash} if eq else {})).items():
        if name not in cls.__dict__ or (name == "__hash__" and cls.__dict__[name] is None):
            setattr(cls, name, method)
    setattr(cls, _FIELDS, _Unread(cls))
    return cls


class _Unread:
    """Fields of a class that nobody has asked for; a start makes twice as many classes as it uses."""

    def __init__(self, owner: type) -> None:
        self.owner = owner

    def __get__(self, record: object, owner: type) -> Any:
        with _READING:
            if self.owner.__dict__[_FIELDS] is self:  # another thread may have been first
                dataclass(init=False, repr=False, eq=False)(self.owner)
        return self.owner.__dict__[_FIELDS]


def _first_init(cls: type) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **values: Any) -> None:  # noqa: N807
        made = _init(cls)
        if cls.__dict__["__init__"] is __init__:
            cls.__init__ = made
        made(self, *args, **values)

    return __init__


def _init(cls: type) -> Callable[..., None]:
    wanted = [f for f in fields(cls) if f.init]
    names = tuple(f.name for f in wanted)
    defaults = {f.name: f.default for f in wanted if f.default is not MISSING}
    factories = {f.name: f.default_factory for f in wanted if f.default_factory is not MISSING}
    allowed, after = frozenset(names), hasattr(cls, "__post_init__")

    def __init__(self: Any, *args: Any, **values: Any) -> None:  # noqa: N807
        given = dict(zip(names, args, strict=False)) | values
        if len(given) < len(args) + len(values) or not allowed.issuperset(given):
            raise TypeError(f"{cls.__name__} takes each of {', '.join(names)} once: {len(args)} values, {[*values]}")
        if len(given) < len(names):
            given = defaults | {name: make() for name, make in factories.items() if name not in given} | given
            if missing := [name for name in names if name not in given]:
                raise TypeError(f"{cls.__name__} lacks {', '.join(missing)}")
        self.__dict__.update(given)
        if after:
            self.__post_init__()

    return __init__


def _values(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, f.name) for f in fields(record) if f.compare)


def _equal(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else cast(bool, NotImplemented)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse(self: Any, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"{self.__class__.__name__}.{name} cannot be set or deleted: make another record")
