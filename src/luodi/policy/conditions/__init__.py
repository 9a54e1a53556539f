"""Conditions (条件): what compares a named fact with a number, a date, a set or a grade; the rest is to be attested (LANGUAGE 9)."""
