"""Trials: virtual people, arms, visits and raters; a trial rehearsed before anybody is asked. Start in ``run``."""

from puncta.trials.analyse import TrialAnalysis, analyse_trial
from puncta.trials.closed_form import power_paired_t, power_proportional_odds, power_two_sample_t
from puncta.trials.compare import Compared, paired_t, proportional_odds, two_sample_t
from puncta.trials.like import LikeTrial, like_studies, trial_like
from puncta.trials.read import read_trial, trial_from
from puncta.trials.record import like_record, power_record, trial_record
from puncta.trials.rehearse import Power, Rehearsal, compare_designs, find_size, power_of, rehearse
from puncta.trials.run import TrialRun, run_trial
from puncta.trials.trial import Trial

__all__ = [
    "Compared",
    "LikeTrial",
    "Power",
    "Rehearsal",
    "Trial",
    "TrialAnalysis",
    "TrialRun",
    "analyse_trial",
    "compare_designs",
    "find_size",
    "like_record",
    "like_studies",
    "paired_t",
    "power_of",
    "power_paired_t",
    "power_proportional_odds",
    "power_record",
    "power_two_sample_t",
    "proportional_odds",
    "read_trial",
    "rehearse",
    "run_trial",
    "trial_from",
    "trial_like",
    "trial_record",
    "two_sample_t",
]
