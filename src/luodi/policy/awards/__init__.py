"""Awards (奖补): the sums of a passage → rows with kind, selector, cap, time and conditions (LANGUAGE 6)."""
