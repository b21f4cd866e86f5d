"""Leaves: the single questions that a condition can ask of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from puncta.case import Answer, Reply
from puncta.errors import EvidenceError
from puncta.frozen import frozen
from puncta.messages import has_text, text
from puncta.safety.truth import State, Truth
from puncta.safety.wait import Wait, day_words
from puncta.skin.zones import expand
from puncta.skin.zones import zones as all_zones

if TYPE_CHECKING:
    from puncta.safety.facts import Facts

Where = Literal["field", "elsewhere", "anywhere"]
_WHERE: tuple[Where, ...] = ("field", "elsewhere", "anywhere")
NO_QUESTIONS: frozenset[str] = frozenset()


def say(key: str, **values: object) -> str:
    """A sentence of the trace."""
    return text(f"screen.trace.{key}", **values)


def zone_words(names: Iterable[str]) -> str:
    """Zones as people read them, both sides of one together."""
    sides: dict[str, list[str]] = {}
    for name in sorted(names):
        known = all_zones().get(name)
        base = known.base if known is not None else name
        sides.setdefault(base, []).append(known.side if known is not None else "")
    words = []
    for base, found in sides.items():
        key = f"report.zone.{base}"
        name = text(key).lower() if has_text(key) else base.replace("_", " ")
        side = "both" if len(found) > 1 else found[0]
        words.append(say("side", zone=name, side=text(f"report.side.{side}")) if side else name)
    return ", ".join(words)


def _words(given: object, place: str) -> tuple[str, ...]:
    words = (given,) if isinstance(given, str) else given
    if not isinstance(words, list | tuple) or not words or not all(isinstance(word, str) for word in words):
        raise EvidenceError(f"{place}: needs a word or a list of words, got {given!r}")
    return tuple(words)


def _where(given: Mapping[str, Any], place: str) -> Where:
    where = given.get("where", "field")
    if where not in _WHERE:
        raise EvidenceError(f"{place}: where is one of {', '.join(_WHERE)}")
    return where


@frozen
class AnswerIs:
    """A screening question answered with yes, perhaps dated, perhaps for some zones only."""

    question: str
    within_wait: bool
    dated: bool | None
    where: Where

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> AnswerIs:
        """Read ``{ answer = "filler", within = "wait" }``."""
        if not isinstance(given, str) or rest.get("within", "wait") != "wait":
            raise EvidenceError(f"{place}: {head} names one question; within can only be the rule's wait")
        return cls(given, "within" in rest, rest.get("dated"), _where(rest, place))

    def questions(self) -> frozenset[str]:
        """The one question."""
        return frozenset((self.question,))

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Read the answer."""
        name = text(f"questions.{self.question}.name")
        if self.question not in facts.asked:
            return Truth(State.NO, (say("not_asked", name=name),))
        answer = facts.case.history.get(self.question)
        if answer is None or answer.reply is Reply.UNKNOWN:
            return Truth(State.UNKNOWN, (say("not_answered", name=name),))
        if answer.reply is Reply.NO:
            return Truth(State.NO, (say("answered_no", name=name),))
        local = self.question in facts.local
        named = frozenset(zone for given in answer.zones for zone in expand(given) if local)
        inside = named & facts.treated
        if self.where == "elsewhere":
            outside = named - facts.treated
            said = say("elsewhere", what=name, zones=zone_words(outside) or "-")
            return Truth(State.YES if outside else State.NO, (said,))
        if self.where == "field" and named and not inside:
            return Truth(State.NO, (say("only_elsewhere", what=name, zones=zone_words(named)),))
        return self._dated(facts, wait, answer, name, inside or None)

    def _dated(
        self, facts: Facts, wait: Wait | None, answer: Answer, name: str, inside: frozenset[str] | None
    ) -> Truth:
        where = say("in_zones", zones=zone_words(inside)) if inside else ""
        today = facts.case.planned_on
        if answer.when is None:
            if self.dated:
                return Truth(State.NO, (say("undated", name=name),))
            key = "yes_undated_wait" if self.within_wait else "yes"
            return Truth(State.YES, (say(key, name=name, where=where),), inside, today)
        if self.dated is False:
            return Truth(State.NO, (say("dated", name=name, day=day_words(answer.when)),))
        ago = (today - answer.when).days
        values = {"name": name, "where": where, "day": day_words(answer.when), "ago": ago}
        if not self.within_wait or wait is None:
            return Truth(State.YES, (say("yes_dated", **values),), inside, answer.when)
        if today >= wait.after(answer.when):
            return Truth(State.NO, (say("long_ago", **values, wait=wait.words),))
        key = "yes_within" if ago >= 0 else "yes_until"
        return Truth(State.YES, (say(key, **values, wait=wait.words),), inside, answer.when)


