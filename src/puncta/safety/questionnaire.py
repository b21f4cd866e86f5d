"""Questionnaire: what the rules need to know of a person, in the person's own language, open questions first."""

from __future__ import annotations

from typing import Literal

from puncta.case import Case, Reply
from puncta.errors import InputError, Problem
from puncta.frozen import frozen
from puncta.messages import has_text, languages, text
from puncta.safety.facts import Facts
from puncta.safety.questions import questions
from puncta.safety.rules import rules, stopping_questions

State = Literal["open", "unknown", "yes", "no"]
#: What has no answer yet comes first; an answer that nobody knew is asked again.
_ORDER: tuple[State, ...] = ("unknown", "open", "yes", "no")


@frozen
class AskedQuestion:
    """One question as it is put to a person.

    Parameters
    ----------
    key : str
        Its name in the case file's history.
    words : str
        The question.
    answers : tuple of str
        What may be ticked, in words.
    hints : tuple of str
        What else to write beside a yes: the day, the place.
    state : str
        ``open``, ``unknown``, ``yes`` or ``no`` in the case as it stands.
    blocks : bool
        True where no plan is made while it has no answer.
    rules : tuple of str
        The rules that read it; there is no question without one.
    """

    key: str
    words: str
    answers: tuple[str, ...]
    hints: tuple[str, ...]
    state: State
    blocks: bool
    rules: tuple[str, ...]

    @property
    def to_ask(self) -> bool:
        """True where it has no answer: never asked, or not known."""
        return self.state in ("open", "unknown")


def questionnaire(case: Case, language: str = "en") -> tuple[AskedQuestion, ...]:
    """Make the questionnaire of a case from the rules.

    Parameters
    ----------
    case : Case
        The case; only questions that concern it are asked.
    language : str
        Language of the person, a folder of the catalogue.

    Returns
    -------
    tuple of AskedQuestion
        Those without an answer first, among them those that block a plan; ``unknown`` before what was never asked.

    Raises
    ------
    InputError
        Where there are no questions in that language.

    Notes
    -----
    A question is asked because a rule reads it. An answer of ``unknown`` is never taken as no: the question comes back
    until it is answered. Limits: ``limits.not_a_device``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> [asked.key for asked in questionnaire(case) if asked.to_ask], len(questionnaire(case)) > 40
    ([], True)
    >>> questionnaire(case, "de")[0].answers
    ('ja', 'nein', 'weiß nicht')
    """
    spoken = [name for name in languages() if has_text("questionnaire.yes", name)]
    if language not in spoken:
        why, do = text("screen.language_why"), text("screen.language_do")
        raise InputError("questionnaire", [Problem("language", language, ", ".join(spoken), why, do)])
    stopping = stopping_questions(case.policy.choices)
    facts = Facts.of(case, stopping)
    readers = {
        key: tuple(rule.key for rule in rules().values() if key in rule.condition.questions()) for key in questions()
    }
    asked = [
        AskedQuestion(
            key=key,
            words=text(f"questions.{key}.text", language),
            answers=tuple(text(f"questionnaire.{reply}", language) for reply in ("yes", "no", "unknown")),
            hints=tuple(
                text(f"questionnaire.{hint}", language)
                for hint, wanted in (("when", question.reply == "dated"), ("where", question.local))
                if wanted
            ),
            state=_state(case, key),
            blocks=key in facts.stopping,
            rules=readers[key],
        )
        for key, question in questions().items()
        if key in facts.asked and readers[key]
    ]
    return tuple(sorted(asked, key=lambda entry: (not entry.to_ask, not entry.blocks, _ORDER.index(entry.state))))


def _state(case: Case, key: str) -> State:
    answer = case.history.get(key)
    if answer is None:
        return "open"
    return {Reply.YES: "yes", Reply.NO: "no", Reply.UNKNOWN: "unknown"}[answer.reply]  # pyright: ignore[reportReturnType]
