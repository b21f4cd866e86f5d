"""Questions: what the screen asks, which of them block a plan, and of whom they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.errors import EvidenceError
from puncta.evidence.library import read_data
from puncta.frozen import frozen
from puncta.messages import text
from puncta.safety.condition import Condition, read_condition

REPLIES = ("yes_no", "dated")
_FIELDS = {"reply", "stop", "local", "medicine", "asked_when"}


@frozen
class Question:
    """One screening question.

    Parameters
    ----------
    key : str
        Name in the case file's history.
    reply : str
        ``yes_no``, or ``dated`` where a yes may carry the day it was or ended.
    stop : bool
        True where a plan waits until it is answered.
    local : bool
        True where a yes may name zones.
    medicine : bool
        True where a yes names a medicine, which nobody is to stop for a treatment of the skin.
    asked_when : Condition or None
        The only cases in which it needs an answer; None for all.
    """

    key: str
    reply: str
    stop: bool
    local: bool
    medicine: bool
    asked_when: Condition | None

    @property
    def name(self) -> str:
        """The subject in a few words."""
        return text(f"questions.{self.key}.name")

    @property
    def words(self) -> str:
        """The question as people read it."""
        return text(f"questions.{self.key}.text")


@cache
def questions() -> Mapping[str, Question]:
    """All questions by key, in the order asked.

    Examples
    --------
    >>> questions()["pregnant_or_nursing"].stop
    True
    """
    out = {}
    for key, entry in read_data("questions.toml").items():
        if set(entry) - _FIELDS or entry.get("reply") not in REPLIES:
            raise EvidenceError(f"question {key}: needs reply ({', '.join(REPLIES)}), may have {sorted(_FIELDS)}")
        asked = entry.get("asked_when")
        condition = None if asked is None else read_condition(asked, f"question {key}")
        stop, local, medicine = (entry.get(name, False) for name in ("stop", "local", "medicine"))
        out[key] = Question(key, entry["reply"], stop, local, medicine, condition)
    return MappingProxyType(out)
