"""What each number is for: paid, a share, a bound, or no award (LANGUAGE 6.2, 6.10)."""
