"""Condition: the small language in which rules say when they hold.

A condition is a TOML table with exactly one head:

    { any = [..] }  { all = [..] }  { not = {..} }
    { answer = "filler", within = "wait" }              a yes, dated within the rule's waiting time
    { answer = "isotretinoin", dated = false }          a yes without a day: now, or going on
    { lesion = ["mole"], examined = false, where = "field" }    field, elsewhere or anywhere
    { person = "age_years", below = 22 }  { person = "phototype", at_least = 5 }  { person = "sex", is = ["female"] }
    { concern = ["melasma"] }  { zone = ["infraorbital"] }  { zone = "never" }
    { product = [..] }  { home_product = [..] }  { cream = [..] }  { device = [..] }     words of the record, or "any"
    { co_treatment = ["laser"] }  { home_care = "sunscreen", is = false }  { unanswered = "any" }
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from puncta.errors import EvidenceError, nearest
from puncta.frozen import frozen
from puncta.safety import leaves
from puncta.safety.truth import Truth, all_of, any_of, negate

if TYPE_CHECKING:
    from puncta.safety.facts import Facts
    from puncta.safety.wait import Wait


class Condition(Protocol):
    """Something that holds, does not hold, or cannot be said, for the facts of a case."""

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Work out the truth for a case; ``wait`` is the rule's waiting time."""
        ...

    def questions(self) -> frozenset[str]:
        """Keys of the questions that it reads."""
        ...


@frozen
class Joined:
    """Several conditions, all or any of which must hold."""

    join: Callable[[list[Truth]], Truth]
    parts: tuple[Condition, ...]

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Evaluate every part, so that the reason names all that matter."""
        return self.join([part.evaluate(facts, wait) for part in self.parts])

    def questions(self) -> frozenset[str]:
        """Questions of all parts."""
        return frozenset().union(*(part.questions() for part in self.parts))


@frozen
class Negated:
    """A condition turned round."""

    part: Condition

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Evaluate and turn round."""
        return negate(self.part.evaluate(facts, wait))

    def questions(self) -> frozenset[str]:
        """Questions of the part."""
        return self.part.questions()


_LEAVES: Mapping[str, tuple[Callable[..., Condition], frozenset[str]]] = {
    "answer": (leaves.AnswerIs.read, frozenset(("within", "dated", "where"))),
    "lesion": (leaves.LesionIs.read, frozenset(("examined", "where"))),
    "person": (leaves.PersonIs.read, frozenset(("below", "at_least", "is", "missing"))),
    "concern": (leaves.ConcernIs.read, frozenset()),
    "zone": (leaves.ZoneIs.read, frozenset()),
    "product": (leaves.WordIs.read, frozenset()),
    "home_product": (leaves.WordIs.read, frozenset()),
    "cream": (leaves.WordIs.read, frozenset()),
    "device": (leaves.WordIs.read, frozenset()),
    "co_treatment": (leaves.CoTreatmentIs.read, frozenset()),
    "home_care": (leaves.HomeCareIs.read, frozenset(("is",))),
    "unanswered": (leaves.Unanswered.read, frozenset()),
}
HEADS = ("all", "any", "not", *_LEAVES)


def read_condition(table: Mapping[str, Any], place: str) -> Condition:
    """Read a condition from its TOML table.

    Parameters
    ----------
    table : mapping of str to object
        The table.
    place : str
        Where it stands, for the error.

    Returns
    -------
    Condition
        Ready to evaluate.

    Raises
    ------
    EvidenceError
        Where the table has no head, two heads, or a word that its head does not know.

    Examples
    --------
    >>> sorted(read_condition({"any": [{"answer": "filler"}, {"answer": "toxin"}]}, "example").questions())
    ['filler', 'toxin']
    """
    if not isinstance(table, Mapping):
        raise EvidenceError(f"{place}: a condition is a table, not {table!r}")
    heads = [name for name in table if name in HEADS]
    if len(heads) != 1:
        strange = ", ".join(
            f"{name} (nearest: {nearest(name, HEADS) or 'none'})" for name in table if name not in HEADS
        )
        raise EvidenceError(
            f"{place}: a condition has exactly one of {', '.join(HEADS)}; got {sorted(table)} {strange}"
        )
    head = heads[0]
    rest = {name: value for name, value in table.items() if name != head}
    if head in ("all", "any", "not"):
        if rest or not table[head]:
            raise EvidenceError(f"{place}: {head} stands alone and is not empty")
        if head == "not":
            return Negated(read_condition(table[head], place))
        parts = tuple(read_condition(part, place) for part in table[head])
        return Joined(all_of if head == "all" else any_of, parts)
    build, known = _LEAVES[head]
    strange = set(rest) - known
    if strange:
        raise EvidenceError(f"{place}: {head} does not know {sorted(strange)}; it knows {sorted(known)}")
    return build(head, table[head], rest, place)
