"""The signal table agrees with healing the same settings in full."""

import numpy as np

from puncta.evidence import draw
from puncta.needling import NeedlingParameters, wound
from puncta.person import People, Person, Sex
from puncta.planning.table import signal_table
from puncta.simulation import session_signals


def test_unseen_settings_lie_within_a_few_per_cent_of_the_reference_signal() -> None:
    n = 12
    people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), n, seed=2)
    table = signal_table(people, 2)
    rng = np.random.default_rng(1)
    law = draw(NeedlingParameters, n, 2)
    depths, densities = rng.uniform(0.05, 1.6, (30, n)), np.exp(rng.uniform(np.log(80), np.log(5000), (30, n)))
    wounds = [wound(depth, density, np.zeros(n), law) for depth, density in zip(depths, densities, strict=True)]
    full, reference = session_signals(wounds, people, 2)
    errors = [
        np.abs(table.at(depth, density) - signal) / reference
        for depth, density, signal in zip(depths, densities, full, strict=True)
    ]
    assert np.median(errors) < 0.03
    assert np.quantile(errors, 0.9) < 0.15


def test_no_depth_has_no_signal() -> None:
    people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 4, seed=2)
    assert np.all(signal_table(people, 2).at(np.zeros(4), np.full(4, 1000.0)) == 0)
