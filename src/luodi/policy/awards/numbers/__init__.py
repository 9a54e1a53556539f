"""Which numbers of a passage may be awards, and which stand in one list (LANGUAGE 6.3)."""
