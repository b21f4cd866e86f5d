"""Findings: what the screen found, and whether a plan may follow."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from puncta.case import Override
from puncta.frozen import frozen


class Action(IntEnum):
    """What a finding asks for; the greater beats the lesser."""

    GO = 0
    NOTE = 1
    CAUTION = 2
    DELAY = 3
    STOP = 4

    @property
    def word(self) -> str:
        """The action as a word: ``stop``, ``delay`` ..."""
        return self.name.lower()


@frozen
class PositionTaken:
    """One dated position on a disputed point, and whether this clinic follows it.

    Parameters
    ----------
    says : str
        What it says.
    source : str
        Source key.
    year : int
        Its year.
    followed : bool
        Whether the clinic's policy picks it.
    """

    says: str
    source: str
    year: int
    followed: bool


@frozen
class Finding:
    """One rule that fired.

    Parameters
    ----------
    rule : str
        Key of the rule.
    action : Action
        Stop, delay, caution or note.
    zones : tuple of str
        Zones it concerns; empty means the whole field.
    until : date or None
        For a delay, the first day on which it no longer holds.
    title : str
        The finding in a few words.
    text : str
        What it means and what to do, in one or two sentences.
    why : str
        Why the rule fired, in words.
    sources : tuple of str
        Source keys.
    positions : tuple of PositionTaken
        Disagreeing guidance, all of it.
    overridden : Override or None
        Who set it aside and why.
    blocks : tuple of str
        Product or cream that it holds back while in force; empty where it concerns the needling itself.
    """

    rule: str
    action: Action
    zones: tuple[str, ...]
    until: date | None
    title: str
    text: str
    why: str
    sources: tuple[str, ...]
    positions: tuple[PositionTaken, ...] = ()
    overridden: Override | None = None
    blocks: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """True where nobody set it aside."""
        return self.overridden is None


@frozen
class Quiet:
    """One rule that did not fire, with the reason in words."""

    rule: str
    why: str


@frozen
class Screening:
    """Result of the screen.

    Parameters
    ----------
    findings : tuple of Finding
        Gravest first.
    unanswered : tuple of str
        Keys of stop questions without an answer.
    quiet : tuple of Quiet
        Rules that did not fire, and why.
    """

    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]
    quiet: tuple[Quiet, ...]

    @property
    def action(self) -> Action:
        """The gravest action not set aside; what only holds back a product or cream counts as a caution."""
        # needling may go on without it, but the visit is not the one that was wished for
        actions = (min(f.action, Action.CAUTION) if f.blocks else f.action for f in self.findings if f.in_force)
        return max(actions, default=Action.GO)

    @property
    def allows_plan(self) -> bool:
        """False with a stop, or with a stop question unanswered."""
        return self.action is not Action.STOP and not self.unanswered

    @property
    def blocked(self) -> frozenset[str]:
        """Products and creams that a finding in force holds back; a course is planned without them."""
        return frozenset(key for f in self.findings if f.in_force for key in f.blocks)

    def of(self, action: Action) -> tuple[Finding, ...]:
        """The findings of an action, set aside or not."""
        return tuple(f for f in self.findings if f.action is action)

    def delays(self, zone: str) -> tuple[Finding, ...]:
        """The delays that hold a zone, field-wide ones included, not set aside."""
        return tuple(
            f for f in self.findings if f.action is Action.DELAY and f.in_force and (not f.zones or zone in f.zones)
        )

    def free_from(self, zone: str, planned_on: date) -> date | None:
        """First day on which no delay holds a zone; None where a delay has no end yet."""
        ends = [f.until for f in self.delays(zone)]
        if any(end is None for end in ends):
            return None
        return max((end for end in ends if end is not None), default=planned_on)

    def held_zones(self) -> frozenset[str]:
        """Zones that a delay holds back, not set aside."""
        return frozenset(zone for f in self.findings if f.action is Action.DELAY and f.in_force for zone in f.zones)
