"""Screen: every rule looked at for one case, the gravest finding first, and the reason for each that stays quiet."""

from __future__ import annotations

from puncta.case import Case, Override
from puncta.errors import EvidenceError, InputError, Problem, nearest
from puncta.evidence import guidance
from puncta.messages import text
from puncta.safety.aftercare import OWN, advice_keys
from puncta.safety.facts import Facts
from puncta.safety.findings import Action, Finding, PositionTaken, Quiet, Screening
from puncta.safety.rules import Rule, rules, stopping_questions
from puncta.safety.truth import Truth
from puncta.safety.wait import day_words


def screen(case: Case) -> Screening:
    """Screen a case: who may be treated, when, where, and with what.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    Screening
        Findings, gravest first; stop questions without an answer; and every other rule with the reason why it is quiet.

    Raises
    ------
    InputError
        Where the clinic's policy names a rule, a guidance or a position that does not exist, or sets a finding aside
        without name or reason; all together.

    Notes
    -----
    Stop beats delay beats caution beats note. Only findings below stop can be set aside. Rules rest on device labels,
    drug labels, regulators, consensus papers, clinics' forms and judgement; each names its sources and its strength.
    Limits: ``limits.not_a_device``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> found = screen(read_case("examples/isotretinoin.toml"))
    >>> found.action.word, [position.followed for position in found.findings[0].positions]
    ('delay', [True, False])
    """
    check_policy(case)
    choices = case.policy.choices
    known = rules()
    facts = Facts.of(case, stopping_questions(choices))
    aside = {override.rule: override for override in case.policy.overrides}
    findings, quiet = [], []
    for rule in known.values():
        wait = None if rule.wait is None else rule.wait.resolve(choices)
        truth = rule.condition.evaluate(facts, wait)
        action = rule.action_under(choices)
        if not truth.holds:
            quiet.append(Quiet(rule.key, "; ".join(truth.words)))
        elif action is Action.GO:
            position = rule.position(choices)
            quiet.append(Quiet(rule.key, text("screen.policy_go", position=position.key if position else "")))
        else:
            findings.append(_finding(rule, action, truth, facts, aside.get(rule.key)))
    place = {key: index for index, key in enumerate(known)}
    findings.sort(key=lambda entry: (-entry.action, entry.blocks, place[entry.rule]))
    return Screening(tuple(findings), facts.blocking_questions, tuple(quiet))


def _finding(rule: Rule, action: Action, truth: Truth, facts: Facts, override: Override | None) -> Finding:
    case = facts.case
    choices = case.policy.choices
    wait = None if rule.wait is None else rule.wait.resolve(choices)
    until = None
    if wait is not None and truth.since is not None:
        until = max(wait.after(truth.since), case.planned_on)
    values = {
        "wait": "" if wait is None else wait.words,
        "until": "" if until is None else day_words(until),
        "phototype": case.person.phototype_name,
        "operator": f"{case.policy.operator_max_mm or 0:g}",
    }
    said = text(f"screen.rule.{rule.key}.text", **values)
    if rule.on_medicine:
        said = f"{said} {text('screen.medicine')}"
    why = "; ".join(truth.words)
    if override is not None and action is Action.STOP:
        why = f"{why}; {text('screen.override_refused', name=override.name)}"
        override = None
    # a finding in every treated zone concerns the field, so that a plan can begin after it
    zones = truth.zones if rule.scope == "zones" and truth.zones != facts.treated else None
    blocked = {"needling": (), "product": (case.session_product,), "cream": (case.numbing and case.numbing.product,)}
    return Finding(
        rule=rule.key,
        action=action,
        zones=tuple(sorted(zones or ())),
        until=until if action is Action.DELAY else None,
        title=text(f"screen.rule.{rule.key}.title", **values),
        text=said,
        why=why,
        sources=rule.sources,
        positions=_positions(rule, case),
        overridden=override,
        blocks=tuple(key for key in blocked[rule.blocks] if key),
    )


def _positions(rule: Rule, case: Case) -> tuple[PositionTaken, ...]:
    taken = rule.position(case.policy.choices)
    if taken is None or rule.guidance is None:
        return ()
    return tuple(
        PositionTaken(position.says, position.source, position.year, position is taken)
        for position in guidance(rule.guidance).positions
    )


def check_policy(case: Case) -> None:
    """Refuse a policy that names what does not exist, or that sets aside without name and reason.

    Parameters
    ----------
    case : Case
        The case.

    Raises
    ------
    InputError
        With every problem and its field.
    """
    problems: list[Problem] = []
    for index, override in enumerate(case.policy.overrides):
        field = f"policy.overrides[{index}]"
        if override.rule not in rules():
            near = nearest(override.rule, rules())
            do = text("screen.policy.nearest", near=near) if near else text("screen.policy.unknown_rule_do")
            problems.append(Problem(f"{field}.rule", override.rule, "", text("screen.policy.unknown_rule"), do))
        for name, given in (("name", override.name), ("reason", override.reason)):
            if not given.strip():
                allowed, why = text(f"screen.policy.{name}_allowed"), text("screen.policy.override_why")
                nothing, do = text("screen.policy.empty_override"), text("screen.policy.override_do")
                problems.append(Problem(f"{field}.{name}", nothing, allowed, why, do))
    for key, position in case.policy.choices.items():
        try:
            entry = guidance(key)
        except EvidenceError as error:
            why = text("screen.policy.unknown_choice")
            problems.append(Problem(f"policy.choices.{key}", key, "", why, str(error)))
            continue
        allowed = [known.key for known in entry.positions]
        if position not in allowed:
            why, do = text("screen.policy.unknown_position"), text("screen.policy.choice_do")
            problems.append(Problem(f"policy.choices.{key}", position, ", ".join(allowed), why, do))
    for key in case.policy.aftercare:
        if key not in advice_keys() and not key.startswith(OWN):
            allowed = f"{', '.join(sorted(advice_keys()))}, {OWN}..."
            why, do = text("screen.policy.unknown_advice"), text("screen.policy.advice_do")
            problems.append(Problem(f"policy.aftercare.{key}", key, allowed, why, do))
    if problems:
        raise InputError("policy", problems)
