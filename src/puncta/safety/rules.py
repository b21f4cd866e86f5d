"""Rules: what the screen looks for, as data, each with its action, its reach, its sources and its strength."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from puncta.errors import EvidenceError, nearest
from puncta.evidence import guidance, sources
from puncta.evidence.guidance import Position
from puncta.evidence.library import data_files, read_data
from puncta.frozen import frozen
from puncta.messages import text
from puncta.safety.condition import Condition, read_condition
from puncta.safety.findings import Action
from puncta.safety.questions import questions
from puncta.safety.wait import Wait

Scope = Literal["zones", "field"]
Blocks = Literal["needling", "product", "cream"]
Strength = Literal["label", "consensus", "synthesis", "judgement"]

_FIELDS = {
    "action", "action_by", "scope", "blocks", "when", "wait", "guidance", "body", "source", "year", "read",
    "strength",
}  # fmt: skip
_NEEDED = {"action", "when", "source", "body", "strength"}
_WAIT_FIELDS = {"days", "months", "guidance", "position"}


@frozen
class WaitSpec:
    """Where a rule's waiting time stands: in the rule, or in a position of the guidance."""

    fixed: Wait | None
    guidance: str | None
    position: str | None

    def resolve(self, choices: Mapping[str, str]) -> Wait:
        """The waiting time under a clinic's choices.

        Parameters
        ----------
        choices : mapping of str to str
            Guidance key to the position picked.

        Returns
        -------
        Wait
            The time; nothing where the position picked names none.
        """
        if self.fixed is not None:
            return self.fixed
        key = self.guidance or ""
        values = guidance(key).position(self.position or choices.get(key)).values
        return Wait(int(values.get("wait_days", 0)), int(values.get("wait_months", 0)))


@frozen
class Rule:
    """One rule.

    Parameters
    ----------
    key : str
        Name; its texts stand in messages under ``screen.rule.<key>``.
    action : Action
        What a finding asks for.
    action_by : mapping of str to Action
        Action by position of the guidance, where positions differ.
    scope : str
        ``zones`` where it concerns only the zones hit, ``field`` where it concerns the whole field.
    blocks : str
        What it holds back: ``needling``, the ``product`` or the ``cream``.
    condition : Condition
        When it fires.
    wait : WaitSpec or None
        Waiting time.
    guidance : str or None
        Disagreeing guidance shown with it.
    body : str
        Who says so, in words.
    sources : tuple of str
        Source keys.
    year : int or None
        Year of the rule's main source, where it prints one.
    read_year : int or None
        Year in which a source without a year of its own was read.
    strength : str
        ``label``, ``consensus``, ``synthesis`` of several texts, or ``judgement`` of this project.
    """

    key: str
    action: Action
    action_by: Mapping[str, Action]
    scope: Scope
    blocks: Blocks
    condition: Condition
    wait: WaitSpec | None
    guidance: str | None
    body: str
    sources: tuple[str, ...]
    year: int | None
    read_year: int | None
    strength: Strength

    def position(self, choices: Mapping[str, str]) -> Position | None:
        """The position that a clinic's choices pick."""
        return None if self.guidance is None else guidance(self.guidance).position(choices.get(self.guidance))

    def action_under(self, choices: Mapping[str, str]) -> Action:
        """The action under a clinic's choices."""
        position = self.position(choices)
        return self.action if position is None else self.action_by.get(position.key, self.action)

    @property
    def dated(self) -> str:
        """The year of its source, or that in which it was read; empty for a judgement of this project."""
        if self.year is not None:
            return str(self.year)
        return "" if self.read_year is None else text("screen.read_in", year=self.read_year)

    @property
    def on_medicine(self) -> bool:
        """True where it reads an answer that names a medicine."""
        return any(questions()[key].medicine for key in self.condition.questions())

    @property
    def gravest(self) -> Action:
        """The gravest action that any position gives it."""
        return max((self.action, *self.action_by.values()))


def _action(word: object, place: str) -> Action:
    names = {entry.word: entry for entry in Action}
    if word not in names:
        raise EvidenceError(f"{place}: action {word!r} is none of {', '.join(names)}")
    return names[str(word)]


