"""Rows in the making: a number with its key, wholes and their parts, which rows are one award (LANGUAGE 6.3, 6.5)."""
