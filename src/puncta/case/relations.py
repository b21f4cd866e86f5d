"""Relations: what must fit together in a case, judged on the values that are sound in themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from puncta.case.means_relations import means_mistakes
from puncta.case.mistakes import Mistake
from puncta.case.names import Names
from puncta.case.person_relations import person_mistakes
from puncta.case.skin_relations import skin_mistakes


def relation_mistakes(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> list[Mistake]:
    """Find what does not fit together.

    Parameters
    ----------
    tree : mapping
        The case file without the values that are wrong in themselves.
    given : mapping
        The case file as written, for guessing which name was meant where one is misspelt.
    names : Names
        What may be named.

    Returns
    -------
    list of Mistake
        In no special order.
    """
    return [
        *person_mistakes(tree, given, names),
        *skin_mistakes(tree, given, names),
        *means_mistakes(tree, given, names),
    ]
