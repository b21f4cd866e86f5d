"""Condition words: what a rule looks for, in a sentence, for pages that list rules."""

from __future__ import annotations

from puncta.messages import text
from puncta.safety import leaves
from puncta.safety.condition import Condition, Joined, Negated
from puncta.safety.truth import all_of


def condition_words(condition: Condition) -> str:
    """Say a condition in words.

    Parameters
    ----------
    condition : Condition
        From a rule.

    Examples
    --------
    >>> from puncta.safety.rules import rules
    >>> condition_words(rules()["keloid_in_field"].condition)
    'Keloid in the area: yes, or on the skin: keloid'
    """
    if isinstance(condition, Joined):
        word = text("screen.condition.and" if condition.join is all_of else "screen.condition.or")
        return word.join(_inside(part) for part in condition.parts)
    if isinstance(condition, Negated):
        return text("screen.condition.not", what=condition_words(condition.part))
    return _leaf(condition)


def _inside(part: Condition) -> str:
    words = condition_words(part)
    return f"({words})" if isinstance(part, Joined) else words


def _leaf(leaf: Condition) -> str:
    if isinstance(leaf, leaves.AnswerIs):
        name = text(f"questions.{leaf.question}.name")
        when = "within" if leaf.within_wait else {True: "dated", False: "undated", None: "yes"}[leaf.dated]
        return text(f"screen.condition.answer_{when}", name=name) + _where(leaf.where)
    if isinstance(leaf, leaves.LesionIs):
        kinds = ", ".join(leaves.say(f"lesion.{kind}") for kind in leaf.kinds)
        seen = {True: "lesion_examined", False: "lesion_unexamined", None: "lesion"}[leaf.examined]
        return text(f"screen.condition.{seen}", kinds=kinds) + _where(leaf.where)
    if isinstance(leaf, leaves.PersonIs):
        value = ", ".join(leaf.value) if isinstance(leaf.value, list | tuple) else leaf.value
        return text(f"screen.condition.{leaf.test}", field=text(f"screen.condition.{leaf.field}"), value=value)
    if isinstance(leaf, leaves.ConcernIs):
        return text("screen.condition.concern", kinds=", ".join(leaves.say(f"concern.{kind}") for kind in leaf.kinds))
    if isinstance(leaf, leaves.ZoneIs):
        return text("screen.condition.zone", zones=", ".join(name.replace("_", " ") for name in leaf.names))
    if isinstance(leaf, leaves.WordIs):
        return leaves.say(f"{leaf.subject}_is", words=", ".join(leaves.say(f"word.{word}") for word in leaf.words))
    if isinstance(leaf, leaves.CoTreatmentIs):
        return leaves.say("co_treatment_is", what=", ".join(leaf.words))
    if isinstance(leaf, leaves.HomeCareIs):
        return leaves.say("sunscreen_yes" if leaf.wanted else "sunscreen_no")
    return text("screen.condition.unanswered")


def _where(where: str) -> str:
    return "" if where == "field" else text(f"screen.condition.{where}")
