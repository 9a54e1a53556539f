"""Money (integer fen), rates, counts, periods, numerals, working days."""
