"""How often and for how long an award is paid (LANGUAGE 6.5)."""
