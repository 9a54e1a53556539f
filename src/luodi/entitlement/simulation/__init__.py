"""What-if (政策模拟测算): what can be changed of a rule, and what a population is then owed."""
