"""Benchmarks against peers: ratios of one run, never asserted."""
