"""absorption."""