@frozen
class LesionIs:
    """A lesion of some kind on the skin."""

    kinds: tuple[str, ...]
    examined: bool | None
    where: Where

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> LesionIs:
        """Read ``{ lesion = "mole", examined = false }``."""
        return cls(_words(given, f"{place}: {head}"), rest.get("examined"), _where(rest, place))

    def questions(self) -> frozenset[str]:
        """None: lesions are seen, not asked."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Look at the lesions of the case."""
        words: list[str] = []
        hit: frozenset[str] = frozenset()
        for lesion in sorted(facts.case.lesions, key=lambda entry: (entry.zone, entry.kind, entry.examined)):
            inside = frozenset(expand(lesion.zone)) & facts.treated
            wanted = {"field": bool(inside), "elsewhere": not inside, "anywhere": True}[self.where]
            if lesion.kind not in self.kinds or not wanted or self.examined not in (None, lesion.examined):
                continue
            kind = say(f"lesion.{lesion.kind}")
            hit |= inside
            clearance = f"{lesion.clearance_mm:g}"
            words.append(say("lesion_seen", kind=kind, zone=zone_words([lesion.zone]), clearance=clearance))
        if not words:
            return Truth(State.NO, (say("no_lesion", kinds=", ".join(say(f"lesion.{kind}") for kind in self.kinds)),))
        return Truth(State.YES, tuple(dict.fromkeys(words)), hit if self.where == "field" else None)


@frozen
class PersonIs:
    """A comparison of one field of the person."""

    field: str
    test: Literal["below", "at_least", "is", "missing"]
    value: Any

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> PersonIs:
        """Read ``{ person = "age_years", below = 22 }``."""
        if given not in ("age_years", "phototype", "sex", "weight_kg") or len(rest) != 1:
            raise EvidenceError(f"{place}: {head} names a field of the person and one comparison")
        (test, value), *_ = rest.items()
        return cls(given, test, value)  # type: ignore[arg-type]

    def questions(self) -> frozenset[str]:
        """None."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Compare."""
        person = facts.case.person
        value = getattr(person, self.field)
        if self.test == "missing" or value is None:
            missing = value is None
            state = State.YES if missing == bool(self.value) and self.test == "missing" else State.NO
            return Truth(state, (say(f"person.{self.field}.{'missing' if missing else 'given'}"),))
        if self.test == "below":
            holds = value < self.value
        elif self.test == "at_least":
            holds = value >= self.value
        else:
            holds = value in self.value
        if isinstance(value, str):
            shown = say(f"person.{self.field}.{value}")
        else:
            shown = person.phototype_name if self.field == "phototype" else f"{value:g}"
        return Truth(State.YES if holds else State.NO, (say(f"person.{self.field}.is", value=shown),))


@frozen
class ConcernIs:
    """A concern in a treated zone."""

    kinds: tuple[str, ...]

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> ConcernIs:
        """Read ``{ concern = "melasma" }``."""
        return cls(_words(given, f"{place}: {head}"))

    def questions(self) -> frozenset[str]:
        """None."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Look at the concerns of the case."""
        hit: frozenset[str] = frozenset()
        found: set[str] = set()
        for concern in facts.case.concerns:
            inside = frozenset(zone for given in concern.zones for zone in expand(given)) & facts.treated
            if concern.kind.value in self.kinds and inside:
                hit |= inside
                found.add(concern.kind.value)
        kinds = ", ".join(say(f"concern.{kind}") for kind in sorted(found or set(self.kinds)))
        if not hit:
            return Truth(State.NO, (say("no_concern", kinds=kinds),))
        return Truth(State.YES, (say("concern_is", kinds=kinds, zones=zone_words(hit)),), hit)