def _wait(given: Mapping[str, Any] | None, place: str) -> WaitSpec | None:
    if given is None:
        return None
    if set(given) - _WAIT_FIELDS or ("guidance" in given) == bool({"days", "months"} & set(given)):
        raise EvidenceError(f"{place}: wait has days or months, or names a guidance; got {dict(given)}")
    if "guidance" in given:
        guidance(given["guidance"]).position(given.get("position"))
        return WaitSpec(None, given["guidance"], given.get("position"))
    return WaitSpec(Wait(given.get("days", 0), given.get("months", 0)), None, None)


def _check_fields(table: Mapping[str, Any], named: tuple[str, ...], place: str) -> None:
    """Refuse fields that are missing, unknown or without a meaning, sources that do not exist, and a lacking date."""
    if set(table) - _FIELDS or _NEEDED - set(table):
        raise EvidenceError(f"{place}: missing {sorted(_NEEDED - set(table))}, unknown {sorted(set(table) - _FIELDS)}")
    for name, allowed in (("scope", get_args(Scope)), ("blocks", get_args(Blocks)), ("strength", get_args(Strength))):
        if name in table and table[name] not in allowed:
            raise EvidenceError(f"{place}: {name} {table[name]!r} is none of {', '.join(allowed)}")
    for entry in named:
        if entry not in sources():
            raise EvidenceError(f"{place}: unknown source {entry!r}; nearest: {nearest(entry, sources()) or 'none'}")
    if table["strength"] != "judgement" and ("year" in table) == ("read" in table):
        raise EvidenceError(f"{place}: needs the year of its source, or the year in which it was read, not both")


def read_rule(key: str, table: Mapping[str, Any]) -> Rule:
    """Read one rule and check it.

    Parameters
    ----------
    key : str
        Name of the rule.
    table : mapping of str to object
        Its TOML table.

    Returns
    -------
    Rule
        The rule.

    Raises
    ------
    EvidenceError
        Where a field is missing or unknown, or names a question, a source or a guidance that does not exist.
    """
    place = f"rule {key}"
    named = (table["source"],) if isinstance(table.get("source"), str) else tuple(table.get("source", ()))
    _check_fields(table, named, place)
    condition = read_condition(table["when"], place)
    strange = condition.questions() - set(questions())
    if strange:
        raise EvidenceError(f"{place}: there is no question {sorted(strange)}")
    disputed = table.get("guidance")
    by = {name: _action(word, place) for name, word in table.get("action_by", {}).items()}
    if by or disputed:
        known = {position.key for position in guidance(disputed or "").positions}
        if set(by) - known:
            raise EvidenceError(f"{place}: guidance {disputed} has no position {sorted(set(by) - known)}")
    return Rule(
        key=key,
        action=_action(table["action"], place),
        action_by=MappingProxyType(by),
        scope=table.get("scope", "field"),
        blocks=table.get("blocks", "needling"),
        condition=condition,
        wait=_wait(table.get("wait"), place),
        guidance=disputed,
        body=table["body"],
        sources=named,
        year=table.get("year"),
        read_year=table.get("read"),
        strength=table["strength"],
    )


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by key.

    Examples
    --------
    >>> rules()["pregnant_or_nursing"].action.word
    'stop'
    """
    out: dict[str, Rule] = {}
    for file in data_files("rules"):
        for key, table in read_data("rules", file).items():
            if key in out:
                raise EvidenceError(f"rule {key} is written twice")
            out[key] = read_rule(key, table)
    return MappingProxyType(out)


def stopping_questions(choices: Mapping[str, str]) -> frozenset[str]:
    """Questions whose answer can stop a course under a clinic's choices; a plan waits for them.

    Parameters
    ----------
    choices : mapping of str to str
        Guidance key to the position picked.

    Examples
    --------
    >>> "bleeding_disorder" in stopping_questions({})
    True
    """
    return frozenset(
        question
        for rule in rules().values()
        if rule.action_under(choices) is Action.STOP
        for question in rule.condition.questions()
    )
