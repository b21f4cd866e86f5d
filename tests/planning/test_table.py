"""The tissue table agrees with healing the same settings in full."""

import numpy as np

from puncta.appearance import AppearanceParameters
from puncta.appearance.tissue import tissue_fold
from puncta.evidence import draw
from puncta.needling import NeedlingParameters, wound
from puncta.person import People, Person, Sex
from puncta.planning.table import signal_table
from puncta.simulation import session_tissue


def test_the_factor_of_unseen_settings_lies_within_a_few_per_cent() -> None:
    n = 12
    people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), n, seed=2)
    table = signal_table(people, 2)
    rng = np.random.default_rng(1)
    law = draw(NeedlingParameters, n, 2)
    depths, densities = rng.uniform(0.05, 1.6, (30, n)), np.exp(rng.uniform(np.log(80), np.log(5000), (30, n)))
    wounds = [wound(depth, density, np.zeros(n), law) for depth, density in zip(depths, densities, strict=True)]
    full = session_tissue(wounds, people, 2)
    looks = draw(AppearanceParameters, n, 2)
    errors = [
        np.abs(tissue_fold(table.at(made), looks.tissue_power, looks) - tissue_fold(answer, looks.tissue_power, looks))
        for made, answer in zip(wounds, full, strict=True)
    ]
    assert np.median(errors) < 0.01
    assert np.quantile(errors, 0.95) < 0.05


def test_no_depth_has_no_signal() -> None:
    people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 4, seed=2)
    law = draw(NeedlingParameters, 4, 2)
    none = signal_table(people, 2).at(wound(np.zeros(4), np.full(4, 1000.0), np.zeros(4), law))
    assert np.all(none.signal == 0)
    assert np.all(none.injury_fold == 0)
