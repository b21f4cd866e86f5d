"""The fit of closing: its draws belong to the model as it is, and meet the rows within their errors."""

import numpy as np
import pytest
from calibration.channels.posterior import GROUPS, law_names, log_posterior, names, observe, read, values

from puncta.evidence import draw, fitted, parameter
from puncta.needling.channels import ChannelParameters, MeterParameters

KEPT = fitted("channels")


def test_draws_of_the_law_and_of_the_meter_come_from_one_row() -> None:
    assert KEPT is not None
    law, meter = draw(ChannelParameters, 50, seed=3), draw(MeterParameters, 50, seed=3)
    pairs = set(zip(KEPT.columns["ph_open"], KEPT.columns["closed_share_fraction"], strict=True))
    assert set(zip(law.ph_open, meter.closed_share_fraction, strict=True)) <= pairs


def test_what_the_data_did_not_move_is_called_so() -> None:
    assert KEPT is not None
    for name, contraction in KEPT.contraction.items():
        assert (parameter(f"channels.{name}").kind == "fitted") == (contraction > 0.2), name


def test_a_lifetime_is_read_where_the_law_falls_to_the_share_a_meter_can_tell() -> None:
    found = values(np.zeros((1, len(names()))))
    seen = observe(found)
    repair = 1000 * found["radius_mm"] / found["vk"] + found["tSC"]
    slow = (1 + 0.45 * (35 - 26) / 49) * (1 + found["tone_slope"] * 2)
    wanted = repair * slow * np.sqrt(np.log(0.8 / found["closed_share_fraction"]))
    assert seen["lifetime_h"][-1] == pytest.approx(wanted, rel=0.01)


def test_the_kept_law_meets_the_means_of_the_groups_within_what_studies_differ() -> None:
    assert KEPT is not None
    k = KEPT.columns["tSC"].shape[0]
    found = values(np.zeros((k, len(names()))))
    found |= {name: KEPT.columns[name] for name in law_names()}
    seen, told = observe(found), read("targets")
    means = [group["lifetime_h"] for group in told["group"]]
    assert seen["lifetime_h"].shape[0] == GROUPS
    assert np.median(seen["lifetime_h"]) == pytest.approx(np.mean(means), rel=0.12)
    assert np.median(seen["half_life_h"]) == pytest.approx(told["cohort"]["half_life_h"], rel=0.12)
    assert np.mean(seen["open_air"] <= found["closed_share_fraction"]) > 0.95


def test_what_leaves_more_open_than_a_meter_can_tell_is_impossible() -> None:
    z = np.zeros((1, len(names())))  # recoil of 0.85
    assert log_posterior(z)[0] == -np.inf