@frozen
class ZoneIs:
    """A treated zone of some name or region, or one where needles never go."""

    names: tuple[str, ...]

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> ZoneIs:
        """Read ``{ zone = "infraorbital" }`` or ``{ zone = "never" }``."""
        return cls(_words(given, f"{place}: {head}"))

    def questions(self) -> frozenset[str]:
        """None."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Look at the treated zones."""
        hit = frozenset(zone for zone in facts.treated if facts.names_of(zone) & set(self.names))
        if not hit:
            return Truth(State.NO, (say("no_zone"),))
        return Truth(State.YES, (say("zone_is", zones=zone_words(hit)),), hit)


@frozen
class WordIs:
    """A word that the record of the product, the cream or the device carries; ``any`` for any record at all."""

    subject: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> WordIs:
        """Read ``{ product = ["vitamin_c"] }``."""
        return cls(head, _words(given, f"{place}: {head}"))

    def questions(self) -> frozenset[str]:
        """None."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Compare with the words of the record."""
        carried = facts.words_of(self.subject)
        hit = [word for word in self.words if word in carried]
        shown = ", ".join(say(f"word.{word}") for word in (hit or self.words))
        if not hit:
            return Truth(State.NO, (say(f"{self.subject}_is_not", words=shown),))
        return Truth(State.YES, (say(f"{self.subject}_is", words=shown),))


@frozen
class CoTreatmentIs:
    """Another treatment in the same field, named in the case's own words."""

    words: tuple[str, ...]

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> CoTreatmentIs:
        """Read ``{ co_treatment = ["laser", "peel"] }``."""
        return cls(_words(given, f"{place}: {head}"))

    def questions(self) -> frozenset[str]:
        """None."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Search the words at the beginning of words, so that ``peel`` finds ``peeling``."""
        pattern = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in self.words) + ")", re.IGNORECASE)
        hit = [given for given in facts.case.co_treatments if pattern.search(given)]
        if not hit:
            return Truth(State.NO, (say("no_co_treatment"),))
        return Truth(State.YES, (say("co_treatment_is", what=", ".join(sorted(hit))),))


@frozen
class HomeCareIs:
    """Whether sunscreen is used daily."""

    wanted: bool

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> HomeCareIs:
        """Read ``{ home_care = "sunscreen", is = false }``."""
        if given != "sunscreen" or not isinstance(rest.get("is", True), bool):
            raise EvidenceError(f"{place}: {head} knows sunscreen, true or false")
        return cls(rest.get("is", True))

    def questions(self) -> frozenset[str]:
        """None."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """Compare."""
        used = facts.case.home_care.sunscreen
        state = State.YES if used is self.wanted else State.NO
        return Truth(state, (say("sunscreen_yes" if used else "sunscreen_no"),))


@frozen
class Unanswered:
    """Whether questions that do not block a plan are open."""

    @classmethod
    def read(cls, head: str, given: Any, rest: Mapping[str, Any], place: str) -> Unanswered:
        """Read ``{ unanswered = "any" }``."""
        if given != "any":
            raise EvidenceError(f"{place}: {head} knows any")
        return cls()

    def questions(self) -> frozenset[str]:
        """None of its own."""
        return NO_QUESTIONS

    def evaluate(self, facts: Facts, wait: Wait | None) -> Truth:
        """List what is open."""
        if not facts.open_questions:
            return Truth(State.NO, (say("all_answered"),))
        names = ", ".join(text(f"questions.{key}.name") for key in facts.open_questions)
        return Truth(State.YES, (say("open", names=names),))
