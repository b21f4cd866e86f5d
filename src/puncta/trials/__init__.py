"""Trials: virtual people, arms, visits, raters."""
