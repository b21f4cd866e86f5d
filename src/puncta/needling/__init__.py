"""needling."""
