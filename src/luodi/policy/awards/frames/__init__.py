"""Who may have an award, for what and of what (LANGUAGE 6.1, 9)."""
