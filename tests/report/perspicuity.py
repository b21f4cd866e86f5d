"""How hard Spanish reads: the formula of Szigriszt Pazos, Flesch's measure fitted to Spanish.

Source: F. Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad, doctoral
thesis, Universidad Complutense de Madrid, 1993. By its table 66 to 75 is read at 12 years, 76 to 85 at 11.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: From here on Spanish is read at 12 years.
AT_TWELVE = 66.0

_WORD = re.compile(r"[0-9a-záéíóúüñ]+")
#: Vowels that sound together: a weak one beside another, unless the weak one carries an accent.
_NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuüy](?![aeiouáéíóú])|[iuü][aeoáéó]|[iuü][iuü]|[aeoáéóíúiuü]|y(?![aeiouáéíóú])")


def syllables(word: str) -> int:
    """Count the syllables of a Spanish word; a number counts its figures.

    Examples
    --------
    >>> [syllables(word) for word in ("piel", "día", "agujas", "cuello", "quemadura", "ojo", "hay", "hinchazón")]
    [1, 2, 3, 2, 4, 2, 1, 3]
    """
    if word.isdigit():
        return len(word)
    # the u of que, qui, gue and gui is silent
    heard = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    return max(1, len(_NUCLEUS.findall(heard)))


def perspicuity(sentences: Sequence[str]) -> float:
    """The measure over sentences: the higher, the easier.

    Examples
    --------
    >>> perspicuity(["La piel se cura."]) > perspicuity(["La cicatrización conlleva remodelación tisular."])
    True
    """
    words = [word for one in sentences for word in _WORD.findall(one.lower())]
    sounded = sum(syllables(word) for word in words)
    return 206.835 - 62.3 * sounded / len(words) - len(words) / len(sentences)
