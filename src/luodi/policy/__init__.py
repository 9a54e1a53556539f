"""Article tree → facts with provenance → policy pack."""
