"""Units (单位): their names in lists, and who leads and who takes part (LANGUAGE 5)."""
