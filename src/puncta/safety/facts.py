"""Facts: what conditions read of a case, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from puncta.case import Case, Reply, Role
from puncta.evidence import records
from puncta.frozen import frozen
from puncta.needling.devices import Device
from puncta.safety.questions import questions
from puncta.safety.truth import State
from puncta.skin.zones import expand, zones


@frozen
class Facts:
    """Facts of one case.

    Parameters
    ----------
    case : Case
        The case.
    treated : frozenset of str
        Zones to be treated, with side.
    asked : frozenset of str
        Questions that this case needs answered.
    local : frozenset of str
        Questions whose yes may name zones.
    stopping : frozenset of str
        Questions that block a plan while they have no answer.
    records : mapping of str to frozenset of str
        Words that the device, product, home products and cream carry.
    """

    case: Case
    treated: frozenset[str]
    asked: frozenset[str]
    local: frozenset[str]
    stopping: frozenset[str]
    records: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, case: Case, stopping: frozenset[str] = frozenset()) -> Facts:
        """Gather the facts of a case.

        Parameters
        ----------
        case : Case
            The case.
        stopping : frozenset of str
            Further questions that can stop under this clinic's policy.
        """
        treated = frozenset(zone for use in case.zones_with(Role.TREAT) for zone in expand(use.zone))
        known = questions()
        local = frozenset(key for key, question in known.items() if question.local)
        carried = {
            "device": device_words(case),
            "product": product_words(case, (case.session_product,) if case.session_product else ()),
            "home_product": product_words(case, case.home_care.products),
            "cream": cream_words(case),
        }
        stopping |= {key for key, question in known.items() if question.stop}
        facts = cls(case, treated, frozenset(), local, stopping, carried)
        asked = frozenset(
            key
            for key, question in known.items()
            if question.asked_when is None or question.asked_when.evaluate(facts, None).state is State.YES
        )
        return replace(facts, asked=asked)

    def names_of(self, zone: str) -> frozenset[str]:
        """Words for a zone: its name without side, its region, and ``never`` inside the orbital rim."""
        known = zones()[zone]
        return frozenset((known.base, known.region, "never") if known.never else (known.base, known.region))

    def words_of(self, subject: str) -> frozenset[str]:
        """Words that a record carries."""
        return self.records[subject]

    def _open(self, stop: bool) -> tuple[str, ...]:
        history = self.case.history
        return tuple(
            key
            for key in questions()
            if key in self.asked
            and (key in self.stopping) is stop
            and (key not in history or history[key].reply is Reply.UNKNOWN)
        )

    @property
    def blocking_questions(self) -> tuple[str, ...]:
        """Questions that can stop, asked and without an answer."""
        return self._open(stop=True)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Other questions, asked and without an answer."""
        return self._open(stop=False)


def product_words(case: Case, keys: tuple[str, ...]) -> frozenset[str]:
    """Words of products: ``any`` and the flags of their records."""
    library = case.library.products
    flags = {flag for key in keys if key in library for flag in library[key].flags}
    return frozenset(flags | {"any"} if keys else flags)


def cream_words(case: Case) -> frozenset[str]:
    """Words of the numbing cream: ``any``, its actives, ``compounded``."""
    if case.numbing is None:
        return frozenset()
    record = records("numbing").get(case.numbing.product, {})
    words = {"any", *record.get("actives", {})}
    return frozenset(words | {"compounded"} if record.get("compounded") else words)


def device_words(case: Case) -> frozenset[str]:
    """Words of the device: its kind, and what its clearances leave out for this case."""
    chosen = case.library.devices.get(case.device.device)
    if chosen is None:
        return frozenset()
    words = {"any", chosen.kind}
    uses = [(concern.kind.value, zone) for concern in case.concerns for zone in _treated(case, concern.zones)]
    if not chosen.cleared:
        words.add("not_cleared")
    elif not all(_covers(chosen, use, zone, None) for use, zone in uses):
        words.add("use_not_cleared")
    elif not all(_covers(chosen, use, zone, case.person.phototype) for use, zone in uses):
        words.add("phototype_not_cleared")
    if chosen.evaluated_limit_mm is not None and chosen.reach_mm > chosen.evaluated_limit_mm:
        words.add("deeper_than_evaluated")
    licence = case.policy.operator_max_mm
    if licence is not None and chosen.reach_mm > licence:
        words.add("beyond_operator" if any(step <= licence for step in chosen.steps_mm) else "all_beyond_operator")
    return frozenset(words)


def _treated(case: Case, named: tuple[str, ...]) -> frozenset[str]:
    treated = {zone for use in case.zones_with(Role.TREAT) for zone in expand(use.zone)}
    return frozenset(zone for given in named for zone in expand(given) if zone in treated)


def _covers(chosen: Device, use: str, zone: str, phototype: int | None) -> bool:
    known = zones()[zone]
    fitting = [
        entry
        for entry in chosen.cleared
        if use in entry.uses and (not entry.sites or {known.base, known.region} & set(entry.sites))
    ]
    if phototype is None:
        return bool(fitting)
    return any(not entry.phototypes or phototype in entry.phototypes for entry in fitting)
