"""How this run's channels close: the law with each person's age, lightness of skin and own pace."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.needling.channels import ChannelParameters, age_factor, open_area, tone_factor
from puncta.person import People
from puncta.safety import SkinTone
from puncta.simulation.run import Run

Array = NDArray[np.float64]


@frozen
class Closing:
    """The closing law of a run, one entry per draw.

    Parameters
    ----------
    law : ChannelParameters
        Draws, each with its person's own pace.
    age_factor, tone_factor : ndarray, shape (n,)
        How many times longer repair takes at this age and in this skin.
    rests_on : tuple of str
        Evidence keys.
    """

    law: ChannelParameters
    age_factor: Array
    tone_factor: Array
    rests_on: tuple[str, ...]

    def open_share(self, hours: Array, opened_area_fraction: Array, surface_radius_mm: Array) -> Array:
        """Share of the surface still open in open air; see `puncta.needling.channels.open_area`."""
        return open_area(
            hours,
            opened_area_fraction,
            surface_radius_mm,
            self.law,
            age_factor=self.age_factor,
            tone_factor=self.tone_factor,
        )


def closing(run: Run) -> Closing:
    """Draw the closing law of a run.

    Parameters
    ----------
    run : Run
        The run; lightness follows its skin colour, the measured angle where there is one.

    Returns
    -------
    Closing
        Law and factors.

    Examples
    --------
    >>> from puncta.case import Course, read_case
    >>> from puncta.simulation.run import prepare
    >>> run = prepare(read_case("examples/acne_scars.toml"), Course("untreated", ()), 5, seed=0)
    >>> bool(np.all(closing(run).tone_factor >= 1))
    True
    """
    return closing_of(run.people, run.tone, run.seed)


def closing_of(people: People, tone: SkinTone, seed: int) -> Closing:
    """Draw the closing law of people.

    Parameters
    ----------
    people : People
        n persons.
    tone : SkinTone
        Their skin colour.
    seed : int
        Seed of the run.

    Examples
    --------
    >>> from puncta.person import Person, Sex
    >>> from puncta.safety import skin_tone
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 3, seed=0)
    >>> closing_of(people, skin_tone(None, people.phototype, 0), 0).age_factor.shape
    (3,)
    """
    law = draw(ChannelParameters, people.n, seed)
    return Closing(
        law,
        age_factor(people.age_years, law),
        tone_factor(tone.lightness, law),
        (*parameter_keys(ChannelParameters), *tone.rests_on),
    )
